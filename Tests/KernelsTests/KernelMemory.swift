import NbrunKernels
import NbrunTestSupport
import Testing

#if arch(arm64)
  import NbrunKernelsNEON
#else
  import NbrunKernelsAVX2
  import NbrunKernelsPortable
#endif

@testable import NbrunTensors

/// Lengths on both sides of a vector's, and of several.
let kernelLengths = [0, 1, 3, 4, 5, 7, 8, 9, 16, 33, 100]

/// Multiples of 1/8 from −2 to 2: sums of their products are exact, in `Float` too.
func eighths(_ count: Int, seed: Int) -> [Double] {
  var random = FuzzGenerator(seed: seed)
  return (0..<count).map { _ in Double(Int.random(in: -16...16, using: &random)) / 8 }
}

/// What a test lends a kernel in one variant: numbers to read and room to write, each in a block of its own.
///
/// Around a block all bits are set. So nobody can write there unnoticed, and a number that is read there is NaN.
final class KernelMemory<Scalar: KernelScalar> {
  /// Room for results, and what stood there before.
  struct Room<Element> {
    let start: UnsafeMutablePointer<Element>
    let before: [Element]
  }

  private struct Block {
    let bytes: UnsafeMutableRawBufferPointer
    /// What the block and what is around it must hold in the end: all bytes, or those that nobody may write.
    let before: [UInt8]
    let writable: Range<Int>

    var isIntact: Bool { bytes.indices.allSatisfy { writable.contains($0) || bytes[$0] == before[$0] } }
  }

  /// How many bytes before and behind a block are watched. What it leaves of a vector's size makes blocks unaligned.
  private static var margin: Int { 4 * 64 + 8 }

  private let usesAVX2: Bool
  private var blocks: [Block] = []

  private init(usesAVX2: Bool) { self.usesAVX2 = usesAVX2 }

  deinit { for block in blocks { block.bytes.deallocate() } }

  /// Runs a test in each variant that this processor has. What it lent to be read, and all that is around the blocks, must
  /// then be as it was.
  static func inEachVariant(
    sourceLocation: SourceLocation = #_sourceLocation, _ test: (KernelMemory) -> Void
  ) {
    for usesAVX2 in [false, true] where !usesAVX2 || NumericVariant.current == .avx2 {
      let memory = KernelMemory(usesAVX2: usesAVX2)
      test(memory)
      let isIntact = memory.blocks.allSatisfy(\.isIntact)
      #expect(isIntact, "written where nothing is to be written", sourceLocation: sourceLocation)
    }
  }

  /// Runs a kernel in this variant.
  func run(_ kernel: some Kernel<Scalar>) {
    #if arch(arm64)
      NbrunKernelsNEON.run(kernel)
    #else
      usesAVX2 ? NbrunKernelsAVX2.run(kernel) : NbrunKernelsPortable.run(kernel)
    #endif
  }

  /// How many numbers the kernels of this variant treat at once.
  var width: Int {
    #if arch(arm64)
      NbrunKernelsNEON.vectorWidth(of: Scalar.self)
    #else
      usesAVX2
        ? NbrunKernelsAVX2.vectorWidth(of: Scalar.self) : NbrunKernelsPortable.vectorWidth(of: Scalar.self)
    #endif
  }

  // MARK: Blocks

  /// Numbers to be read.
  func input(_ numbers: [Double]) -> UnsafePointer<Scalar> { UnsafePointer(block(numbers.map { Scalar($0) }, 0)) }

  /// Something else to be read.
  func input<Element>(_ elements: [Element]) -> UnsafePointer<Element> { UnsafePointer(block(elements, 0)) }

  /// Numbers to be changed.
  func room(_ numbers: [Double]) -> Room<Scalar> { room(numbers.map { Scalar($0) }) }

  /// Room for `count` numbers, in which there is one that no test computes, and for `slack` more, of which it does not matter
  /// what they become.
  func room(count: Int, slack: Int = 0) -> Room<Scalar> { room([Double](repeating: 1e6, count: count + slack)) }

  /// Room for numbers of which it does not matter what they become.
  func scratch(_ count: Int) -> UnsafeMutablePointer<Scalar> { room(count: count).start }

  /// Something else to be changed.
  func room<Element>(_ elements: [Element]) -> Room<Element> {
    Room(start: block(elements, elements.count), before: elements)
  }

  private func block<Element>(_ elements: [Element], _ writable: Int) -> UnsafeMutablePointer<Element> {
    let size = MemoryLayout<Element>.stride
    let bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: elements.count * size + 2 * Self.margin, alignment: 64)
    bytes.initializeMemory(as: UInt8.self, repeating: 0xFF)
    let start = (bytes.baseAddress! + Self.margin).bindMemory(to: Element.self, capacity: elements.count)
    start.initialize(from: elements, count: elements.count)
    blocks.append(
      Block(bytes: bytes, before: Array(bytes), writable: Self.margin..<Self.margin + writable * size))
    return start
  }

  // MARK: Results

  /// What stands in a room.
  func contents<Element>(of room: Room<Element>) -> [Element] { room.before.indices.map { room.start[$0] } }

  /// Compares the first numbers of a room. Where there is nil, the number from before must be left.
  func expect(_ room: Room<Scalar>, _ expected: [Double?], sourceLocation: SourceLocation = #_sourceLocation) {
    let numbers = contents(of: room)
    let wrong = expected.indices.first { index in
      guard let number = expected[index] else { return numbers[index] != room.before[index] }
      return !Self.agrees(Double(numbers[index]), number)
    }
    guard let wrong else { return }
    let right = expected[wrong].map { "\($0)" } ?? "what was there, \(room.before[wrong]),"
    Issue.record(
      "number \(wrong) is \(numbers[wrong]) where \(right) is right (\(usesAVX2 ? "AVX2" : "plain"), \(Scalar.self))",
      sourceLocation: sourceLocation)
  }

  private static func agrees(_ number: Double, _ right: Double) -> Bool {
    if right.isNaN || right.isInfinite { return right.isNaN ? number.isNaN : number == right }
    return abs(number - right) <= (Scalar.self == Float.self ? 1e-5 : 1e-13) * max(1, abs(right))
  }
}

/// A matrix, row by row, in the order of packed micro-panels: the factors of all rows of one for the first step, then those for
/// the second.
func inMicroPanels(_ matrix: [Double], depth: Int, _ partition: MicroPanelPartition) -> [Double] {
  (0..<partition.count).flatMap { microPanel in
    (0..<depth).flatMap { step in
      (partition.start(of: microPanel)..<partition.start(of: microPanel + 1)).map { matrix[$0 * depth + step] }
    }
  }
}
