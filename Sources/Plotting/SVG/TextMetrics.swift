/// How wide text is, without a font: the width that the widest of the usual interface fonts gives it.
///
/// The fonts differ from reader to reader, so an estimate that errs on the wide side is all that can be had; it keeps
/// labels from touching.
enum TextMetrics {
  /// The text size that layouts make room for, in units of the view box. On narrow screens text has this size, which is 12 pixels in
  /// a figure 360 wide; on wider ones, where a unit is more pixels, the style sheet makes it smaller.
  static let size = 20.0
  /// The distance between the baselines of lines.
  static let lineHeight = 25.0

  /// The width of `text` in units of the view box.
  static func width(_ text: String, size: Double = size) -> Double {
    text.unicodeScalars.reduce(0) { $0 + advance($1) } * size
  }

  private static func advance(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "I", "'", "|": 0.30
    case " ", ".", ",", ":", ";", "f", "t", "r", "!", "(", ")", "[", "]", "-", "/": 0.38
    case "m", "w", "M", "W", "%", "@", "—": 0.95
    case "A"..."Z", "×", "+", "<", ">", "=": 0.72
    case "\u{300}"..."\u{36F}", "\u{200B}"..."\u{200F}": 0
    case "\u{1100}"..."\u{FFFF}", "\u{1F000}"..."\u{1FFFF}": 1.05
    default: 0.62
    }
  }

  /// `text` cut to `width` with an ellipsis where it is longer.
  static func cut(_ text: String, to width: Double) -> String {
    guard self.width(text) > width else { return text }
    var room = width - self.width("…")
    var end = text.startIndex
    for index in text.indices {
      room -= self.width(String(text[index]))
      guard room >= 0 else { break }
      end = text.index(after: index)
    }
    return String(text[..<end]).trimmedEnd + "…"
  }

  /// `text` in lines no wider than `width`, at most `lines` of them; the last is cut where more would be needed.
  static func wrap(_ text: String, to width: Double, lines: Int) -> [String] {
    let paragraphs = text.split(separator: "\n").map { wrapParagraph($0, to: width) }
    var result = paragraphs.flatMap { $0 }
    if result.count > lines {
      result[lines - 1] = result[(lines - 1)...].joined(separator: " ")
      result.removeSubrange(lines...)
    }
    return result.map { cut($0, to: width) }
  }

  private static func wrapParagraph(_ paragraph: Substring, to width: Double) -> [String] {
    var lines: [String] = []
    for word in paragraph.split(separator: " ") {
      if let last = lines.last, word.hasPrefix("%"), last.last?.isNumber == true {
        // A percent sign stays with its number: the pair moves on where it is too wide.
        let start = last.lastIndex(of: " ").map { last.index(after: $0) } ?? last.startIndex
        let pair = "\(last[start...]) \(word)"
        if self.width("\(last) \(word)") <= width || start == last.startIndex {
          lines[lines.count - 1] = "\(last) \(word)"
        } else {
          lines[lines.count - 1] = String(last[..<start]).trimmedEnd
          lines.append(pair)
        }
      } else if let last = lines.last, self.width("\(last) \(word)") <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
