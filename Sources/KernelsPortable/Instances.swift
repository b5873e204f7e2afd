// The kernels for every other CPU: the same source without CPU flags. On arm64 the fused instruction is always there.

import Kernels

#if arch(arm64)
  typealias Arithmetic = FusedMultiplyAdd
#else
  typealias Arithmetic = SeparateMultiplyAdd
#endif
typealias FloatVector = LaneVector<SIMD8<Float>, Arithmetic>
typealias DoubleVector = LaneVector<SIMD4<Double>, Arithmetic>

/// Runs the kernel in `Float`.
public func run(_ kernel: PanelProduct<Float>) { kernel.run(with: FloatVector.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: PanelProduct<Double>) { kernel.run(with: DoubleVector.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: LeftPacking<Float>) { kernel.run(with: FloatVector.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: LeftPacking<Double>) { kernel.run(with: DoubleVector.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: RightPacking<Float>) { kernel.run(with: FloatVector.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: RightPacking<Double>) { kernel.run(with: DoubleVector.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: PhasePlaneFilling<Float>) { kernel.run(with: FloatVector.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: PhasePlaneFilling<Double>) { kernel.run(with: DoubleVector.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: ImageProduct<Float>) { kernel.run(with: FloatVector.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: ImageProduct<Double>) { kernel.run(with: DoubleVector.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: FilterGradient<Float>) { kernel.run(with: FloatVector.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: FilterGradient<Double>) { kernel.run(with: DoubleVector.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: LaneSums<Float>) { kernel.run(with: FloatVector.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: LaneSums<Double>) { kernel.run(with: DoubleVector.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: MaxPooling<Float>) { kernel.run(with: FloatVector.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: MaxPooling<Double>) { kernel.run(with: DoubleVector.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: MaxPoolingGradient<Float>) { kernel.run(with: FloatVector.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: MaxPoolingGradient<Double>) { kernel.run(with: DoubleVector.self) }
