import NbrunTensors

/// Some of the images of a dataset in order, each with its class: the training, validation or test images.
///
/// Images stay bytes, 3×32×32 each (channel, row, column); they become floating-point numbers a minibatch at a time.
package struct LabelledImages: Sendable {
  private let records: ImageRecords
  private let range: Range<Int>

  init(_ records: ImageRecords, _ range: Range<Int>) {
    guard range.lowerBound >= 0 && range.upperBound <= records.count else {
      fatalError("there are \(records.count) records, not \(range)")
    }
    self.records = records
    self.range = range
  }

  /// The number of images.
  package var count: Int { range.count }
  /// The class of the image at `index`, from 0 to 9.
  package func label(at index: Int) -> Int { Int(record(index).load(as: UInt8.self)) }
  /// The classes of all images, in order.
  package var labels: [Int] { (0..<count).map(label) }

  /// Calls `body` with the 3,072 pixels of the image at `index`: 3×32×32.
  package func withPixels<Result>(at index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows
    -> Result
  {
    let start = (record(index) + 1).assumingMemoryBound(to: UInt8.self)
    return try body(UnsafeBufferPointer(start: start, count: CIFAR10Layout.pixelCount))
  }

  /// The first `count` images.
  package func prefix(_ count: Int) -> LabelledImages {
    LabelledImages(records, range.lowerBound..<range.lowerBound + min(max(0, count), range.count))
  }

  /// The images at `indices` minus `mean`, N×3×32×32 for N indices in their order, and their classes.
  ///
  /// Each number is the `Double` difference rounded to `Scalar`, so a float32 minibatch is what NumPy makes of the float64 data.
  /// - Parameters:
  ///   - indices: which images; the same one may occur several times.
  ///   - mean: 3×32×32, such as `CIFAR10.meanImage`.
  ///   - device: what is to compute with them.
  @specialized(where Scalar == Float) @specialized(where Scalar == Double)
  package func minibatch<Scalar: TensorScalar>(
    at indices: [Int], minus mean: [Double], as scalar: Scalar.Type = Scalar.self, on device: Device = .serial
  ) -> (images: Tensor<Scalar>, labels: [Int]) {
    let size = CIFAR10Layout.pixelCount
    guard mean.count == size else { fatalError("a mean image has \(size) numbers, not \(mean.count)") }
    let shape: Shape = [indices.count, CIFAR10Layout.channelCount, CIFAR10Layout.side, CIFAR10Layout.side]
    let images = Tensor<Scalar>(shape: shape, on: device) { pixels in
      mean.withUnsafeBufferPointer { mean in
        guard var target = pixels.baseAddress, let mean = mean.baseAddress else { return }
        for index in indices {
          let source = (record(index) + 1).assumingMemoryBound(to: UInt8.self)
          for pixel in 0..<size { target[pixel] = Scalar(Double(source[pixel]) - mean[pixel]) }
          target += size
        }
      }
    }
    return (images, indices.map(label))
  }

  /// The mean of each pixel over all images: 3×32×32, exact sums divided once, as `np.mean(images, axis=0)` of float64 gives.
  func mean() -> [Double] {
    guard count > 0 else { fatalError("there is no mean of no images") }
    let size = CIFAR10Layout.pixelCount
    var sums = [UInt64](repeating: 0, count: size)
    // Sums of few enough bytes to fit 16 bits, which a vector has most of, go over to the wide ones together.
    var partial = [UInt16](repeating: 0, count: size)
    let most = Int(UInt16.max) / Int(UInt8.max)
    for start in stride(from: 0, to: count, by: most) {
      partial.withUnsafeMutableBufferPointer { partial in
        partial.update(repeating: 0)
        for index in start..<min(start + most, count) {
          let source = (record(index) + 1).assumingMemoryBound(to: UInt8.self)
          for pixel in 0..<size { partial[pixel] &+= UInt16(source[pixel]) }
        }
      }
      for pixel in 0..<size { sums[pixel] += UInt64(partial[pixel]) }
    }
    return sums.map { Double($0) / Double(count) }
  }

  @inline(__always)
  private func record(_ index: Int) -> UnsafeRawPointer {
    guard 0..<range.count ~= index else {
      fatalError("there are \(range.count) images, so none has the index \(index)")
    }
    return records.record(range.lowerBound + index)
  }
}
