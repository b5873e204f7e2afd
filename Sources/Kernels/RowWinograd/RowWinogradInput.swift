/// Pads an image and transforms its rows, tile by tile: Bᵀ d.
///
/// The result has seven parts, each channels × rows × `rowLength`, where place t of a row belongs to the seven numbers from
/// 4t on.
public struct RowWinogradInput<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The image: channels × height × width.
  public var image: UnsafePointer<Scalar>
  /// The image's sizes.
  public var channels: Int, height: Int, width: Int
  /// Rows of zeros above and columns of zeros left of the image.
  public var padding: Int
  /// How many padded rows there are.
  public var rows: Int
  /// How many tiles a row has.
  public var rowLength: Int
  /// The first part.
  public var target: UnsafeMutablePointer<Scalar>
  /// How far apart the parts are: at least as far as they are long, and a vector's width more, for rows end with whole
  /// vectors.
  public var partStride: Int
  /// Room for a padded row: `scratchCount(rowLength:)` numbers.
  public var scratch: UnsafeMutablePointer<Scalar>

  /// A kernel with these arguments.
  @inlinable
  public init(
    image: UnsafePointer<Scalar>, channels: Int, height: Int, width: Int, padding: Int, rows: Int, rowLength: Int,
    target: UnsafeMutablePointer<Scalar>, partStride: Int, scratch: UnsafeMutablePointer<Scalar>
  ) {
    self.image = image
    self.channels = channels
    self.height = height
    self.width = width
    self.padding = padding
    self.rows = rows
    self.rowLength = rowLength
    self.target = target
    self.partStride = partStride
    self.scratch = scratch
  }

  /// The room that a padded row takes, for vectors of up to eight numbers.
  public static func scratchCount(rowLength: Int) -> Int { 4 * (rowLength + 8) + 4 }

  /// Runs with vectors of type `Vector`.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    let columns = min(width, Self.scratchCount(rowLength: rowLength) - padding)
    for place in 0..<Self.scratchCount(rowLength: rowLength) { scratch[place] = 0 }
    var row = target
    for channel in 0..<channels {
      for y in -padding..<rows - padding {
        if y < 0 || y >= height {
          zero(Vector.self, row)
        } else {
          copy(Vector.self, image + (channel * height + y) * width, count: columns)
          transform(Vector.self, to: row)
        }
        row += rowLength
      }
    }
  }

  /// Copies a row of the image between the zeros that stay.
  @inlinable @inline(__always)
  func copy<Vector: KernelVector>(_: Vector.Type, _ source: UnsafePointer<Scalar>, count: Int)
  where Vector.Scalar == Scalar {
    var place = 0
    while place + Vector.width <= count {
      Vector(loading: source + place).store(to: scratch + (padding + place))
      place += Vector.width
    }
    while place < count {
      scratch[padding + place] = source[place]
      place += 1
    }
  }

  @inlinable @inline(__always)
  func transform<Vector: KernelVector>(_: Vector.Type, to row: UnsafeMutablePointer<Scalar>)
  where Vector.Scalar == Scalar {
    var tile = 0
    while tile < rowLength {
      let own = Vector.loadByFours(scratch + 4 * tile)
      let next = Vector.loadByFours(scratch + 4 * tile + 4)
      let transformed = Vector.rowInputTransform((own.0, own.1, own.2, own.3, next.0, next.1), next.2)
      Vector.store(transformed, to: row + tile, stride: partStride)
      tile += Vector.width
    }
  }

  @inlinable @inline(__always)
  func zero<Vector: KernelVector>(_: Vector.Type, _ row: UnsafeMutablePointer<Scalar>)
  where Vector.Scalar == Scalar {
    let none = Vector(repeating: 0)
    var tile = 0
    while tile < rowLength {
      Vector.store(((none, none, none, none, none, none), none), to: row + tile, stride: partStride)
      tile += Vector.width
    }
  }
}
