struct ListPayload: Sendable {
  /// The bullet, or the delimiter after an ordered item's number.
  var marker: UInt8
  /// The first item's number; nil for bullets.
  var start: Int?
}

struct FencePayload: Sendable {
  /// The fence's character and length.
  var character: UInt8
  var length: Int
  /// Columns of indentation of the opening fence, which its content may share.
  var indent: Int
  /// Where the opening fence's characters are in the source.
  var fence: Range<Int>
  /// Where the info string is in the source, trimmed.
  var info: Range<Int>
}

struct LinkPayload: Sendable {
  /// The destination with escapes and entities resolved, not percent-encoded.
  var destination: String
  /// The title, resolved alike; nil where there is none.
  var title: String?
  /// The destination as written, in the content buffer; nil for a link by reference and for one that is its own text.
  var written: Range<Int>?
}

package enum ColumnAlignment: String, Sendable, Hashable {
  case none
  case left
  case centre = "center"
  case right
}

struct Footnote: Sendable {
  /// The label as first written.
  var label: String
  var definition: NodeID
  /// Its number, from 1, in the order of first use; 0 while it is not used.
  var number = 0
  /// How many references there are.
  var uses = 0
}

/// The tables that nodes' payloads index.
struct Payloads: Sendable {
  var lists: [ListPayload] = []
  var fences: [FencePayload] = []
  var links: [LinkPayload] = []
  var tables: [[ColumnAlignment]] = []
  var headings: [String] = []
  var inlineValues: [InlineValue] = []
  var footnotes: [Footnote] = []
  var footnoteReferences: [FootnoteReference] = []
  var formulas: [MathFormula] = []
  var alerts: [Alert] = []
  /// Where the tags stand in the content buffer that are rendered.
  var tags: Set<Int32> = []
  /// Link reference definitions in order, and the labels that links refer to.
  var definitions: [String] = []
  var usedDefinitions: Set<String> = []
  /// What the block phase has to say, with places in the source.
  var remarks: [(message: String, range: Range<Int>)] = []
}

struct FootnoteReference: Sendable {
  var footnote: Int
  /// Which of its uses this is, from 1.
  var use: Int
}
