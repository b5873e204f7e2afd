import NbrunPlatform
import NbrunPlotting
import Synchronization

/// A report in a picture for those who pass its address on: title, verdict, three numbers, a curve.
struct ReportCard: Sendable, Hashable {
  /// The file's name in a notebook's output folder.
  static let fileName = "card.png"
  /// Its size in pixels, which those who show such pictures ask for.
  static let (width, height) = (1200, 630)

  private let title: String
  private let verdict: String
  private let state: RunSummary.State
  private let numbers: ArraySlice<Headline>
  /// Lines, from 0 to 1 in both directions, upwards.
  private var curves: [[Double]] = []
  private let source: String

  init(_ report: Report) {
    title = report.record.title
    let summary = report.summary
    (state, verdict) = (summary.state, "\(summary.state.mark) \(summary.text)")
    numbers = report.headlines.prefix(3)
    source = "\(report.record.environment.program) · \(report.record.notebook)"
    curves = Self.curves(of: report)
  }

  /// What the card says, for those who do not see it.
  var words: String {
    let numbers = numbers.map { "\($0.label) of \($0.cell): \($0.number)\($0.claimed.map { ", \($0)" } ?? "")" }
    return ([title, verdict] + numbers).joined(separator: ". ")
  }

  /// The last panel of the figure that has most to show of those with panels: the accuracies of a training rather than its losses.
  private static func curves(of report: Report) -> [[Double]] {
    let headlined = report.headlines.map(\.cell)
    let panels = report.cells.flatMap { cell in
      cell.figures.compactMap { figure -> (isHeadlined: Bool, panel: Panel)? in
        guard case .panels(let panels, _) = figure.figure.content, let last = panels.last else { return nil }
        return (headlined.contains(cell.id), last)
      }
    }
    guard let panel = (panels.last { $0.isHeadlined } ?? panels.last)?.panel else { return [] }
    let values = panel.series.prefix(2).map { $0.y.filter(\.isFinite) }.filter { $0.count > 1 }
    guard let low = values.joined().min(), let high = values.joined().max(), high > low else { return [] }
    return values.map { values in
      // Means of shares, where there are more values than the card has room for.
      let count = min(values.count, 120)
      return (0..<count).map { place in
        let share = values[place * values.count / count..<(place + 1) * values.count / count]
        return (share.reduce(0, +) / Double(share.count) - low) / (high - low)
      }
    }
  }

  private static let drawn = Mutex<[ReportCard: Data]>([:])

  /// The picture, as a file. Some are kept, since reports are made again and again.
  var file: Data {
    if let known = Self.drawn.withLock({ $0[self] }) { return known }
    let file = Data(picture.png(software: "nbrun"))
    Self.drawn.withLock { drawn in
      if drawn.count >= 50 { drawn.removeAll() }
      drawn[self] = file
    }
    return file
  }

  private enum Ink {
    static let (text, quiet, good, unsure, bad, first, second) = (0, 1, 2, 3, 4, 5, 6)
    static let colours: [UInt32] = [0x1D2125, 0x59626C, 0x14713D, 0x7A5200, 0xB3261E, 0x0B62A8, 0xA8480B]

    static func of(_ state: RunSummary.State) -> Int {
      switch state {
      case .passed: good
      case .untested: unsure
      case .failed: bad
      }
    }

    static func of(_ headline: Headline) -> Int {
      if headline.isStandIn { return unsure }
      return headline.status.map { $0.holds ? good : $0 == .broken ? bad : unsure } ?? text
    }
  }

  private var picture: InkPicture {
    var picture = InkPicture(width: Self.width, height: Self.height, inks: Ink.colours)
    let (left, right) = (72.0, 1128.0)
    let titled = Self.wrapped(title, width: right - left)
    var y = 64.0
    for line in titled.lines {
      picture.write(line, x: left, y: y, size: titled.size, ink: Ink.text, thickness: titled.size / 6.5)
      y += titled.size * 1.7
    }
    let (verdict, size) = Self.fitted(verdict, 18...24, width: right - left)
    picture.write(verdict, x: left, y: y + 8, size: size, ink: Ink.of(state), thickness: size * 0.15)
    y += 84
    let column = (right - left) / 3
    for (index, number) in numbers.enumerated() {
      let x = left + Double(index) * column
      let size = min(44, 44 * (column - 40) / max(InkPicture.width(of: number.number, size: 44), 1))
      let verdict = Ink.of(number)
      picture.write(
        number.number, x: x, y: y, size: size, ink: verdict == Ink.good ? Ink.text : verdict, thickness: size / 7)
      for (line, words) in [number.label, number.cell.text, number.claimed ?? ""].enumerated() {
        let (words, size) = Self.fitted(words, 13...17, width: column - 30)
        let ink = line == 2 ? verdict : Ink.quiet
        picture.write(words, x: x, y: y + 72 + Double(line) * 31, size: size, ink: ink, thickness: 2.3)
      }
    }
    y += numbers.isEmpty ? 0 : 172
    let bottom = 554.0
    for (index, curve) in curves.enumerated().reversed() where bottom - y > 40 {
      let step = (right - left) / Double(curve.count - 1)
      let points = curve.enumerated().map { (left + Double($0) * step, bottom - $1 * (bottom - y)) }
      picture.draw(points, ink: index == 0 ? Ink.first : Ink.second, thickness: 4.5)
    }
    picture.write(
      Self.cut(source, size: 16, width: right - left), x: left, y: 580, size: 16, ink: Ink.quiet, thickness: 2.2)
    return picture
  }

  /// A title in at most two lines, as large as it can be.
  private static func wrapped(_ text: String, width: Double) -> (lines: [String], size: Double) {
    for size in [48, 40, 33.0] {
      var lines: [String] = []
      for word in text.split(whereSeparator: \.isWhitespace).map(String.init) {
        let longer = lines.last.map { "\($0) \(word)" } ?? word
        let fits = InkPicture.width(of: longer, size: size) <= width
        if fits, !lines.isEmpty { lines[lines.count - 1] = longer } else { lines.append(word) }
      }
      if lines.count <= 2 { return (lines.map { cut($0, size: size, width: width) }, size) }
      if size < 40 { return ([lines[0], cut(lines[1...].joined(separator: " "), size: size, width: width)], size) }
    }
    return ([], 33)
  }

  /// A line as large as has room, from the one size to the other; at the smaller one as much of it as has room.
  static func fitted(_ text: String, _ sizes: ClosedRange<Double>, width: Double) -> (text: String, size: Double) {
    let wide = InkPicture.width(of: text, size: sizes.upperBound)
    let size = wide <= width ? sizes.upperBound : max(sizes.lowerBound, sizes.upperBound * (width - 1) / wide)
    return (cut(text, size: size, width: width), size)
  }

  /// As much of a line as has room.
  private static func cut(_ text: String, size: Double, width: Double) -> String {
    guard InkPicture.width(of: text, size: size) > width else { return text }
    var text = text.prefix(200)
    while !text.isEmpty, InkPicture.width(of: text + "…", size: size) > width { text = text.dropLast() }
    return text + "…"
  }
}
