import NbrunDiagnostics

/// What help, completions and parsing need to know of an option, whatever its value's type.
protocol CommandOption: Sendable {
  /// The name with its hyphens.
  var name: String { get }
  /// Other names that it may be given by.
  var aliases: [String] { get }
  /// The one letter that stands for it behind a single hyphen.
  var short: Character? { get }
  /// What the value is called in help; nil for a flag.
  var placeholder: String? { get }
  var help: String { get }
  /// Whether it may be given more than once.
  var isRepeatable: Bool { get }
  /// What a shell can offer for its value.
  var completion: Completion { get }
  /// The value that `texts`, at least one, stand for.
  func value(of texts: [String]) throws(Diagnostic) -> any Sendable
}

/// An option of one or more commands: a flag, or a name with a value of the type `Value`.
struct Option<Value: Sendable>: CommandOption {
  let name: String
  private(set) var aliases: [String] = []
  let short: Character?
  let placeholder: String?
  let help: String
  private(set) var isRepeatable = false
  private(set) var completion = Completion.nothing
  /// The value where the option is not given.
  let absent: Value
  private let read: @Sendable ([String]) throws(Diagnostic) -> Value

  func value(of texts: [String]) throws(Diagnostic) -> any Sendable { try read(texts) }
}

extension Option<Bool> {
  /// An option without a value.
  static func flag(_ name: String, short: Character? = nil, aliases: [String] = [], _ help: String) -> Self {
    Self(name: name, aliases: aliases, short: short, placeholder: nil, help: help, absent: false) { _ in true }
  }
}

extension Option {
  /// An option with one value of another type than text.
  /// - Parameters:
  ///   - takes: what it takes, in words for the message about a text that is none.
  ///   - read: the value that a text stands for; nil where it stands for none.
  static func value<Content: Sendable>(
    _ name: String, short: Character? = nil, _ placeholder: String, _ help: String, takes: String,
    completion: Completion = .nothing, read: @escaping @Sendable (String) -> Content?
  ) -> Self where Value == Content? {
    Self(
      name: name, short: short, placeholder: placeholder, help: help, completion: completion, absent: nil
    ) { texts throws(Diagnostic) in
      try one(texts[0], of: name, takes: takes, read)
    }
  }

  /// An option that may be given more than once.
  static func list<Element: Sendable>(
    _ name: String, _ placeholder: String, _ help: String, takes: String, read: @escaping @Sendable (String) -> Element?
  ) -> Self where Value == [Element] {
    Self(
      name: name, short: nil, placeholder: placeholder, help: help, isRepeatable: true, absent: []
    ) { texts throws(Diagnostic) in
      var elements: [Element] = []
      for text in texts { elements.append(try one(text, of: name, takes: takes, read)) }
      return elements
    }
  }
}

extension Option<String?> {
  /// An option whose value is any text that is not empty.
  static func text(
    _ name: String, short: Character? = nil, _ placeholder: String, _ help: String, completion: Completion = .nothing
  ) -> Self {
    .value(name, short: short, placeholder, help, takes: "a text that is not empty", completion: completion) { text in
      text.isEmpty ? nil : text
    }
  }
}

private func one<Content>(
  _ text: String, of name: String, takes: String, _ read: (String) -> Content?
) throws(Diagnostic) -> Content {
  guard let content = read(text) else { throw .error("\(name) takes \(takes), not \"\(text)\"") }
  return content
}
