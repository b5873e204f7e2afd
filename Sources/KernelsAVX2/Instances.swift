// The kernels, instantiated: concrete functions over pointers, sizes and vectors, nothing else.

import Kernels

/// Runs the kernel in `Float`.
public func run(_ kernel: PanelProduct<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: PanelProduct<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: PackingProduct<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: PackingProduct<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: LeftPacking<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: LeftPacking<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

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
public func run(_ kernel: ImageInterleaving<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: ImageInterleaving<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: WinnerGradient<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: WinnerGradient<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

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

/// Runs the kernel in `Float`.
public func run(_ kernel: AdamStep<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: AdamStep<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: MomentumStep<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: MomentumStep<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: GradientStep<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: GradientStep<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: RMSPropStep<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: RMSPropStep<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: Rectification<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: Rectification<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: RectificationGradient<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: RectificationGradient<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: RowSums<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: RowSums<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: SquareSum<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: SquareSum<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: ByteConversion<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: ByteConversion<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: ChannelStatistics<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: ChannelStatistics<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: ChannelNormalisation<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: ChannelNormalisation<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: ChannelGradientSums<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: ChannelGradientSums<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: ChannelGradient<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: ChannelGradient<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: WinogradInput<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: WinogradInput<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: WinogradImageProduct<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: WinogradImageProduct<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: WinogradOutput<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: WinogradOutput<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: WinogradFilters<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: WinogradFilters<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: WinogradGradient<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: WinogradGradient<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: WinogradFilterResult<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: WinogradFilterResult<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: PlaneSums<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: PlaneSums<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }

/// Runs the kernel in `Float`.
public func run(_ kernel: ArithmeticPeak<Float>) { kernel.run(with: LaneVector<FloatArithmetic>.self) }

/// Runs the kernel in `Double`.
public func run(_ kernel: ArithmeticPeak<Double>) { kernel.run(with: LaneVector<DoubleArithmetic>.self) }
