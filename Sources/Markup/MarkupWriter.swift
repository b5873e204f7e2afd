/// Markup (HTML, SVG or MathML) that is escaped by construction.
///
/// Text and attribute values can only be added through methods that escape them, and elements close themselves, so what is
/// written is well-formed and carries nothing from a notebook but text. The one way around that is `raw(_:)`, a name that can be
/// searched for. The tree is kept flat, as the bytes it will be written as: building takes time proportional to its size and
/// no depth of nesting can exhaust the stack.
///
///     var page = MarkupWriter()
///     page.element("p", ["class": "lead"]) { $0.text("3 < 4") }
///     page.string  // <p class="lead">3 &lt; 4</p>
package struct MarkupWriter: Sendable, Equatable {
  /// The markup written so far, as UTF-8.
  package private(set) var bytes: [UInt8]
  private var openElements: [String] = []

  package init() { bytes = [] }
  package var string: String { String(decoding: bytes, as: UTF8.self) }
  /// Makes room for `count` more bytes at once.
  package mutating func reserve(_ count: Int) { bytes.reserveCapacity(bytes.count + count) }

  // MARK: Elements

  /// An element with what `content` writes inside it.
  package mutating func element(
    _ name: String, _ attributes: Attributes = [:], content: (inout MarkupWriter) throws -> Void
  ) rethrows {
    open(name, attributes)
    try content(&self)
    close()
  }

  /// An element that holds only text.
  package mutating func element(_ name: String, _ attributes: Attributes = [:], text: String) {
    open(name, attributes)
    self.text(text)
    close()
  }

  /// An element with what `content` writes inside it, and a line feed behind it, for readable output.
  package mutating func block(
    _ name: String, _ attributes: Attributes = [:], content: (inout MarkupWriter) throws -> Void
  ) rethrows {
    try element(name, attributes, content: content)
    newline()
  }

  /// An element that holds only text, and a line feed behind it.
  package mutating func block(_ name: String, _ attributes: Attributes = [:], text: String) {
    element(name, attributes, text: text)
    newline()
  }

  /// An HTML void element such as `<br>`: no content, no end tag.
  package mutating func void(_ name: String, _ attributes: Attributes = [:], selfClosing: Bool = false) {
    startTag(name, attributes)
    verbatim(selfClosing ? " />" : ">")
  }

  /// An XML element without content: `<path d="…"/>`.
  package mutating func empty(_ name: String, _ attributes: Attributes = [:]) {
    startTag(name, attributes)
    verbatim("/>")
  }

  /// Opens an element; `close()` ends it. For walks that cannot nest closures.
  package mutating func open(_ name: String, _ attributes: Attributes = [:]) {
    startTag(name, attributes)
    bytes.append(UInt8(ascii: ">"))
    openElements.append(name)
  }

  /// Ends the element that was opened last.
  package mutating func close() {
    guard let name = openElements.popLast() else {
      preconditionFailure("close() without an open element: each call ends one open(_:_:)")
    }
    verbatim("</")
    verbatim(name)
    bytes.append(UInt8(ascii: ">"))
  }

  // MARK: Text

  /// Text, with the characters that markup reserves escaped.
  package mutating func text(_ text: some StringProtocol) { escape(text.utf8) }
  /// The text in a range of UTF-8 bytes, escaped alike.
  package mutating func text(utf8 text: [UInt8], in range: Range<Int>) { escape(text[range]) }

  /// A line feed between elements, for readable output.
  package mutating func newline() { bytes.append(UInt8(ascii: "\n")) }

  /// A whole piece of markup built elsewhere.
  package mutating func append(_ other: MarkupWriter) {
    precondition(
      other.openElements.isEmpty, "markup with an open element <\(other.openElements.last ?? "")> was appended")
    bytes.append(contentsOf: other.bytes)
  }

  /// Writes `source` as it stands. The only unescaped way in: for constants of this program (style sheets) and for
  /// `nbrun markdown --unsafe`. Never for text that came from a notebook's report.
  package mutating func raw(_ source: some StringProtocol) { bytes.append(contentsOf: source.utf8) }
  /// Writes a range of UTF-8 bytes as it stands; see `raw(_:)`.
  package mutating func raw(utf8 source: [UInt8], in range: Range<Int>) { bytes.append(contentsOf: source[range]) }

  // MARK: Writing

  private mutating func startTag(_ name: String, _ attributes: Attributes) {
    bytes.append(UInt8(ascii: "<"))
    verbatim(name)
    for (name, value) in attributes.pairs {
      bytes.append(UInt8(ascii: " "))
      verbatim(name)
      verbatim("=\"")
      escape(value.utf8)
      bytes.append(UInt8(ascii: "\""))
    }
  }

  private mutating func verbatim(_ string: String) { bytes.append(contentsOf: string.utf8) }

  private mutating func escape(_ text: some Sequence<UInt8>) {
    let isCopied: Void? = text.withContiguousStorageIfAvailable { text in
      // Runs without reserved characters, such as a whole image, are copied at once.
      var rest = text[...]
      while let index = rest.firstIndex(where: MarkupWriter.isReserved) {
        bytes.append(contentsOf: rest[..<index])
        verbatim(MarkupWriter.escaped(rest[index]))
        rest = rest[(index + 1)...]
      }
      bytes.append(contentsOf: rest)
    }
    if isCopied == nil { escape(Array(text)) }
  }

  private static func isReserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""): true
    default: false
    }
  }

  private static func escaped(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    default: "&quot;"
    }
  }
}
