import NbrunDatasets
import NbrunPlotting
import NbrunSteps

/// What a network is about to see: how many images there are, and some of each class.
struct DatasetSummary: Step {
  static let name: StepName = "dataset-summary"
  static let summary = "Shows how CIFAR-10 is split, and sample images of each class."

  @Parameter("How many sample images of each class.", in: 1...20) var perClass = 6

  var metrics: [Metric] {
    [
      .exact("training-count", "Images for training."), .exact("validation-count", "Images for validation."),
      .exact("test-count", "Images for testing."),
    ]
  }
  var figures: [FigureName] { ["samples"] }
  var dataSources: [any DataSource] { [CIFAR10Source()] }

  func run(in cell: Cell) throws {
    let data = try cell.cifar10()
    let parts = [("train", data.training), ("val", data.validation), ("test", data.test)]
    for (name, images) in parts {
      print("X_\(name): (\(images.count), 3, 32, 32)")
      print("y_\(name): (\(images.count),)")
    }
    cell.report("training-count", data.training.count)
    cell.report("validation-count", data.validation.count)
    cell.report("test-count", data.test.count)
    cell.plot(samples(of: data.training), named: "samples")
  }

  /// The first images of each class, a column for each.
  private func samples(of images: LabelledImages) -> Figure {
    var columns = [[Int]](repeating: [], count: CIFAR10.classNames.count)
    for index in 0..<images.count where columns.contains(where: { $0.count < perClass }) {
      let label = images.label(at: index)
      if columns[label].count < perClass { columns[label].append(index) }
    }
    let rows = columns.map(\.count).min() ?? 0
    let cells = (0..<rows).flatMap { row in columns.map { ImageGrid.Cell(images.picture(at: $0[row])) } }
    return Figure(
      title: "Training images of each class",
      images: ImageGrid(cells, columns: columns.count, columnTitles: CIFAR10.classNames))
  }
}

extension LabelledImages {
  /// The image at `index`, to be shown.
  func picture(at index: Int) -> PixelImage {
    withPixels(at: index) { PixelImage(width: CIFAR10Layout.side, height: CIFAR10Layout.side, planes: Array($0)) }
  }
}
