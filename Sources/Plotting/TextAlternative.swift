import NbrunDiagnostics

extension Figure {
  /// What the figure shows, in sentences made from its data, for those who cannot see it: "Loss falls from 2.3 to
  /// 0.62 by epoch 10. Validation accuracy rises from 11.9 % to 66.9 % at epoch 7 and ends at 65 %."
  package var textAlternative: String {
    guard hasData else { return "No data." }
    return ControlCharacters.visible(content.kind.sentences.map(\.asSentence).joined(separator: " "))
  }
}

extension PanelStack {
  var sentences: [String] { panels.flatMap { $0.sentences(xAxis: xAxis) } }
}

extension Panel {
  fileprivate func sentences(xAxis: Axis) -> [String] {
    series.map { $0.sentence(xAxis: xAxis, yAxis: yAxis) }
      + lines.filter { yAxis.canShow($0.value) }.map { "a line at \(yAxis.text($0.value)) shows \($0.label)" }
  }
}

extension Series {
  fileprivate func sentence(xAxis: Axis, yAxis: Axis) -> String {
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

extension Axis {
  /// A position in a sentence: "epoch 10".
  func place(_ value: Double) -> String {
    let text = NumberText.short(value, 4)
    return (label.isEmpty ? text : "\(label) \(text)") + (unit.map { " " + $0 } ?? "")
  }
}

extension BarChart {
  /// The most groups that are put into words; the table has the others.
  private static let mostGroups = 12

  var sentences: [String] {
    let groupSentences = groups.prefix(Self.mostGroups).enumerated().map { index, group in
      let bars = series.map { series in
        let value = series.value(index).map { axis.text($0) } ?? "no value"
        return series.name.isEmpty ? value : "\(series.name) \(value)"
      }
      let ratio = ratio(index).map { ", a ratio of \(NumberText.short($0))" } ?? ""
      return (group.isEmpty ? "" : "\(group): ") + bars.joined(separator: ", ") + ratio
    }
    let rest = groups.count - groupSentences.count
    let subject = axis.label.isEmpty ? [] : ["\(axis.scale == .log ? "dots" : "bars") show \(axis.title)"]
    return subject + groupSentences + (rest > 0 ? ["\(rest) more in the table"] : [])
  }
}

extension Histogram {
  var sentences: [String] {
    // As numbers that do not overflow, whatever a file says.
    let total = counts.reduce(0) { $0 + Double($1) }
    guard let most = counts.max(), let bin = counts.firstIndex(of: most), let low = edges.first, let high = edges.last
    else { return [] }
    var sentences = [
      "\(NumberText.short(total)) \(total == 1 ? "value" : "values") of \(axis.label) from \(axis.text(low)) to \(axis.text(high))",
      "the fullest of \(counts.count) \(counts.count == 1 ? "bin" : "bins"), from \(axis.text(edges[bin])) to \(axis.text(edges[bin + 1])), has \(most)",
    ]
    if notFinite > 0 {
      sentences.append(notFinite == 1 ? "1 value is not finite" : "\(notFinite) values are not finite")
    }
    return sentences
  }
}

extension HeatMap {
  var sentences: [String] {
    var cells: [(row: Int, column: Int, value: Double)] = []
    for row in rows.indices {
      for column in columns.indices where values[row][column].isFinite {
        cells.append((row, column, values[row][column]))
      }
    }
    func place(_ cell: (row: Int, column: Int, value: Double)) -> String {
      "\(rowLabel) \(rows[cell.row]), \(columnLabel) \(columns[cell.column])"
    }
    var sentences = [
      "\(rowLabel) in \(rows.count) \(rows.count == 1 ? "row" : "rows") against \(columnLabel) in "
        + "\(columns.count) \(columns.count == 1 ? "column" : "columns")"
    ]
    let isSquare = rows == columns
    if isSquare, axis.notation == .plain, cells.allSatisfy({ $0.value >= 0 }) {
      let total = cells.reduce(0) { $0 + $1.value }
      let diagonal = cells.filter { $0.row == $0.column }.reduce(0) { $0 + $1.value }
      if total > 0 {
        let share = NumberText.fixed(diagonal / total * 100, 1)
        sentences.append("the diagonal holds \(axis.text(diagonal)) of \(axis.text(total)), \(share) %")
      }
    }
    let candidates = isSquare ? cells.filter { $0.row != $0.column } : cells
    if let largest = candidates.max(by: { $0.value < $1.value }) {
      let subject = isSquare ? "the greatest value off the diagonal" : "the greatest value"
      sentences.append("\(subject) is \(axis.text(largest.value)) at \(place(largest))")
    }
    return sentences
  }
}

extension ImageGrid {
  /// The most captions that are read out.
  private static let mostCaptions = 20

  var sentences: [String] {
    let rows = (cells.count + width - 1) / width
    var sentence = cells.count == 1 ? "one image" : "\(cells.count) images in \(rows) \(rows == 1 ? "row" : "rows")"
    let captions = cells.map(\.caption).filter { !$0.isEmpty }
    let names = captions.isEmpty ? rowTitles + columnTitles : captions
    if !names.isEmpty {
      let shown = names.prefix(Self.mostCaptions).map { $0.split(separator: "\n").joined(separator: ", ") }
      sentence += ": " + shown.joined(separator: "; ") + (names.count > shown.count ? "; and more" : "")
    }
    return [sentence]
  }
}

extension String {
  /// The text with a capital letter at its start and a full stop at its end.
  fileprivate var asSentence: String {
    let ended = last.map { ".!?".contains($0) } ?? false ? self : self + "."
    return ended.prefix(1).uppercased() + ended.dropFirst()
  }
}
