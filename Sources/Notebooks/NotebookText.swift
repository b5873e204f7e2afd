/// A notebook's text as its parser wants it, from the bytes of its file: valid UTF-8 without a byte-order mark, line ends as LF.
struct NotebookText {
  /// The text; empty where the bytes are none.
  var text: String
  /// Why the bytes are no text that can be read, and what to do; nil where they are.
  var problem: String?

  /// The text that `bytes` are: UTF-8, or UTF-16 where they begin with its mark.
  init(_ bytes: [UInt8]) {
    let isWide = bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF])
    if !isWide, bytes.starts(with: [0xFF, 0xFE]) {
      text = Self.text(bytes) { low, high in UInt16(low) | UInt16(high) << 8 }
    } else if !isWide, bytes.starts(with: [0xFE, 0xFF]) {
      text = Self.text(bytes) { high, low in UInt16(low) | UInt16(high) << 8 }
    } else if isWide || bytes.contains(0) {
      text = ""
      problem =
        "the file holds zero bytes, as UTF-32 and unmarked UTF-16 do, and files that are no text; save it as UTF-8"
    } else {
      text = Self.withPlainLineEnds(bytes.dropFirst(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0))
    }
  }

  /// What follows the mark of two bytes; a last byte without a fellow is no character.
  private static func text(_ bytes: [UInt8], _ unit: (UInt8, UInt8) -> UInt16) -> String {
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { unit(bytes[$0], bytes[$0 + 1]) }
    let text = String(decoding: units, as: UTF16.self) + (bytes.count % 2 == 0 ? "" : "\u{FFFD}")
    return withPlainLineEnds(Array(text.utf8)[...])
  }

  private static func withPlainLineEnds(_ bytes: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var previous: UInt8 = 0
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\r"): result.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "\n") where previous == UInt8(ascii: "\r"): break
      default: result.append(byte)
      }
      previous = byte
    }
    return String(decoding: result, as: UTF8.self)
  }
}
