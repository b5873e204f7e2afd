import NbrunPlotting
import NbrunReporting

/// The line that follows a running cell: what is done, what the step says, the course of the loss, how long it took and will take.
struct ProgressLine {
  var label: String
  /// How much of it is done, from 0 to 1.
  var share: Double
  /// What the step says of it.
  var note: String
  /// The values that the spark line shows.
  var values: [Double]
  /// How long it has run, in seconds.
  var elapsed: Double

  /// The line in at most `width` columns: where there is little room, what can be done without goes first.
  func text(width: Int) -> String {
    let percent = "\(Int(share * 100)) %"
    let time = NumberText.duration(seconds: elapsed)
    let left =
      share > 0 && share < 1 && elapsed > 2 ? NumberText.duration(seconds: elapsed / share - elapsed) + " left" : ""
    let forms = [
      [label, percent, note, spark(20), time, left], [label, percent, note, spark(10), time, left],
      [label, percent, note, spark(10), left], [label, percent, note, left], [label, percent, spark(8), left],
      [label, percent, left], [label, percent],
    ].map { $0.filter { !$0.isEmpty }.joined(separator: "  ") }
    return forms.first { $0.count <= width } ?? String(forms[forms.count - 1].prefix(max(0, width)))
  }

  private func spark(_ width: Int) -> String { values.count > 2 ? Sparkline.text(values, width: width) : "" }
}
