import NbrunKernels

/// Runs a kernel. A line for each kind that a program runs makes it a concrete function over pointers, sizes and vectors; one
/// that has none would run unspecialised, hundreds of times slower. Minimal filtering and the machine's peak are for `Float` alone.
///
/// This file is the same in each variant's target: links lead to it.
@specialized(where K == PanelProduct<Float>)
@specialized(where K == PackingProduct<Float>) @specialized(where K == PackingProduct<Double>)
@specialized(where K == LeftPacking<Float>) @specialized(where K == LeftPacking<Double>)
@specialized(where K == PolyphaseFilling<Float>) @specialized(where K == PolyphaseFilling<Double>)
@specialized(where K == ImageProduct<Float>) @specialized(where K == ImageProduct<Double>)
@specialized(where K == FilterGradient<Float>) @specialized(where K == FilterGradient<Double>)
@specialized(where K == ImageInterleaving<Float>) @specialized(where K == ImageInterleaving<Double>)
@specialized(where K == ArgmaxGradient<Float>) @specialized(where K == ArgmaxGradient<Double>)
@specialized(where K == LaneSums<Float>) @specialized(where K == LaneSums<Double>)
@specialized(where K == MaxPooling<Float>) @specialized(where K == MaxPooling<Double>)
@specialized(where K == MaxPoolingGradient<Float>) @specialized(where K == MaxPoolingGradient<Double>)
@specialized(where K == GradientStep<Float>) @specialized(where K == GradientStep<Double>)
@specialized(where K == MomentumStep<Float>) @specialized(where K == MomentumStep<Double>)
@specialized(where K == RMSPropStep<Float>) @specialized(where K == RMSPropStep<Double>)
@specialized(where K == AdamStep<Float>) @specialized(where K == AdamStep<Double>)
@specialized(where K == Rectification<Float>) @specialized(where K == Rectification<Double>)
@specialized(where K == RectificationGradient<Float>) @specialized(where K == RectificationGradient<Double>)
@specialized(where K == RowSums<Float>) @specialized(where K == RowSums<Double>)
@specialized(where K == PlaneSums<Float>) @specialized(where K == PlaneSums<Double>)
@specialized(where K == SquareSum<Float>) @specialized(where K == SquareSum<Double>)
@specialized(where K == ChannelStatistics<Float>) @specialized(where K == ChannelStatistics<Double>)
@specialized(where K == ChannelNormalisation<Float>) @specialized(where K == ChannelNormalisation<Double>)
@specialized(where K == ChannelGradientSums<Float>) @specialized(where K == ChannelGradientSums<Double>)
@specialized(where K == ChannelGradient<Float>) @specialized(where K == ChannelGradient<Double>)
@specialized(where K == ArithmeticPeak<Float>)
@specialized(where K == WinogradRange<Float>)
@specialized(where K == WinogradInput<Float>)
@specialized(where K == WinogradImageProduct<Float>)
@specialized(where K == WinogradOutput<Float>)
@specialized(where K == WinogradFilters<Float>)
@specialized(where K == WinogradGradient<Float>)
@specialized(where K == WinogradFilterResult<Float>)
package func run<K: Kernel>(_ kernel: K) { K.Scalar.run(kernel, in: Variant.self) }

/// How many numbers the kernels treat at once.
package func vectorWidth<Scalar: KernelScalar>(of _: Scalar.Type) -> Int { Scalar.vectorWidth(in: Variant.self) }
