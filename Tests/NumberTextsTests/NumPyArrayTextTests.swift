import Foundation
import NbrunNumberTexts
import Testing

@Suite struct NumPyArrayTextTests {
  /// One entry of `Fixtures/arrays.json`.
  struct PrintedArray: Decodable {
    var type: String
    var shape: [Int]
    /// Bits in hexadecimal or whole numbers, separated by spaces.
    var elements: String?
    /// Of an array too large to be listed: element i is ((7 i) mod 1009 - 300) × scale.
    var scale: Double?
    var text: String

    /// What this program prints for it.
    func printed() throws -> String {
      let fields = elements?.split(separator: " ") ?? []
      let count = shape.reduce(1, *)
      let ramp = scale.map { scale in
        (0..<count).map { (index: Int) -> Double in Double(index * 7 % 1009 - 300) * scale }
      }
      // Types that were left to be found took the compiler four seconds.
      switch type {
      case "float64":
        let listed: [Double] = fields.compactMap { UInt64($0, radix: 16).map(Double.init(bitPattern:)) }
        return numPyText(of: ramp ?? listed, shape: shape)
      case "float32":
        let listed: [Float] = fields.compactMap { UInt32($0, radix: 16).map(Float.init(bitPattern:)) }
        return numPyText(of: ramp.map { $0.map { Float($0) } } ?? listed, shape: shape)
      case "bool": return numPyText(of: fields.map { $0 == "1" }, shape: shape)
      default:
        let listed: [Int] = fields.compactMap { Int($0) }
        return numPyText(of: ramp.map { $0.map { Int($0) } } ?? listed, shape: shape)
      }
    }
  }

  @Test func arraysAsNumPyPrintsThem() throws {
    let arrays = try JSONDecoder().decode([PrintedArray].self, from: Data(contentsOf: fixture("arrays.json")))
    #expect(arrays.count > 400)
    for array in arrays {
      #expect(try array.printed() == array.text, "\(array.type) \(array.shape)")
    }
  }

  @Test func theArraysOfTheCourse() {
    #expect(
      numPyText(of: [8.40782568, 10.02877281, 10.73764096], shape: [3]) == "[ 8.40782568 10.02877281 10.73764096]")
    #expect(
      numPyText(of: [-1.94289029e-17, -5.60662627e-16, 4.57966998e-17], shape: [3])
        == "[-1.94289029e-17 -5.60662627e-16  4.57966998e-17]")
    #expect(numPyText(of: [6.0, 7, 8], shape: [3]) == "[6. 7. 8.]")
    #expect(numPyText(of: [0, 1, 2, 3], shape: [2, 2]) == "[[0 1]\n [2 3]]")
  }
}
