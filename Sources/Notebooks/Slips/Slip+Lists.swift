import NbrunPlatform
import NbrunDiagnostics

// Lists as other languages write them, and words.
extension Slip {
  static let lists: [Slip] =
    [
      Slip(rule: "a list stands in square brackets") { text in
        let brackets: [Character: Character] = ["(": "[", "{": "[", "<": "[", ")": "]", "}": "]", ">": "]"]
        return String(text.map { brackets[$0] ?? $0 }).spaced
      },
      Slip(rule: "a list stands in square brackets") { text in
        guard let first = text.first, first.isNumber || "-+.\"".contains(first) else { return nil }
        return "[\(text)]".spaced
      },
      Slip(rule: "numbers have no quotation marks") { text in
        text.hasPrefix("[") ? String(text.filter { !"\"'“”‘’".contains($0) }) : nil
      },
      Slip(rule: "a list's elements are separated by commas") { text in
        elements(of: text).map { "[\($0.joined(separator: ", "))]" }
      },
      Slip(rule: "the texts of a list stand in double quotes") { text in
        elements(of: text).map { elements in
          "[\(elements.map { $0.contains("\"") ? $0 : "\"\($0)\"" }.joined(separator: ", "))]"
        }
      },
      Slip(rule: "a single value stands in no brackets") {
        [pattern = Pattern(#/[\[({<]\s*([^\[\](){},]+?)\s*[\])}>]/#)] text in pattern.whole(text).map { String($0.1) }
      },
    ]
    + numbers.map { slip in
      // Each number of a list by itself.
      Slip(rule: slip.rule) { text in
        elements(of: text).map { elements in "[\(elements.map { slip.correct($0) ?? $0 }.joined(separator: ", "))]" }
      }
    }

  static let words: [Slip] = [
    Slip(rule: "a truth value is true or false") { text in
      switch text.lowercased() {
      case "true", "yes", "on", "1", "y", "t", "enabled": "true"
      case "false", "no", "off", "0", "n", "f", "disabled", "never": "false"
      default: NearNames.nearest(to: text, among: ["true", "false"])
      }
    },
    Slip(rule: "names are in lower case, with hyphens") { [pattern = Pattern(#/([a-z0-9])([A-Z])/#)] text in
      name(text) { pattern.replacing(in: $0) { "\($0.1)-\($0.2)" }.hyphenated }
    }, Slip(rule: "names are in lower case, with hyphens") { text in name(text) { $0.hyphenated } },
    Slip(rule: "names are in lower case") { text in name(text) { String($0.filter { !" _-".contains($0) }) } },
  ]

  /// `text` in lower case as `spelled` spells it; nil where it is no word or several.
  private static func name(_ text: String, _ spelled: (String) -> String) -> String? {
    guard text.first?.isLetter == true, !text.contains(" - "),
      text.allSatisfy({ $0.isLetter || $0.isNumber || " _-".contains($0) })
    else { return nil }
    return spelled(text).lowercased()
  }

  /// `2x3`
  private static let crosses = Pattern(#/(\d)\s*[x×*]\s*(?=\d)/#)

  /// The elements of a flat list, whatever separates and encloses them; nil where there are fewer than two.
  private static func elements(of text: String) -> [String]? {
    let crossed = crosses.replacing(in: text) { "\($0.1)," }
    // Where semicolons separate, commas are decimal signs.
    let separators: Set<Character> = crossed.contains(";") ? [";"] : [",", "|", "，", "、"]
    var inner = crossed[...]
    if let first = inner.first, "[({<".contains(first) { inner.removeFirst() }
    if let last = inner.last, "])}>".contains(last) { inner.removeLast() }
    let hasSeparators = inner.contains(where: separators.contains)
    let elements = inner.split { separators.contains($0) || (!hasSeparators && $0.isWhitespace) }.map {
      String($0).trimmed.replacing(",", with: ".")
    }.filter { !$0.isEmpty }
    return elements.isEmpty || elements.contains { $0.contains("[") || $0.contains("]") } ? nil : elements
  }
}

extension String {
  /// The list with one space behind each comma.
  fileprivate var spaced: String {
    split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed }.joined(separator: ", ")
  }

  /// The words joined by hyphens.
  fileprivate var hyphenated: String { split { $0 == " " || $0 == "_" }.joined(separator: "-") }
}
