import NbrunPlatform

#if arch(x86_64)
  import _Builtin_intrinsics.intel.cpuid
#endif

/// Which instantiation of the kernels computes. Variants agree within rounding, not in every bit, so results name theirs.
package enum NumericVariant: String, Sendable, CaseIterable {
  /// x86-64 with AVX2 and fused multiply-add.
  case avx2 = "x86-64-avx2"
  /// Any other x86-64.
  case portable = "x86-64"
  /// 64-bit ARM.
  case arm64

  /// The variant of this process: asked of the CPU once. `NBRUN_NUMERICS=portable` in the environment forces the plain
  /// one, for tests.
  package static let current = detected(environment: ProcessInfo.processInfo.environment)

  /// Whether the kernels for AVX2 run.
  static let usesAVX2 = current == .avx2

  static func detected(environment: [String: String]) -> NumericVariant {
    #if arch(x86_64)
      environment["NBRUN_NUMERICS"] != "portable" && CPUFeatures.hasAVX2AndFMA ? .avx2 : .portable
    #elseif arch(arm64)
      .arm64
    #else
      #error("name the numeric variant of this architecture")
    #endif
  }
}

#if arch(x86_64)
  /// What the CPU says of itself (Intel, "Software Developer's Manual", volume 2, CPUID).
  enum CPUFeatures {
    static var hasAVX2AndFMA: Bool {
      var (a, b, c, d) = (UInt32(0), UInt32(0), UInt32(0), UInt32(0))
      guard __get_cpuid_count(1, 0, &a, &b, &c, &d) == 1 else { return false }
      let fma = c >> 12 & 1
      let systemSavesVectors = c >> 27 & 1
      let avx = c >> 28 & 1
      guard __get_cpuid_count(7, 0, &a, &b, &c, &d) == 1 else { return false }
      let avx2 = b >> 5 & 1
      return fma & systemSavesVectors & avx & avx2 == 1
    }
  }
#endif
