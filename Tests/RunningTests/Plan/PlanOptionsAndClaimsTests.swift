import NbrunDiagnostics
import NbrunRunning
import NbrunSteps
import Testing

// What is set from outside, and claims.
extension PlannerTests {
  @Test func overridesReplaceValuesAndAreChecked() throws {
    let text = "```nbrun\nstep: sample-convolution\nid: c\nstride: 2\n```"
    func set(_ key: String, _ value: String, of cell: CellID = "c") -> PlanOptions {
      PlanOptions(overrides: [.init(cell: cell, key: key, value: value)])
    }
    #expect(try plan(text, options: set("stride", "3")).cells[0].configured.parameters["stride"] == .integer(3))
    #expect(complaints(text, options: set("stride", "x")).first?.hasPrefix("--set stride: ") == true)
    #expect(
      complaints(text, options: set("stride", "2,")).first
        == "--set stride: nothing stands behind a value; did you mean \"2\"?")
    #expect(
      complaints(text.replacing("id: c\n", with: ""), options: set("stride", "1", of: "sample-convolution")).first
        == "--set: the cell on line 2 has no id to refer to it by; add the line \"id: sample-convolution\" to it")
    #expect(complaints(text, options: set("strid", "1")).first?.contains("did you mean \"stride\"?") == true)
    #expect(
      complaints(text, options: set("stride", "1", of: "d")).first
        == "--set: no cell has the id \"d\"; valid ones are c")
  }

  @Test(arguments: [
    ("difference < 1e-6", 1e-7, true), ("difference < 1e-6", 1e-6, false), ("difference <= 1e-6", 1e-6, true),
    ("difference > 0.65", 0.66, true), ("difference >= 0.65", .nan, false), ("difference < 1", .nan, false),
    ("difference = 0.5", 0.5, true), ("difference = 0.5", .nan, false), ("difference = 0.5 +/- 0.1", 0.59, true),
    ("difference = 0.5 +/- 0.1", 0.61, false), ("difference < -2", -3, true),
    ("difference in [0.1, 0.2]", 0.1, true), ("difference in [0.1, 0.2]", 0.2, true),
    ("difference in [0.1, 0.2]", 0.21, false), ("difference in [-0.1, 0.2]", .nan, false),
  ])
  func claimsCompare(text: String, measured: Double, holds: Bool) throws {
    let claim = try plan(Self.cell + "expect: \(text)\n```").cells[0].claims[0]
    let bounds = claim.bounds.compactMap { if case .number(let number) = $0 { number } else { nil } }
    #expect(claim.holds(measured, against: bounds) == holds)
    #expect(claim.text == text)
  }
}
