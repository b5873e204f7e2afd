import NbrunPlotting
import NbrunRunning
import NbrunSteps

extension Figure {
  /// The figure with a line for what is claimed of the metrics that its panels show.
  func showing(_ claims: [ClaimRecord]) -> Figure {
    guard case .panels(var panels, let xAxis) = content else { return self }
    for index in panels.indices {
      let metrics = Set(panels[index].metrics ?? [])
      for claim in claims where metrics.contains(claim.claim.metric.text) {
        guard let bound = claim.bound, bound.isFinite else { continue }
        let axis = panels[index].yAxis
        let shown =
          axis.notation == .percent ? NumberText.exact(bound, in: .percent(1)) : NumberText.short(.double(bound))
        let text =
          switch claim.claim.bound {
          case .number: "\(claim.claim.comparison.rawValue) \(shown)"
          case .metric: claim.claim.condition
          }
        panels[index].lines.append(ReferenceLine(bound, label: "\(claim.status == .broken ? "✗ " : "")claim: \(text)"))
      }
    }
    return Figure(title: title, panels: panels, xAxis: xAxis)
  }
}
