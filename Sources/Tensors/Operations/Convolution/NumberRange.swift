import NbrunKernels
import Synchronization

/// Whether all the numbers that a pass by minimal filtering has met suit it (`WinogradRange`). Images are measured while they are laid
/// out, so that memory is read once; where one does not suit, the pass ends, and its caller takes the direct method.
final class NumberRange<Scalar: KernelScalar>: Sendable {
  private let isWide = Atomic<Bool>(false)

  /// Whether all numbers so far suit.
  var isNarrow: Bool { !isWide.load(ordering: .relaxed) }

  /// Whether an image and all before suit; lays it out, in between the padding of another one where that `isFilled`.
  func admits(
    _ image: UnsafePointer<Scalar>, laidOutIn planes: PolyphasePlanes, at target: UnsafeMutablePointer<Scalar>,
    isFilled: Bool = false, on device: Device
  ) -> Bool {
    measure(positions: planes.height * planes.width, on: device) { squares in
      Scalar.run(
        PolyphaseFilling(planes: planes, image: image, target: target, isFilled: isFilled, squares: squares))
      return nil
    }
  }

  /// Transforms filters in so many pieces, as long as all that were met suit.
  func transform(
    _ filters: UnsafePointer<Scalar>, count: Int, channels: Int, _ pieces: Int, on device: Device,
    _ kernel: (_ piece: Int, _ scratch: UnsafeMutablePointer<Scalar>) -> WinogradFilters<Scalar>
  ) {
    device.threads.run(count: pieces) { piece in
      for index in share(piece, of: pieces, in: count) {
        guard admits(filter: filters + index * 9 * channels, channels: channels, on: device) else { return }
      }
      withScratch(of: Scalar.self, count: 63 * Scalar.vectorWidth, on: device) { Scalar.run(kernel(piece, $0)) }
    }
  }

  /// Whether a filter of so many channels, 3×3 numbers each, and all numbers before suit. Up to eight channels count as one with more
  /// positions, so that they fill vectors.
  func admits(filter: UnsafePointer<Scalar>, channels: Int, on device: Device) -> Bool {
    let group = min(8, channels & -channels)
    return measure(positions: 9 * group, channels: channels / group, on: device) { _ in filter }
  }

  private func measure(
    positions: Int, channels: Int = 0, on device: Device,
    _ numbers: (UnsafeMutablePointer<Scalar>) -> UnsafePointer<Scalar>?
  ) -> Bool {
    guard isNarrow else { return false }
    var suits = false
    withUnsafeMutablePointer(to: &suits) { suits in
      withScratch(of: Scalar.self, count: positions + 2 * Scalar.vectorWidth, on: device) { squares in
        Scalar.run(
          WinogradRange(
            numbers: numbers(squares), channels: channels, positions: positions, squares: squares, isNarrow: suits))
      }
    }
    if !suits { isWide.store(true, ordering: .relaxed) }
    return suits
  }
}
