import Foundation
import NbrunKernels
import Testing

#if arch(arm64)
  import NbrunKernelsNEON
#else
  import NbrunKernelsAVX2
  import NbrunKernelsPortable
#endif

@testable import NbrunTensors

/// The kernels by themselves: in each variant that this processor has, against loops that say the same plainly.
@Suite("Kernels")
struct KernelTests {
  /// Lengths on both sides of a vector's, and of several.
  static let lengths = [0, 1, 3, 4, 5, 7, 8, 9, 16, 33, 100]

  @Test("each has its line in each variant's list, without which it would run unspecialised")
  func lists() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    let folder = sources.appending(path: "Kernels").resolvingSymlinksInPath()
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let all = try #require(files).compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    var kernels: [String] = []
    for file in all {
      let text = try String(contentsOf: file, encoding: .utf8)
      kernels += text.matches(of: #/struct (\w+)<Scalar: KernelScalar>: (?:\w*Kernel|OptimiserStep) /#).map {
        String($0.1)
      }
    }
    #expect(kernels.count == 32)
    for list in ["AVX2", "NEON", "Portable"].map({ "Kernels\($0)/KernelList.swift" }) {
      let text = try String(contentsOf: sources.appending(path: list), encoding: .utf8)
      for kernel in kernels {
        // Minimal filtering, with its products of packed panels, and the peak are for Float alone.
        let isForFloat = kernel.hasPrefix("Winograd") || ["PanelProduct", "ArithmeticPeak"].contains(kernel)
        let types = isForFloat ? ["Float"] : ["Float", "Double"]
        for type in types {
          #expect(text.contains("@specialized(where K == \(kernel)<\(type)>)"), "\(list) lacks \(kernel)<\(type)>")
        }
      }
    }
  }

  @Test("ReLU and its gradient", arguments: lengths)
  func rectification(count: Int) {
    let (x, dout) = (numbers(count, seed: 1), numbers(count, seed: 2))
    let (input, gradient) = (Room(x), Room(dout))
    check(x.map { $0 < 0 ? 0 : $0 }) { Rectification(input: input.start, output: $0, count: count) }
    check(zip(dout, x).map { $0 * ($1 > 0 ? 1 : 0) }) {
      RectificationGradient(gradient: gradient.start, output: input.start, result: $0, count: count)
    }
  }

  @Test("steps of gradient descent and momentum", arguments: lengths, [false, true])
  func steps(count: Int, isNesterov: Bool) {
    let (w, dw, old) = (numbers(count, seed: 3), numbers(count, seed: 4), numbers(count, seed: 5))
    let gradient = Room(dw)
    let decayed = zip(dw, w).map { $0 + 0.25 * $1 }
    check(zip(w, decayed).map { $0 - 0.5 * $1 }, from: w) {
      GradientStep(ParameterPiece(values: $0, gradient: gradient.start, decay: 0.25, count: count), rate: 0.5)
    }
    let new = zip(old, decayed).map { 0.9 * $0 - 0.5 * $1 }
    var velocity = Room(old)
    check(w.indices.map { w[$0] + new[$0] + (isNesterov ? 0.9 * (new[$0] - old[$0]) : 0) }, from: w) {
      velocity = Room(old)
      return MomentumStep(
        ParameterPiece(values: $0, gradient: gradient.start, decay: 0.25, count: count), velocity: velocity.start,
        momentum: 0.9, rate: 0.5, isNesterov: isNesterov)
    }
    #expect(zip(velocity.values, new).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test("steps that divide by a running mean of squares", arguments: lengths)
  func meanSquareSteps(count: Int) {
    let (w, dw, old) = (numbers(count, seed: 8), numbers(count, seed: 9), numbers(count, seed: 10))
    let squares = numbers(count, seed: 11).map { $0 * $0 }
    let (gradient, mean, meanSquare) = (Room(dw), Room(old), Room(squares))
    let decayed = zip(dw, w).map { $0 + 0.25 * $1 }
    func followed(_ a: [Float], _ b: [Float], _ kept: Float) -> [Float] {
      zip(a, b).map { kept * $0 + (1 - kept) * $1 }
    }
    let m = followed(old, decayed, 0.75)
    let a = followed(squares, decayed.map { $0 * $0 }, 0.875)
    func piece(_ values: UnsafeMutablePointer<Float>) -> ParameterPiece<Float> {
      for (index, value) in old.enumerated() { mean.start[index] = value }
      for (index, value) in squares.enumerated() { meanSquare.start[index] = value }
      return ParameterPiece(values: values, gradient: gradient.start, decay: 0.25, count: count)
    }
    check(w.indices.map { w[$0] - 0.5 * m[$0] / ((4 * a[$0]).squareRoot() + 0.125) }, from: w) {
      AdamStep(
        piece($0), mean: mean.start, meanSquare: meanSquare.start, beta1: 0.75, beta2: 0.875, gradientShare: 0.25,
        squareShare: 0.125, rate: 0.5, squareCorrection: 4, epsilon: 0.125)
    }
    #expect(zip(mean.values + meanSquare.values, m + a).allSatisfy { abs($0 - $1) < 1e-5 })
    check(w.indices.map { w[$0] - 0.5 * decayed[$0] / (a[$0].squareRoot() + 0.125) }, from: w) {
      RMSPropStep(
        piece($0), meanSquare: meanSquare.start, decayRate: 0.875, squareShare: 0.125, rate: 0.5, epsilon: 0.125)
    }
    #expect(zip(meanSquare.values, a).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test("sums of squares and of rows", arguments: lengths)
  func sums(count: Int) {
    let (x, rows) = (numbers(count, seed: 6), numbers(3 * count, seed: 7))
    let (row, matrix) = (Room(x), Room(rows))
    check([x.reduce(0) { $0 + $1 * $1 }]) { SquareSum(input: row.start, count: count, result: $0) }
    check((0..<count).map { rows[$0] + rows[count + $0] + rows[2 * count + $0] }) {
      RowSums(input: matrix.start, rows: 3, columns: count, rowStride: count, result: $0)
    }
  }

  /// Memory with some numbers, and one behind them that nobody is to write.
  private final class Room {
    let start: UnsafeMutablePointer<Float>
    let count: Int

    init(_ values: [Float]) {
      count = values.count
      start = .allocate(capacity: count + 1)
      for (index, value) in (values + [42]).enumerated() { (start + index).initialize(to: value) }
    }

    deinit { start.deallocate() }

    var values: [Float] { (0..<count).map { start[$0] } }
    var isIntact: Bool { start[count] == 42 }
  }

  /// Numbers from −1 to 1.
  private func numbers(_ count: Int, seed: UInt64) -> [Float] {
    var random = SplitMix(state: seed)
    return (0..<count).map { _ in Float.random(in: -1...1, using: &random) }
  }

  /// Runs the kernel in every variant that this processor has and compares what it writes.
  private func check(
    _ expected: [Float], from start: [Float]? = nil, sourceLocation: SourceLocation = #_sourceLocation,
    _ kernel: (UnsafeMutablePointer<Float>) -> some Kernel<Float>
  ) {
    for usesAVX2 in [false, true] where !usesAVX2 || NumericVariant.current == .avx2 {
      let room = Room(start ?? [Float](repeating: .nan, count: expected.count))
      #if arch(arm64)
        NbrunKernelsNEON.run(kernel(room.start))
      #else
        usesAVX2 ? NbrunKernelsAVX2.run(kernel(room.start)) : NbrunKernelsPortable.run(kernel(room.start))
      #endif
      #expect(room.isIntact, sourceLocation: sourceLocation)
      #expect(
        zip(room.values, expected).allSatisfy { abs($0 - $1) < 1e-5 * max(1, abs($1)) },
        "\(room.values) where \(expected) is right", sourceLocation: sourceLocation)
    }
  }
}
