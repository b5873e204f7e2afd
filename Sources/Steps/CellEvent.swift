import NbrunPlotting

/// What a running step tells its supervisor, in order. Plain output travels beside these, on the step's standard output.
package enum CellEvent: Sendable, Equatable, Codable {
  /// A metric, and the line that shows it: `before`, the number, `after`. A line without text prints nothing.
  case metric(MetricKey, MetricValue, line: MetricLine?)
  /// More values of a series, and the line that shows the last of them.
  case series(MetricKey, [MetricValue], line: String?)
  case figure(FigureName, Figure, isVolatile: Bool)
  /// How far the step is.
  case progress(StepProgress)
  /// A checkpoint was written to the file named `file`: what was reported so far belongs to it.
  case checkpoint(file: String)
}

/// A printed line that shows a metric.
package struct MetricLine: Sendable, Hashable, Codable {
  /// What stands before the number.
  package var before: String
  /// What stands after it, with the line's end.
  package var after: String
  /// How the number is written.
  package var format: NumberFormat

  /// A line that shows a number in `format` between `before` and `after`.
  package init(before: String, after: String, format: NumberFormat) {
    self.before = before
    self.after = after
    self.format = format
  }
}

/// How far a step is.
package struct StepProgress: Sendable, Hashable, Codable {
  /// Units of work done.
  package var done: Int
  /// Units of work in all.
  package var total: Int
  /// A few words on where it is: `epoch 3, loss 1.21`.
  package var note: String
  /// A number to draw as a spark line while it runs, such as the loss.
  package var value: Double?
}
