import Foundation

/// The declarations that other packages can use, read from the sources: those that are written `public`.
struct PublicDeclarations {
  struct Declaration {
    /// The target's name and what is declared, up to its body: `Steps: public struct Cell: Sendable`.
    var text: String
    /// The file and line, below the package's folder.
    var place: String
    /// The words of its documentation comment.
    var documentation: [String]
  }

  private(set) var all: [Declaration] = []

  /// Those of the Swift sources below `Sources` of the package at `folder`.
  init(ofPackageAt folder: String) throws {
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder + "/Sources").filter {
      $0.hasSuffix(".swift")
    }
    for file in files.sorted() {
      let text = try String(contentsOfFile: "\(folder)/Sources/\(file)", encoding: .utf8)
      read(
        text.split(separator: "\n", omittingEmptySubsequences: false), target: String(file.prefix { $0 != "/" }), file)
    }
  }

  private mutating func read(_ lines: [Substring], target: String, _ file: String) {
    for (index, line) in lines.enumerated() where line.contains(/^ *(@\S+ )*public (?!extension)/) {
      var declaration = String(line)
      // A parameter list may go on, line by line.
      var next = index + 1
      while declaration.count(where: { $0 == "(" }) > declaration.count(where: { $0 == ")" }), next < lines.count {
        declaration += " " + lines[next].trimmingCharacters(in: .whitespaces)
        next += 1
      }
      let words = lines[..<index].reversed().drop { $0.contains(/^ *@/) }.prefix { $0.contains(/^ *\/\/\//) }
        .flatMap { $0.split(separator: " ").dropFirst().map(String.init) }
      let head = declaration.prefix { $0 != "{" }.split(separator: " ").joined(separator: " ")
      all.append(Declaration(text: "\(target): \(head)", place: "Sources/\(file):\(index + 1)", documentation: words))
    }
  }
}
