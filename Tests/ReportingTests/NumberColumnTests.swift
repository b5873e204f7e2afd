import Testing

@testable import NbrunReporting

@Suite struct NumberColumnTests {
  /// Filled up with spaces of their own width, shown here as `_`.
  @Test(arguments: [
    (["20", "0.88", "0.538882", "–"], ["20_______", "0.88_____", "0.538882_", "–_______"]),
    (
      ["3.337e-05", "0.001665", "1.998e-05", "980", "0.0", "1,307", "49123", "7"],
      ["3.337e-05", "1.665e-03", "1.998e-05", "9.8e+02__", "0.0______", "1.307e+03", "49123________", "7________"]
    ),
    (["< 0.01", "< 1e-05", ""], ["< 1e-02", "< 1e-05", ""]),
    (["1,234", "-0.5"], ["1,234__", "-0.5"]),
  ])
  func aligned(_ texts: [String], _ expected: [String]) throws {
    let shown = try #require(NumberColumn.aligned(texts)).map { $0.replacing("\u{A0}", with: "_") }
    // The places behind the points are as many in each.
    let tails = shown.filter { !$0.isEmpty }.map { text in
      text.count
        - (text.firstIndex { ".e_".contains($0) }.map { text.distance(from: text.startIndex, to: $0) } ?? text.count)
    }
    #expect(Set(tails).count == 1)
    #expect(shown.map { $0.replacing("_", with: "") } == expected.map { $0.replacing("_", with: "") })
  }

  @Test(arguments: [["1", "two"], ["= other.metric +/- 0.01", "1"], ["1 to 2"]])
  func otherTextsAreLetBe(_ texts: [String]) {
    #expect(NumberColumn.aligned(texts) == nil)
  }
}
