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
}
