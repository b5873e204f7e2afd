import Kernels

/// A number that the kernels compute with: `Float` or `Double`.
///
/// Its requirements start a kernel in the variant that this CPU has (`NumericVariant.current`).
public protocol KernelScalar: BinaryFloatingPoint, SIMDScalar, Codable, Sendable {
  /// How many numbers the kernels treat at once: the width of their vectors.
  static var vectorWidth: Int { get }

  /// Runs a kernel.
  static func run(_ kernel: PanelProduct<Self>)

  /// Runs a kernel.
  static func run(_ kernel: PackingProduct<Self>)

  /// Runs a kernel.
  static func run(_ kernel: LeftPacking<Self>)

  /// Runs a kernel.
  static func run(_ kernel: PhasePlaneFilling<Self>)

  /// Runs a kernel.
  static func run(_ kernel: ImageProduct<Self>)

  /// Runs a kernel.
  static func run(_ kernel: FilterGradient<Self>)

  /// Runs a kernel.
  static func run(_ kernel: ImageInterleaving<Self>)

  /// Runs a kernel.
  static func run(_ kernel: WinnerGradient<Self>)

  /// Runs a kernel.
  static func run(_ kernel: LaneSums<Self>)

  /// Runs a kernel.
  static func run(_ kernel: MaxPooling<Self>)

  /// Runs a kernel.
  static func run(_ kernel: MaxPoolingGradient<Self>)

  /// Runs a kernel.
  static func run(_ kernel: AdamStep<Self>)

  /// Runs a kernel.
  static func run(_ kernel: MomentumStep<Self>)

  /// Runs a kernel.
  static func run(_ kernel: GradientStep<Self>)

  /// Runs a kernel.
  static func run(_ kernel: RMSPropStep<Self>)

  /// Runs a kernel.
  static func run(_ kernel: Rectification<Self>)

  /// Runs a kernel.
  static func run(_ kernel: RectificationGradient<Self>)

  /// Runs a kernel.
  static func run(_ kernel: RowSums<Self>)

  /// Runs a kernel.
  static func run(_ kernel: SquareSum<Self>)

  /// Runs a kernel.
  static func run(_ kernel: ByteConversion<Self>)

  /// Runs a kernel.
  static func run(_ kernel: ChannelStatistics<Self>)

  /// Runs a kernel.
  static func run(_ kernel: ChannelNormalisation<Self>)

  /// Runs a kernel.
  static func run(_ kernel: ChannelGradientSums<Self>)

  /// Runs a kernel.
  static func run(_ kernel: ChannelGradient<Self>)

  /// Runs a kernel.
  static func run(_ kernel: WinogradInput<Self>)

  /// Runs a kernel.
  static func run(_ kernel: WinogradImageProduct<Self>)

  /// Runs a kernel.
  static func run(_ kernel: WinogradOutput<Self>)

  /// Runs a kernel.
  static func run(_ kernel: WinogradFilters<Self>)

  /// Runs a kernel.
  static func run(_ kernel: WinogradGradient<Self>)

  /// Runs a kernel.
  static func run(_ kernel: WinogradFilterResult<Self>)

  /// Runs a kernel.
  static func run(_ kernel: PlaneSums<Self>)

  /// Runs a kernel.
  static func run(_ kernel: ArithmeticPeak<Self>)
}
