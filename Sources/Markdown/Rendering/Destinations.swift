/// Link destinations in HTML: percent-encoded, and safe.
enum Destination {
  /// The destination with everything percent-encoded that a URL cannot hold; what is encoded already stays.
  static func encoded(_ destination: String) -> String {
    guard destination.utf8.contains(where: { !isAllowed($0) }) else { return destination }
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in destination.utf8 {
      if isAllowed(byte) {
        result.append(byte)
      } else {
        result.append(contentsOf: [ASCII.percent, digits[Int(byte >> 4)], digits[Int(byte & 15)]])
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    byte.isASCIIAlphanumeric || (byte > 0x20 && byte < 0x7F && !"\"<>\\^`{|}[]".utf8.contains(byte))
  }

  /// Whether following the link cannot run anything: no `javascript:`, `vbscript:`, `file:` or `data:` (but for images of the
  /// common bitmap formats, and in an image, where it is inert, SVG). Browsers ignore white space and control characters in a scheme, so this does too.
  static func isSafe(_ destination: String, isImage: Bool = false) -> Bool {
    var scheme = ""
    for scalar in destination.unicodeScalars {
      if scalar == ":" { break }
      if scalar.value <= 0x20 || scalar.value == 0x7F { continue }
      if scheme.utf8.count > 12 { return true }
      scheme.unicodeScalars.append(scalar)
    }
    switch scheme.lowercased() {
    case "javascript", "vbscript", "file": return false
    case "data":
      let lowercased = destination.lowercased()
      let isBitmap = ["png", "gif", "jpeg", "webp"].contains { lowercased.hasPrefix("data:image/\($0);") }
      return isBitmap
        || isImage && ["data:image/svg+xml;", "data:image/svg+xml,"].contains(where: lowercased.hasPrefix)
    default: return true
    }
  }
}
