import Foundation
import Testing

@testable import NbrunPlotting

/// What a page shows beside a drawing, and what a drawing owes to it.
struct FigurePageTests {
  @Test("each reading has a place in the drawing, in the same order", arguments: Figure.samples)
  func readings(sample: Sample) {
    let svg = sample.figure.svg(.inline(idPrefix: "f")).string
    let places = svg.components(separatedBy: "<g><rect x=").count - 1
    let readings = sample.figure.readings
    #expect(readings.count <= Figure.mostReadings)
    if !readings.isEmpty { #expect(places == readings.count) }
    #expect(svg.contains("class=\"probes\"") == !readings.isEmpty)
    // A file of its own has no place for them but its tooltips.
    #expect(!sample.figure.svg(.standalone).string.contains("probes"))
  }

  @Test("a reading says what all series of all panels are there, and the last value of one that changes seldom")
  func texts() throws {
    let readings = Figure.training.readings
    #expect(readings.count == 40)
    let first = try #require(readings.first)
    #expect(first.hasPrefix("epoch 0 to 0.") && first.contains(" (iteration 0): minibatch loss "))
    #expect(first.hasSuffix(", training accuracy 11 %, validation accuracy 11.9 %"))
    #expect(readings[1].hasSuffix(", training accuracy 11 %, validation accuracy 11.9 % at epoch 0"))
    let few = Figure(
      title: "", series: [Series("loss", x: [1, 2], y: [3.0, 4])], xAxis: .linear("epoch"), yAxis: .linear("loss"))
    #expect(few.readings == ["epoch 1: loss 3", "epoch 2: loss 4"])
  }

  @Test("readers choose among lines that the drawing in a page has")
  func windows() {
    let svg = Figure.training.svg(.inline(idPrefix: "f")).string
    #expect(Figure.training.smoothingWindows == [5, 11] && Figure.training.smoothingWindow == 5)
    #expect(svg.contains("choice w1\"") && svg.contains("choice w2\"") && !svg.contains("choice w3"))
    #expect(!svg.contains("line: mean of"))
    let file = Figure.training.svg(.standalone).string
    #expect(file.contains("line: mean of 5 around each") && !file.contains("choice"))
    #expect(Figure.race.smoothingWindows.isEmpty && Figure.race.smoothingWindow == nil)
  }

  @Test("images with captions of their own are laid out by the page")
  func pictures() {
    #expect(Figure.mistakes.pictures?.map(\.caption).first == "automobile → plane 99.7 %")
    #expect(Figure.mistakes.pictures?.first?.address.hasPrefix("data:image/png;base64,") == true)
    #expect(Figure.training.pictures == nil)
    // In a drawing each caption is one line: there are as many columns as let it be.
    let svg = Figure.mistakes.svg(.standalone).string
    #expect(svg.contains(">automobile → truck 99.7 %<") || svg.contains(">automobile → dog 99.7 %<"))
  }

  @Test(
    "data as a file for other programs",
    arguments: [
      (
        Figure(
          title: "",
          panels: [
            Panel(yAxis: .linear("loss"), series: [Series("a \"b\", c", x: [0.5, 1], y: [2.302585092994046, .nan])]),
            Panel(yAxis: .percent("accuracy"), series: [Series("validation", x: [1], y: [0.675])]),
          ], xAxis: .linear("epoch", alternative: .init("iteration", factor: 20_000))),
        "iteration (20000 in each epoch),\"a \"\"b\"\", c loss\",validation accuracy\n10000,2.30258509,\n20000,NaN,0.675\n"
      ),
      (
        Figure.intervals,
        "group,test,\"test, from\",\"test, to\"\nplane,0.71,0.61,0.79\ncar,0.8,0.71,0.87\nbird,0.424,0.33,0.52\n"
      ),
      (
        Figure(title: "", histogram: Histogram(axis: .linear("weight"), values: [0, 1, 1, 2], bins: 2)),
        "\"weight, from\",\"weight, to\",values\n0,1,1\n1,2,3\n"
      ),
      (
        Figure(
          title: "",
          images: ImageGrid(
            (0..<60).map {
              ImageGrid.Cell(PixelImage(width: 1, height: 1, channels: 1, pixels: [0]), caption: "c\($0)")
            },
            columns: 10)),
        "image,caption\n" + (0..<60).map { "\($0 + 1),c\($0)\n" }.joined()
      ),
    ])
  func csv(figure: Figure, expected: String) {
    #expect(figure.csv == expected)
  }

  @Test("a ratio stands between two values, in the drawing, the table and the words")
  func ratios() throws {
    #expect(Figure.race.svg(.standalone).string.contains("16.5 ×<"))
    #expect(Figure.race.tables()[0].headers.last == "naive / fast" && Figure.race.tables()[0].rows[0].last == "16.5")
    #expect(Figure.race.textAlternative.contains("fast 2.1 ms, a ratio of 16.5"))
    #expect(Figure.costs.tables()[0].headers.count == 4)
  }

  @Test("classes that are taken for each other stand together, and the data keep their order")
  func order() throws {
    // a and c, and b and d, are taken for each other.
    let values: [[Double]] = [[9, 0, 5, 1], [0, 9, 1, 4], [6, 0, 9, 0], [0, 5, 0, 9]]
    let map = HeatMap(
      rows: ["a", "b", "c", "d"], columns: ["a", "b", "c", "d"], values: values, rowLabel: "class",
      columnLabel: "prediction", showsMistakes: true)
    #expect(map.ordered.rows.joined() == "acbd")
    #expect(map.ordered.values[0][0] == 9 && map.ordered.rows == map.ordered.columns)
    #expect(Figure(title: "", heatMap: map).tables()[0].rows.map { $0[0] } == map.ordered.rows)
    #expect(Figure(title: "", heatMap: map).csv?.hasPrefix("class \\ prediction,a,b,c,d\n") == true)
    // What is right has no colour, and the greatest mistake the strongest.
    let svg = Figure(title: "", heatMap: map).svg(.standalone).string
    #expect(svg.components(separatedBy: "<rect class=\"same\"").count == 5)
    #expect(svg.contains("<title>c, a: 6</title>") && svg.contains("class=\"c9\""))
    let decoded = try JSONDecoder().decode(HeatMap.self, from: JSONEncoder().encode(map))
    #expect(decoded == map)
  }

  @Test("a path of steps comes to the places that were asked for")
  func steps() throws {
    let points = (0..<200).map { Point(x: Double($0) * 0.637, y: Double(($0 &* 7919) % 409) / 7 - 20) }
    var path = PathData()
    path.move(to: points[0])
    for point in points.dropFirst() { path.line(to: point) }
    let numbers = path.text.matches(of: /-?(?:[0-9]+(?:\.[0-9])?|\.[0-9])/).map { Double($0.0) ?? .nan }
    #expect(numbers.count == 400)
    var place = (0.0, 0.0)
    for (index, point) in points.enumerated() {
      place = (place.0 + numbers[2 * index], place.1 + numbers[2 * index + 1])
      #expect(abs(place.0 - point.x) < 0.051 && abs(place.1 - point.y) < 0.051)
    }
  }

  @Test("points that lie on a line anyhow are left out of it")
  func straightened() {
    let points = (0...10).map { Point(x: Double($0), y: $0 == 5 ? 3 : 0.01 * Double($0 % 2)) }
    #expect(Decimation.straightened(points, tolerance: 0.15).map(\.x) == [0, 4, 5, 6, 10])
    #expect(Decimation.straightened(Array(points.prefix(2)), tolerance: 9).count == 2)
  }
}
