/// A network as one line says it, such as `[conv(64) - relu - pool]x2 - [affine(500) - relu]x1 - softmax`; see `language`.
public struct NetworkDescription: Sendable, Equatable {
  /// How the line is written, for those who write one.
  public static let language = """
    A network's line: its layers joined by -, the loss last; a part in brackets is repeated with xN behind it.

        [conv(64) - relu - pool]x2 - [affine(500) - relu]x1 - softmax

        conv(F, size, stride)  convolution with F filters of size×size that keeps the images' size at
                               stride 1; the size is odd, 3 unless given, the stride 1
        relu                   rectified linear units
        pool(size, stride)     max pooling over size×size windows; size 2, stride the size unless given
        batchnorm              batch normalisation, of channels or of features
        dropout(p)             dropout with probability p of dropping
        affine(M)              fully connected layer with M units
        softmax, svm           the loss, after an affine layer to one score for each class
    """

  /// One layer and its settings.
  public enum Layer: Sendable, Equatable {
    /// A convolution with square filters.
    case convolution(filters: Int, size: Int, stride: Int)
    /// Rectified linear units.
    case relu
    /// Max pooling over square windows.
    case pool(size: Int, stride: Int)
    /// Batch normalisation.
    case batchNormalisation
    /// Dropout with this probability of dropping.
    case dropout(p: Double)
    /// A fully connected layer.
    case affine(units: Int)
  }

  /// A layer and where the line says it.
  public struct Item: Sendable, Equatable {
    /// The layer.
    public var layer: Layer
    /// The characters that say it, counted from 0.
    public var columns: Range<Int>
  }

  /// The layers in order, repetitions written out.
  public var layers: [Item]
  /// The loss at the end.
  public var loss: LossFunction

  /// Reads a line.
  ///
  /// - Throws: `NetworkDescriptionError`, which points into the line.
  public init(_ line: String) throws(NetworkDescriptionError) {
    var parser = NetworkDescriptionParser(line)
    (layers, loss) = try parser.parse()
  }

  /// The most layers that a line may have with its repetitions written out.
  public static let largestLayerCount = 1000
}

/// What is wrong with a network's line, and where.
public struct NetworkDescriptionError: Error, Equatable, Sendable, CustomStringConvertible {
  /// One sentence without a full stop.
  public var message: String
  /// The characters that it concerns, counted from 0; never empty, but it may lie just behind the line's end.
  public var columns: Range<Int>

  /// An error at `columns`.
  public init(_ message: String, at columns: Range<Int>) {
    self.message = message
    self.columns = columns
  }

  /// The message.
  public var description: String { message }
}
