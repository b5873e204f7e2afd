/// A formula as a tree. The parser limits its depth, so walking it may recurse.
indirect enum MathExpression: Sendable, Equatable {
  case row([MathAtom])
  /// A variable or a name; upright ones are not slanted even if they are one letter.
  case identifier(String, isUpright: Bool)
  case number(String)
  case symbol(MathOperator)
  case text(String, MathTextStyle)
  /// Horizontal space in em.
  case space(Double)
  case fraction(MathExpression, MathExpression, MathFraction)
  case root(MathExpression, index: MathExpression?)
  case scripts(MathExpression, lower: MathExpression?, upper: MathExpression?, MathScriptPlacement)
  case accent(MathExpression, mark: MathOperator, isUnder: Bool)
  case table(MathTable)
  /// `\displaystyle` and `\textstyle` for what is inside; without a level its size stays.
  case style(MathExpression, isDisplay: Bool, level: Int?)
  case decorated(MathExpression, MathDecoration)
  /// Source that is not understood, and stays visible.
  case unknown(String)

  /// Atoms as one expression: itself where there is only one.
  init(_ atoms: [MathAtom]) { self = atoms.count == 1 ? atoms[0].expression : .row(atoms) }
}

/// An expression with what its neighbours need to know of it.
struct MathAtom: Sendable, Equatable {
  var expression: MathExpression
  var kind: MathClass
  var placement = MathScriptPlacement.beside

  init(_ expression: MathExpression, _ kind: MathClass = .ordinary) {
    self.expression = expression
    self.kind = kind
  }

  init(_ text: String, _ kind: MathClass) { self.init(.symbol(MathOperator(text: text)), kind) }

  /// What stays of a command that makes no atom.
  static let nothing = MathAtom(.row([]), .none)
}

enum MathScriptPlacement: Sendable, Equatable {
  case beside
  /// Under and over the base in display style, beside it in text.
  case limitsInDisplay
  case limits
}

/// An operator, relation, delimiter or other symbol.
struct MathOperator: Sendable, Equatable {
  var text: String
  /// Whether it grows with what it encloses; nil leaves that to the operator dictionary.
  var isStretchy: Bool?
  /// Whether it opens or closes something, where its looks do not tell.
  var form: String?
  /// A fixed height in em, for `\big` and its like.
  var size: Double?

  /// A delimiter as tall as what it stands beside.
  static func fence(_ text: String, _ kind: MathClass) -> MathAtom {
    let form = kind == .opening ? "prefix" : kind == .closing ? "postfix" : nil
    return MathAtom(.symbol(MathOperator(text: text, isStretchy: true, form: form)), kind)
  }
}

/// How text in a formula is set.
enum MathTextStyle: String, Sendable { case plain, bold, italic, mono, sans, small }

/// How a fraction is set, and the delimiters around it.
struct MathFraction: Sendable, Equatable {
  var hasBar = true
  /// Whether its size is forced, as by `\dfrac` and `\tfrac`.
  var isDisplay: Bool?
  var open = ""
  var close = ""
}

/// What is done to the looks of an expression.
enum MathDecoration: Sendable, Equatable {
  /// By a rule of the style sheet: `math-` and this name.
  case styled(String)
  /// In a colour, as MathML writes it.
  case coloured(String)
  case phantom
  case withoutWidth
  case withoutHeight
}

/// A matrix, or equations under each other.
struct MathTable: Sendable, Equatable {
  enum Style: String, Sendable {
    case matrix, small, cases
    /// In display size, with a gap after each second column.
    case aligned
    /// In display size, without a gap.
    case alignedat
    /// In display size, with a gap around each relation.
    case eqnarray
    case gathered
  }

  var style: Style
  var rows: [[MathExpression]] = []
  /// The alignment of each column; those of further columns begin again, but for an `array`'s.
  var alignments: [ColumnAlignment] = []
  var isArray = false
  /// Whether cells are in display style.
  var isDisplay = false
  /// How many rules stand before each column of an `array`, and after its last.
  var columnRules: [Int] = []
  /// How many rules stand above each row, and below the last.
  var rowRules: [Int] = []

  /// Adds a column that no rule follows yet.
  mutating func addColumn(_ alignment: ColumnAlignment) {
    alignments.append(alignment)
    columnRules.append(0)
  }

  /// Whether a rule stands between its columns or at their sides.
  var hasColumnRules: Bool { columnRules.contains { $0 > 0 } }

  func alignment(ofColumn column: Int) -> ColumnAlignment {
    if isArray { return column < alignments.count ? alignments[column] : .none }
    return alignments.isEmpty ? .none : alignments[column % alignments.count]
  }
}

/// Something in a formula that is not as it should be.
package struct MathWarning: Sendable, Hashable {
  /// One sentence without a full stop.
  package var message: String
  /// The bytes of the formula that it is about.
  package var range: Range<Int>
  /// The command, the environment or the colour that is unknown, if that is it.
  package var unknownName: UnknownName?

  /// One formula has no more of them.
  static let most = 20

  package enum UnknownName: Sendable, Hashable {
    case command(String)
    case environment(String)
    case colour(String)
  }
}
