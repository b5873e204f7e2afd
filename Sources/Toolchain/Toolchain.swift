/// What this package was built with.
package enum Toolchain {
  /// The compiler's own words for its version: `Swift version 6.3.1 (swift-6.3.1-RELEASE)`. The same in debug and release builds.
  package static var compiler: String { compilerVersion }
}
