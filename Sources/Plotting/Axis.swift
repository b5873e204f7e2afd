/// What an axis measures and how it is divided.
public struct Axis: Codable, Sendable, Equatable {
  /// How values become positions.
  public enum Scale: String, Codable, Sendable {
    /// Equal distances are equal differences.
    case linear
    /// Equal distances are equal ratios; values that are not positive have no place and are marked as missing.
    case log
  }

  /// How values are written.
  public enum Notation: String, Codable, Sendable {
    /// As they are.
    case plain
    /// Times a hundred with a percent sign.
    case percent
  }

  /// What is measured: "epoch", "loss".
  package var label: String
  /// The unit that follows values, such as "ms".
  package var unit: String?
  package var scale: Scale
  package var notation: Notation
  /// What the axis shows at least; data outside widen it.
  package var covering: ClosedRange<Double>?
  /// The same positions counted otherwise, for a second row of marks: iterations beside epochs.
  package var alternative: Alternative?

  /// Another count of an axis' positions.
  public struct Alternative: Codable, Sendable, Equatable {
    /// What is counted: "iteration".
    package var label: String
    /// How many of it there are in one of the axis' own.
    package var factor: Double

    /// `factor` of `label` for each one of the axis' own.
    public init(_ label: String, factor: Double) { (self.label, self.factor) = (label, factor) }
  }

  /// An axis with everything said.
  public init(
    label: String, unit: String? = nil, scale: Scale, notation: Notation = .plain, covering: ClosedRange<Double>? = nil,
    alternative: Alternative? = nil
  ) {
    (self.label, self.unit, self.scale, self.notation) = (label, unit, scale, notation)
    (self.covering, self.alternative) = (covering, alternative)
  }

  /// Equal distances are equal differences.
  public static func linear(
    _ label: String, unit: String? = nil, covering: ClosedRange<Double>? = nil, alternative: Alternative? = nil
  ) -> Axis {
    Axis(label: label, unit: unit, scale: .linear, covering: covering, alternative: alternative)
  }

  /// Equal distances are equal ratios.
  public static func log(_ label: String, unit: String? = nil, covering: ClosedRange<Double>? = nil) -> Axis {
    Axis(label: label, unit: unit, scale: .log, covering: covering)
  }

  /// Fractions of one, written as percentages.
  public static func percent(_ label: String, covering: ClosedRange<Double>? = 0...1) -> Axis {
    Axis(label: label, scale: .linear, notation: .percent, covering: covering)
  }

  /// Whether `value` has a place on this axis.
  func canShow(_ value: Double) -> Bool { value.isFinite && (scale == .linear || value > 0) }

  /// The label with its unit, as an axis is titled: "time (ms)".
  var title: String {
    guard let unit else { return label }
    return label.isEmpty ? unit : "\(label) (\(unit))"
  }

  /// The label with the unit that all values of a table have.
  var tableTitle: String { notation == .percent ? "\(label) (%)" : title }

  /// A value of this axis as prose and labels show it: "66.9 %", "2.1 ms".
  func text(_ value: Double) -> String {
    switch notation {
    case .percent where value.isFinite: return NumberText.percent(value, 1)
    default: return NumberText.short(value) + (unit.map { " " + $0 } ?? "")
    }
  }

  /// A value as a table shows it: without its unit, which stands above.
  func tableText(_ value: Double) -> String {
    notation == .percent && value.isFinite ? NumberText.fixed(value * 100, 1) : NumberText.short(value)
  }

  /// A position in a sentence: "epoch 10".
  func place(_ value: Double) -> String {
    let text = NumberText.short(value, 4)
    return (label.isEmpty ? text : "\(label) \(text)") + (unit.map { " " + $0 } ?? "")
  }
}
