/// A node of a document: an index into its flat store.
package struct NodeID: Hashable, Comparable, Sendable {
  let index: Int32

  init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }

  static let none = NodeID(-1)
  static let document = NodeID(0)

  var exists: Bool { index >= 0 }
  /// The node, or nil for the absent one.
  var orNil: NodeID? { exists ? self : nil }
  /// Whether `left` was created before `right`; of two blocks, the one that starts first.
  package static func < (left: NodeID, right: NodeID) -> Bool { left.index < right.index }
}

package enum NodeKind: UInt8, Sendable, Hashable, CaseIterable {
  // Containers
  case document, blockQuote, list, item, footnoteDefinition
  // Leaves
  case paragraph, heading, thematicBreak, fencedCode, indentedCode, htmlBlock, linkReferenceDefinition, mathBlock
  case table, tableRow, tableCell
  // Inlines
  case text, softBreak, lineBreak, codeSpan, htmlInline, emphasis, strong, strikethrough, link, image, footnoteReference
  case mathInline, inlineValue

  package var isInline: Bool { rawValue >= NodeKind.text.rawValue }
  /// Whether its text is parsed for inlines.
  var holdsInlines: Bool { self == .paragraph || self == .heading || self == .tableCell }
}

/// One node. Its links are indices, so a document of any depth is one array.
struct Node: Sendable {
  var kind: NodeKind
  var flags: NodeFlags = []
  var level: UInt8 = 0
  var parent = NodeID.none
  var firstChild = NodeID.none
  var lastChild = NodeID.none
  var next = NodeID.none
  var previous = NodeID.none
  /// Where it starts: blocks in the source, inlines in the content buffer.
  var start: Int32
  var end: Int32
  /// Its text in the content buffer (or among the decoded text, see `NodeFlags.decoded`).
  var contentStart: Int32 = 0
  var contentEnd: Int32 = 0
  /// Which entry of its kind's table describes it further.
  var payload: Int32 = -1

  init(_ kind: NodeKind, start: Int, end: Int, content: Range<Int> = 0..<0, payload: Int = -1) {
    self.kind = kind
    self.start = Int32(start)
    self.end = Int32(end)
    self.payload = Int32(payload)
    self.content = content
  }

  /// A node of text that stands at `range` of the content buffer.
  static func text(_ range: Range<Int>) -> Node {
    Node(.text, start: range.lowerBound, end: range.upperBound, content: range)
  }

  var content: Range<Int> {
    get { Int(contentStart)..<Int(contentEnd) }
    set {
      contentStart = Int32(newValue.lowerBound)
      contentEnd = Int32(newValue.upperBound)
    }
  }
}

struct NodeFlags: OptionSet, Sendable {
  let rawValue: UInt8
  /// Text whose bytes stand among the decoded text, because no source spells them so (entities).
  static let decoded = NodeFlags(rawValue: 1 << 0)
  /// A list whose items' paragraphs are not marked up as such.
  static let tight = NodeFlags(rawValue: 1 << 1)
  /// A fenced block that found its closing fence.
  static let closed = NodeFlags(rawValue: 1 << 2)
  /// An item with an empty or a ticked box.
  static let task = NodeFlags(rawValue: 1 << 3)
  static let ticked = NodeFlags(rawValue: 1 << 4)
  /// A table's first row.
  static let header = NodeFlags(rawValue: 1 << 5)
  /// A link that was found in bare text.
  static let bare = NodeFlags(rawValue: 1 << 6)
  /// Mathematics on a line of its own.
  static let display = NodeFlags(rawValue: 1 << 7)
}
