import NbrunJSONValues
import NbrunTestSupport
import Testing

@Suite struct JSONParserTests {
  @Test(arguments: [
    ("null", JSONValue.null), (" true ", .bool(true)), ("false", .bool(false)), ("-0", .number("-0")),
    ("1.50e+03", .number("1.50e+03")), ("\"a\\u00e9\\n\\ud83d\\ude00/\\/\"", .string("aé\n😀//")), ("[]", .array([])),
    ("{ }", .object([:])),
    ("[1, [2], {\"a\": null}]", .array([.number("1"), .array([.number("2")]), .object(["a": .null])])),
  ])
  func readsValues(text: String, value: JSONValue) throws {
    #expect(try JSONParser.parse(text).value == value)
  }

  @Test func findsAKeyThatIsGivenTwiceAmongAny() throws {
    for count in [1, 2, 7, 8, 9, 10, 40] {
      let keys = (0..<count).map { "\"k\($0)\": \($0)" }
      #expect(try JSONParser.parse("{\(keys.joined(separator: ", "))}").value.members?.count == count)
      for key in 0..<count {
        let error = #expect(throws: JSONError.self) {
          try JSONParser.parse("{\((keys + ["\"k\(key)\": 0"]).joined(separator: ", "))}")
        }
        #expect(error?.message == "the key \"k\(key)\" is given twice")
      }
    }
  }

  @Test(arguments: [
    ("", 0, "a value is missing"), ("nul", 0, "\"nul\" is no JSON value"), ("01", 0, "this is no JSON number"),
    ("1.", 0, "a digit is missing"), (".5", 0, "a value is missing"), ("+1", 0, "\"+1\" is no JSON value"),
    ("1e", 0, "a digit is missing"),
    ("[1,]", 3, "a value is missing"), ("[1 2]", 3, "a list's elements"), ("{a: 1}", 1, "a key is a string"),
    ("{\"a\": 1, \"a\": 2}", 9, "the key \"a\" is given twice"), ("{\"a\" 1}", 5, "a key is followed by"),
    ("\"open", 0, "this string is not closed"), ("\"tab\there\"", 4, "a control character"),
    ("\"\\x\"", 1, "this is no escape"),
    ("\"\\ud800\"", 1, "half of a surrogate pair"), ("\"\\u12g4\"", 1, "\\u needs four"),
    ("1 2", 2, "nothing may follow"),
    ("NaN", 0, "\"NaN\" is no JSON value"), ("[1, // two\n2]", 4, "a value is missing"),
  ])
  func refusesWhatIsNoJSON(text: String, offset: Int, message: String) {
    #expect {
      try JSONParser.parse(text)
    } throws: { error in
      let error = error as? JSONError
      return error?.range.lowerBound == offset && error?.message.hasPrefix(message) == true
    }
  }

  @Test func boundsTheDepthOfNesting() throws {
    let fitting = String(repeating: "[", count: 256) + String(repeating: "]", count: 256)
    #expect(throws: Never.self) { try JSONParser.parse(fitting) }
    let deep = String(repeating: "[", count: 1_000_000)
    #expect(throws: JSONError.self) { try JSONParser.parse(deep) }
  }

  @Test func knowsThePlaceOfEveryPart() throws {
    let node = try JSONParser.parse("[1, {\"k\": \"v\"}]")
    guard case .array(let elements) = node.content, case .object(let members) = elements[1].content else {
      Issue.record("not a list with an object")
      return
    }
    #expect(elements[0].range == 1..<2)
    #expect(members[0].keyRange == 5..<8)
    #expect(members[0].value.range == 10..<13)
  }

  /// Random edits of a valid text never crash, and what is accepted is written and read back alike.
  @Test func survivesRandomEdits() {
    var random = FuzzGenerator(seed: 7)
    let text = Array("{\"a\": [1, -2.5e-3, \"x\\u00e9\\n\", null, true], \"b\": {\"c\": []}}".utf8)
    for _ in 0..<fuzzCount(20_000) {
      let bytes = damaged(text, &random)
      guard let value = try? JSONParser.parse(bytes).value else { continue }
      let again = try? JSONParser.parse(JSONWriter.string(value)).value
      #expect(again == value)
    }
  }

  /// What is passed over is empty, whatever stands in it; all else is read as ever.
  @Test(arguments: [
    (
      #"{"a": 1, "x": [1, {"x": "]}\\\"]"}], "b": {"x": {"c": [2]}, "d": 3}}"#,
      #"{"a": 1, "x": [], "b": {"x": {}, "d": 3}}"#
    ),
    (#"{"x": 5, "y": [{"x": []}]}"#, #"{"x": 5, "y": [{"x": []}]}"#),
    (#"{"x": "[", "z": [1]}"#, #"{"x": "[", "z": [1]}"#),
  ])
  func membersCanBePassedOver(text: String, read: String) throws {
    #expect(try JSONParser.parse(text.utf8, passingOver: ["x"]).value == JSONParser.parse(read).value)
  }

  @Test(arguments: [#"{"x": [1"#, #"{"x": {"a": "b}"#, #"{"x": [}"#, #"{"x": ["\"#, #"{"x": [1]"#, #"{"x""#])
  func whatIsPassedOverEnds(text: String) {
    #expect(throws: JSONError.self) { try JSONParser.parse(text.utf8, passingOver: ["x"]) }
  }
}
