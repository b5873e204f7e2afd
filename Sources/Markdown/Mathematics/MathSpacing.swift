/// What an atom is to its neighbours: TeX's classes, in the order of its table of spaces.
enum MathClass: Int, Sendable {
  case ordinary
  /// A large operator or a named function.
  case operation
  case binary
  case relation
  case opening
  case closing
  case punctuation
  /// A fraction of its own kind: dots, and what stands between `\left` and `\right`.
  case inner
  /// No atom: space.
  case none
}

/// The spaces that TeX puts between atoms (The TeXbook, chapter 18, and rules 5 and 6 of appendix G). Nothing else spaces a formula:
/// what browsers would add by themselves is switched off.
enum MathSpacing {
  /// The space between a left atom (row) and a right one (column): 1 is thin, 2 medium, 3 thick. A negative one is left out in
  /// scripts.
  private static let table: [[Int]] = [
    // ord, op, bin, rel, open, close, punct, inner
    [0, 1, -2, -3, 0, 0, 0, -1],
    [1, 1, 0, -3, 0, 0, 0, -1],
    [-2, -2, 0, 0, -2, 0, 0, -2],
    [-3, -3, 0, 0, -3, 0, 0, -3],
    [0, 0, 0, 0, 0, 0, 0, 0],
    [0, 1, -2, -3, 0, 0, 0, -1],
    [-1, -1, 0, -1, -1, -1, -1, -1],
    [-1, 1, -2, -3, -1, 0, -1, -1],
  ]

  /// The space before each of the atoms of a row, in em.
  static func spaces(before atoms: [MathAtom], isScript: Bool) -> [Double] {
    let kinds = resolved(atoms)
    var previous: MathClass?
    return zip(atoms, kinds).map { atom, kind in
      guard kind != .none else { return 0 }
      let space = previous.map { table[$0.rawValue][kind.rawValue] } ?? 0
      // A bar where a sign may stand opens what another closes.
      previous = atom.isBar && isSignPosition(after: previous) ? .opening : kind
      if space == 0 || space < 0 && isScript { return 0 }
      // A thin space has three eighteenths of an em, a medium one four, a thick one five.
      return Double(space.magnitude + 2) / 18
    }
  }

  /// The atoms' classes, in which an operation that has nothing to join is a sign.
  private static func resolved(_ atoms: [MathAtom]) -> [MathClass] {
    var kinds = atoms.map(\.kind)
    var last: Int?
    var previous: MathClass?
    for (index, atom) in atoms.enumerated() where atom.kind != .none {
      switch atom.kind {
      case .binary where isSignPosition(after: previous): kinds[index] = .ordinary
      case .relation, .closing, .punctuation: if let last, kinds[last] == .binary { kinds[last] = .ordinary }
      default: break
      }
      previous = atom.isBar && isSignPosition(after: previous) ? .opening : kinds[index]
      last = index
    }
    if let last, last == atoms.count - 1, kinds[last] == .binary { kinds[last] = .ordinary }
    return kinds
  }

  /// Whether an operation there has nothing before it to apply to.
  private static func isSignPosition(after previous: MathClass?) -> Bool {
    switch previous {
    case nil, .binary, .operation, .relation, .opening, .punctuation: true
    default: false
    }
  }
}

extension MathAtom {
  /// Whether it is a vertical bar, which may open or close.
  fileprivate var isBar: Bool {
    guard kind == .ordinary, case .symbol(let symbol) = expression else { return false }
    return symbol.text == "|" || symbol.text == "‖"
  }
}
