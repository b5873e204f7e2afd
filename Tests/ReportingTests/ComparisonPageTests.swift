import Foundation
import NbrunPlotting
import NbrunSteps
import Testing

@testable import NbrunReporting
@testable import NbrunRunning

/// The page with a committed report and a fresh run side by side.
@Suite struct ComparisonPageTests {
  private func page(_ record: RunRecord, _ committed: CommittedReport = VerificationTests.committed) -> String {
    let report = VerificationTests.report(committed, record: record)
    return ComparisonPage(
      report, record: record, notebook: SampleNotebook.notebook, plan: nil, place: SampleNotebook.place,
      committed: committed
    ).text(strict: false)
  }

  @Test func whatIsTheSameIsSaidOnce() {
    let page = page(SampleNotebook.shortRecord)
    #expect(
      page.contains("<p class=\"status passed\">✓") && page.contains("<summary>other values: ")
        && !page.contains("✗\u{A0}moved"))
    #expect(!page.contains("class=\"findings\""))
  }

  @Test func whatMovedIsMarkedAndCurvesLieOverEachOther() throws {
    var record = SampleNotebook.shortRecord
    let index = try #require(
      record.cells.firstIndex { cell in
        cell.outcome.results?.figures.contains { if case .panels = $0.figure.content { true } else { false } } ?? false
      })
    var metric = ""
    record.cells[index].change { results in
      for figure in results.figures.indices {
        guard case .panels(var panels, let xAxis) = results.figures[figure].figure.content else { continue }
        let old = panels[0].series[0]
        panels[0].series[0] = Series(
          old.name, x: old.x, y: old.y.enumerated().map { $0 == old.y.count - 1 ? $1 + 1 : $1 }, style: old.style,
          smoothing: old.smoothing, mark: old.mark)
        results.figures[figure].figure.content = .panels(panels, xAxis: xAxis)
      }
      if let key = results.metrics.keys.sorted().first {
        metric = key.text
        results.metrics[key] = .double(-12345)
      }
    }
    let page = page(record)
    #expect(page.contains("<p class=\"status failed\">✗") && page.contains("<ul class=\"findings\">"))
    #expect(page.contains(", committed") && page.contains(", fresh") && page.contains(", first moved"))
    #expect(page.contains("<th scope=\"row\">\(metric)</th>") && page.contains("-12345"))
    #expect(page.contains("✗\u{A0}moved"))
    // As strict as a report's.
    #expect(page.contains("default-src 'none'; style-src 'sha256-") && !page.contains("<script"))
    let ids = page.matches(of: #/ id="([^"]*)"/#).map { String($0.1) }
    #expect(ids.count == Set(ids).count)
  }

  /// A value that moved is one finding, though the curve and the printed line that show it move with it.
  @Test func oneCauseIsOneFinding() throws {
    var record = SampleNotebook.shortRecord
    let index = try #require(record.cells.firstIndex { $0.outcome.results?.series["loss"] != nil })
    record.cells[index].change { results in
      let old = results.series["loss"]?[10].double ?? 0
      results.series["loss"]?[10] = .double(old + 1)
      results.output = results.output.map { item in
        guard case .seriesLine("loss", let text) = item else { return item }
        return .seriesLine("loss", text.replacing("\(old)", with: "\(old + 1)"))
      }
      for figure in results.figures.indices {
        guard case .panels(var panels, let xAxis) = results.figures[figure].figure.content else { continue }
        let series = panels[0].series[0]
        panels[0].series[0] = Series(
          series.name, x: series.x, y: series.y.map { $0 == old ? old + 1 : $0 }, style: series.style,
          smoothing: series.smoothing, mark: series.mark)
        results.figures[figure].figure.content = .panels(panels, xAxis: xAxis)
      }
    }
    #expect(VerificationTests.findings(record: record).map(\.subject) == ["series loss, value 11"])
  }

  @Test func resultsThatCannotBeReadAreSaid() {
    let page = page(SampleNotebook.shortRecord, CommittedReport(files: [:]))
    #expect(page.contains("There are no committed results that could be compared."))
  }
}
