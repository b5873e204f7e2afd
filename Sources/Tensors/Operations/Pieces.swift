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
