/// A path of the file system, or a part of one: parts between slashes, compared byte by byte.
///
/// Everything here is a matter of text, defined for every text, and asks the file system nothing. What does ask it stands in
/// `FilePath+Files.swift`. Characters are no measure here: to Swift a slash with a combining mark behind it is no slash, and an é of
/// one code point is the é of two, which name two files.
package struct FilePath: Sendable, CustomStringConvertible {
  /// The path as it is written; empty for the folder where one stands.
  package let text: String

  package init(_ text: String) { self.text = text }

  package init(parts: some Sequence<String>, isAbsolute: Bool) {
    text = (isAbsolute ? "/" : "") + parts.joined(separator: "/")
  }

  /// The path as it is written.
  package var description: String { text }
  /// Whether it begins at the root of the file system.
  package var isAbsolute: Bool { text.utf8.first == Self.slash }

  /// What stands between its slashes: nothing empty, no `.`, which say nothing of the place; `..` stands for itself.
  package var parts: [String] {
    text.utf8.split(separator: Self.slash).compactMap { part in
      part.elementsEqual(".".utf8) ? nil : String(Substring(part))
    }
  }

  /// Its last part; empty where there is none.
  package var name: String { parts.last ?? "" }

  /// The name up to its last dot, and what follows that; a name without a dot has no extension.
  package var stemAndExtension: (stem: String, extension: String) {
    let name = name
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return (name, "") }
    return (String(name[..<dot]), String(name[name.utf8.index(after: dot)...]))
  }

  /// The path without its last part: of `a` the folder where one stands, of `/` itself.
  package var parent: FilePath { FilePath(parts: parts.dropLast(), isAbsolute: isAbsolute) }

  /// The place that `other` names to one who stands in this folder.
  package func appending(_ other: FilePath) -> FilePath {
    if other.isAbsolute || text.isEmpty { return other }
    if other.text.isEmpty { return self }
    return FilePath(text + (text.utf8.last == Self.slash ? "" : "/") + other.text)
  }

  /// The place that `other` names to one who stands in this folder.
  package func appending(_ other: String) -> FilePath { appending(FilePath(other)) }

  /// The same place, as far as text can tell, written in one way: without `.`, double slashes and, where a part stands before it,
  /// `..`. Where that part is a link, the file system leads elsewhere; `resolved` asks it.
  package var normalized: FilePath {
    var result: [String] = []
    for part in parts {
      if part != ".." {
        result.append(part)
      } else if let last = result.last, last != ".." {
        result.removeLast()
      } else if !isAbsolute {
        result.append(part)
      }
    }
    return FilePath(parts: result, isAbsolute: isAbsolute)
  }

  /// The way from `folder` to it, empty for the folder itself; both normalised, and both absolute or seen from one place.
  package func relative(to folder: FilePath) -> FilePath {
    let (target, start) = (parts, folder.parts)
    let common = zip(target, start).prefix { Self.same($0, $1) }.count
    return FilePath(parts: Array(repeating: "..", count: start.count - common) + target[common...], isAbsolute: false)
  }

  /// The way from `folder` to it where it stands below, both normalised; nil where it does not, as the folder itself.
  package func below(_ folder: FilePath) -> FilePath? {
    let (target, start) = (parts, folder.parts)
    guard isAbsolute == folder.isAbsolute, target.count > start.count, target.starts(with: start, by: Self.same) else {
      return nil
    }
    let rest = target[start.count...]
    return rest.first == ".." ? nil : FilePath(parts: rest, isAbsolute: false)
  }

  /// The path that a link's destination writes, `%XX` being a byte; a `%` that no two such digits follow stands for itself.
  package init(percentEncoded address: some StringProtocol) {
    let bytes = Array(address.utf8)
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = Self.digit(bytes[index + 1]),
        let low = Self.digit(bytes[index + 2])
      {
        decoded.append(UInt8(high << 4 | low))
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    self.init(String(decoding: decoded, as: UTF8.self))
  }

  private static func digit(_ byte: UInt8) -> Int? { Character(Unicode.Scalar(byte)).hexDigitValue }

  /// Its address as a `file:` URL, for a terminal to open; the path is absolute.
  package var fileAddress: String { "file://" + address }

  /// The path as a link's destination: what is not a letter, a digit or a mark that paths may have is written as `%XX`, and nothing
  /// at its start can be read as a scheme.
  package var address: String {
    let first = text.utf8.prefix { $0 != Self.slash }
    return (first.contains(UInt8(ascii: ":")) ? "./" : "") + Self.percentEncoded(text)
  }

  /// `text` with all but ASCII letters, digits and `marks`, which an address's path may have, written as `%XX`.
  package static func percentEncoded(_ text: String, keeping marks: String = "-._~/!$&'()*+,;=:@") -> String {
    let plain = letters.union(marks.utf8)
    var result = ""
    for byte in text.utf8 {
      if plain.contains(byte) {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return result
  }

  /// The path as a word of a shell's command, in quotation marks where it needs them.
  package var shellWord: String {
    let isPlain = !text.isEmpty && text.utf8.allSatisfy { Self.letters.contains($0) || "-._/+,:@".utf8.contains($0) }
    return isPlain && text.utf8.first != UInt8(ascii: "-") ? text : "'\(text.replacing("'", with: "'\\''"))'"
  }

  private static let letters = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

  private static let slash = UInt8(ascii: "/")

  private static func same(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }
}

extension FilePath: Hashable, Comparable {
  /// Whether both have the same bytes.
  package static func == (left: FilePath, right: FilePath) -> Bool { same(left.text, right.text) }

  /// Whether the bytes of `left` come first.
  package static func < (left: FilePath, right: FilePath) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
  }
}
