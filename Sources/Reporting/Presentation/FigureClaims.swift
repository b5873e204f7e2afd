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
        let status = claim.status
        let role: ReferenceLine.Role = status.holds ? .goal : status == .broken ? .missed : .baseline
        let mark = status.holds ? "" : "\(status.mark) "
        let isPercent = panels[index].yAxis.notation == .percent
        for (sign, (bound, value)) in zip(claim.claim.comparison.lineSigns, zip(claim.claim.bounds, claim.bounds)) {
          guard let value, value.isFinite else { continue }
          let text = claim.claim.text(of: bound) {
            isPercent ? NumberText.exact($0, in: .percent(1)) : NumberText.short(.double($0))
          }
          let slack = bound.cell == nil ? "" : claim.claim.slack
          panels[index].lines.append(ReferenceLine(value, label: "\(mark)claim: \(sign) \(text)\(slack)", role: role))
        }
      }
    }
    return Figure(title: title, panels: panels, xAxis: xAxis)
  }
}
