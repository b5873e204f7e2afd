/// A formula as a tree. The parser limits its depth, so walking it may recurse.
indirect enum MathExpression: Sendable, Equatable {
  /// Expressions side by side.
  case row([MathExpression])
  /// A variable or a name; upright ones are not slanted even if they are one letter.
  case identifier(String, isUpright: Bool)
  case number(String)
  case symbol(MathOperator)
  case text(String)
  /// Horizontal space in em.
  case space(Double)
  /// A fraction; without its bar for binomials, and of a forced size for `\dfrac` and `\tfrac`.
  case fraction(MathExpression, MathExpression, hasBar: Bool, isDisplay: Bool?)
  case root(MathExpression, index: MathExpression?)
  /// Sub- and superscripts beside the base.
  case scripts(MathExpression, lower: MathExpression?, upper: MathExpression?)
  /// What stands under and over the base: limits, accents, braces.
  case limits(MathExpression, lower: MathExpression?, upper: MathExpression?, isAccent: Bool)
  case table(MathTable)
  /// `\displaystyle` and `\textstyle` for what is inside.
  case style(MathExpression, isDisplay: Bool, level: Int)
  case phantom(MathExpression)
  case boxed(MathExpression)
  /// Source that is not understood, and stays visible.
  case unknown(String)
}

/// An operator, relation, delimiter or other symbol with its own spacing.
struct MathOperator: Sendable, Equatable {
  /// What it is to its neighbours, as in TeX.
  enum Class: Sendable, Equatable {
    case ordinary
    case large
    case binary
    case relation
    case opening
    case closing
    case punctuation
  }

  var text: String
  var kind: Class
  /// Whether it grows with what it encloses; nil leaves that to the operator dictionary.
  var isStretchy: Bool?
  /// A fixed height in em, for `\big` and its like.
  var size: Double?
  /// Whether its limits move beside it in running text.
  var hasMovableLimits = false
  /// Whether it is a sign, not an operation: `-x`.
  var isPrefix = false
  /// Whether it has no space around it.
  var isTight = false

  init(_ text: String, _ kind: Class, isStretchy: Bool? = nil) {
    self.text = text
    self.kind = kind
    self.isStretchy = isStretchy
  }
}

/// A matrix, or equations under each other.
struct MathTable: Sendable, Equatable {
  /// How its cells are set.
  enum Style: Sendable, Equatable {
    case matrix
    case smallMatrix
    case cases
    /// Columns alternately right- and left-aligned, in display size.
    case aligned
    case gathered
    case array
  }

  var style: Style
  var rows: [[MathExpression]]
  /// The alignment of an `array`'s columns.
  var alignments: [ColumnAlignment] = []
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
}

/// Something in a formula that is not as it should be.
public struct MathWarning: Sendable, Hashable {
  /// One sentence without a full stop.
  public var message: String
  /// The bytes of the formula that it is about.
  public var range: Range<Int>
  /// The command that is unknown, if that is it.
  public var unknownCommand: String?
}
