import NbrunPlotting
import Testing

/// A figure under the name of its snapshot.
struct Sample: CustomTestStringConvertible {
  var name: String
  var figure: Figure

  var testDescription: String { name }

  init(_ name: String, _ figure: Figure) {
    self.name = name
    self.figure = figure
  }
}

extension Figure {
  /// One figure of each kind and of each trouble, for tests that hold for all.
  static let samples: [Sample] = [
    Sample("training", .training),
    Sample("bars", .race),
    Sample("confusion", .confusion),
    Sample("images", .gradients),
    Sample("histogram", .weights),
    Sample("empty", Figure(title: "Nothing yet", series: [], xAxis: .linear("epoch"), yAxis: .linear("loss"))),
    Sample(
      "one-point",
      Figure(title: "One", series: [Series("loss", y: [2.3])], xAxis: .linear("epoch"), yAxis: .linear("loss"))
    ),
    Sample(
      "not-finite",
      Figure(
        title: "Diverging",
        series: [Series("loss", y: [2.3, 2.5, .nan, 7, .infinity, -.infinity, 4], mark: .minimum("least"))],
        xAxis: .linear("iteration"), yAxis: .linear("loss"), lines: [ReferenceLine(.nan, label: "nowhere")])
    ),
    Sample(
      "log-with-zeros",
      Figure(
        title: "Errors",
        series: [Series("difference", x: [0, 1, 10, 100, 1000], y: [0, -1, 1e-9, 3e-7, 2e-4])],
        xAxis: .log("scale"), yAxis: .log("relative error"))
    ),
    Sample("hostile", .hostile),
    Sample("extremes", .extremes),
    Sample("legend", .optimisers(prefix: "optimiser ", yAxis: .log("loss"))),
    Sample("direct-labels", .optimisers(prefix: "", yAxis: .linear("loss"))),
    Sample("scatter", .scatter),
    Sample("per-class", .perClass),
    Sample("intervals", .intervals),
    Sample("mistakes", .mistakes),
    Sample("costs", .costs),
    Sample("blank", .blank),
    Sample("dense", .dense),
    Sample("band", .seeds),
  ]

  /// The accuracy of several trainings of two networks, one of which once had no number.
  static let seeds = Figure(
    title: "Accuracy over five seeds",
    band: Band(
      xAxis: .linear("epoch"), yAxis: .percent("accuracy"),
      courses: [
        Band.Course(
          "three layers", least: [0.1, 0.38, 0.49, 0.55], middle: [0.1, 0.42, 0.52, 0.57],
          most: [0.12, 0.45, 0.54, 0.58]),
        Band.Course(
          "residual", x: [0, 1, 2, 3, 4], least: [0.1, 0.3, .nan, 0.61, 0.66], middle: [0.1, 0.35, .nan, 0.66, 0.7],
          most: [0.1, 0.4, .nan, 0.69, 0.74]),
      ]))

  /// Loss and accuracy of ten epochs, as `train` plots them.
  static let training: Figure = {
    let iterations = (0..<120).map(Double.init)
    let losses = iterations.map {
      0.55 + 1.75 / (1 + $0 / 14) + 0.12 * (($0 * 7).truncatingRemainder(dividingBy: 11) / 11 - 0.5)
    }
    return Figure(
      title: "Loss and accuracy over ten epochs",
      panels: [
        Panel(
          yAxis: .linear("loss", covering: 0...2.5),
          series: [Series("minibatch loss", x: iterations.map { $0 / 12 }, y: losses, smoothing: .centred(5))],
          lines: [ReferenceLine(2.302585, label: "guessing", role: .baseline)]),
        Panel(
          yAxis: .percent("accuracy"),
          series: [
            Series("training", y: [0.110, 0.558, 0.645, 0.706, 0.708, 0.768, 0.802, 0.820, 0.849, 0.856, 0.876]),
            Series(
              "validation", y: [0.119, 0.534, 0.594, 0.614, 0.620, 0.644, 0.653, 0.669, 0.663, 0.654, 0.650],
              mark: .maximum("best")),
          ],
          lines: [ReferenceLine(0.65, label: "claim: above 65 %")]),
      ],
      xAxis: .linear("epoch", alternative: .init("iteration", factor: 12)))
  }()

  /// Naive against fast times.
  static let race = Figure(
    title: "Convolution and pooling, naive and fast",
    bars: BarChart(
      axis: .log("time", unit: "ms"), groups: ["convolution forward", "convolution backward", "max pooling forward"],
      series: [
        BarSeries("naive", values: [34.6, 81.2, 6.4], errors: [33.9...36.1, 79.5...88, 6.2...6.9]),
        BarSeries("fast", values: [2.1, 4.4, 0.31], errors: [2.0...2.4, 4.2...4.9, 0.29...0.4]),
      ]))

  static let classes = ["plane", "car", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]

  /// A confusion matrix of ten classes.
  static let confusion: Figure = {
    let values = classes.indices.map { row in
      classes.indices.map { column in row == column ? Double(62 + row * 3) : Double((row * 7 + column * 5) % 9) }
    }
    return Figure(
      title: "Confusion matrix",
      heatMap: HeatMap(
        rows: classes, columns: classes, values: values, rowLabel: "true class", columnLabel: "predicted class",
        axis: .linear("images"), showsMistakes: true))
  }()

