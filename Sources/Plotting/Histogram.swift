/// How often values fall into each of equally wide bins.
public struct Histogram: Codable, Sendable, Equatable {
  /// What the values are.
  package var axis: Axis
  /// The bins' edges, ascending: one more than there are counts.
  package var edges: [Double]
  /// How many values are in each bin: from its lower edge up to, but without, its upper one (the last bin has both).
  package var counts: [Int]
  /// How many values were not finite and are in no bin.
  package var notFinite: Int

  /// Counts of bins that are known already.
  ///
  /// Traps unless there is one more edge than counts, in ascending order.
  public init(axis: Axis, edges: [Double], counts: [Int]) {
    precondition(
      edges.count == counts.count + 1,
      "a histogram has \(edges.count) edges for \(counts.count) counts: one more is due")
    precondition(zip(edges, edges.dropFirst()).allSatisfy(<), "the edges of a histogram ascend")
    self.axis = axis
    self.edges = edges
    self.counts = counts
    notFinite = 0
  }

  /// The distribution of `values` over `bins` bins between their least and greatest.
  public init<Value: BinaryFloatingPoint>(axis: Axis, values: [Value], bins: Int = 40) {
    let finite = values.map { Double($0) }.filter(\.isFinite)
    self.axis = axis
    notFinite = values.count - finite.count
    guard var low = finite.min(), var high = finite.max() else {
      edges = []
      counts = []
      return
    }
    let bins = max(bins, 1)
    if high / 2 - low / 2 <= max(abs(low), abs(high)) * 1e-12 {
      // Values that are all alike still get a bin with a width.
      let margin = low == 0 ? 0.5 : abs(low) * 0.25
      (low, high) = (low - margin, high + margin)
    }
    // Divided before subtracting, here and below: the span of the largest numbers overflows.
    let width = high / Double(bins) - low / Double(bins)
    edges = (0...bins).map { $0 == bins ? high : low + Double($0) * width }
    counts = [Int](repeating: 0, count: bins)
    for value in finite {
      let position = (value / width - low / width).rounded(.down)
      counts[Int(min(max(position, 0), Double(bins - 1)))] += 1
    }
  }
}

extension Histogram: FigureKind {
  private static let height = 260.0

  var isConsistent: Bool {
    (counts.isEmpty ? edges.isEmpty : edges.count == counts.count + 1) && zip(edges, edges.dropFirst()).allSatisfy(<)
  }
  var hasData: Bool { !counts.isEmpty }

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

  func tables(rowLimit: Int) -> [FigureTable] {
    let rows = counts.indices.map { bin in
      ["\(axis.tableText(edges[bin])) to \(axis.tableText(edges[bin + 1]))", String(counts[bin])]
    }
    return [
      FigureTable(
        caption: axis.tableTitle, headers: [axis.label, "values"],
        rows: rows + (notFinite > 0 ? [["not finite", String(notFinite)]] : []))
    ]
  }

  var csvRows: [[String]]? {
    let rows = counts.indices.map { [CSV.number(edges[$0]), CSV.number(edges[$0 + 1]), String(counts[$0])] }
    return [["\(axis.title), from", "\(axis.title), to", "values"]] + rows
  }

  /// Draws the bins side by side.
  func draw(on canvas: inout Canvas, top: Double, mode: Figure.SVGMode) -> Double {
    let vertical = Axis.linear("values in each bin", covering: 0...1)
    let yTicks = Ticks(axis: vertical, range: 0...Double(max(counts.max() ?? 0, 1)), count: 5, widening: true)
    let left = 10 + (yTicks.ticks.compactMap(\.label).map { TextMetrics.width($0) }.max() ?? 0)
    let right = Layout.width - 24
    let range = (edges.first ?? 0)...(edges.last ?? 1)
    let horizontal = HorizontalAxis(axis, range: range, from: left, to: right, inset: 4)

    canvas.text(vertical.title, x: 0, y: top + 17, "ink strong")
    if notFinite > 0 {
      let note = "\(notFinite) not finite"
      canvas.path(.cross(at: Point(x: Layout.width - TextMetrics.width(note) - 12, y: top + 12)), "missing")
      canvas.text(note, x: Layout.width, y: top + 17, "missingtext", anchor: .end)
    }
    let frame = Rectangle(x: left, y: top + 33, width: right - left, height: Self.height)
    let y = Projection(axis: vertical, domain: yTicks.domain, start: frame.maxY, end: frame.y)
    for tick in yTicks.ticks {
      // Counts are whole: half a value in a bin means nothing.
      guard let label = tick.label, tick.value == tick.value.rounded() else { continue }
      let position = y.position(tick.value)
      canvas.line(x1: left, y1: position, x2: right, y2: position, "grid")
      canvas.text(label, x: left - 8, y: position, "", anchor: .end, centred: true)
    }
    for (bin, count) in counts.enumerated() where count > 0 {
      let (start, end) = (horizontal.x.position(edges[bin]), horizontal.x.position(edges[bin + 1]))
      let gap = end - start > 5 ? 1.0 : 0
      let bar = Rectangle(
        x: start, y: y.position(Double(count)), width: max(end - start - gap, 0.5),
        height: frame.maxY - y.position(Double(count)))
      let from = axis.text(edges[bin])
      let to = axis.text(edges[bin + 1])
      canvas.rectangle(bar, "f1", title: "\(from) to \(to): \(count)")
    }
    canvas.line(x1: left, y1: frame.maxY, x2: right, y2: frame.maxY, "base")
    return horizontal.draw(on: &canvas, top: frame.maxY)
  }
}
