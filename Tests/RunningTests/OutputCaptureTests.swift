import NbrunBinaryCoding
import Foundation
import NbrunRandomNumbers
import NbrunSteps
import Testing

@testable import NbrunRunning

@Suite struct OutputCaptureTests {
  private static let line = MetricLine(before: "loss: ", after: "\n", format: .shortest)

  @Test func textAndItemsKeepTheirOrder() {
    var capture = OutputCapture()
    capture.append(Array("a\nb".utf8))
    capture.append(.metric("loss", Self.line))
    capture.append(Array("c".utf8))
    capture.append(Array("d\n".utf8))
    #expect(capture.output == [.text("a\nb"), .metric("loss", Self.line), .text("cd\n")])
  }

  @Test(arguments: [
    ([0x61, 0xff, 0x62, 0x0a], "a\u{FFFD}b\n"),
    ([0xe2, 0x82, 0xac, 0xe2, 0x82], "€\u{FFFD}"),
    ([0x1b, 0x5b, 0x33, 0x31, 0x6d, 0x00, 0x0d], "\u{1B}[31m\0\r"),
  ])
  func bytesThatAreNoTextAreRepaired(bytes: [UInt8], text: String) {
    var capture = OutputCapture()
    for byte in bytes { capture.append([byte]) }
    #expect(capture.output == [.text(text)])
  }

  @Test func twoMegabytesAreKeptWhole() throws {
    let text = String(repeating: "0123456789abcde\n", count: 2 * OutputCapture.limit / 16)
    var capture = OutputCapture()
    capture.append(Array(text.utf8))
    #expect(capture.output == [.text(text)])
  }

  @Test func ofMoreTheFirstAndTheLastMegabyteAreKept() throws {
    let lines = (0..<400_000).map { "line \($0)\n" }
    let text = lines.joined()
    var capture = OutputCapture()
    capture.append(Array(text.utf8))
    guard case .text(let kept) = capture.output.first else { throw CocoaError(.coderInvalidValue) }
    let gap = try #require(kept.firstMatch(of: /\[… ([0-9,]+) bytes left out …\]\n/))
    let (head, tail) = (kept[..<gap.range.lowerBound], kept[gap.range.upperBound...])
    #expect(head.hasSuffix("\n") && text.hasPrefix(head))
    #expect(tail.hasPrefix("line ") && text.hasSuffix(tail))
    #expect(head.utf8.count <= OutputCapture.limit && head.utf8.count > OutputCapture.limit - 20)
    #expect(tail.utf8.count <= OutputCapture.limit && tail.utf8.count > OutputCapture.limit - 20)
    let left = Int(gap.1.filter { $0 != "," })
    #expect(left == text.utf8.count - head.utf8.count - tail.utf8.count)
  }

  @Test(arguments: [1, 2, 3] as [UInt32])
  func whatIsKeptDoesNotDependOnThePieces(seed: UInt32) throws {
    var random = NumPyRandom(seed: seed)
    let pieces = (0..<4000).map { (index: Int) -> Data in
      Data("piece \(index) ".utf8) + Data(repeating: UInt8(ascii: "x"), count: random.randint(0..<4000))
        + Data("\n".utf8)
    }
    var whole = OutputCapture()
    var split = OutputCapture()
    for (index, piece) in pieces.enumerated() {
      whole.append(Array(piece))
      var rest = piece
      while !rest.isEmpty {
        let taken = rest.prefix(1 + random.randint(0..<3000))
        split.append(Array(taken))
        rest = rest.dropFirst(taken.count)
      }
      if index % 7 == 0 {
        whole.append(.seriesLine("loss", "loss \(index)\n"))
        split.append(.seriesLine("loss", "loss \(index)\n"))
      }
      // A run that goes on from a checkpoint takes the capture out of a file.
      if index % 1000 == 999 {
        split = try BinaryDecoder.decode(OutputCapture.self, from: BinaryEncoder.encode(split))
      }
    }
    #expect(whole.output == split.output)
    #expect(whole.output.contains(.seriesLine("loss", "loss 0\n")))
    #expect(whole.output.contains(.seriesLine("loss", "loss 3997\n")))
  }
}
