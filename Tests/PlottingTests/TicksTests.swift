import Testing

@testable import NbrunPlotting

struct TicksTests {
  struct Row: CustomTestStringConvertible {
    var axis: Axis
    var range: ClosedRange<Double>
    var count = 5
    var leastStep = 0.0
    var labels: [String]
    var domain: ClosedRange<Double>

    var testDescription: String { "\(axis.scale) \(range) in \(count)" }
  }

  @Test(
    "marks stand at 1, 2 and 5 times powers of ten",
    arguments: [
      Row(axis: .linear(""), range: 0...10, labels: ["0", "2", "4", "6", "8", "10"], domain: 0...10),
      Row(axis: .linear(""), range: 0...10, count: 10, labels: (0...10).map(String.init), domain: 0...10),
      Row(axis: .linear(""), range: 0.62...2.3, labels: ["0.5", "1.0", "1.5", "2.0", "2.5"], domain: 0.5...2.5),
      Row(axis: .linear(""), range: 0...0.31, labels: ["0.0", "0.1", "0.2", "0.3", "0.4"], domain: 0...0.4),
      Row(axis: .linear(""), range: -3...7, labels: ["-4", "-2", "0", "2", "4", "6", "8"], domain: -4...8),
      Row(
        axis: .linear(""), range: 0...49000, labels: ["0", "10,000", "20,000", "30,000", "40,000", "50,000"],
        domain: 0...50000),
      Row(
        axis: .linear(""), range: 0...4.2e-7,
        labels: ["0", "1e-07", "2e-07", "3e-07", "4e-07", "5e-07"], domain: 0...5e-7),
      Row(
        axis: .linear(""), range: 2.3...2.3,
        labels: ["2.0", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6"], domain: 2...2.6),
      Row(axis: .linear(""), range: 0...0, count: 2, labels: ["-1", "0", "1"], domain: -1...1),
      Row(axis: .linear(""), range: 0...3, leastStep: 1, labels: ["0", "1", "2", "3"], domain: 0...3),
      Row(axis: .linear(""), range: 0...2, leastStep: 1, labels: ["0", "1", "2"], domain: 0...2),
      Row(axis: .percent(""), range: 0...1, labels: ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"], domain: 0...1),
      Row(
        axis: .percent(""), range: 0.65...0.67, labels: ["65.0 %", "65.5 %", "66.0 %", "66.5 %", "67.0 %"],
        domain: 0.65...0.67),
      Row(axis: .log(""), range: 1...1000, labels: ["1", "10", "100", "1000"], domain: 1...1000),
      Row(
        axis: .log(""), range: 0.3...88, labels: ["0.1", "1", "10", "100"], domain: 0.1...100),
      Row(axis: .log(""), range: 3...40, labels: ["2", "5", "10", "20", "50"], domain: 2...50),
      Row(axis: .log(""), range: 3.1...3.9, labels: ["3", "4"], domain: 3...4),
      Row(axis: .log(""), range: 2...3, labels: ["2", "3"], domain: 2...3),
      Row(
        axis: .log(""), range: 1e-9...1e-3, count: 10,
        labels: ["10⁻⁹", "10⁻⁸", "10⁻⁷", "10⁻⁶", "10⁻⁵", "10⁻⁴", "10⁻³"], domain: 1e-9...1e-3),
      Row(
        axis: .log(""), range: 1e-8...1, count: 4, labels: ["10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "10⁰"], domain: 1e-8...1),
      Row(axis: .log(""), range: 5...5, labels: (2...10).map(String.init), domain: 2...10),
    ])
  func labels(row: Row) {
    let ticks = Ticks(axis: row.axis, range: row.range, count: row.count, widening: true, leastStep: row.leastStep)
    #expect(ticks.ticks.compactMap(\.label) == row.labels)
    #expect(abs(ticks.domain.lowerBound - row.domain.lowerBound) <= 1e-12 * abs(row.domain.lowerBound))
    #expect(abs(ticks.domain.upperBound - row.domain.upperBound) <= 1e-12 * abs(row.domain.upperBound))
  }

  @Test("without widening the axis ends where the data do")
  func narrow() {
    let ticks = Ticks(axis: .linear(""), range: 0.3...9.7, count: 5, widening: false)
    #expect(ticks.domain == 0.3...9.7)
    #expect(ticks.ticks.compactMap(\.label) == ["2", "4", "6", "8"])
  }

  @Test("a narrow logarithmic axis has marks too")
  func narrowLogarithmic() {
    let ticks = Ticks(axis: .log(""), range: 3.1...3.9, count: 5, widening: false)
    #expect(ticks.ticks.compactMap(\.label) == ["3.2", "3.4", "3.6", "3.8"])
  }

  @Test("a logarithmic axis of few decades has minor marks, one of many has none")
  func minorMarks() {
    let few = Ticks(axis: .log(""), range: 1...1000, count: 10, widening: true)
    #expect(few.ticks.count == 28)
    let many = Ticks(axis: .log(""), range: 1e-9...1, count: 10, widening: true)
    #expect(many.ticks.count == 10)
  }

  @Test(
    "no range is too wide, too narrow or too far away",
    arguments: [
      -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude, 0...Double.leastNonzeroMagnitude, 1e300...1e300,
      1e15...1e15 + 0.125,
      -Double.leastNonzeroMagnitude...0, 1...(1.0).nextUp,
      Double.leastNonzeroMagnitude...Double.greatestFiniteMagnitude,
    ])
  func extremes(range: ClosedRange<Double>) {
    for axis in [Axis.linear(""), .log(""), .percent("")] {
      for count in [0, 1, 5, 12] {
        let ticks = Ticks(axis: axis, range: range, count: count, widening: count % 2 == 0)
        #expect(ticks.ticks.count <= 120)
        #expect(ticks.ticks.allSatisfy { $0.value.isFinite })
        #expect(ticks.domain.lowerBound < ticks.domain.upperBound)
      }
    }
  }

  @Test(
    "the step between marks is the least of 1, 2 and 5 that is large enough",
    arguments: [
      (0.1, 0.1), (0.11, 0.2), (0.21, 0.5), (0.51, 1), (1, 1), (3, 5), (7, 10), (1000, 1000), (1001, 2000),
      (3e-9, 5e-9),
    ])
  func step(size: Double, step: Double) {
    #expect(abs(Ticks.Step(atLeast: size).size - step) <= 1e-12 * step)
  }
}
