import NbrunDatasets
import NbrunDigests
import Testing

@Suite struct StandInTests {
  private func bytes(of images: LabelledImages) -> [UInt8] {
    (0..<images.count).flatMap { index in
      [UInt8(images.label(at: index))] + images.withPixels(at: index) { Array($0) }
    }
  }

  /// On every machine the same bytes: whoever changes them raises the version, and with it `standInDigest`.
  @Test func itsBytesArePinned() {
    let data = CIFAR10.standIn(layout: CIFAR10Layout(recordsPerFile: 20, trainingCount: 90, testCount: 10))
    #expect(data.isStandIn)
    #expect((data.training.count, data.validation.count, data.test.count) == (90, 10, 10))
    let all = bytes(of: data.training) + bytes(of: data.validation) + bytes(of: data.test)
    #expect("\(SHA256.digest(of: all))" == "4fe9f21141bbe6220521598fbfb24789f806b041afbeb8ca303ea2672b746373")
    #expect("\(CIFAR10.standInDigest())" == "112d7bbb9d2f4c14abb64694ac25212a5c1af044f2a02328c0147af501f33e83")
  }

  @Test func countsChangeItsDigest() {
    let small = CIFAR10Layout(recordsPerFile: 20, trainingCount: 90, testCount: 10)
    #expect(CIFAR10.standInDigest(layout: small) != CIFAR10.standInDigest())
    #expect(CIFAR10.standInDigest(layout: small) == CIFAR10.standInDigest(layout: small))
  }

  /// Even the nearest class mean is far better than chance, 0.1, and there is still something left to learn.
  @Test func itCanBeLearnt() {
    let data = CIFAR10.standIn(layout: CIFAR10Layout(recordsPerFile: 500, trainingCount: 2_000, testCount: 10))
    #expect(Set(data.training.labels) == Set(0..<10))
    var sums = [[Double]](repeating: [Double](repeating: 0, count: 3_072), count: 10)
    var counts = [Double](repeating: 0, count: 10)
    for index in 0..<data.training.count {
      let label = data.training.label(at: index)
      counts[label] += 1
      data.training.withPixels(at: index) {
        for (place, pixel) in $0.enumerated() { sums[label][place] += Double(pixel) }
      }
    }
    let means = zip(sums, counts).map { sum, count in sum.map { $0 / count } }
    var right = 0
    for index in 0..<data.validation.count {
      let distances = data.validation.withPixels(at: index) { pixels in
        means.map { mean in zip(mean, pixels).reduce(0) { $0 + ($1.0 - Double($1.1)) * ($1.0 - Double($1.1)) } }
      }
      if distances.firstIndex(of: distances.min() ?? 0) == data.validation.label(at: index) { right += 1 }
    }
    let accuracy = Double(right) / Double(data.validation.count)
    #expect(accuracy > 0.5 && accuracy < 0.99, "the accuracy is \(accuracy)")
  }
}
