import NbrunSteps

/// The times of several races in one chart.
struct RaceChart: Step {
  static let name: StepName = "race-chart"
  static let summary = "Shows the times of two races, or of charts of races, in one chart."

  @Input("A race, or a chart of races.") var first: Races
  @Input("Another one, shown below it.") var second: Races

  var figures: [FigureName] { ["times"] }

  func run(in cell: Cell) throws -> Races {
    let races = Races(results: first.results + second.results)
    cell.plot(races.chart, named: "times", volatile: true)
    return races
  }
}
