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
