import NbrunPlotting

/// A name of the notebook language for something of the type `Named`: a lower-case letter, then letters, digits and hyphens, 64
/// characters at most. Any of them can be part of a file name or a claim.
public struct NotebookName<Named>: Hashable, Sendable, Codable, Comparable, CustomStringConvertible,
  ExpressibleByStringLiteral
{
  /// The name's text.
  public let text: String

  /// `text` as a name, without checking it.
  package init(unchecked text: String) { self.text = text }

  /// `text` as a name, or nil where it is none.
  public init?(_ text: String) {
    guard isNotebookName(text) else { return nil }
    self.init(unchecked: text)
  }

  /// A name written in a program; one that is no name traps.
  public init(stringLiteral text: String) {
    guard isNotebookName(text) else {
      fatalError("\"\(text)\" is no name: lower-case letters, digits and hyphens, 64 at most")
    }
    self.init(unchecked: text)
  }

  /// The name's text.
  public var description: String { text }
  /// Alphabetical order.
  public static func < (left: NotebookName, right: NotebookName) -> Bool { left.text < right.text }

  /// Reads a name, refusing what is none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard isNotebookName(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\"\(text)\" is no name")
    }
    self.init(unchecked: text)
  }

  /// Writes the name's text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// What a cell writes after `step:`.
public typealias StepName = NotebookName<any Step>
/// What a cell is referred to by.
public typealias CellID = NotebookName<Cell>
/// What a metric or a series of a cell is referred to by.
public typealias MetricKey = NotebookName<Metric>
/// What a figure of a cell is referred to by.
public typealias FigureName = NotebookName<Figure>
/// What a source of data is referred to by.
public typealias DataSourceName = NotebookName<any DataSource>

/// Whether `text` matches `[a-z][a-z0-9-]{0,63}`.
package func isNotebookName(_ text: String) -> Bool {
  let bytes = text.utf8
  guard let first = bytes.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first), bytes.count <= 64 else {
    return false
  }
  return bytes.allSatisfy {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
      || $0 == UInt8(ascii: "-")
  }
}
