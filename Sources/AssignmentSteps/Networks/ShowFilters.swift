import NbrunPlotting
import NbrunSteps

/// The filters of a trained network's first convolution as images: what it looks for in pixels.
struct ShowFilters: Step {
  static let name: StepName = "show-filters"
  static let summary = "Shows the filters of a trained network's first convolution as images."

  @Input("The trained network.") var network: TrainedNetwork
  @Parameter("Filters in a row.", in: 1...64) var columns = 16

  var figures: [FigureName] { ["filters"] }

  func run(in cell: Cell) throws {
    let filters = network.firstWeights  // F×C×HH×WW
    guard filters.shape.rank == 4, filters.shape[1] == 3 || filters.shape[1] == 1 else {
      throw StepFailure("the network does not begin with a convolution of images in one or three colours")
    }
    let size = filters.count / filters.shape[0]
    let elements = filters.elements
    let cells = (0..<filters.shape[0]).map { filter in
      ImageGrid.Cell(
        PixelImage(
          width: filters.shape[3], height: filters.shape[2],
          stretching: Array(elements[filter * size..<(filter + 1) * size])))
    }
    print("\(filters.shape[0]) filters of \(filters.shape[2])×\(filters.shape[3]) pixels")
    cell.plot(Figure(title: "Filters of the first layer", images: ImageGrid(cells, columns: columns)), named: "filters")
  }
}
