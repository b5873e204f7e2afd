import Kernels
import KernelsAVX2
import KernelsPortable

/// A number that the kernels compute with: `Float` or `Double`.
///
/// Its requirements start a kernel in the variant that this CPU has (`NumericVariant.current`).
public protocol KernelScalar: BinaryFloatingPoint, SIMDScalar, Codable, Sendable {
  /// How many numbers the kernels treat at once: the width of their vectors.
  static var vectorWidth: Int { get }

  /// Runs a kernel.
  static func run(_ kernel: PanelProduct<Self>)

  /// Runs a kernel.
  static func run(_ kernel: LeftPacking<Self>)

  /// Runs a kernel.
  static func run(_ kernel: RightPacking<Self>)

  /// Runs a kernel.
  static func run(_ kernel: PhasePlaneFilling<Self>)

  /// Runs a kernel.
  static func run(_ kernel: ImageProduct<Self>)

  /// Runs a kernel.
  static func run(_ kernel: FilterGradient<Self>)

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

extension Float: KernelScalar {
  /// Vectors of 32 bytes.
  public static var vectorWidth: Int { 8 }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: PanelProduct<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: LeftPacking<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: RightPacking<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: PhasePlaneFilling<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: ImageProduct<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: FilterGradient<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: LaneSums<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: MaxPooling<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: MaxPoolingGradient<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: AdamStep<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: MomentumStep<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: GradientStep<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: RMSPropStep<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: Rectification<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: RectificationGradient<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: RowSums<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: SquareSum<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: ByteConversion<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: ChannelStatistics<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: ChannelNormalisation<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: ChannelGradientSums<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: ChannelGradient<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: WinogradInput<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: WinogradOutput<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: WinogradFilters<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: WinogradGradient<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: WinogradFilterResult<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: PlaneSums<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: ArithmeticPeak<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }
}

extension Double: KernelScalar {
  /// Vectors of 32 bytes.
  public static var vectorWidth: Int { 4 }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: PanelProduct<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: LeftPacking<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: RightPacking<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: PhasePlaneFilling<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: ImageProduct<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: FilterGradient<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: LaneSums<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: MaxPooling<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: MaxPoolingGradient<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: AdamStep<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: MomentumStep<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: GradientStep<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: RMSPropStep<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: Rectification<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: RectificationGradient<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: RowSums<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: SquareSum<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: ByteConversion<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: ChannelStatistics<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: ChannelNormalisation<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: ChannelGradientSums<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: ChannelGradient<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: WinogradInput<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: WinogradOutput<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: WinogradFilters<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: WinogradGradient<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: WinogradFilterResult<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: PlaneSums<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: ArithmeticPeak<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }
}
