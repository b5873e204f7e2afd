import Testing

@testable import NbrunCommandLineInterface

@Suite struct ProgressLineTests {
  private let line = ProgressLine(
    label: "[9] best", share: 0.2, note: "epoch 3 of 10, loss 1.148", values: (0..<40).map { 3 - Double($0) / 20 },
    elapsed: 60)

  @Test func aWideTerminalShowsAll() {
    let text = line.text(width: 120)
    #expect(text.hasPrefix("[9] best  20 %  epoch 3 of 10, loss 1.148  █"))
    #expect(text.hasSuffix("▁  1 min 0 s  4 min 0 s left"))
  }

  /// What is left to wait is worth more than what was waited, and that more than the curve.
  @Test(arguments: 0...120)
  func anyWidthIsKept(width: Int) {
    let text = line.text(width: width)
    #expect(text.count <= width)
    if width >= 31 { #expect(text.contains("4 min 0 s left")) }
    if width >= 14 { #expect(text.hasPrefix("[9] best  20 %")) }
  }

  @Test func nothingIsForeseenAtTheBeginningOrTheEnd() {
    var other = line
    other.elapsed = 1
    #expect(!other.text(width: 120).contains("left"))
    other.elapsed = 60
    other.share = 1
    #expect(other.text(width: 120).contains("100 %") && !other.text(width: 120).contains("left"))
  }

  @Test func aDownloadSaysSomethingNewOrNothing() {
    var onTerminal = FetchLine()
    var elsewhere = FetchLine()
    let sizes = (0...1000).map { $0 << 20 }
    let said = sizes.compactMap { onTerminal.text("digits", $0, 1000 << 20, isInteractive: true) }
    #expect(said.count == 101 && said.last == "fetching digits: 1000 of 1000 MiB, 100 %")
    #expect(sizes.compactMap { elsewhere.text("digits", $0, 1000 << 20, isInteractive: false) }.count == 11)
    #expect(elsewhere.text("digits", 5, 0, isInteractive: false) == "fetching digits: 0 of 0 MiB, 0 %")
  }
}
