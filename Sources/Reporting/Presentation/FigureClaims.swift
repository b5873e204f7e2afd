import NbrunPlotting
import NbrunRunning
import NbrunSteps

extension Figure {
  /// The figure with a line for what is claimed of the metrics that its panels show, as its verdict lets it look.
  func showing(_ claims: [ClaimRecord]) -> Figure {
    guard case .panels(var panels, let xAxis) = content else { return self }
    for index in panels.indices {
      let metrics = Set(panels[index].metrics ?? [])
      for claim in claims where metrics.contains(claim.claim.metric.text) {
        guard let bound = claim.bound, bound.isFinite else { continue }
        let axis = panels[index].yAxis
        let shown =
          axis.notation == .percent ? NumberText.exact(bound, in: .percent(1)) : NumberText.short(.double(bound))
        var text = "\(claim.claim.comparison.rawValue) \(shown)"
        if case .metric = claim.claim.bound { text = claim.claim.condition }
        let status = claim.status
        let role: ReferenceLine.Role = status.holds ? .goal : status == .broken ? .missed : .baseline
        let mark = status.holds ? "" : "\(status.mark) "
        panels[index].lines.append(ReferenceLine(bound, label: "\(mark)claim: \(text)", role: role))
      }
    }
    return Figure(title: title, panels: panels, xAxis: xAxis)
  }
}
