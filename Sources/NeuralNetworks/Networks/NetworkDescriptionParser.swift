/// Reads a network's line from left to right. Open brackets stand on a stack, so no nesting is too deep.
struct NetworkDescriptionParser {
  private typealias Item = NetworkDescription.Item

  private let characters: [Character]
  private var position = 0

  init(_ line: String) { characters = Array(line) }

  mutating func parse() throws(NetworkDescriptionError) -> (layers: [NetworkDescription.Item], loss: LossFunction) {
    // The layers before each open bracket, or before a residual's parenthesis, with its place and where the residual starts.
    var open: [(layers: [Item], column: Int, residual: Int?)] = []
    var layers: [Item] = []
    while true {
      skipSpaces()
      if take("[") {
        open.append((layers, position - 1, nil))
        layers = []
        continue
      }
      let start = position
      let name = takeName()
      guard !name.isEmpty else {
        throw error("a layer is missing here, such as conv(64), relu, pool or affine(500)", at: position)
      }
      if let loss = LossFunction(rawValue: name) {
        try finish(start: start, open: open)
        return (layers, loss)
      }
      if name == Residual.word {
        guard take("(") else { throw error("a residual's layers stand in parentheses: residual(conv(8))", at: start) }
        guard open.count(where: { $0.residual != nil }) < NetworkDescription.deepestResidual else {
          throw error("no more than \(NetworkDescription.deepestResidual) residuals stand in each other", at: start)
        }
        open.append((layers, position - 1, start))
        layers = []
        continue
      }
      layers.append(Item(layer: try layer(named: name, from: start), columns: start..<position))
      skipSpaces()
      while let close = ["]", ")"].first(where: { take($0) }) {
        guard let (before, bracket, residual) = open.popLast(), (residual == nil) == (close == "]") else {
          throw error("no \(close == "]" ? "bracket" : "parenthesis") is open here", at: position - 1)
        }
        if let residual {
          layers = before + [Item(layer: Residual(layers), columns: residual..<position)]
        } else {
          let count = try takeRepetition()
          let (some, repeated) = (before.reduce(0) { $0 + $1.count }, layers.reduce(0) { $0 + $1.count })
          guard some + repeated * count <= NetworkDescription.largestLayerCount else {
            throw NetworkDescriptionError(
              "the network has more than \(NetworkDescription.largestLayerCount) layers", at: bracket..<position)
          }
          layers = before + Array(repeating: layers, count: count).joined()
        }
        skipSpaces()
      }
      guard position < characters.count else {
        if let bracket = open.last?.column {
          throw error("this \(open.last?.residual == nil ? "bracket" : "parenthesis") is not closed", at: bracket)
        }
        throw error("the network ends with its loss: softmax or svm", at: position)
      }
      guard take("-") else { throw error("layers are joined by -", at: position) }
    }
  }

  /// The loss is the last thing on the line, outside all brackets.
  private mutating func finish(
    start: Int, open: [(layers: [Item], column: Int, residual: Int?)]
  ) throws(NetworkDescriptionError) {
    let loss = start..<position
    skipSpaces()
    guard position == characters.count, open.isEmpty else {
      throw NetworkDescriptionError("a loss stands at the end of the line, outside all brackets", at: loss)
    }
  }

  private mutating func layer(named name: String, from start: Int) throws(NetworkDescriptionError) -> any Layer {
    let columns = start..<position
    guard let kind = LayerCatalogue.layers.first(where: { $0.kind.syntax?.word == name }) else {
      let words =
        LayerCatalogue.layers.compactMap { $0.kind.syntax?.word } + [Residual.word]
        + LossFunction.allCases.map(\.rawValue)
      let list = words.dropLast().joined(separator: ", ") + " and \(words[words.count - 1])"
      throw NetworkDescriptionError("no layer is called \"\(name)\"; there are \(list)", at: columns)
    }
    var arguments = LayerArguments(of: name, at: columns, try takeArguments())
    let layer = try kind.init(&arguments)
    try arguments.requireEnd()
    return layer
  }

  // MARK: Characters

  private func error(_ message: String, at column: Int) -> NetworkDescriptionError {
    NetworkDescriptionError(message, at: column..<column + 1)
  }

  private mutating func skipSpaces() {
    while position < characters.count, characters[position].isWhitespace { position += 1 }
  }

  private mutating func take(_ character: Character) -> Bool {
    guard position < characters.count, characters[position] == character else { return false }
    position += 1
    return true
  }

  private mutating func takeName() -> String {
    let start = position
    while position < characters.count, characters[position].isLetter { position += 1 }
    return String(characters[start..<position]).lowercased()
  }

  /// What stands in parentheses, separated by commas; nothing where there are none.
  private mutating func takeArguments() throws(NetworkDescriptionError) -> [(text: String, columns: Range<Int>)] {
    let opening = position
    guard take("(") else { return [] }
    var arguments: [(text: String, columns: Range<Int>)] = []
    while true {
      skipSpaces()
      let start = position
      while position < characters.count, !",()[]".contains(characters[position]) { position += 1 }
      var end = position
      while end > start, characters[end - 1].isWhitespace { end -= 1 }
      arguments.append((String(characters[start..<end]), start..<max(end, start + 1)))
      if take(",") { continue }
      guard take(")") else { throw error("this parenthesis is not closed", at: opening) }
      return arguments
    }
  }

  /// `xN` behind a closing bracket; 1 where there is none.
  private mutating func takeRepetition() throws(NetworkDescriptionError) -> Int {
    guard take("x") || take("×") else { return 1 }
    let start = position
    while position < characters.count, characters[position].isASCII, characters[position].isNumber { position += 1 }
    guard let count = Int(String(characters[start..<position])), count >= 1,
      count <= NetworkDescription.largestLayerCount
    else {
      throw NetworkDescriptionError(
        "a part is repeated a whole number of times from 1 to \(NetworkDescription.largestLayerCount)",
        at: start..<max(position, start + 1))
    }
    return count
  }
}
