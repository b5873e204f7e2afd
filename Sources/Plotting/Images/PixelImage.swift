import NbrunPlatform

/// An image of 8-bit pixels, grey or red-green-blue.
public struct PixelImage: Codable, Sendable, Hashable {
  /// Pixels in a row.
  package let width: Int
  /// Rows.
  package let height: Int
  /// 1 for grey, 3 for red, green and blue.
  package let channels: Int
  /// The pixels from the top left, row by row, the channels of each together (H×W×C).
  package let pixels: Data

  /// An image from its pixels, row by row, with their channels together (H×W×C).
  ///
  /// Traps unless there are `width · height · channels` of them and one or three channels.
  public init(width: Int, height: Int, channels: Int, pixels: [UInt8]) {
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = Data(pixels)
    precondition(isConsistent, "\(pixels.count) pixel values are no image of \(height)×\(width)×\(channels)")
  }

  /// An image from whole planes, one for each channel (C×H×W), as CIFAR-10 stores them.
  ///
  /// Traps as `init(width:height:channels:pixels:)` does.
  public init(width: Int, height: Int, planes: [UInt8]) {
    let area = max(width * height, 1)
    let channels = planes.count / area
    var pixels = [UInt8](repeating: 0, count: planes.count)
    for channel in 0..<channels {
      for position in 0..<area { pixels[position * channels + channel] = planes[channel * area + position] }
    }
    self.init(width: width, height: height, channels: channels, pixels: pixels)
  }

  /// An image from planes of numbers (C×H×W), their least black and their greatest white: for filters and activations.
  ///
  /// Values that are not finite become black. Traps as `init(width:height:channels:pixels:)` does.
  public init<Value: BinaryFloatingPoint>(width: Int, height: Int, stretching planes: [Value]) {
    let values = planes.map { Double($0) }
    let low = values.filter(\.isFinite).min() ?? 0
    let high = values.filter(\.isFinite).max() ?? 0
    // Halved first, so that the widest span of numbers does not overflow.
    let span = high / 2 - low / 2
    let bytes = values.map { value in
      value.isFinite && span > 0 ? UInt8(((value / 2 - low / 2) / span * 255).rounded()) : 0
    }
    self.init(width: width, height: height, planes: bytes)
  }

  /// The images below each other in one, which takes fewer bytes than many files; nil for fewer than two and for images of several
  /// sizes.
  static func sheet(of images: [PixelImage]) -> PixelImage? {
    guard images.count > 1, let first = images.first,
      images.allSatisfy({ ($0.width, $0.height, $0.channels) == (first.width, first.height, first.channels) })
    else { return nil }
    return PixelImage(
      width: first.width, height: images.count * first.height, channels: first.channels,
      pixels: images.flatMap(\.pixels))
  }

  /// Whether the pixels fill the image: a file may hold others.
  var isConsistent: Bool {
    guard width > 0, height > 0, channels == 1 || channels == 3 else { return false }
    let (area, overflow) = width.multipliedReportingOverflow(by: height)
    // Divided instead of multiplied: sizes that come from a file must not overflow.
    return !overflow && pixels.count % channels == 0 && pixels.count / channels == area
  }
}
