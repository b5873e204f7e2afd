// The kernels, instantiated: concrete functions over pointers, sizes and vectors, nothing else.

import Kernels

/// Runs the kernel in `Float`.
public func run(_ kernel: PanelProduct<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: PanelProduct<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: LeftPacking<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: LeftPacking<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: RightPacking<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: RightPacking<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: PhasePlaneFilling<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: PhasePlaneFilling<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: ImageProduct<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: ImageProduct<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: FilterGradient<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: FilterGradient<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: LaneSums<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: LaneSums<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: MaxPooling<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: MaxPooling<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: MaxPoolingGradient<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: MaxPoolingGradient<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }
