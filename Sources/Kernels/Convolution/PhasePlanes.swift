/// The layout in which the convolution kernels read an image: padded with zeros, and each channel cut into `stride`² planes
/// by the remainders of row and column modulo the stride.
///
/// In these planes every convolution has stride 1: the factor at row i and column j of a filter meets, for neighbouring
/// outputs, neighbouring numbers of the plane (i mod stride, j mod stride), shifted by (i / stride, j / stride). So a whole
/// vector of outputs takes one load. Rows are long enough for whole vectors; what lies beyond the image is zero.
public struct PhasePlanes {
  /// Channels of the image.
  public let channels: Int
  /// Rows and columns of the image.
  public let height: Int, width: Int
  /// Distance between neighbouring windows.
  public let stride: Int
  /// Rows of zeros above and columns of zeros left of the image; negative to leave some out.
  public let topPadding: Int, leftPadding: Int
  /// Rows of a plane.
  public let planeHeight: Int
  /// Length of a plane's row.
  public let rowLength: Int

  /// The layout for `outputHeight` × `outputWidth` windows of `windowHeight` × `windowWidth`, read `vectorWidth` at a time.
  public init(
    channels: Int, height: Int, width: Int, stride: Int, topPadding: Int, leftPadding: Int,
    windowHeight: Int, windowWidth: Int, outputHeight: Int, outputWidth: Int, vectorWidth: Int
  ) {
    self.channels = channels
    self.height = height
    self.width = width
    self.stride = stride
    self.topPadding = topPadding
    self.leftPadding = leftPadding
    planeHeight = outputHeight + (windowHeight - 1) / stride
    rowLength = (outputWidth + vectorWidth - 1) / vectorWidth * vectorWidth + (windowWidth - 1) / stride
  }

  /// How many numbers an image takes.
  public var count: Int { channels * stride * stride * planeHeight * rowLength }

  /// How many numbers behind an image the filling may write over: rows end with whole vectors.
  public static var slack: Int { 8 }

  /// Where the number that row `i` and column `j` of a window meet in channel `c` stands, for the first window.
  public func offset(channel c: Int, row i: Int, column j: Int) -> Int {
    let plane = (c * stride + i % stride) * stride + j % stride
    return (plane * planeHeight + i / stride) * rowLength + j / stride
  }
}

/// Copies an image, channels × height × width, into phase planes.
public struct PhasePlaneFilling<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The layout.
  public var planes: PhasePlanes
  /// The image.
  public var image: UnsafePointer<Scalar>
  /// Room for `planes.count` numbers and `PhasePlanes.slack` more.
  public var target: UnsafeMutablePointer<Scalar>

  /// An image to copy.
  @inlinable
  public init(planes: PhasePlanes, image: UnsafePointer<Scalar>, target: UnsafeMutablePointer<Scalar>) {
    self.planes = planes
    self.image = image
    self.target = target
  }

  /// Copies the image with vectors of type `Vector`.
  ///
  /// Rows are written in the order in which they stand, so each may end with a vector that reaches into the next.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    let stride = planes.stride
    var row = target
    for channel in 0..<planes.channels {
      for rowPhase in 0..<stride {
        for columnPhase in 0..<stride {
          let columns = PhaseColumns(planes, phase: columnPhase)
          var y = rowPhase - planes.topPadding
          for _ in 0..<planes.planeHeight {
            if y < 0 || y >= planes.height {
              zero(Vector.self, row, 0..<planes.rowLength)
            } else {
              fill(Vector.self, row, from: image + (channel * planes.height + y) * planes.width, columns)
            }
            row += planes.rowLength
            y += stride
          }
        }
      }
    }
  }

  /// Fills one row.
  @inlinable @inline(__always)
  func fill<Vector: KernelVector>(
    _: Vector.Type, _ row: UnsafeMutablePointer<Scalar>, from source: UnsafePointer<Scalar>, _ columns: PhaseColumns
  ) where Vector.Scalar == Scalar {
    zero(Vector.self, row, 0..<columns.inside.lowerBound)
    let (first, stride) = (columns.first, planes.stride)
    var place = columns.inside.lowerBound
    let end = columns.inside.upperBound
    if stride == 1 {
      while place + Vector.width <= end {
        Vector(loading: source + (first + place)).store(to: row + place)
        place += Vector.width
      }
    } else if stride == 2 {
      // Two vectors hold every second number once; the last pair starts one earlier, so that it ends within the row.
      while place + Vector.width <= end {
        let start = first + 2 * place
        if start + 2 * Vector.width <= planes.width {
          let pair = Vector(loading: source + start).deinterleaved(
            with: Vector(loading: source + (start + Vector.width)))
          pair.even.store(to: row + place)
        } else if start > 0 {
          let pair = Vector(loading: source + (start - 1)).deinterleaved(
            with: Vector(loading: source + (start - 1 + Vector.width)))
          pair.odd.store(to: row + place)
        } else {
          break
        }
        place += Vector.width
      }
    }
    while place < end {
      row[place] = source[first + place * stride]
      place += 1
    }
    zero(Vector.self, row, end..<planes.rowLength)
  }

  /// Writes zeros to some places of a row and up to a vector's width behind them.
  @inlinable @inline(__always)
  func zero<Vector: KernelVector>(_: Vector.Type, _ row: UnsafeMutablePointer<Scalar>, _ places: Range<Int>)
  where Vector.Scalar == Scalar {
    var place = places.lowerBound
    while place < places.upperBound {
      Vector(repeating: 0).store(to: row + place)
      place += Vector.width
    }
  }
}

/// Which numbers of an image's row a row of one phase holds: place i that of column `first` + i · stride, or zero outside.
@usableFromInline
struct PhaseColumns {
  /// The column at place 0; negative where it lies in the padding.
  @usableFromInline let first: Int
  /// The places that lie within the image.
  @usableFromInline let inside: Range<Int>

  @inlinable @inline(__always)
  init(_ planes: PhasePlanes, phase: Int) {
    first = phase - planes.leftPadding
    let stride = planes.stride
    let start = first >= 0 ? 0 : min(planes.rowLength, (stride - 1 - first) / stride)
    let columns = planes.width - first
    inside = start..<(columns <= 0 ? start : max(start, min(planes.rowLength, (columns + stride - 1) / stride)))
  }
}
