import NbrunKernels
import Testing

@Suite("Kernels that lay out images")
struct LayoutKernelTests {
  /// Strides without and with phases, rows shorter and longer than vectors, windows smaller than the stride, windows that leave out
  /// the first or the last rows and columns, and images that the padding alone fills up.
  static var layouts: [PolyphasePlanes] {
    [
      PolyphasePlanes(
        channels: 3, height: 5, width: 13, stride: 1, topPadding: 1, leftPadding: 1, windowHeight: 3, windowWidth: 3,
        outputHeight: 5, outputWidth: 13, vectorWidth: 8),
      PolyphasePlanes(
        channels: 5, height: 3, width: 3, stride: 1, topPadding: 2, leftPadding: 0, windowHeight: 2, windowWidth: 1,
        outputHeight: 6, outputWidth: 3, vectorWidth: 4),
      PolyphasePlanes(
        channels: 2, height: 7, width: 21, stride: 1, topPadding: -2, leftPadding: -3, windowHeight: 2, windowWidth: 2,
        outputHeight: 4, outputWidth: 16, vectorWidth: 8),
      PolyphasePlanes(
        channels: 4, height: 7, width: 37, stride: 2, topPadding: 1, leftPadding: 1, windowHeight: 3, windowWidth: 3,
        outputHeight: 4, outputWidth: 19, vectorWidth: 8),
      PolyphasePlanes(
        channels: 2, height: 6, width: 9, stride: 2, topPadding: 0, leftPadding: 2, windowHeight: 2, windowWidth: 4,
        outputHeight: 3, outputWidth: 5, vectorWidth: 4),
      PolyphasePlanes(
        channels: 2, height: 8, width: 20, stride: 2, topPadding: -1, leftPadding: -1, windowHeight: 1, windowWidth: 1,
        outputHeight: 3, outputWidth: 9, vectorWidth: 4),
      PolyphasePlanes(
        channels: 6, height: 8, width: 11, stride: 3, topPadding: 1, leftPadding: 2, windowHeight: 2, windowWidth: 2,
        outputHeight: 3, outputWidth: 4, vectorWidth: 8),
      PolyphasePlanes(
        channels: 2, height: 2, width: 2, stride: 1, topPadding: 6, leftPadding: 6, windowHeight: 3, windowWidth: 3,
        outputHeight: 3, outputWidth: 3, vectorWidth: 8),
    ]
  }

  @Test("polyphase planes, their zeros around the image, and the squares of all channels", arguments: layouts.indices)
  func polyphaseFilling(layout: Int) {
    polyphaseFilling(Self.layouts[layout], Float.self)
    polyphaseFilling(Self.layouts[layout], Double.self)
  }

  private func polyphaseFilling<Scalar: KernelScalar>(_ planes: PolyphasePlanes, _: Scalar.Type) {
    let positions = planes.height * planes.width
    let image = eighths(planes.channels * positions, seed: 1)
    let squares = (0..<positions).map { (position: Int) -> Double in
      (0..<planes.channels).reduce(0) { (sum: Double, channel: Int) -> Double in
        let number = image[channel * positions + position]
        return sum + number * number
      }
    }
    let numbers = (0..<planes.count).map { self.number(at: $0, of: planes).map { image[$0] } }
    KernelMemory<Scalar>.inEachVariant { memory in
      let source = memory.input(image)
      let target = memory.room(count: planes.count, slack: PolyphasePlanes.slack)
      memory.run(PolyphaseFilling(planes: planes, image: source, target: target.start))
      memory.expect(target, numbers.map { $0 ?? 0 })
      // Between zeros that are there only the image is written.
      let filled = memory.room(count: planes.count)
      let sums = memory.room(count: positions, slack: memory.width)
      memory.run(
        PolyphaseFilling(planes: planes, image: source, target: filled.start, isFilled: true, squares: sums.start))
      memory.expect(filled, numbers)
      memory.expect(sums, squares)
    }
  }

  /// Which number of the image stands at an index of the planes; nil for padding.
  private func number(at index: Int, of planes: PolyphasePlanes) -> Int? {
    let (line, column) = index.quotientAndRemainder(dividingBy: planes.rowLength)
    let (plane, row) = line.quotientAndRemainder(dividingBy: planes.planeHeight)
    let (channelAndRow, columnPhase) = plane.quotientAndRemainder(dividingBy: planes.columnPhases)
    let (channel, rowPhase) = channelAndRow.quotientAndRemainder(dividingBy: planes.rowPhases)
    let y = row * planes.stride + rowPhase - planes.topPadding
    let x = column * planes.stride + columnPhase - planes.leftPadding
    guard y >= 0, y < planes.height, x >= 0, x < planes.width else { return nil }
    return (channel * planes.height + y) * planes.width + x
  }

  /// Images that the windows cover to their ends, padded and not, and some that they do not.
  static var interleaved: [InterleavedImage] {
    [
      InterleavedImage(channels: 3, height: 4, width: 5, padding: 1, paddedHeight: 6, paddedWidth: 7),
      InterleavedImage(channels: 1, height: 3, width: 9, padding: 0, paddedHeight: 3, paddedWidth: 9),
      InterleavedImage(channels: 5, height: 4, width: 6, padding: 2, paddedHeight: 5, paddedWidth: 7),
      InterleavedImage(channels: 2, height: 6, width: 6, padding: 0, paddedHeight: 5, paddedWidth: 4),
      InterleavedImage(channels: 2, height: 2, width: 2, padding: 3, paddedHeight: 3, paddedWidth: 8),
    ]
  }

  @Test("all channels of a pixel together, with zeros around and behind", arguments: interleaved.indices)
  func imageInterleaving(layout: Int) {
    imageInterleaving(Self.interleaved[layout], Float.self)
    imageInterleaving(Self.interleaved[layout], Double.self)
  }

  private func imageInterleaving<Scalar: KernelScalar>(_ layout: InterleavedImage, _: Scalar.Type) {
    let image = eighths(layout.channels * layout.height * layout.width, seed: 2)
    let numbers = (0..<layout.count + InterleavedImage.slack).map { index -> Double? in
      let (pixel, channel) = index.quotientAndRemainder(dividingBy: layout.channels)
      let (y, x) = (pixel / layout.paddedWidth - layout.padding, pixel % layout.paddedWidth - layout.padding)
      guard index < layout.count, y >= 0, y < layout.height, x >= 0, x < layout.width else { return nil }
      return image[(channel * layout.height + y) * layout.width + x]
    }
    KernelMemory<Scalar>.inEachVariant { memory in
      for isFilled in [false, true] {
        let target = memory.room(count: numbers.count)
        memory.run(
          ImageInterleaving(layout: layout, image: memory.input(image), target: target.start, isFilled: isFilled))
        memory.expect(target, isFilled ? numbers : numbers.map { $0 ?? 0 })
      }
    }
  }
}
