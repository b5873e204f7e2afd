/// Tables as comma-separated values (RFC 4180).
package enum CSV {
  /// The text of `rows`, which end with `lineEnd`.
  package static func text(_ rows: [[String]], lineEnd: String = "\n") -> String {
    rows.map { $0.map(quoted).joined(separator: ",") + lineEnd }.joined()
  }

  /// A cell, between quotation marks where it would end too early.
  private static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }

  /// A value with up to nine digits; whole ones without a point.
  static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? NumberText.fixed(value, 0) : NumberText.plain(value, 9)
  }
}
