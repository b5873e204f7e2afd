import Kernels
import KernelsAVX2
import KernelsPortable

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
  public static func run(_ kernel: PackingProduct<Float>) {
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
  public static func run(_ kernel: ImageInterleaving<Float>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// Runs the kernel in this CPU's variant.
  public static func run(_ kernel: WinnerGradient<Float>) {
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
  public static func run(_ kernel: WinogradImageProduct<Float>) {
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
