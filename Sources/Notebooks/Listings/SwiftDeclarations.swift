/// The declarations of a Swift source, found by name, so that a report can show the code that ran.
package struct SwiftDeclarations: Sendable {
  /// A declaration with what belongs to it: its comment, its attributes, its body.
  package struct Declaration: Sendable, Equatable {
    /// Its name, with those of the types around it: `NaiveConvolution.forward`.
    package var path: String
    /// Its lines in the file, from 1.
    package var lines: ClosedRange<Int>
    /// Its text, the indentation that all of its lines share taken away.
    package var text: String
  }

  private static let introducers: Set<String> = [
    "func", "struct", "class", "enum", "protocol", "actor", "extension", "var", "let", "typealias", "macro",
  ]
  private static let namedByKeyword: Set<String> = ["init", "subscript", "deinit"]
  /// Words before an introducer that belong to the declaration.
  private static let modifiers: Set<String> = [
    "public", "private", "fileprivate", "internal", "package", "open", "static", "final", "mutating", "nonmutating",
    "override", "required", "convenience", "lazy", "weak", "unowned", "indirect", "nonisolated", "async", "borrowing",
    "consuming", "dynamic", "infix", "prefix", "postfix", "unsafe", "set",
  ]

  private let lines: [Substring]
  private var found: [(path: String, first: Int, last: Int)] = []

  /// The declarations of the file whose text is `source`.
  package init(source: String) {
    lines = source.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Substring($0) }
    scan(Array(source.utf8))
  }

  /// The names that can be asked for, in the order of the file.
  package var paths: [String] { found.map(\.path) }

  /// The first declaration called `symbol`: a name, or a path of names.
  package subscript(symbol: String) -> Declaration? {
    guard
      let match = found.first(where: { $0.path == symbol }) ?? found.first(where: { $0.path.hasSuffix("." + symbol) })
    else { return nil }
    let first = firstLine(of: match.first)
    let text = lines[first...match.last]
    let indent = text.filter { !$0.allSatisfy(\.isWhitespace) }.map { $0.prefix(while: { $0 == " " }).count }.min() ?? 0
    return Declaration(
      path: match.path, lines: first + 1...match.last + 1,
      text: text.map { $0.dropFirst(min(indent, $0.count)) }.joined(separator: "\n"))
  }

  /// The line at which the comment and the attributes above line `line` begin.
  private func firstLine(of line: Int) -> Int {
    var first = line
    while first > 0 {
      let above = lines[first - 1].drop(while: { $0 == " " })
      guard above.hasPrefix("///") || above.hasPrefix("@") else { break }
      first -= 1
    }
    return first
  }

  // MARK: Scanning

  /// A piece of source that is code, neither a comment nor text.
  private enum Code: Equatable {
    /// An identifier, with the backticks around it where it has some, a keyword or a number.
    case word(String)
    case open(UInt8), close, symbol(UInt8), newline

    init?(_ piece: SwiftLexer.Token, of bytes: [UInt8]) {
      switch piece.kind {
      case .comment, .string: return nil
      case .newline: self = .newline
      case .open: self = .open(bytes[piece.range.lowerBound])
      case .close: self = .close
      case .symbol: self = .symbol(bytes[piece.range.lowerBound])
      case .number, .word: self = .word(String(decoding: bytes[piece.range], as: UTF8.self))
      }
    }
  }

  private struct Scope {
    var path: String
    /// Brackets that are open around its content.
    var depth: Int
  }

  private mutating func scan(_ bytes: [UInt8]) {
    var lexer = SwiftLexer(bytes)
    var line = 0
    var depth = 0
    var scopes: [Scope] = []
    var pending: String?
    var pendingPath: String?
    var open: [(index: Int, depth: Int)] = []
    var previous: Code = .newline
    var countedUpTo = 0
    while let piece = lexer.next() {
      guard let token = Code(piece, of: bytes) else { continue }
      while countedUpTo < piece.range.lowerBound {
        if bytes[countedUpTo] == UInt8(ascii: "\n") { line += 1 }
        countedUpTo += 1
      }
      if token != .newline { extend(&open, to: line, depth: depth, previous: previous, token: token) }
      switch token {
      case .word(let word):
        if let introducer = pending {
          pendingPath = declare(word, as: introducer, at: line, depth: depth, scopes: scopes, open: &open)
          pending = nil
        } else if startsDeclaration(previous) {
          if Self.introducers.contains(word) {
            pending = word
          } else if Self.namedByKeyword.contains(word) {
            pendingPath = declare(word, as: word, at: line, depth: depth, scopes: scopes, open: &open)
          }
        }
      case .open(let bracket):
        if bracket == UInt8(ascii: "{"), let path = pendingPath {
          scopes.append(Scope(path: path, depth: depth))
          pendingPath = nil
        }
        depth += 1
      case .close:
        depth -= 1
        if let scope = scopes.last, scope.depth == depth { scopes.removeLast() }
        for declaration in open where declaration.depth <= depth { found[declaration.index].last = line }
      case .symbol, .newline: break
      }
      if token != .newline || previous == .newline { previous = token } else { previous = .newline }
    }
  }

  /// Whether a keyword after `previous` introduces a declaration: not `case let`, `.init`, `if var`.
  private func startsDeclaration(_ previous: Code) -> Bool {
    switch previous {
    case .newline, .open(UInt8(ascii: "{")), .close, .symbol(UInt8(ascii: ";")): true
    case .word(let word): Self.modifiers.contains(word) || word.first?.isUppercase == true
    default: false
    }
  }

  private mutating func declare(
    _ name: String, as introducer: String, at line: Int, depth: Int, scopes: [Scope],
    open: inout [(index: Int, depth: Int)]
  ) -> String? {
    let path = (scopes.last.map { $0.path + "." } ?? "") + name.filter { $0 != "`" }
    open.removeAll { $0.depth >= depth }
    found.append((path, line, line))
    open.append((found.count - 1, depth))
    return ["var", "let", "typealias"].contains(introducer) ? nil : path
  }

  /// Lets the innermost declarations that are still being written reach `line`.
  private mutating func extend(
    _ open: inout [(index: Int, depth: Int)], to line: Int, depth: Int, previous: Code, token: Code
  ) {
    // What was declared inside a body that has closed is over.
    while let declaration = open.last, declaration.depth > depth { open.removeLast() }
    while let declaration = open.last, declaration.depth == depth, line > found[declaration.index].last,
      previous == .newline, !continues(token)
    { open.removeLast() }
    guard let declaration = open.last, declaration.depth <= depth else { return }
    found[declaration.index].last = max(found[declaration.index].last, line)
  }

  /// Whether a line that starts with `token` goes on with what stands above.
  private func continues(_ token: Code) -> Bool {
    switch token {
    case .open(UInt8(ascii: "{")): true
    case .word("where"), .word("throws"), .word("async"): true
    case .symbol(let byte): byte != UInt8(ascii: "@") && byte != UInt8(ascii: "#")
    default: false
    }
  }
}
