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

    /// What the marked point is called.
    package var label: String {
      switch self {
      case .minimum(let label), .maximum(let label): label
      }
    }
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

  func sentence(xAxis: Axis, yAxis: Axis) -> String {
    let values = smoothing?.apply(to: y) ?? y
    let shown = y.indices.filter { xAxis.canShow(x[$0]) && yAxis.canShow(y[$0]) && yAxis.canShow(values[$0]) }
    let subject = subject(yAxis: yAxis)
    guard let first = shown.first, let last = shown.last else { return "\(subject) has no value that can be shown" }
    var sentence = "\(subject) \(course(values, shown: shown, first: first, last: last, xAxis: xAxis, yAxis: yAxis))"
    if let smoothing { sentence += " (\(smoothing.name))" }
    let missing = y.count - shown.count
    if missing > 0 {
      let index = y.indices.first { !(xAxis.canShow(x[$0]) && yAxis.canShow(y[$0])) } ?? 0
      let number = missing == 1 ? "one value" : "\(missing) values"
      sentence += "; \(number) of \(y.count) cannot be shown, the first at \(xAxis.place(x[index]))"
    }
    return sentence
  }

  /// What the series is called in a sentence: "validation accuracy", "minibatch loss".
  func subject(yAxis: Axis) -> String {
    if name.isEmpty { return yAxis.label.isEmpty ? "the series" : yAxis.label }
    return name.contains(yAxis.label) || yAxis.label.contains(" ") ? name : "\(name) \(yAxis.label)"
  }

  private func course(_ values: [Double], shown: [Int], first: Int, last: Int, xAxis: Axis, yAxis: Axis) -> String {
    func text(_ index: Int) -> String { yAxis.text(values[index]) }
    guard first != last else { return "is \(text(first)) at \(xAxis.place(x[first]))" }
    let low = shown.min { values[$0] < values[$1] } ?? first
    let high = shown.max { values[$0] < values[$1] } ?? last
    if values[low] == values[high] { return "stays at \(text(first))" }
    // The direction is that of the course as a whole; a small change between wide swings is none.
    let change = (values[last] / 2 - values[first] / 2) / (values[high] / 2 - values[low] / 2)
    let verb = change > 0.25 ? "rises" : change < -0.25 ? "falls" : nil
    if mark != nil, let best = markedIndex, shown.contains(best), best != last, best != first {
      let toBest = values[best] > values[first] ? "rises" : "falls"
      return "\(toBest) from \(text(first)) to \(yAxis.text(y[best])) at \(xAxis.place(x[best]))"
        + " and ends at \(text(last))"
    }
    guard let verb else { return "goes from \(text(first)) to \(text(last)), between \(text(low)) and \(text(high))" }
    return "\(verb) from \(text(first)) to \(text(last)) by \(xAxis.place(x[last]))"
  }
}
