import Kernels
import KernelsAVX2
import KernelsPortable

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
  public static func run(_ kernel: PackingProduct<Double>) {
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
  public static func run(_ kernel: ImageInterleaving<Double>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: WinnerGradient<Double>) {
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
  public static func run(_ kernel: WinogradImageProduct<Double>) {
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