  /// Small colour and grey images.
  static let gradients = Figure(
    title: "Samples",
    images: ImageGrid(
      (0..<8).map { index in
        let pixels = (0..<(8 * 8 * 3)).map { UInt8(truncatingIfNeeded: $0 * (index + 1)) }
        return ImageGrid.Cell(
          index % 2 == 0
            ? PixelImage(width: 8, height: 8, planes: pixels)
            : PixelImage(width: 8, height: 8, channels: 1, pixels: Array(pixels.prefix(64))),
          caption: "\(classes[index]), taken for \(classes[index + 1])")
      }, columns: 4))

  /// The distribution of a layer's weights: the sum of a few uniform numbers is bell-shaped enough.
  static let weights: Figure = {
    let values = (0..<1000).map { index in
      let terms = (1...6).map { term in Double((index * (37 + 11 * term) + term * 91) % 101) / 101 }
      return terms.reduce(0, +) / 6 - 0.5
    }
    return Figure(
      title: "Initial weights", histogram: Histogram(axis: .linear("weight"), values: values, bins: 24))
  }()

  /// Labels that try to be markup, and characters that XML forbids.
  static let hostile: Figure = {
    let label = "<script>alert('1')</script> \"&amp;\" \u{0}\u{1}\u{8}\u{FFFE}\u{1F600} ]]> --> \u{202E}end"
    return Figure(
      title: label,
      panels: [
        Panel(
          yAxis: .linear(label, unit: label), series: [Series(label, y: [1.0, 3, 2], mark: .maximum(label))],
          lines: [ReferenceLine(2, label: label)])
      ],
      xAxis: .linear(label))
  }()

  /// Numbers at both ends of what there is.
  static let extremes: Figure = {
    let most = Double.greatestFiniteMagnitude
    return Figure(
      title: "Extremes",
      panels: [
        Panel(
          yAxis: .linear("value", covering: -most...most),
          series: [
            Series("all", x: [-most, 0, most], y: [most, .leastNonzeroMagnitude, -most], smoothing: .movingAverage(2))
          ],
          lines: [ReferenceLine(most, label: "most")]),
        Panel(
          yAxis: .log("value"),
          series: [Series("positive", y: [.leastNonzeroMagnitude, 1, most], mark: .maximum("most"))]),
      ], xAxis: .linear("x"))
  }()

  /// Seven series that end close to each other.
  static func optimisers(prefix: String, yAxis: Axis) -> Figure {
    let names = ["SGD", "momentum", "Nesterov", "RMSProp", "Adam", "Adagrad", "Adadelta"]
    let series = names.enumerated().map { index, name in
      let pace = Double(8 + 3 * index)
      let values = (0..<20).map { epoch in 2.1 / (1 + Double(epoch * epoch) / pace) + 0.2 }
      return Series(prefix + name, y: values, mark: index == 3 ? .minimum("least") : nil)
    }
    return Figure(
      title: "Seven optimisers", series: series, xAxis: .linear("epoch"), yAxis: yAxis,
      lines: [ReferenceLine(2.302585, label: "ln 10, the loss of a guess")])
  }

  /// Points without a line, on a logarithmic axis.
  static let scatter = Figure(
    title: "Learning rates",
    series: [
      Series(
        "tried", x: [1e-5, 3e-4, 1e-3, 2e-2, 0.1], y: [0.11, 0.52, 0.61, 0.43, 0.1], style: .points,
        mark: .maximum("best"))
    ], xAxis: .log("learning rate"), yAxis: .percent("accuracy"))

  /// Bars of one series, one of them without a value.
  static let perClass = Figure(
    title: "Accuracy of each class",
    bars: BarChart(
      axis: .percent("accuracy"), groups: Array(classes.prefix(4)),
      series: [BarSeries("validation", values: [0.71, 0.8, .nan, 0.424])]))

  /// The same of another set, with the range in which each is likely to lie.
  static let intervals = Figure(
    title: "Accuracy of each class",
    bars: BarChart(
      axis: .percent("accuracy"), groups: Array(classes.prefix(3)),
      series: [
        BarSeries(
          "test", values: [0.71, 0.8, 0.424], errors: [0.61...0.79, 0.71...0.87, 0.33...0.52],
          rangeName: "95 % interval")
      ]))

  /// Mistakes with captions that are to be one line each.
  static let mistakes = Figure(
    title: "Mistakes",
    images: ImageGrid(
      (0..<6).map { index in
        ImageGrid.Cell(
          PixelImage(width: 4, height: 4, channels: 1, pixels: (0..<16).map { UInt8($0 * 8 + index) }),
          caption: "automobile → \(classes[index]) 99.7 %")
      }, columns: 5))

  /// Values on a logarithmic axis that are not pairs.
  static let costs = Figure(
    title: "Costs",
    bars: BarChart(
      axis: .log("time", unit: "s"), groups: ["forward", "backward"],
      series: [
        BarSeries("naive", values: [40, 90]), BarSeries("fast", values: [1, 0]),
        BarSeries("fused", values: [0.5, 1.2]),
      ]))

  /// A matrix of zeros, with one value missing.
  static let blank = Figure(
    title: "Nothing learned",
    heatMap: HeatMap(
      rows: ["yes", "no"], columns: ["yes", "no"], values: [[0, 0], [0, .nan]], rowLabel: "true",
      columnLabel: "predicted",
      axis: .percent("share")))

  /// A matrix with more cells than values can be written in.
  static let dense: Figure = {
    let values = (0..<30).map { row in (0..<40).map { Double((row * $0) % 50) - 25 } }
    return Figure(
      title: "Correlations",
      heatMap: HeatMap(
        rows: (1...30).map { "row \($0)" }, columns: (1...40).map { "column \($0)" }, values: values, rowLabel: "row",
        columnLabel: "column", axis: .linear("value")))
  }()
}
