/// A node of a document: an index into its flat store.
public struct NodeID: Hashable, Comparable, Sendable {
  let index: Int32

  init(_ index: Int) {
    self.index = Int32(truncatingIfNeeded: index)
  }

  /// The absent node.
  static let none = NodeID(-1)
  /// The document itself.
  static let document = NodeID(0)

  /// Whether there is a node.
  var exists: Bool {
    index >= 0
  }

  /// The node, or nil for the absent one.
  var orNil: NodeID? {
    exists ? self : nil
  }

  /// Whether `left` was created before `right`; of two blocks, the one that starts first.
  public static func < (left: NodeID, right: NodeID) -> Bool {
    left.index < right.index
  }
}

/// What a node is.
public enum NodeKind: UInt8, Sendable, Hashable, CaseIterable {
  // Containers
  case document
  case blockQuote
  case list
  case item
  case footnoteDefinition
  // Leaves
  case paragraph
  case heading
  case thematicBreak
  case fencedCode
  case indentedCode
  case htmlBlock
  case linkReferenceDefinition
  case mathBlock
  case table
  case tableRow
  case tableCell
  // Inlines
  case text
  case softBreak
  case lineBreak
  case codeSpan
  case htmlInline
  case emphasis
  case strong
  case strikethrough
  case link
  case image
  case footnoteReference
  case mathInline
  case inlineValue

  /// Whether it is an inline, not a block.
  public var isInline: Bool {
    rawValue >= NodeKind.text.rawValue
  }

  /// Whether its text is parsed for inlines.
  var holdsInlines: Bool {
    self == .paragraph || self == .heading || self == .tableCell
  }
}

/// One node. Its links are indices, so a document of any depth is one array.
struct Node: Sendable {
  var kind: NodeKind
  var flags: NodeFlags = []
  /// A heading's level.
  var level: UInt8 = 0
  var parent = NodeID.none
  var firstChild = NodeID.none
  var lastChild = NodeID.none
  var next = NodeID.none
  var previous = NodeID.none
  /// Where it starts: blocks in the source, inlines in the content buffer.
  var start: Int32
  /// Where it ends.
  var end: Int32
  /// Its text in the content buffer (or among the decoded text, see `NodeFlags.decoded`).
  var contentStart: Int32 = 0
  var contentEnd: Int32 = 0
  /// Which entry of its kind's table describes it further.
  var payload: Int32 = -1

  init(_ kind: NodeKind, start: Int, end: Int) {
    self.kind = kind
    self.start = Int32(start)
    self.end = Int32(end)
  }

  /// Where its text is.
  var content: Range<Int> {
    get { Int(contentStart)..<Int(contentEnd) }
    set {
      contentStart = Int32(newValue.lowerBound)
      contentEnd = Int32(newValue.upperBound)
    }
  }
}

/// What is so or not so of a node.
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
