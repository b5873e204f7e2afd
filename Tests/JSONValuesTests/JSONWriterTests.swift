import NbrunJSONValues
import Testing

@Suite struct JSONWriterTests {
  @Test func writesCanonicalTextWithSortedKeys() {
    let value = JSONValue.object([
      "b": .array([.integer(1), .real(0.1 as Float)]), "a": .real(Double.nan), "ä": .string("\u{1}\""),
    ])
    #expect(JSONWriter.string(value) == #"{"a":"NaN","b":[1,0.1],"ä":"\u0001\""}"#)
  }

  @Test func writesForReaders() {
    let value = JSONValue.object([
      "list": .array((0..<40).map { .integer($0 * 100) }), "empty": .object([:]), "none": .array([]),
      "deep": .array([.object(["k": .null])]),
    ])
    #expect(
      JSONWriter.string(value, layout: .readable) == """
        {
         "deep": [
          {
           "k": null
          }
         ],
         "empty": {},
         "list": [0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1100, 1200, 1300, 1400, 1500, 1600, 1700, 1800, 1900, 2000,
          2100, 2200, 2300, 2400, 2500, 2600, 2700, 2800, 2900, 3000, 3100, 3200, 3300, 3400, 3500, 3600, 3700, 3800, 3900],
         "none": []
        }

        """)
  }

  @Test(arguments: [0.1, 1e-5, 1e16, 123456789.123, Double.leastNonzeroMagnitude, 1.7976931348623157e308, -0.0])
  func realNumbersReadBackAlike(value: Double) throws {
    let text = JSONWriter.string(.real(value))
    #expect(try JSONParser.parse(text).value.double == value)
  }

  @Test(arguments: [Double.infinity, -Double.infinity])
  func infinitiesAreStrings(value: Double) {
    #expect(JSONValue.real(value).double == value)
    #expect(JSONValue.real(value).text != nil)
  }

  @Test(arguments: [
    ("", #""""#), ("plain é 畳 🚀", #""plain é 畳 🚀""#), ("a\"b\\c", #""a\"b\\c""#), ("\n\r\t", #""\n\r\t""#),
    ("\u{0}\u{1}\u{F}\u{10}\u{1F}\u{7F}", #""\u0000\u0001\u000f\u0010\u001f\u007f""#),
    ("a\u{2028}\u{2029}b\u{2027}\u{202A}", #""a\u2028\u2029b\#u{2027}\#u{202A}""#), ("…\u{2028}", #""…\u2028""#),
  ])
  func textsAreEscapedWhereTheyMustBe(text: String, written: String) throws {
    #expect(JSONWriter.string(.string(text)) == written)
    #expect(try JSONParser.parse(written.utf8).value == .string(text))
  }
}
