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
