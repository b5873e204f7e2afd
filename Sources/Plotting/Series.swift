/// Values over a horizontal axis, under one name.
public struct Series: Codable, Sendable, Equatable {
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
  package let name: String
  /// The horizontal positions, as many as there are values.
  package let x: [Double]
  package let y: [Double]
  package let style: Style
  /// Smoothing to draw strongly over the values, which are then faint.
  package let smoothing: Smoothing?
  package let mark: Mark?

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

  /// The index of the marked point: the first extreme finite value.
  var markedIndex: Int? {
    let finite = y.indices.filter { y[$0].isFinite && x[$0].isFinite }
    switch mark {
    case nil: return nil
    case .minimum: return finite.min { y[$0] < y[$1] }
    case .maximum: return finite.max { y[$0] < y[$1] }
    }
  }
}

extension Series.Mark {
  /// What the marked point is called.
  package var label: String {
    switch self {
    case .minimum(let label), .maximum(let label): label
    }
  }
}
