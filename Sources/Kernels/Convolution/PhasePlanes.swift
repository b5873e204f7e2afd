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
  /// Room for `planes.count` numbers.
  public var target: UnsafeMutablePointer<Scalar>

  /// An image to copy.
  @inlinable
  public init(planes: PhasePlanes, image: UnsafePointer<Scalar>, target: UnsafeMutablePointer<Scalar>) {
    self.planes = planes
    self.image = image
    self.target = target
  }

  /// Copies the image with vectors of type `Vector`.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    let stride = planes.stride
    var row = target
    for channel in 0..<planes.channels {
      for rowPhase in 0..<stride {
        for columnPhase in 0..<stride {
          for planeRow in 0..<planes.planeHeight {
            let y = planeRow * stride + rowPhase - planes.topPadding
            if y < 0 || y >= planes.height {
              zero(Vector.self, row, count: planes.rowLength)
            } else {
              let source = image + (channel * planes.height + y) * planes.width
              fill(Vector.self, row, from: source, firstColumn: columnPhase - planes.leftPadding)
            }
            row += planes.rowLength
          }
        }
      }
    }
  }

  /// Fills one row: its number at place i is the image's at column `firstColumn` + i · stride, or zero outside.
  @inlinable @inline(__always)
  func fill<Vector: KernelVector>(
    _: Vector.Type, _ row: UnsafeMutablePointer<Scalar>, from source: UnsafePointer<Scalar>, firstColumn: Int
  ) where Vector.Scalar == Scalar {
    let stride = planes.stride
    let length = planes.rowLength
    let start = firstColumn >= 0 ? 0 : min(length, (stride - 1 - firstColumn) / stride)
    let inside = planes.width - firstColumn
    let end = inside <= 0 ? start : max(start, min(length, (inside + stride - 1) / stride))
    for place in 0..<start { row[place] = 0 }
    var place = start
    if stride == 1 {
      let shifted = source + firstColumn
      while place + Vector.width <= end {
        Vector(loading: shifted + place).store(to: row + place)
        place += Vector.width
      }
    }
    while place < end {
      row[place] = source[firstColumn + place * stride]
      place += 1
    }
    zero(Vector.self, row + end, count: length - end)
  }

  @inlinable @inline(__always)
  func zero<Vector: KernelVector>(_: Vector.Type, _ row: UnsafeMutablePointer<Scalar>, count: Int)
  where Vector.Scalar == Scalar {
    var place = 0
    while place + Vector.width <= count {
      Vector(repeating: 0).store(to: row + place)
      place += Vector.width
    }
    while place < count {
      row[place] = 0
      place += 1
    }
  }
}
