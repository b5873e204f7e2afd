import Foundation
import Testing

@testable import NbrunPlotting

struct DrawingTests {
  private static func noise(_ count: Int) -> [Double] {
    (0..<count).map { index in
      let noise = Double((index &* 7919) % 1009) / 1009
      return 2.3 / (1 + Double(index) / Double(count) * 9) + noise * 0.4
    }
  }

  @Test("a figure of very many points is a small file that shows their extremes", arguments: [1, 2, 8])
  func largeSeries(lines: Int) {
    let series = (0..<lines).map { line in
      var values = Self.noise(100_000)
      values[40_000 + line] = 9
      return Series("run \(line)", y: values, smoothing: .exponential(0.99))
    }
    let figure = Figure(title: "Long", series: series, xAxis: .linear("iteration"), yAxis: .linear("loss"))
    let svg = figure.svg(.standalone)
    #expect(svg.bytes.count < 150_000)
    #expect(svg == figure.svg(.standalone))
    // The greatest value stands at the top of the grid's highest cell: 9 of 10.
    #expect(svg.string.contains("to 9<"))
  }

  @Test("an infinite value is marked at the top edge, another that has no place at the foot")
  func infiniteValues() {
    func svg(_ last: Double) -> String {
      Figure(
        title: "Diverged", series: [Series("loss", y: [2, 3, last], style: .points)],
        xAxis: .linear("epoch", covering: 0...10), yAxis: .linear("loss")
      ).svg(.standalone).string
    }
    #expect(svg(.infinity).contains(">infinite</text>") && !svg(.nan).contains(">infinite</text>"))
    func height(_ svg: String) -> Double? {
      // The first is the one that explains it above the panel.
      svg.matches(of: /class="missing" d="M[0-9.]+[ ,]([0-9.]+)/).last.flatMap { Double($0.1) }
    }
    let (top, foot) = (height(svg(.infinity)) ?? .nan, height(svg(.nan)) ?? .nan)
    #expect(top < 100 && foot > top + 100, "\(top) \(foot)")
  }

  @Test("a line that ends before the edge is named where it ends, without a leader")
  func unfinishedLines() {
    func svg(to last: Double) -> String {
      let lines = ["first", "second"].enumerated().map { index, name in
        Series(name, x: [0, last], y: [0, Double(index)])
      }
      return Figure(title: "Lines", series: lines, xAxis: .linear("x", covering: 0...10), yAxis: .linear("y"))
        .svg(.inline(idPrefix: "f")).string
    }
    #expect(!svg(to: 4).contains("class=\"leader\""))
    func place(_ svg: String) -> Double? {
      svg.firstMatch(of: /x="([0-9.]+)"[^>]*>second</).flatMap { Double($0.1) }
    }
    #expect((place(svg(to: 4)) ?? .nan) < 350 && (place(svg(to: 10)) ?? .nan) > 500)
  }

  @Test("a share that is short of the whole is never the whole")
  func shares() {
    let axis = Axis.percent("accuracy")
    #expect(axis.text(0.9999) == "> 99.9 %" && axis.text(1) == "100 %" && axis.text(0.0001) == "< 0.1 %")
    #expect(axis.text(0) == "0 %" && axis.text(0.5) == "50 %" && axis.text(0.9994) == "99.9 %")
  }

  @Test("points that go back and forth, and many gaps, stay small too")
  func unordered() {
    let count = 50_000
    let x = (0..<count).map { Double(($0 &* 7919) % 10_007) }
    let gaps = Self.noise(count).enumerated().map { $0.offset % 3 == 0 ? Double.nan : $0.element }
    let figure = Figure(
      title: "Scattered",
      series: [
        Series("scatter", x: x, y: Self.noise(count), style: .points), Series("line", x: x, y: Self.noise(count)),
        Series("gaps", y: gaps),
      ], xAxis: .linear("x"), yAxis: .linear("y"))
    #expect(figure.svg(.inline(idPrefix: "f")).bytes.count < 150_000)
  }

  @Test("thinning keeps the ends, the extremes and the order")
  func thinning() {
    let points = Self.noise(10_000).enumerated().map { Point(x: Double($0.offset) / 20, y: $0.element) }
    let thinned = Decimation.line([points], columns: 100, width: 500).flatMap { $0 }
    #expect(thinned.count <= 404)
    #expect(thinned.first == points.first && thinned.last == points.last)
    #expect(thinned.map(\.y).max() == points.map(\.y).max() && thinned.map(\.y).min() == points.map(\.y).min())
    #expect(zip(thinned, thinned.dropFirst()).allSatisfy { $0.x < $1.x })
    #expect(Decimation.line([Array(points[..<50])], columns: 100, width: 500) == [Array(points[..<50])])
  }

  @Test(
    "labels are spread no further than they must be",
    arguments: [
      ([50, 100, 150], [50, 100, 150]), ([100, 100], [90, 110]), ([0, 100, 200], [10, 100, 190]),
      ([95, 105, 100], [80, 120, 100]), ([198, 199, 200], [150, 170, 190]), ([5, 60, 5], [10, 60, 30]),
    ])
  func spread(wanted: [Double], expected: [Double]) {
    #expect(DirectLabels.spread(wanted, distance: 20, within: 10...190) == expected)
  }

  @Test("a label goes where it covers least")
  func placement() {
    var placement = LabelPlacement(frame: Rectangle(x: 0, y: 0, width: 200, height: 100))
    placement.avoid([Point(x: 0, y: 70), Point(x: 200, y: 70)])
    let anchors = [Point(x: 100, y: 70), Point(x: 100, y: 30), Point(x: 100, y: 52)]
    #expect(placement.place(width: 60, near: anchors) == Point(x: 100, y: 30))
    // The same place is taken now; the next best is free too.
    #expect(placement.place(width: 60, near: anchors) == Point(x: 100, y: 52))
    // A label that sticks out is moved in.
    #expect(placement.place(width: 80, near: [Point(x: 195, y: 20)]).x == 160)
  }

  /// Lines that end together, before the panel's edge or at it, with points and lines that have labels of their own beside them.
  private static let crowded: [(ends: [(x: Double, y: Double)], isMarked: Bool, bounds: [Double])] = [
    ([(10, 5), (10, 5), (10, 5)], false, []), ([(4, 5), (4, 5), (4, 5)], false, []),
    ([(10, 0), (10, 0.1)], true, [0.2]), ([(10, 10), (10, 10)], true, [9.9]), ([(4, 5), (4, 5.2)], true, [5.1]),
    ([(4, 5), (9, 5), (10, 5)], true, [5, 5.3]), ([(5, 10), (5.2, 10)], true, [10]), ([(1, 0.5), (1, 0.4)], true, [1]),
  ]

  @Test("labels at the ends of lines cover neither each other nor other labels", arguments: crowded)
  func endLabels(ends: [(x: Double, y: Double)], isMarked: Bool, bounds: [Double]) {
    let series = ends.enumerated().map { index, end in
      Series("series \(index)", x: [0, end.x], y: [0.0, end.y], mark: isMarked && index == 0 ? .maximum("best") : nil)
    }
    let panel = Panel(
      yAxis: .linear("y", covering: 0...10), series: series,
      lines: bounds.map { ReferenceLine($0, label: "claim: > \($0)") })
    let svg = Figure(title: "Ends", panels: [panel], xAxis: .linear("x", covering: 0...10)).svg(.standalone).string
    let boxes = Self.boxes(of: svg)
    #expect(
      boxes.count { $0.text.hasPrefix("series") } == ends.count
        && boxes.count { $0.text.hasPrefix("claim") } == bounds.count)
    // Nor does one inside of the panel stand on its edge.
    let foot =
      svg.matches(of: /class="base" d="M[0-9.]+ ([0-9.]+)l[0-9.]+ 0"/).compactMap { Double($0.1) }.max() ?? .nan
    for label in boxes where label.text.hasPrefix("series") && ends.contains(where: { $0.x < 9 }) {
      #expect(label.box.maxY <= foot, "\(label)")
    }
    for (index, one) in boxes.enumerated() {
      for other in boxes[..<index] { #expect(!one.box.overlaps(other.box), "\(one) \(other)") }
    }
  }

  /// A training that ended early, worse than it began and than guessing: the mark's label stands where the line's would.
  @Test func labelsOfATrainingThatFailed() throws {
    let series = ["training", "validation"].map {
      Series($0, x: [0, 1, 6], y: [0.13, 0.055, 0.055], mark: $0 == "validation" ? .maximum("best") : nil)
    }
    let panel = Panel(
      yAxis: .percent("accuracy", covering: 0...1), series: series,
      lines: [ReferenceLine(0.1, label: "guessing", role: .baseline)])
    let loss = Panel(yAxis: .linear("loss"), series: [Series("loss", x: [1, 6], y: [1.0, 2.0])])
    let xAxis = Axis.linear("epoch", covering: 0...10, alternative: .init("iteration", factor: 4))
    let svg = Figure(title: "Failed", panels: [loss, panel], xAxis: xAxis).svg(.standalone).string
    let boxes = Self.boxes(of: svg)
    let guessing = try #require(boxes.first { $0.text == "guessing" })
    for other in boxes where other.text != "guessing" { #expect(!guessing.box.overlaps(other.box), "\(other)") }
  }

  /// What stands where in a drawing's panels.
  private static func boxes(of svg: String) -> [(text: String, box: Rectangle)] {
    svg.matches(of: /<text class="([^"]*)" x="([0-9.]+)" y="([0-9.]+)" dy="[^"]*">([^<]*)</).compactMap { match in
      Double(match.2).flatMap { x in
        Double(match.3).map { y in
          let width = TextMetrics.width(String(match.4))
          let left = match.1.hasSuffix("am") ? x - width / 2 : match.1.hasSuffix("ae") ? x - width : x
          return (text: String(match.4), box: Rectangle(x: left, y: y - 10, width: width, height: 20))
        }
      }
    }
  }

  @Test("text is wrapped at words, and cut where it does not fit")
  func wrapping() {
    #expect(TextMetrics.wrap("cat\ntaken for dog", to: 100, lines: 3) == ["cat", "taken for", "dog"])
    #expect(TextMetrics.wrap("", to: 90, lines: 3) == [])
    // A percent sign stays with its number.
    #expect(TextMetrics.wrap("deer (100 %)", to: 100, lines: 3) == ["deer", "(100 %)"])
    #expect(TextMetrics.wrap("100 %", to: 40, lines: 3).count == 1)
    let lines = TextMetrics.wrap("one two three four five six seven", to: 60, lines: 2)
    #expect(lines.count == 2 && lines[1].hasSuffix("…"))
    #expect(lines.allSatisfy { TextMetrics.width($0) <= 60 })
    #expect(TextMetrics.cut("unbreakable", to: 50).hasSuffix("…"))
    #expect(TextMetrics.cut("short", to: 500) == "short")
  }

  @Test("colours have the contrast that readers need", arguments: [Palette.light, .dark])
  func contrast(palette: Palette) throws {
    let paper = try #require(palette.colours[.paper])
    let text = try [.ink, .soft, .good, .bad].map { try #require(palette.colours[$0]) } + palette.series
    for colour in text {
      #expect(Self.contrast(colour, paper) >= 4.5, "\(colour) on \(paper)")
    }
    for cell in palette.cells {
      #expect(Self.contrast(cell.text, cell.fill) >= 4.5, "\(cell.text) on \(cell.fill)")
    }
    #expect(palette.series.count == Palette.seriesCount && palette.cells.count == Palette.cellCount)
    #expect(Set(Palette.dashes).count == Palette.seriesCount)
  }

  /// The contrast ratio of WCAG 2.2.
  private static func contrast(_ first: String, _ second: String) -> Double {
    func luminance(_ colour: String) -> Double {
      let value = Int(colour.dropFirst(), radix: 16) ?? 0
      let channels = [16, 8, 0].map { shift -> Double in
        let part = Double(value >> shift & 0xFF) / 255
        return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    }
    let (low, high) = (min(luminance(first), luminance(second)), max(luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)
  }
}
