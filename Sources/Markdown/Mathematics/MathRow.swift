/// An expression with what its neighbours need to know of it.
struct MathAtom {
  var expression: MathExpression
  var kind = MathOperator.Class.ordinary
  /// Whether scripts stand under and over it.
  var takesLimits = false
  /// Whether it is a named function, which a thin space separates from its argument.
  var isFunction = false

  init(_ expression: MathExpression) {
    self.expression = expression
  }

  init(_ symbol: MathOperator) {
    expression = .symbol(symbol)
    kind = symbol.kind
  }
}

/// A row being built: it sees what stands before an atom, and so tells a sign from an operation.
struct MathRow {
  private var items: [MathExpression] = []
  private var previous: MathAtom?

  /// Adds an atom after the others.
  mutating func append(_ atom: MathAtom) {
    var atom = atom
    if atom.kind == .binary, isSignPosition {
      if case .symbol(var sign) = atom.expression {
        sign.isPrefix = true
        atom.expression = .symbol(sign)
      }
      atom.kind = .ordinary
    }
    if previous?.isFunction == true, atom.kind == .ordinary || atom.kind == .large {
      items.append(.space(1 / 6.0))
    }
    if case .space = atom.expression {
      items.append(atom.expression)
      previous?.isFunction = false
      return
    }
    if let merged = relation(joinedWith: atom) {
      items[items.count - 1] = merged
    } else {
      items.append(atom.expression)
    }
    let opens = isSignPosition
    previous = atom
    // A bar where a sign may stand opens what another closes: in |-x| the sign is one.
    if opens, case .symbol(let bar) = atom.expression, MathSymbols.bars.values.contains(bar.text) {
      previous?.kind = .opening
    }
  }

  /// Two relations side by side as one, such as `:=`: TeX puts no space between them.
  private func relation(joinedWith atom: MathAtom) -> MathExpression? {
    guard atom.kind == .relation, previous?.kind == .relation, case .symbol(let second) = atom.expression,
      case .symbol(var first)? = items.last
    else { return nil }
    first.text += second.text
    return .symbol(first)
  }

  /// Whether an operator here has nothing before it to apply to.
  private var isSignPosition: Bool {
    guard let previous else { return true }
    switch previous.kind {
    case .binary, .relation, .opening, .punctuation: return true
    case .large: return true
    case .ordinary, .closing: return previous.isFunction
    }
  }

  /// The row, or the expression itself when there is only one.
  var expression: MathExpression {
    items.count == 1 ? items[0] : .row(items)
  }
}
