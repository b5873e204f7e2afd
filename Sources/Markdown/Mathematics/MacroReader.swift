/// A formula's source while its macros are replaced: a stack of bytes, each with the place in the formula that it stands for.
struct MacroReader {
  /// A byte, and the place of what put it there.
  struct Byte {
    var byte: UInt8
    var place: Range<Int>
  }

  /// What is still to be read, last first.
  private var rest: [Byte]
  private(set) var inserted = 0
  /// Whether a group is never closed, so that nothing can be read any more.
  private(set) var isUnclosed = false

  init(_ source: [UInt8]) { rest = source.indices.reversed().map { Byte(byte: source[$0], place: $0..<$0 + 1) } }
  mutating func next() -> Byte? { rest.popLast() }

  private mutating func skipSpace() {
    while rest.last?.byte.isASCIIWhitespace == true { rest.removeLast() }
  }

  /// Takes white space and, if it comes next, that byte.
  mutating func skip(_ byte: UInt8) -> Bool {
    skipSpace()
    guard rest.last?.byte == byte else { return false }
    rest.removeLast()
    return true
  }

  /// Takes a command's name, whose backslash has been taken: letters, or one other character.
  mutating func name() -> [Byte] {
    var name: [Byte] = []
    while let next = rest.last,
      next.byte.isASCIILetter || name.isEmpty || name[0].byte >= 0x80 && next.byte & 0xC0 == 0x80
    {
      name.append(next)
      rest.removeLast()
      if !next.byte.isASCIILetter, next.byte < 0x80 { break }
    }
    return name
  }

  // MARK: Arguments

  /// Takes the argument that comes next, without its braces: a group, a command, or one character.
  mutating func argument() -> [UInt8]? {
    skipSpace()
    guard let first = rest.last, first.byte != ASCII.rightBrace else { return nil }
    if first.byte == ASCII.leftBrace { return group() }
    rest.removeLast()
    if first.byte == ASCII.backslash { return [first.byte] + name().map(\.byte) }
    var argument = [first.byte]
    while let next = rest.last, next.byte & 0xC0 == 0x80 {
      argument.append(next.byte)
      rest.removeLast()
    }
    return argument
  }

  /// Takes a group in braces; nil, with nothing taken, when none comes next.
  mutating func group() -> [UInt8]? {
    skipSpace()
    return rest.last?.byte == ASCII.leftBrace ? enclosed(until: ASCII.rightBrace) : nil
  }

  /// Takes what stands in brackets; nil, with nothing taken, when none come next.
  mutating func option() -> [UInt8]? {
    skipSpace()
    return rest.last?.byte == ASCII.leftBracket ? enclosed(until: ASCII.rightBracket) : nil
  }

  private mutating func enclosed(until close: UInt8) -> [UInt8]? {
    var depth = 0
    var text: [UInt8] = []
    var index = rest.count - 2
    while index >= 0 {
      let byte = rest[index].byte
      if byte == close, depth == 0 {
        rest.removeSubrange(index...)
        return text
      }
      text.append(byte)
      if byte == ASCII.backslash, index > 0 {
        index -= 1
        text.append(rest[index].byte)
      } else if byte == ASCII.leftBrace {
        depth += 1
      } else if byte == ASCII.rightBrace {
        depth -= 1
      }
      index -= 1
    }
    isUnclosed = true
    rest.removeAll()
    return nil
  }

  // MARK: Definitions

  /// Takes the name that a definition defines, in braces or not.
  mutating func definedName() -> String? {
    let isBraced = skip(ASCII.leftBrace)
    guard skip(ASCII.backslash) else { return nil }
    let name = String(decoding: name().map(\.byte), as: UTF8.self)
    if isBraced, !skip(ASCII.rightBrace) { return nil }
    return name.isEmpty ? nil : name
  }

  /// Takes `#1#2…` up to the brace that follows, and counts them; nil where something else stands there.
  mutating func parameters() -> Int? {
    var count = 0
    while skip(ASCII.hash) {
      guard count < 9, skip(ASCII.zero + UInt8(count + 1)) else { return nil }
      count += 1
    }
    skipSpace()
    return rest.last?.byte == ASCII.leftBrace ? count : nil
  }

  // MARK: Replacing

  /// Puts a macro's body in the place of its name and its arguments.
  /// - Returns: what is wrong with the arguments.
  mutating func replace(
    by body: [UInt8], arity: Int, option: [UInt8]?, of name: String, at place: Range<Int>
  ) -> String? {
    var arguments: [[UInt8]] = []
    if let option { arguments.append(self.option() ?? option) }
    while arguments.count < arity, let argument = argument() { arguments.append(argument) }
    let isWhole = arguments.count >= arity
    var text: [UInt8] = []
    var index = 0
    var followsArgument = false
    while index < body.count {
      if followsArgument { separate(&text, from: body[index]) }
      followsArgument = false
      let next = index + 1 < body.count ? body[index + 1] : 0
      if body[index] == ASCII.hash, next > ASCII.zero, next <= ASCII.zero + 9 {
        let number = Int(next - ASCII.zero) - 1
        if number < arguments.count, let first = arguments[number].first {
          separate(&text, from: first)
          text += arguments[number]
          followsArgument = true
        }
        index += 2
      } else if index + 1 < body.count,
        body[index] == ASCII.backslash || body[index] == ASCII.hash && next == ASCII.hash
      {
        // An escaped character is none of ours, and ## is the # of a definition within.
        text += body[index] == ASCII.hash ? [next] : [body[index], next]
        index += 2
      } else {
        text.append(body[index])
        index += 1
      }
    }
    if let next = rest.last { separate(&text, from: next.byte) }
    inserted += text.count + 1
    for byte in text.reversed() { rest.append(Byte(byte: byte, place: place)) }
    return isWhole ? nil : "\\\(name) takes \(arity) argument\(arity == 1 ? "" : "s")"
  }

  /// Adds a space where a letter would lengthen the name of the command before it.
  private func separate(_ text: inout [UInt8], from next: UInt8) {
    guard next.isASCIILetter, text.last?.isASCIILetter == true else { return }
    let letters = text.reversed().prefix { $0.isASCIILetter }.count
    if text.dropLast(letters).last == ASCII.backslash { text.append(ASCII.space) }
  }
}
