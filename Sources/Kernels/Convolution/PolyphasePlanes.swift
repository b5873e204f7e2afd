/// The layout in which the convolution kernels read an image: padded with zeros, and each channel cut into planes by the
/// remainders of row and column modulo the stride, without those that no window meets: `stride`², or fewer where windows are
/// smaller than that.
///
/// In these planes every convolution has stride 1: the factor at row i and column j of a filter meets, for neighbouring
/// outputs, neighbouring numbers of the plane (i mod stride, j mod stride), shifted by (i / stride, j / stride). So a whole
/// vector of outputs takes one load. Rows are long enough for whole vectors; what lies beyond the image is zero.
@usableFromInline package struct PolyphasePlanes {
  /// Channels of the image.
  @usableFromInline package let channels: Int
  /// Rows and columns of the image.
  @usableFromInline package let height: Int, width: Int
  /// Distance between neighbouring windows.
  @usableFromInline package let stride: Int
  /// Rows of zeros above and columns of zeros left of the image; negative to leave some out.
  @usableFromInline package let topPadding: Int, leftPadding: Int
  /// Remainders of rows and of columns that have a plane.
  @usableFromInline package let rowPhases: Int, columnPhases: Int
  /// Rows of a plane.
  @usableFromInline package let planeHeight: Int
  /// Length of a plane's row.
  @usableFromInline package let rowLength: Int

  /// The layout for `outputHeight` × `outputWidth` windows of `windowHeight` × `windowWidth`, read `vectorWidth` at a time.
  package init(
    channels: Int, height: Int, width: Int, stride: Int, topPadding: Int, leftPadding: Int,
    windowHeight: Int, windowWidth: Int, outputHeight: Int, outputWidth: Int, vectorWidth: Int
  ) {
    (self.channels, self.height, self.width) = (channels, height, width)
    (self.stride, self.topPadding, self.leftPadding) = (stride, topPadding, leftPadding)
    (rowPhases, columnPhases) = (min(stride, windowHeight), min(stride, windowWidth))
    planeHeight = outputHeight + (windowHeight - 1) / stride
    rowLength = (outputWidth + vectorWidth - 1) / vectorWidth * vectorWidth + (windowWidth - 1) / stride
  }

  /// How many numbers an image takes.
  @inlinable package var count: Int { channels * rowPhases * columnPhases * planeHeight * rowLength }

  /// How many numbers behind an image the filling may write over: zeros are written in whole vectors.
  @inlinable package static var slack: Int { 8 }

  /// Where the number that row `i` and column `j` of a window meet in channel `c` stands, for the first window.
  package func offset(channel c: Int, row i: Int, column j: Int) -> Int {
    let plane = (c * rowPhases + i % stride) * columnPhases + j % stride
    return (plane * planeHeight + i / stride) * rowLength + j / stride
  }
}

