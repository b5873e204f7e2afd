import NbrunPlotting
import NbrunSteps

/// A figure of each kind: the guide's page on plots shows it beside the lines that make it.
struct FigureKinds: Step {
  static let name: StepName = "figure-kinds"
  static let summary = "Draws a figure of each kind, from numbers that are made up."

  var figures: [FigureName] { ["curves", "seeds", "times", "distribution", "matrix", "images"] }

  func run(in cell: Cell) {
    let drawn = [curves, seeds, times, distribution, matrix, images]
    for (name, figure) in zip(figures, drawn) { cell.plot(figure, named: name) }
  }

  private var curves: Figure {
    let epochs = (0...10).map(Double.init)
    let accuracies = epochs.map { 0.1 + 0.011 * $0 * (12 - $0) }
    return Figure(
      title: "Loss and accuracy",
      panels: [
        Panel(
          yAxis: .linear("loss"), series: [Series("training", x: epochs, y: epochs.map { 2.3 / (1 + $0 / 2) })],
          lines: [ReferenceLine(2.3, label: "guessing", role: .baseline)]),
        Panel(
          yAxis: .percent("accuracy"),
          series: [Series("validation", x: epochs, y: accuracies, mark: .maximum("best"))]),
      ],
      xAxis: .linear("epoch"))
  }

  private var seeds: Figure {
    let epochs = (0...10).map(Double.init)
    let means = epochs.map { 0.1 + 0.6 * $0 / ($0 + 3) }
    let course = Band.Course(
      "validation", x: epochs, least: means.map { 0.93 * $0 }, middle: means, most: means.map { 1.05 * $0 })
    return Figure(
      title: "Accuracy of five trainings",
      band: Band(xAxis: .linear("epoch"), yAxis: .percent("accuracy"), courses: [course]))
  }

  private var times: Figure {
    Figure(
      title: "Two ways to do two things",
      bars: BarChart(
        axis: .log("time", unit: "ms"), groups: ["forward", "backward"],
        series: [
          BarSeries("naive", values: [34, 81], errors: [33...36, 79...88]),
          BarSeries("fast", values: [2.1, 4.4], errors: [2...2.4, 4.2...4.9]),
        ]))
  }

  private var distribution: Figure {
    let sums: [Double] = (0..<1000).map { count in
      let numbers: [Int] = (1...6).map { term in count * (37 + 11 * term) % 101 }
      return Double(numbers.reduce(0, +)) / 600 - 0.5
    }
    return Figure(title: "Sums of six numbers", histogram: Histogram(axis: .linear("sum"), values: sums, bins: 24))
  }

  private var matrix: Figure {
    let classes = ["cat", "dog", "frog"]
    return Figure(
      title: "What was taken for what",
      heatMap: HeatMap(
        rows: classes, columns: classes, values: [[50, 12, 3], [15, 60, 2], [4, 1, 71]], rowLabel: "true class",
        columnLabel: "predicted class", axis: .linear("images"), showsMistakes: true))
  }

  private var images: Figure {
    let cells = (1...4).map { step in
      let pixels = (0..<64).map { UInt8($0 % 8 * $0 / 8 * step % 256) }
      return ImageGrid.Cell(PixelImage(width: 8, height: 8, channels: 1, pixels: pixels), caption: "step \(step)")
    }
    return Figure(title: "Products modulo 256", images: ImageGrid(cells, columns: 4))
  }
}
