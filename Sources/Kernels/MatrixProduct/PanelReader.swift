/// A panel of a right matrix, read a step of the sums at a time.
@usableFromInline package protocol PanelReader {
  /// The vector of which each step of a panel has two.
  associatedtype Vector: KernelVector

  /// The panel's numbers for the next step.
  mutating func next() -> (Vector, Vector)
}

/// A panel that has been packed: its numbers for one step follow those for the one before.
@usableFromInline package struct PackedPanel<Vector: KernelVector>: PanelReader {
  @usableFromInline var place: UnsafePointer<Vector.Scalar>

  /// The panel that begins at `start`.
  @inlinable @inline(__always) init(_ start: UnsafePointer<Vector.Scalar>) { place = start }

  @inlinable @inline(__always) package mutating func next() -> (Vector, Vector) {
    let numbers = (Vector(loading: place), Vector(loading: place + Vector.width))
    place += 2 * Vector.width
    return numbers
  }
}

/// A panel that is packed while it is read: copying it takes no time of its own, because multiplying keeps the processor
/// busy elsewhere.
@usableFromInline package struct PanelBeingPacked<Vector: KernelVector>: PanelReader {
  @usableFromInline var source: UnsafePointer<Vector.Scalar>
  @usableFromInline let sourceStride: Int
  @usableFromInline var packed: UnsafeMutablePointer<Vector.Scalar>

  /// The panel whose steps begin `sourceStride` apart from `source` on, to be packed from `packed` on.
  @inlinable @inline(__always)
  init(
    _ source: UnsafePointer<Vector.Scalar>, sourceStride: Int, packedInto packed: UnsafeMutablePointer<Vector.Scalar>
  ) {
    (self.source, self.sourceStride, self.packed) = (source, sourceStride, packed)
  }

  @inlinable @inline(__always) package mutating func next() -> (Vector, Vector) {
    let (left, right) = (Vector(loading: source), Vector(loading: source + Vector.width))
    source += sourceStride
    left.store(to: packed)
    right.store(to: packed + Vector.width)
    packed += 2 * Vector.width
    return (left, right)
  }
}
