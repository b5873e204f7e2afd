import NbrunKernels

#if arch(arm64)
  import NbrunKernelsNEON
#else
  import NbrunKernelsAVX2
  import NbrunKernelsPortable
#endif

extension KernelScalar {
  /// Runs a kernel in the variant that this CPU has (`NumericVariant.current`).
  static func run(_ kernel: some Kernel<Self>) {
    #if arch(arm64)
      NbrunKernelsNEON.run(kernel)
    #else
      NumericVariant.usesAVX2 ? NbrunKernelsAVX2.run(kernel) : NbrunKernelsPortable.run(kernel)
    #endif
  }

  /// How many numbers the kernels treat at once in that variant.
  static var vectorWidth: Int {
    #if arch(arm64)
      NbrunKernelsNEON.vectorWidth(of: Self.self)
    #else
      NumericVariant.usesAVX2
        ? NbrunKernelsAVX2.vectorWidth(of: Self.self) : NbrunKernelsPortable.vectorWidth(of: Self.self)
    #endif
  }
}

/// Lends `body` room for `count` numbers with unspecified content.
func withScratch<Scalar: KernelScalar, Result>(
  of _: Scalar.Type, count: Int, on device: Device, _ body: (UnsafeMutablePointer<Scalar>) throws -> Result
) rethrows -> Result {
  let byteCount = count * MemoryLayout<Scalar>.stride
  let block = device.buffers.allocate(byteCount: byteCount)
  defer { device.buffers.deallocate(block, byteCount: byteCount) }
  return try body(block.assumingMemoryBound(to: Scalar.self))
}

extension ThreadPool {
  /// Calls `body` with consecutive ranges that make up `0..<count`, each of `pieceSize` numbers but the last.
  func runInPieces(of pieceSize: Int, count: Int, _ body: (Range<Int>) -> Void) {
    run(count: (count + pieceSize - 1) / pieceSize) { piece in
      body(piece * pieceSize..<min(count, (piece + 1) * pieceSize))
    }
  }
}

/// How many numbers an elementwise operation gives a thread at a time: 64 KB of floats.
let elementsAtOnce = 1 << 14

/// Part `index` of `0..<count` cut into `parts` ranges, as even as they go.
func share(_ index: Int, of parts: Int, in count: Int) -> Range<Int> {
  count * index / parts..<count * (index + 1) / parts
}
