/// How a network's line says a layer.
public struct LayerSyntax: Sendable {
  /// The layer's name in the line, lower-case letters.
  package let word: String
  /// The same with what may stand in parentheses: `conv(F, size, stride)`.
  let usage: String
  /// What that means, in lines for the reference.
  let meaning: String

  /// A layer called `word`.
  ///
  /// - Parameters:
  ///   - word: lower-case letters.
  ///   - arguments: the names of what may stand in parentheses.
  ///   - meaning: what that means; lines are at most 60 characters long.
  public init(_ word: String, _ arguments: String..., meaning: String) {
    (self.word, self.meaning) = (word, meaning)
    usage = arguments.isEmpty ? word : "\(word)(\(arguments.joined(separator: ", ")))"
  }
}

extension NamedLayer {
  /// The layer as a line says it, without the last arguments that are what they are unless given.
  func text(_ arguments: (value: Int, default: Int?)...) -> String {
    let word = Self.kind.syntax?.word ?? Self.kind.name
    guard let last = arguments.lastIndex(where: { $0.value != $0.default }) else { return word }
    return "\(word)(\(arguments[...last].map { "\($0.value)" }.joined(separator: ", ")))"
  }
}

/// What stands in parentheses behind a layer's name in a network's line, read from left to right.
public struct LayerArguments {
  private let word: String
  private let wordColumns: Range<Int>
  private let texts: [(text: String, columns: Range<Int>)]
  /// How many were asked for.
  private var count = 0

  init(of word: String, at columns: Range<Int>, _ texts: [(text: String, columns: Range<Int>)]) {
    (self.word, wordColumns, self.texts) = (word, columns, texts)
  }

  /// The next one, a whole number from 1.
  ///
  /// - Parameters:
  ///   - what: its name in messages.
  ///   - value: what it is where it is left out; it must be given where there is none.
  ///   - example: a value for messages.
  public mutating func whole(
    _ what: String, default value: Int? = nil, example: Int = 64
  ) throws(NetworkDescriptionError) -> Int {
    guard let text = try next(what, isRequired: value == nil, example: "\(example)") else { return value ?? example }
    guard let number = Int(text), number >= 1, number <= 1 << 20 else {
      throw error("\(what) is a whole number from 1, not \"\(text)\"")
    }
    return number
  }

  /// The next one, a probability below 1, which must be given.
  public mutating func probability(_ what: String) throws(NetworkDescriptionError) -> Double {
    let text = try next("its \(what)", isRequired: true, example: "0.5") ?? ""
    guard let p = Double(text), p >= 0, p < 1 else {
      throw error("the \(what) is at least 0 and below 1, not \"\(text)\"")
    }
    return p
  }

  /// A mistake in the argument that was read last.
  public func error(_ message: String) -> NetworkDescriptionError {
    NetworkDescriptionError(message, at: count > 0 && count <= texts.count ? texts[count - 1].columns : wordColumns)
  }

  private mutating func next(
    _ what: String, isRequired: Bool, example: String
  ) throws(NetworkDescriptionError) -> String? {
    count += 1
    guard count > texts.count else { return texts[count - 1].text }
    guard !isRequired else {
      throw NetworkDescriptionError("\(word) needs \(what) in parentheses: \(word)(\(example))", at: wordColumns)
    }
    return nil
  }

  /// Refuses more arguments than were asked for.
  func requireEnd() throws(NetworkDescriptionError) {
    guard count < texts.count else { return }
    throw NetworkDescriptionError(
      "\(word) takes \(count == 0 ? "no numbers" : "at most \(count) number\(count == 1 ? "" : "s")")",
      at: texts[count].columns)
  }
}
