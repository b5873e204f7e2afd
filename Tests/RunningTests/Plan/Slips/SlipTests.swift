import NbrunDiagnostics
import NbrunNotebooks
import NbrunSteps
import Testing

@testable import NbrunRunning

/// What a beginner types in the place of a value, and the answer: the columns that it is about, and what to write.
@Suite struct SlipTests {
  private enum Choice: String, ChoiceParameter {
    case adam, sgd
    case maxPool = "max-pool"
    case rmsprop
  }

  private func answer(to text: String, _ read: (CellValue) throws -> Void) -> String? {
    let start = SourceLocation(line: 1, column: 1)
    let value = CellValue(text, at: start)
    do {
      try read(value)
      return nil
    } catch {
      let diagnostic =
        error as? Diagnostic ?? value.diagnostic(for: error) { (try? read(CellValue($0, at: start))) != nil }
      guard let range = diagnostic.range else { return diagnostic.message }
      return "\(range.start.column)-\(range.end.column) \(diagnostic.message)"
    }
  }

  private func answer<Value: ParameterValue>(to text: String, as type: Value.Type) -> String? {
    answer(to: text) { _ = try Value.read(text: $0.text) }
  }

  @Test(arguments: [
    ("3.0", "1-4 a whole number is written in digits alone; did you mean \"3\"?"),
    ("3.", "1-3 a whole number is written in digits alone; did you mean \"3\"?"),
    ("\"3\"", "1-4 a value has no quotation marks; did you mean \"3\"?"),
    ("3 # three", "3-10 a comment stands on a line of its own; did you mean \"3\"?"),
    ("3 // three", "3-11 a comment stands on a line of its own; did you mean \"3\"?"),
    ("3px", "1-4 a value has no unit; did you mean \"3\"?"),
    ("1_000", "1-6 digits are not grouped; did you mean \"1000\"?"),
    ("1,000", "1-6 digits are not grouped; did you mean \"1000\"?"),
    ("three", "1-6 a number is written in digits; did you mean \"3\"?"),
    ("+3", "1-3 a number has no plus sign before it; did you mean \"3\"?"),
    ("1e3", "1-4 a whole number is written in digits alone; did you mean \"1000\"?"),
    ("03", "1-3 a number does not begin with 0; did you mean \"3\"?"),
    ("0x10", "1-5 a whole number is written in digits alone; did you mean \"16\"?"),
    ("3;", "1-3 nothing stands behind a value; did you mean \"3\"?"),
    ("3,", "1-3 nothing stands behind a value; did you mean \"3\"?"),
    ("= 3", "1-4 a value stands right behind the colon; did you mean \"3\"?"),
    (": 3", "1-4 a value stands right behind the colon; did you mean \"3\"?"),
    ("(3)", "1-4 a single value stands in no brackets; did you mean \"3\"?"),
    ("[3]", "1-4 a single value stands in no brackets; did you mean \"3\"?"),
    ("−3", "1-3 a minus sign is the hyphen on the keyboard; did you mean \"-3\"?"),
    ("３", "1-2 digits are 0 to 9; did you mean \"3\"?"),
    ("2*3", "1-4 a value is a number, not a calculation; did you mean \"6\"?"),
    ("2**10", "1-6 a value is a number, not a calculation; did you mean \"1024\"?"),
    ("2^10", "1-5 a value is a number, not a calculation; did you mean \"1024\"?"),
    ("50%", "3-4 nothing may follow the value; a whole number is expected"),
    ("10k", "1-4 a value is a plain number; did you mean \"10000\"?"),
    ("null", "1-5 \"null\" is no value; the line of a parameter that is to have its default is left out"),
    ("None", "1-5 \"None\" is no value; the line of a parameter that is to have its default is left out"),
    ("3.5", "1-4 a whole number is expected, not 3.5"),
    ("3 4", "3-4 nothing may follow the value; a whole number is expected"),
    ("99999999999999999999", "1-21 a whole number is expected, not 99999999999999999999"),
  ])
  func wholeNumbers(text: String, expected: String) {
    #expect(answer(to: text, as: Int.self) == expected)
  }

