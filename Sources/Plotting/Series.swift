/// Values over a horizontal axis, under one name.
public struct Series: Sendable, Equatable {
  /// How a series is drawn.
  public enum Style: String, Codable, Sendable {
    /// A line through the points, which are marked when they are few.
    case line
    /// Points alone.
    case points
  }

  /// A point of a series that is marked and labelled.
  public enum Mark: Codable, Sendable, Equatable {
    /// The least value, under the given label.
    case minimum(String)
    /// The greatest value, under the given label.
    case maximum(String)
  }

  /// What the values are.
  public let name: String
  /// The horizontal positions, as many as there are values.
  public let x: [Double]
  /// The values.
  public let y: [Double]
  /// How they are drawn.
  public let style: Style
  /// Smoothing to draw strongly over the values, which are then faint.
  public let smoothing: Smoothing?
  /// The point to mark.
  public let mark: Mark?

  /// A series of values `y` at the positions `x`, which are 0, 1, 2, … when not given.
  ///
  /// Traps when `x` and `y` differ in length.
  public init<Value: BinaryFloatingPoint>(
    _ name: String, x: [Double]? = nil, y: [Value], style: Style = .line, smoothing: Smoothing? = nil, mark: Mark? = nil
  ) {
    let x = x ?? y.indices.map { Double($0) }
    precondition(x.count == y.count, "series '\(name)' has \(x.count) positions for \(y.count) values")
    self.name = name
    self.x = x
    self.y = y.map { Double($0) }
    self.style = style
    self.smoothing = smoothing
    self.mark = mark
  }

  /// Whether both hold the same data, NaN equal to NaN.
  public static func == (left: Series, right: Series) -> Bool {
    left.name == right.name && left.style == right.style && left.smoothing == right.smoothing && left.mark == right.mark
      && areSame(left.x, right.x) && areSame(left.y, right.y)
  }

  /// The index of the marked point: the first extreme finite value.
  var markedIndex: Int? {
    let finite = y.indices.filter { y[$0].isFinite && x[$0].isFinite }
    switch mark {
    case nil: return nil
    case .minimum: return finite.min { y[$0] < y[$1] }
    case .maximum: return finite.reduce(nil) { best, index in best.map { y[index] > y[$0] ? index : $0 } ?? index }
    }
  }
}

extension Series.Mark {
  /// What the marked point is called.
  public var label: String {
    switch self {
    case .minimum(let label), .maximum(let label): label
    }
  }
}

extension Series: Codable {
  private enum CodingKeys: CodingKey { case name, x, y, style, smoothing, mark }

  /// Reads what `encode(to:)` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    x = try container.decodeNumbers(forKey: .x)
    y = try container.decodeNumbers(forKey: .y)
    style = try container.decode(Style.self, forKey: .style)
    smoothing = try container.decodeIfPresent(Smoothing.self, forKey: .smoothing)
    mark = try container.decodeIfPresent(Mark.self, forKey: .mark)
    guard x.count == y.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .x, in: container, debugDescription: "\(x.count) positions for \(y.count) values")
    }
  }

  /// Writes the series; values that are not finite are written as text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(numbers: x, forKey: .x)
    try container.encode(numbers: y, forKey: .y)
    try container.encode(style, forKey: .style)
    try container.encodeIfPresent(smoothing, forKey: .smoothing)
    try container.encodeIfPresent(mark, forKey: .mark)
  }
}
