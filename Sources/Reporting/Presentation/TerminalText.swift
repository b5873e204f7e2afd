import NbrunDiagnostics

/// Lines as a terminal shows them in the end: a progress bar that was drawn over and over in its last state, colours as styles,
/// and any other control character as the symbol for it.
struct TerminalText: Sendable, Equatable {
  /// How characters look: a colour from 1 (red) to 6 (cyan) and 7 (quiet), one behind them, and weight.
  struct Style: Sendable, Equatable {
    var colour: Int?
    var background: Int?
    var isBold = false
    var isItalic = false
    var isUnderlined = false

    var isPlain: Bool { self == Style() }
  }

  /// Characters of one style that follow each other.
  struct Run: Sendable, Equatable {
    var text: String
    var style: Style
  }

  /// The lines as plain text.
  private(set) var lines: [String] = []
  /// The runs of those lines, by their index, that have any colour.
  private(set) var colours: [Int: [Run]] = [:]

  private var style = Style()

  /// The lines of `text`, which is UTF-8, without line ends.
  init(_ text: some Collection<UInt8>) {
    guard !text.isEmpty else { return }
    for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      let isPlain = style.isPlain && !line.contains { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7F || $0 == 0xC2 }
      if isPlain { lines.append(String(decoding: line, as: UTF8.self)) } else { draw(line) }
    }
  }

  /// A character that stands on a line.
  private struct Cell {
    var scalar: Unicode.Scalar
    var style: Style
  }

  /// Draws one line as a terminal would, from its left edge.
  private mutating func draw(_ line: some Collection<UInt8>) {
    var cells: [Cell] = []
    var cursor = 0
    var rest = Array(String(decoding: line, as: UTF8.self).unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\r": cursor = 0
      case "\u{8}": cursor = max(0, cursor - 1)
      case "\u{1B}" where rest.first == "[":
        guard let (parameters, command) = Self.sequence(&rest) else { fallthrough }
        switch command {
        case "m": select(parameters)
        case "K" where parameters == [2]: cells = cells.prefix(cursor).map { Cell(scalar: " ", style: $0.style) }
        case "K" where parameters == [0]: cells.removeSubrange(min(cursor, cells.count)...)
        case "G": cursor = max(0, (parameters.first ?? 1) - 1)
        case "C": cursor += max(1, parameters.first ?? 1)
        case "D": cursor = max(0, cursor - max(1, parameters.first ?? 1))
        default: break
        }
        // A line no terminal has: what moves the cursor beyond it is not believed.
        cursor = min(cursor, cells.count + 500)
      default:
        let symbol = scalar == "\t" ? nil : ControlCharacters.symbol(for: scalar)
        let cell = Cell(scalar: symbol ?? scalar, style: style)
        while cells.count < cursor { cells.append(Cell(scalar: " ", style: Style())) }
        if cursor < cells.count { cells[cursor] = cell } else { cells.append(cell) }
        cursor += 1
      }
    }
    var runs: [Run] = []
    for cell in cells {
      if runs.last?.style != cell.style { runs.append(Run(text: "", style: cell.style)) }
      runs[runs.count - 1].text.unicodeScalars.append(cell.scalar)
    }
    if runs.contains(where: { !$0.style.isPlain }) { colours[lines.count] = runs }
    lines.append(runs.map(\.text).joined())
  }

  /// Takes a control sequence's parameters and command, `[` first, off the beginning of `rest`; nil, and nothing taken, where it is none.
  private static func sequence(_ rest: inout ArraySlice<Unicode.Scalar>) -> ([Int], Unicode.Scalar)? {
    let body = rest.dropFirst().prefix { ("\u{20}"..."\u{3F}").contains($0) }
    guard body.count < 100, body.endIndex < rest.endIndex, ("@"..."~").contains(rest[body.endIndex]) else { return nil }
    let command = rest[body.endIndex]
    rest = rest[(body.endIndex + 1)...]
    let texts = String(String.UnicodeScalarView(body)).split(separator: ";", omittingEmptySubsequences: false)
    return (texts.map { Int($0) ?? 0 }, command)
  }

  /// Takes over what a sequence of style numbers says (ECMA-48, 8.3.117).
  private mutating func select(_ parameters: [Int]) {
    var rest = parameters[...]
    while let number = rest.popFirst() {
      switch number {
      case 0: style = Style()
      case 1, 22: style.isBold = number == 1
      case 2, 90: style.colour = 7
      case 3, 23: style.isItalic = number == 3
      case 4, 24: style.isUnderlined = number == 4
      case 7: style.background = style.colour ?? 7  // colours in each other's place
      case 31...36, 91...96: style.colour = number % 10
      case 30, 37, 39, 97: style.colour = nil
      case 41...46, 101...106: style.background = number % 10
      case 100: style.background = 7
      case 27, 40, 47, 49, 107: style.background = nil
      case 38, 48:
        // A colour of 256, or of three parts: taken as the nearest that pages have.
        let isRich = rest.popFirst() == 2
        let parts = Array(rest.prefix(isRich ? 3 : 1))
        rest = rest.dropFirst(parts.count)
        let nearest = isRich ? Self.nearest(parts) : Self.nearest(ofPalette: parts.first ?? 0)
        if number == 38 { style.colour = nearest } else { style.background = nearest }
      default: break
      }
    }
  }

  private static func nearest(ofPalette index: Int) -> Int? {
    switch index {
    case 1...6: index
    case 9...14: index - 8
    case 16...231: nearest([(index - 16) / 36, (index - 16) / 6 % 6, (index - 16) % 6])
    case 8, 232...250: 7
    default: nil
    }
  }

  /// The colour whose parts are lit as those of the given one are; nil for greys.
  private static func nearest(_ parts: [Int]) -> Int? {
    guard parts.count == 3, let high = parts.max(), let low = parts.min(), high > low else { return nil }
    let bits = parts.enumerated().reduce(0) { $0 | ($1.element * 2 > high + low ? 1 << $1.offset : 0) }
    return bits == 0 || bits == 7 ? nil : bits
  }
}