  @Test(arguments: [
    (".00001", "1-7 a number has a digit before its point; did you mean \"0.00001\"?"),
    ("1.", "1-3 a number has a digit behind its point; did you mean \"1.0\"?"),
    ("5%", "1-3 a percentage is written as a fraction; did you mean \"0.05\"?"),
    ("0,1", "1-4 the decimal sign is a point; did you mean \"0.1\"?"),
    ("1/3", "1-4 a value is a number, not a calculation; did you mean \"0.333333333333333\"?"),
    ("1e−5", "1-5 a minus sign is the hyphen on the keyboard; did you mean \"1e-5\"?"),
    ("10^-5", "1-6 a power of ten is written with e; did you mean \"1e-5\"?"),
    ("1×10⁻⁵", "1-7 a power of ten is written with e; did you mean \"1e-5\"?"),
    ("1d-5", "1-5 a power of ten is written with e; did you mean \"1e-5\"?"),
    ("1.5f", "1-5 a value has no unit; did you mean \"1.5\"?"),
    ("inf", "1-4 \"inf\" is no JSON value; a number is expected"),
    ("nan", "1-4 \"nan\" is no JSON value; a number is expected"),
    ("+1.5", "1-5 a number has no plus sign before it; did you mean \"1.5\"?"),
    ("-.5", "1-4 a number has a digit before its point; did you mean \"-0.5\"?"),
    ("\"0.5\"", "1-6 a value has no quotation marks; did you mean \"0.5\"?"),
    ("“0.5”", "1-6 a value has no quotation marks; did you mean \"0.5\"?"),
    ("0.5 # half", "5-11 a comment stands on a line of its own; did you mean \"0.5\"?"),
    ("2*3", "1-4 a value is a number, not a calculation; did you mean \"6\"?"),
    ("1e", "1-3 a value has no unit; did you mean \"1\"?"),
    ("1 e-5", "3-6 a power of ten is written with e; did you mean \"1e-5\"?"),
    ("1e-5s", "1-6 a value has no unit; did you mean \"1e-5\"?"),
    ("1'000", "1-6 digits are not grouped; did you mean \"1000\"?"),
    ("1 000.5", "3-8 digits are not grouped; did you mean \"1000.5\"?"),
    ("0.5,", "1-5 nothing stands behind a value; did you mean \"0.5\"?"),
    ("= 0.5", "1-6 a value stands right behind the colon; did you mean \"0.5\"?"),
  ])
  func numbers(text: String, expected: String) {
    #expect(answer(to: text, as: Double.self) == expected)
  }

  @Test(arguments: [
    ("True", "1-5 a truth value is true or false; did you mean \"true\"?"),
    ("FALSE", "1-6 a truth value is true or false; did you mean \"false\"?"),
    ("yes", "1-4 a truth value is true or false; did you mean \"true\"?"),
    ("off", "1-4 a truth value is true or false; did you mean \"false\"?"),
    ("1", "1-2 a truth value is true or false; did you mean \"true\"?"),
    ("\"true\"", "1-7 a value has no quotation marks; did you mean \"true\"?"),
    ("true # why", "6-11 a comment stands on a line of its own; did you mean \"true\"?"),
    ("ture", "1-5 a truth value is true or false; did you mean \"true\"?"),
  ])
  func truthValues(text: String, expected: String) {
    #expect(answer(to: text, as: Bool.self) == expected)
  }

  @Test(arguments: [
    ("\"adam\"", "1-7 a value has no quotation marks; did you mean \"adam\"?"),
    ("“adam”", "1-7 a value has no quotation marks; did you mean \"adam\"?"),
    ("'adam'", "1-7 a value has no quotation marks; did you mean \"adam\"?"),
    ("Adam", "1-5 names are in lower case, with hyphens; did you mean \"adam\"?"),
    ("ADAM", "1-5 names are in lower case, with hyphens; did you mean \"adam\"?"),
    ("RMSProp", "1-8 names are in lower case, with hyphens; did you mean \"rmsprop\"?"),
    ("rms-prop", "1-9 names are in lower case; did you mean \"rmsprop\"?"),
    ("RMS prop", "1-9 names are in lower case; did you mean \"rmsprop\"?"),
    ("max_pool", "1-9 names are in lower case, with hyphens; did you mean \"max-pool\"?"),
    ("MaxPool", "1-8 names are in lower case, with hyphens; did you mean \"max-pool\"?"),
    ("maxpool", "1-8 one of adam, sgd, max-pool, rmsprop is expected, not \"maxpool\"; did you mean \"max-pool\"?"),
    ("adam # good", "6-12 a comment stands on a line of its own; did you mean \"adam\"?"),
    ("adam,", "1-6 nothing stands behind a value; did you mean \"adam\"?"),
    ("adma", "1-5 one of adam, sgd, max-pool, rmsprop is expected, not \"adma\"; did you mean \"adam\"?"),
    ("[adam]", "1-7 a single value stands in no brackets; did you mean \"adam\"?"),
  ])
  func choices(text: String, expected: String) {
    #expect(answer(to: text, as: Choice.self) == expected)
  }

