import Kernels
import KernelsAVX2
import KernelsPortable

extension KernelScalar {
  /// Runs a kernel in the variant that this CPU has (`NumericVariant.current`).
  static func run(_ kernel: some Kernel<Self>) {
    NumericVariant.usesAVX2 ? KernelsAVX2.run(kernel) : KernelsPortable.run(kernel)
  }

  /// How many numbers the kernels treat at once in that variant.
  static var vectorWidth: Int {
    NumericVariant.usesAVX2 ? KernelsAVX2.vectorWidth(of: Self.self) : KernelsPortable.vectorWidth(of: Self.self)
  }
}
