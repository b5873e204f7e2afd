import NbrunDiagnostics
import Testing

@Suite struct ControlCharactersTests {
  /// Every scalar that could steer something: none is left, one symbol stands for each, and what is kept stays.
  @Test func eachHasOneSymbol() {
    let scalars =
      Array(0x00...0x1F) + Array(0x7F...0x9F) + Array(0x2028...0x202E) + Array(0x2066...0x2069) + [0xFFFE, 0xFFFF]
    for value in scalars {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      let text = "a\(scalar)b"
      let shown = ControlCharacters.visible(text, keeping: [])
      #expect(!shown.unicodeScalars.contains(scalar), "U+\(String(value, radix: 16))")
      #expect(shown.unicodeScalars.count == 3 && shown.hasPrefix("a") && shown.hasSuffix("b"))
      #expect(ControlCharacters.visible(text, keeping: [scalar]) == text)
    }
  }

  @Test func symbolsAreTheOnesThatReadersKnow() {
    #expect(ControlCharacters.visible("\u{1B}[2J \u{0}\u{7F}\u{85}\r\n\t") == "␛[2J ␀␡\u{FFFD}␍\n\t")
    #expect(ControlCharacters.visible("a\nb\t", keeping: []) == "a␊b␉")
  }

  @Test func textIsLeftAlone() {
    let text = "∂x ≤ 1e-6 · 木 — سلام 👩🏽‍🔬 e\u{301} \u{A0}"
    #expect(ControlCharacters.visible(text) == text)
  }
}
