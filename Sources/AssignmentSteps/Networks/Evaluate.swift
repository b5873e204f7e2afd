import NbrunDatasets
import NbrunPlatform
import NbrunNumberTexts
import NbrunPlotting
import NbrunSteps
import NbrunTensors

/// What a trained network gets right and wrong on images that it has never seen.
struct Evaluate: Step {
  static let name: StepName = "evaluate"
  static let summary =
    "Tests a trained network: accuracy on test and validation images, by class, and its worst mistakes."

  @Input("The trained network.") var network: TrainedNetwork
  @Parameter("How many mistakes to show.", in: 1...100) var mistakes = 20

  var metrics: [Metric] {
    [
      .tolerance("test-accuracy", relative: 0.1, "The share of test images whose class was found."),
      .tolerance("validation-accuracy", relative: 0.1, "The share of validation images whose class was found."),
    ]
  }

  var series: [MetricSeries] { [MetricSeries("class-accuracy", .chaotic(prefix: 0, relative: 0.1))] }
  var figures: [FigureName] { ["confusion", "classes", "mistakes"] }
  var dataSources: [any DataSource] { [CIFAR10Source()] }

  func run(in cell: Cell) throws {
    let device = Device(threads: cell.threads)
    let data = try cell.cifar10()
    func predictions(for images: LabelledImages, called name: String) throws -> Predictions {
      let scores = try network.scores(of: data.centered(images), on: device)
      guard scores.isFinite() else {
        throw StepFailure(
          "the network's scores for the \(name) images are too large for its numbers, or no numbers",
          hint: "its weights are too large: try a smaller learning rate or smaller initial weights where it is trained")
      }
      return Predictions(scores, labels: images.labels)
    }
    let test = try predictions(for: data.test, called: "test")
    let validation = try predictions(for: data.validation, called: "validation")

    cell.report("test-accuracy", test.accuracy, as: "Test set accuracy: ")
    cell.report("validation-accuracy", validation.accuracy, as: "Validation set accuracy: ")
    cell.series("class-accuracy", test.accuracies)
    cell.plot(confusion(test), named: "confusion")
    cell.plot(classes(test), named: "classes")
    cell.plot(pictures(test, of: data.test), named: "mistakes")
  }

  private func confusion(_ test: Predictions) -> Figure {
    Figure(
      title: "Test images by class and prediction",
      heatMap: HeatMap(
        rows: CIFAR10.classNames, columns: CIFAR10.classNames, values: test.confusion.map { $0.map { Double($0) } },
        rowLabel: "class", columnLabel: "prediction", axis: .linear("images"), showsMistakes: true))
  }

  private func classes(_ test: Predictions) -> Figure {
    Figure(
      title: "Test accuracy of each class",
      bars: BarChart(
        axis: .percent("accuracy"), groups: CIFAR10.classNames,
        series: [BarSeries("accuracy", values: test.accuracies, errors: test.intervals, rangeName: "95 % interval")]))
  }

  /// The images whose wrong class was given the greatest probability.
  private func pictures(_ test: Predictions, of images: LabelledImages) -> Figure {
    let cells = test.mistakes.prefix(mistakes).map { index in
      let (prediction, label) = (CIFAR10.classNames[test.predicted[index]], CIFAR10.classNames[test.labels[index]])
      let percent = percentText(test.confidence[index], decimals: 1)
      return ImageGrid.Cell(images.picture(at: index), caption: "\(label) → \(prediction) \(percent)")
    }
    return Figure(title: "The most confident mistakes", images: ImageGrid(cells, columns: 5))
  }
}

/// A network's predictions for labelled images.
struct Predictions {
  let labels: [Int]
  /// The class with the largest score.
  let predicted: [Int]
  /// Its probability by the softmax of the scores.
  let confidence: [Double]
  private let classes: Int

  /// The predictions that `scores`, N×classes, are.
  init(_ scores: Tensor<Double>, labels: [Int]) {
    let classes = scores.shape[1]
    let predicted = scores.argmaxOfRows()
    let elements = scores.elements
    self.labels = labels
    self.classes = classes
    self.predicted = predicted
    confidence = predicted.indices.map { row in
      let best = elements[row * classes + predicted[row]]
      return 1 / elements[row * classes..<(row + 1) * classes].reduce(0) { $0 + exp($1 - best) }
    }
  }

  /// The share of images whose class was found.
  var accuracy: Double { Double(zip(predicted, labels).count { $0 == $1 }) / Double(labels.count) }

  /// How many images of each class, row by row, were taken for each.
  var confusion: [[Int]] {
    var counts = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    for (prediction, label) in zip(predicted, labels) { counts[label][prediction] += 1 }
    return counts
  }

  /// The accuracy of each class; NaN for one without images.
  var accuracies: [Double] {
    confusion.enumerated().map { label, row in Double(row[label]) / Double(row.reduce(0, +)) }
  }

  /// The range in which the accuracy of each class lies with 95 % confidence, by the number of its images (Wilson, "Probable
  /// inference, the law of succession, and statistical inference", 1927); everything for a class without images.
  var intervals: [ClosedRange<Double>] {
    confusion.enumerated().map { label, row in
      let (hits, count) = (Double(row[label]), Double(row.reduce(0, +)))
      guard count > 0 else { return 0...1 }
      let z = 1.959964  // of the normal distribution, 2.5 % lie above
      let (share, square) = (hits / count, z * z / count)
      let centre = (share + square / 2) / (1 + square)
      let reach = z / (1 + square) * (share * (1 - share) / count + square / (4 * count)).squareRoot()
      return max(0, centre - reach)...min(1, centre + reach)
    }
  }

  /// The images whose class was not found, the most confident first.
  var mistakes: [Int] {
    labels.indices.filter { predicted[$0] != labels[$0] }.sorted { (confidence[$0], $1) > (confidence[$1], $0) }
  }
}
