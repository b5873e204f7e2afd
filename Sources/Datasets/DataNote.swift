import NbrunFilePaths
import NbrunPlatform

/// What data files are that are not their authors', in a sentence of the README that came with them.
enum DataNote {
  /// The longest README that is read, in bytes, and the longest sentence that is taken, in characters.
  private static let (longestFile, longestSentence) = (1 << 16, 400)

  /// The sentence about the files in `folder`; nil where no README stands there, or beside the folder where it is the one that the
  /// authors' archive makes.
  static func sentence(onFilesIn folder: String) -> String? {
    let place = FilePath(folder).normalized
    for place in [place] + (place.name == CIFAR10Layout.folder ? [place.parent] : []) {
      for name in ["README.md", "README", "README.txt", "readme.md", "readme.txt"] {
        if let bytes = try? place.appending(name).read(upTo: longestFile),
          let text = String(validating: bytes, as: UTF8.self),
          let sentence = sentence(of: text)
        {
          return sentence
        }
      }
    }
    return nil
  }

  /// The first sentence of a README that says how the files differ from their authors', else its first sentence.
  static func sentence(of text: String) -> String? {
    let sentences = sentences(of: text)
    let telling = sentences.first { sentence in
      ["authors", "original", "differ"].contains { sentence.lowercased().contains($0) }
    }
    return (telling ?? sentences.first).map { $0.count <= longestSentence ? $0 : $0.prefix(longestSentence - 1) + "…" }
  }

  /// The sentences of the paragraphs, without headings, code blocks and marks of emphasis and code.
  private static func sentences(of text: String) -> [String] {
    var paragraphs: [String] = [""]
    var isCode = false
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let line = line.trimmed
      if line.hasPrefix("```") { isCode.toggle() }
      if isCode || line.isEmpty || line.hasPrefix("#") || line.hasPrefix("```") {
        paragraphs.append("")
      } else if let mark = line.first, "=-".contains(mark), line.allSatisfy({ $0 == mark }) {
        // A line below text makes a heading of it.
        paragraphs[paragraphs.count - 1] = ""
      } else {
        paragraphs[paragraphs.count - 1] += (paragraphs.last?.isEmpty == true ? "" : " ") + line
      }
    }
    return paragraphs.flatMap { paragraph in
      var sentences: [String] = []
      var rest = paragraph.filter { !"`*".contains($0) }[...]
      while let end = rest.firstRange(of: /[.!?](?=\s+[\p{Lu}\p{N}])/) {
        sentences.append(String(rest[..<end.upperBound]))
        rest = rest[end.upperBound...].drop(while: \.isWhitespace)
      }
      if !rest.isEmpty { sentences.append(String(rest)) }
      return sentences
    }
  }
}