/// Copies an image, channels × height × width, into polyphase planes.
@usableFromInline package struct PolyphaseFilling<Scalar: KernelScalar>: Kernel {
  /// The layout.
  @usableFromInline let planes: PolyphasePlanes
  @usableFromInline let image: UnsafePointer<Scalar>
  /// Room for `planes.count` numbers and `PolyphasePlanes.slack` more.
  @usableFromInline let target: UnsafeMutablePointer<Scalar>
  /// Whether the target holds an image in the same layout, so that its zeros are there.
  @usableFromInline let isFilled: Bool
  /// Where the sums of the squares of all channels' numbers go, for each position of the image, with a vector's room behind them;
  /// nothing where nobody asks for them.
  @usableFromInline let squares: UnsafeMutablePointer<Scalar>?

  @inlinable
  package init(
    planes: PolyphasePlanes, image: UnsafePointer<Scalar>, target: UnsafeMutablePointer<Scalar>, isFilled: Bool = false,
    squares: UnsafeMutablePointer<Scalar>? = nil
  ) {
    (self.planes, self.image, self.target) = (planes, image, target)
    (self.isFilled, self.squares) = (isFilled, squares)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    if !isFilled { Vector.writeZeros(to: target, count: planes.count) }
    let positions = planes.height * planes.width
    if let squares { Vector.writeZeros(to: squares, count: positions) }
    let stride = planes.stride
    let planeCount = planes.planeHeight * planes.rowLength
    let first = max(0, -planes.leftPadding)
    let end = min(planes.width, stride * planes.rowLength - planes.leftPadding)
    guard first < end else { return }
    for channel in 0..<planes.channels {
      for rowPhase in 0..<planes.rowPhases {
        // The rows of this phase that lie in the image, and where they go in the plane of column phase 0.
        let rows = planeRows(ofPhase: rowPhase)
        var source =
          image + (channel * planes.height + rows.lowerBound * stride + rowPhase - planes.topPadding) * planes.width
        let plane = (channel * planes.rowPhases + rowPhase) * planes.columnPhases
        var row = target + (plane * planeCount + rows.lowerBound * planes.rowLength)
        if stride == 2 && planes.columnPhases == 2 && end - first >= 2 * Vector.width {
          split(Vector.self, source, first..<end, rows: rows.count, to: row, planeCount)
        } else {
          for _ in rows {
            if stride == 1 {
              copy(Vector.self, source, first..<end, to: row)
            } else {
              distribute(source, first..<end, to: row, planeCount)
            }
            source += stride * planes.width
            row += planes.rowLength
          }
        }
      }
      // Of four channels at a time, which the first-level cache still holds.
      if let squares, channel % 4 == 3 || channel == planes.channels - 1 {
        PositionSquares(positions: positions, squares: squares).add(
          Vector.self, image + (channel - channel % 4) * positions, channels: channel % 4 + 1)
      }
    }
  }

  /// Which rows of the planes of a row phase lie in the image.
  @inlinable @inline(__always) func planeRows(ofPhase phase: Int) -> Range<Int> {
    let stride = planes.stride
    let first = max(0, (planes.topPadding - phase + stride - 1) / stride)
    let beyond = planes.height + planes.topPadding - phase + stride - 1
    let end = beyond > 0 ? min(planes.planeHeight, beyond / stride) : 0
    return first..<max(first, end)
  }

  /// Copies some columns of a row at stride 1; the last vector begins earlier, so that it ends with them.
  @inlinable @inline(__always)
  func copy<Vector: KernelVector<Scalar>>(
    _: Vector.Type, _ source: UnsafePointer<Scalar>, _ columns: Range<Int>, to row: UnsafeMutablePointer<Scalar>
  ) {
    guard columns.count >= Vector.width else { return distribute(source, columns, to: row, 0) }
    let target = row + planes.leftPadding
    let last = columns.upperBound - Vector.width
    var column = columns.lowerBound
    while column < last {
      Vector(loading: source + column).store(to: target + column)
      column += Vector.width
    }
    Vector(loading: source + last).store(to: target + last)
  }

  /// Shares some columns, at least two vectors of them, of every other row out to the planes of two phases.
  @inlinable @inline(__always)
  func split<Vector: KernelVector<Scalar>>(
    _: Vector.Type, _ source: UnsafePointer<Scalar>, _ columns: Range<Int>, rows: Int,
    to target: UnsafeMutablePointer<Scalar>, _ planeCount: Int
  ) {
    let last = columns.upperBound - 2 * Vector.width
    var column = columns.lowerBound
    while true {
      let padded = column + planes.leftPadding
      var even = target + (padded % 2 * planeCount + padded / 2)
      var odd = target + ((padded + 1) % 2 * planeCount + (padded + 1) / 2)
      var position = source + column
      for _ in 0..<rows {
        let pair = Vector(loading: position).deinterleaved(with: Vector(loading: position + Vector.width))
        pair.even.store(to: even)
        pair.odd.store(to: odd)
        position += 2 * planes.width
        even += planes.rowLength
        odd += planes.rowLength
      }
      guard column < last else { return }
      column = min(column + 2 * Vector.width, last)
    }
  }

  /// Shares some columns of a row out to the planes of all phases, number by number.
  @inlinable @inline(__always)
  func distribute(
    _ source: UnsafePointer<Scalar>, _ columns: Range<Int>, to row: UnsafeMutablePointer<Scalar>, _ planeCount: Int
  ) {
    let padded = columns.lowerBound + planes.leftPadding
    var phase = padded % planes.stride
    var position = row + padded / planes.stride
    for column in columns {
      if phase < planes.columnPhases { position[phase * planeCount] = source[column] }
      phase += 1
      if phase == planes.stride {
        position += 1
        phase = 0
      }
    }
  }
}
