/// Transforms filters of 3×3 numbers, G g Gᵀ, a vector of channels at a time, and packs them for `PanelProduct`.
///
/// The result has 36 parts, one for each place in a transformed tile, each packed in micro-panels: filters × channels.
@usableFromInline package struct WinogradFilters<Scalar: KernelScalar>: Kernel {
  /// F×C×3×3, or C×F×3×3 when they are turned.
  @usableFromInline let filters: UnsafePointer<Scalar>
  /// How many channels a filter has, C.
  @usableFromInline let channels: Int
  /// How far apart two filters are.
  @usableFromInline let filterStride: Int
  /// How far apart two channels of a filter are.
  @usableFromInline let channelStride: Int
  /// Whether the filters are turned by 180°.
  @usableFromInline let isTurned: Bool
  /// How the filters are cut.
  @usableFromInline let partition: MicroPanelPartition
  /// Which micro-panel is transformed.
  @usableFromInline let microPanel: Int
  /// The first part.
  @usableFromInline let packed: UnsafeMutablePointer<Scalar>
  /// How far apart the parts are.
  @usableFromInline let partStride: Int
  /// Room for 63 vectors.
  @usableFromInline let scratch: UnsafeMutablePointer<Scalar>

  @inlinable
  package init(
    filters: UnsafePointer<Scalar>, channels: Int, filterStride: Int, channelStride: Int, isTurned: Bool,
    partition: MicroPanelPartition, microPanel: Int, packed: UnsafeMutablePointer<Scalar>, partStride: Int,
    scratch: UnsafeMutablePointer<Scalar>
  ) {
    (self.filters, self.channels, self.filterStride) = (filters, channels, filterStride)
    (self.channelStride, self.isTurned, self.partition) = (channelStride, isTurned, partition)
    (self.microPanel, self.packed, self.partStride, self.scratch) = (microPanel, packed, partStride, scratch)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    let width = Vector.width
    let middle = scratch + 9 * width
    let finished = middle + 18 * width
    let first = partition.start(of: microPanel)
    let height = partition.start(of: microPanel + 1) - first
    for row in 0..<height {
      var channel = 0
      while channel < channels {
        let lanes = min(width, channels - channel)
        gather(filters + ((first + row) * filterStride + channel * channelStride), lanes, width)
        for column in 0..<3 {
          let taps = scratch + column * width
          let transformed = Vector.filterTransform(Vector.three(taps, stride: 3 * width))
          Vector.store(transformed, to: middle + column * width, stride: 3 * width)
        }
        for line in 0..<6 {
          let taps = middle + line * 3 * width
          let transformed = Vector.filterTransform(Vector.three(taps, stride: width))
          Vector.store(transformed, to: finished + line * 6 * width, stride: width)
        }
        let target = packed + (first * channels + channel * height + row)
        for part in 0..<36 {
          for lane in 0..<lanes { target[part * partStride + lane * height] = finished[part * width + lane] }
        }
        channel += width
      }
    }
  }

  /// Copies the nine taps of some channels side by side.
  @inlinable @inline(__always) func gather(_ source: UnsafePointer<Scalar>, _ lanes: Int, _ width: Int) {
    for tap in 0..<9 {
      let place = source + (isTurned ? 8 - tap : tap)
      for lane in 0..<lanes { scratch[tap * width + lane] = place[lane * channelStride] }
      for lane in lanes..<width { scratch[tap * width + lane] = 0 }
    }
  }
}
