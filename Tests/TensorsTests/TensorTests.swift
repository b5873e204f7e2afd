import Foundation
import NbrunTensors
import Testing

private let tiny = Double.leastNonzeroMagnitude

struct TensorTests {
  @Test func copiesShareNothingThatChanges() {
    let original = Tensor<Float>.arange(6).reshaped([2, 3])
    var copy = original
    copy[1, 2] = 42
    #expect(original.elements == [0, 1, 2, 3, 4, 5])
    #expect(copy.elements == [0, 1, 2, 3, 4, 42])
    #expect(copy[1, 2] == 42)
  }

  @Test func equalityIsThatOfShapeAndElements() {
    let a = Tensor<Double>.arange(4)
    #expect(a == Tensor([0, 1, 2, 3]))
    #expect(a != a.reshaped([2, 2]))
    #expect(Tensor<Double>([.nan]) != Tensor<Double>([.nan]))
  }

  /// The numbers that `numpy.linspace` gives, by a checksum of their bits: s = 3·s + bits, modulo 2⁶⁴.
  @Test(arguments: [
    (-0.1, 0.5, 96, 0xdac8_7ed8_37f2_54a8 as UInt64), (-0.2, 0.3, 144, 0x7c62_7876_5213_9d7f),
    (-0.3, 0.4, 96, 0xf5f5_8105_4cc0_94f8), (-0.1, 0.2, 3, 0xbc4c_cccc_cccc_ccd8), (1, 1, 5, 0x3870_0000_0000_0000),
    (2, 3, 1, 0x4000_0000_0000_0000), (tiny, 2 * tiny, 7, 0x452),
  ])
  func linspaceIsThatOfNumPy(start: Double, end: Double, count: Int, checksum: UInt64) {
    let values = Tensor<Double>.linspace(start, end, count: count).elements
    #expect(values.count == count)
    #expect(values.reduce(0 as UInt64) { $0 &* 3 &+ $1.bitPattern } == checksum)
  }

  @Test func nestedListsSpellATensor() throws {
    let tensor = try Tensor(nested: [[[[1.0, 2]], [[3, 4]], [[5, 6]]]])
    #expect(tensor.shape == [1, 3, 1, 2])
    #expect(tensor.elements == [1, 2, 3, 4, 5, 6])
    #expect(try Tensor<Float>(nested: []).shape == [0, 0, 0, 0])
  }

  @Test func raggedListsAreRefused() {
    #expect(throws: ShapeError("a list of 1 stands where the first one at that depth has 2")) {
      try Tensor(nested: [[[[1.0, 2], [3]]]])
    }
    #expect(throws: ShapeError("a list of 0 stands where the first one at that depth has 1")) {
      try Tensor(nested: [[[[1.0, 2]]], []])
    }
  }

  @Test func transposingMovesAxes() {
    let x = Tensor<Double>.arange(24).reshaped([2, 3, 4])
    let y = x.transposed([2, 0, 1])
    #expect(y.shape == [4, 2, 3])
    for i in 0..<2 {
      for j in 0..<3 {
        for k in 0..<4 { #expect(y[k, i, j] == x[i, j, k]) }
      }
    }
  }

  @Test func arithmeticBroadcasts() {
    let x = Tensor<Double>.arange(6).reshaped([2, 3])
    #expect((x + Tensor([10, 20, 30])).elements == [10, 21, 32, 13, 24, 35])
    #expect((Tensor([1, 2], shape: [2, 1]) * x).elements == [0, 1, 2, 6, 8, 10])
    #expect((2 * x - 1).elements == [-1, 1, 3, 5, 7, 9])
    var y = x
    y += x
    y *= 0.5
    #expect(y == x)
    #expect(x.shape.broadcast(with: [4, 3]) == nil)
  }

  @Test func reductionsAgreeWithTheirDefinitions() {
    let x = Tensor<Double>((0..<120).map { Double($0 * $0 % 37) }, shape: [2, 3, 4, 5])
    let sums = x.sum(axes: [0, 2, 3])
    #expect(sums.shape == [3])
    for c in 0..<3 {
      var values: [Double] = []
      for n in 0..<2 {
        for i in 0..<4 {
          for j in 0..<5 { values.append(x[n, c, i, j]) }
        }
      }
      let mean = values.reduce(0, +) / 40
      let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 40
      #expect(sums[c] == values.reduce(0, +))
      #expect(x.mean(axes: [0, 2, 3])[c] == mean)
      #expect(abs(x.standardDeviation(axes: [0, -2, -1])[c] - variance.squareRoot()) < 1e-13)
    }
    #expect(x.sum() == x.elements.reduce(0, +))
    #expect(x.max() == 36 && x.min() == 0)
    #expect(Tensor<Double>([1, .nan, 2]).max().isNaN)
  }

  /// What `numpy.sum` gives for ones and a third, where each order of additions rounds otherwise.
  @Test(arguments: [
    (7, 0x4015_5555 as UInt32), (100, 0x4205_5553), (128, 0x422a_aaab), (1000, 0x43a6_aaab), (9999, 0x4550_4fff),
  ])
  func sumsArePairwise(count: Int, expected: UInt32) {
    let third = Tensor<Float>(repeating: 1, shape: [count]) / 3
    #expect(third.sum().bitPattern == expected)
  }

  @Test func theFirstLargestOfARowWinsAndNaNIsLargest() {
    let x = Tensor<Float>([1, 3, 3, 5, 5, 2, 0, .nan, .nan], shape: [3, 3])
    #expect(x.argmaxOfRows() == [1, 0, 1])
  }

  @Test func codingKeepsEveryBit() throws {
    let x = Tensor<Float>([0, -0.0, .infinity, .nan, .leastNonzeroMagnitude, 0.1], shape: [3, 2])
    let decoded = try JSONDecoder().decode(Tensor<Float>.self, from: JSONEncoder().encode(x))
    #expect(decoded.shape == x.shape)
    #expect(decoded.elements.map(\.bitPattern) == x.elements.map(\.bitPattern))
  }

  @Test(arguments: [
    #"{"type": "float32", "shape": [2], "elements": "AAAA"}"#,
    #"{"type": "float64", "shape": [1], "elements": "AAAAAA=="}"#,
    #"{"type": "float32", "shape": [-1], "elements": ""}"#,
    #"{"type": "float32", "shape": [4611686018427387904, 4], "elements": ""}"#,
    #"{"type": "float32", "shape": [4611686018427387904], "elements": ""}"#,
  ])
  func damagedCodesAreRefused(code: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Tensor<Float>.self, from: Data(code.utf8))
    }
  }

  @Test func relativeErrorIsTheAssignments() {
    #expect(relativeError(Tensor([1.0, 2]), Tensor([1.0, 2.2])) == abs(2 - 2.2) / 4.2)
    #expect(relativeError(Tensor([1e-9]), Tensor([0.0])) == 0.1)
    #expect(relativeError(Tensor([Double.nan, 1]), Tensor([0.0, 1])).isNaN)
  }
}
