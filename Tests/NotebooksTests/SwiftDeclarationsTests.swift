import NbrunNotebooks
import Testing

@Suite struct SwiftDeclarationsTests {
  private let source = #"""
    import Foundation

    /// A layer.
    ///
    /// Two paragraphs.
    public struct Layer<Scalar>: Sendable where Scalar: Numeric {
      let width = 3 // not a { brace
      var text: String { "\(width { $0 }) }" }

      /// Runs it.
      @inlinable
      public func forward(
        _ x: Int,
        stride: Int
      ) -> Int
      where Scalar: Sendable {
        let inner = { (y: Int) in y }
        if case let z = inner(x) { return z }
        return """
          { \(inner(3)) }
          """.count
      }

      init() { width = 4 }
      enum Inner { case a; func forward() {} }
    }

    extension Layer {
      static func make() -> Layer { Layer() }
    }

    /// Relative error.
    func relativeError(_ x: [Double]) -> Double {
      x.map { #"{"# + "\($0)" }.count == 0 ? 0 : 1
    }

    struct Attributed {
      func first() {
        let inner = 1
        _ = inner
      }

      /// The next one.
      @specialized(where T == Int)
      func second<T>(_ x: T) {}
    }

    let table = [
      1, 2,
    ]
    let last = 1
    """#

  @Test(arguments: [
    ("Layer", 3...26), ("Layer.forward", 10...22), ("forward", 10...22), ("Layer.init", 24...24), ("Layer.text", 8...8),
    ("Layer.Inner", 25...25), ("Layer.Inner.forward", 25...25), ("Layer.make", 29...29), ("relativeError", 32...35),
    ("Attributed.first", 38...41),
    ("Attributed.second", 43...45), ("Attributed", 37...46), ("table", 48...50), ("last", 51...51),
    ("Layer.width", 7...7),
  ])
  func findsDeclarations(symbol: String, lines: ClosedRange<Int>) {
    #expect(SwiftDeclarations(source: source)[symbol]?.lines == lines)
  }

  @Test func takesTheSharedIndentationAway() {
    let text = SwiftDeclarations(source: source)["Layer.forward"]?.text
    #expect(text?.hasPrefix("/// Runs it.\n@inlinable\npublic func forward(\n  _ x: Int,") == true)
    #expect(text?.hasSuffix("\n}") == true)
  }

  @Test(arguments: ["inner", "z", "nothing", "Layer.nothing", ""])
  func findsNothingElse(symbol: String) {
    let found = SwiftDeclarations(source: source)[symbol]
    #expect(found == nil || found?.path.hasSuffix("inner") == true)
  }

  @Test(arguments: ["\"", "{{{{", "}}}}", "\"\\(", "/*", "#\"", "func", "struct {", "\"\"\""])
  func survivesBrokenSources(source: String) {
    _ = SwiftDeclarations(source: source).paths
  }
}