  @Test(arguments: [
    ("2, 3", "1-5 a list stands in square brackets; did you mean \"[2, 3]\"?"),
    ("2 3", "1-4 a list's elements are separated by commas; did you mean \"[2, 3]\"?"),
    ("(2, 3)", "1-7 a list stands in square brackets; did you mean \"[2, 3]\"?"),
    ("{2, 3}", "1-7 a list stands in square brackets; did you mean \"[2, 3]\"?"),
    ("2x3", "1-4 a list's elements are separated by commas; did you mean \"[2, 3]\"?"),
    ("2×3", "1-4 a list's elements are separated by commas; did you mean \"[2, 3]\"?"),
    ("[2 3]", "3-4 a list's elements are separated by commas; did you mean \"[2, 3]\"?"),
    ("[2; 3]", "1-4 a list's elements are separated by commas; did you mean \"[2, 3]\"?"),
    ("[2, 3,]", "5-8 a list's elements are separated by commas; did you mean \"[2, 3]\"?"),
    ("[2,, 3]", "1-5 a list's elements are separated by commas; did you mean \"[2, 3]\"?"),
    ("[2.0, 3.0]", "1-11 a whole number has no point; did you mean \"[2, 3]\"?"),
    ("[\"2\", \"3\"]", "1-11 numbers have no quotation marks; did you mean \"[2, 3]\"?"),
    ("2", "1-2 a list stands in square brackets; did you mean \"[2]\"?"),
    ("2,3]", "1-5 a list's elements are separated by commas; did you mean \"[2, 3]\"?"),
    ("<2, 3>", "1-7 a list stands in square brackets; did you mean \"[2, 3]\"?"),
    ("[2, 3] # sizes", "8-15 a comment stands on a line of its own; did you mean \"[2, 3]\"?"),
    ("“[2, 3]”", "1-9 a value has no quotation marks; did you mean \"[2, 3]\"?"),
    ("\"[2, 3]\"", "1-9 a value has no quotation marks; did you mean \"[2, 3]\"?"),
    ("(2,3,)", "1-7 a list's elements are separated by commas; did you mean \"[2, 3]\"?"),
    ("[2，3]", "1-6 a list's elements are separated by commas; did you mean \"[2, 3]\"?"),
    ("[2, three]", "5-11 a number is written in digits; did you mean \"[2, 3]\"?"),
    ("[2, 3];", "5-8 nothing stands behind a value; did you mean \"[2, 3]\"?"),
  ])
  func listsOfWholeNumbers(text: String, expected: String) {
    #expect(answer(to: text, as: [Int].self) == expected)
  }

  @Test(arguments: [
    ("[.5, 1]", "1-5 a number has a digit before its point; did you mean \"[0.5, 1]\"?"),
    ("(.5, 1)", "1-8 a number has a digit before its point; did you mean \"[0.5, 1]\"?"),
    ("[0,5; 1,5]", "1-11 a list's elements are separated by commas; did you mean \"[0.5, 1.5]\"?"),
    ("[1e−5, 1]", "1-7 a minus sign is the hyphen on the keyboard; did you mean \"[1e-5, 1]\"?"),
    ("[50%, 20%]", "1-11 a percentage is written as a fraction; did you mean \"[0.5, 0.2]\"?"),
    ("[1/2, 1/3]", "1-11 a value is a number, not a calculation; did you mean \"[0.5, 0.333333333333333]\"?"),
  ])
  func listsOfNumbers(text: String, expected: String) {
    #expect(answer(to: text, as: [Double].self) == expected)
  }

  @Test(arguments: [
    ("((1, 2), (3, 4))", "1-17 a list stands in square brackets; did you mean \"[[1, 2], [3, 4]]\"?"),
    ("[(1, 2), (3, 4)]", "1-17 a list stands in square brackets; did you mean \"[[1, 2], [3, 4]]\"?"),
  ])
  func nestedLists(text: String, expected: String) {
    #expect(answer(to: text, as: [[Double]].self) == expected)
  }

  @Test(arguments: [
    ("[a, b]", "1-7 the texts of a list stand in double quotes; did you mean \"[\"a\", \"b\"]\"?"),
    ("['a', 'b']", "1-11 the quotation marks in a list are \"; did you mean \"[\"a\", \"b\"]\"?"),
    ("[“a”, “b”]", "1-11 the quotation marks in a list are \"; did you mean \"[\"a\", \"b\"]\"?"),
    ("a, b", "1-5 the texts of a list stand in double quotes; did you mean \"[\"a\", \"b\"]\"?"),
    ("[\"a\" \"b\"]", "5-6 a list's elements are separated by commas; did you mean \"[\"a\", \"b\"]\"?"),
  ])
  func listsOfTexts(text: String, expected: String) {
    #expect(answer(to: text, as: [String].self) == expected)
  }
}
