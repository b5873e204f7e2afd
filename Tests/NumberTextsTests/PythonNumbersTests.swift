import Foundation
import NbrunNumberTexts
import Testing

@Suite struct PythonNumbersTests {
  /// The lines of `Fixtures/numbers.txt` of one type, each split into its fields after the type.
  private func lines(of type: String) throws -> [[String]] {
    let text = try String(contentsOf: fixture("numbers.txt"), encoding: .utf8)
    return text.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
      .filter { $0[0] == type }.map { Array($0.dropFirst()) }
  }

  @Test func doublesAsPythonPrintsThem() throws {
    let lines = try lines(of: "float64")
    #expect(lines.count > 700)
    for fields in lines {
      let value = Double(bitPattern: try #require(UInt64(fields[0], radix: 16)))
      #expect(pythonRepresentation(of: value) == fields[1])
      #expect(pythonFixed(value) == fields[2])
      #expect(pythonScientific(value, decimals: 3) == fields[3])
      #expect(pythonGeneral(value, significantDigits: 4) == fields[4])
      #expect(pythonFixed(100 * value, decimals: 1) + "%" == fields[5])
    }
  }

  @Test func floatsAsNumPyPrintsThem() throws {
    let lines = try lines(of: "float32")
    #expect(lines.count > 300)
    for fields in lines {
      let value = Float(bitPattern: try #require(UInt32(fields[0], radix: 16)))
      #expect(pythonRepresentation(of: value) == fields[1])
    }
  }

  @Test(arguments: [
    (10.0, "10.0"), (1e-5, "1e-05"), (1e16, "1e+16"), (2.2121476417505994e-08, "2.2121476417505994e-08"),
    (-0.0, "-0.0"),
  ])
  func representation(value: Double, text: String) {
    #expect(pythonRepresentation(of: value) == text)
  }

  @Test func negativeNaNHasNoSign() {
    #expect(pythonRepresentation(of: -Double.nan) == "nan")
    #expect(pythonFixed(-Double.nan) == "nan")
  }

  @Test func extremesFitTheirBuffer() {
    #expect(pythonFixed(-Double.greatestFiniteMagnitude, decimals: 20).count == 1 + 309 + 1 + 20)
    #expect(pythonFixed(Double.leastNonzeroMagnitude, decimals: 1074).hasSuffix("5"))
  }
}

/// The fixture file of this name.
func fixture(_ name: String) -> URL {
  URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
}
