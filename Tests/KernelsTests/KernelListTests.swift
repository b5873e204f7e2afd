import Foundation
import Testing

/// What holds for all kernels. The tests of each, against loops that say the same plainly, stand beside this one.
@Suite("The list of kernels")
struct KernelListTests {
  @Test("each has its line in each variant's list, without which it would run unspecialised")
  func lists() throws {
    let folder = sources.appending(path: "Kernels").resolvingSymlinksInPath()
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let all = try #require(files).compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    var kernels: [String] = []
    for file in all {
      let text = try String(contentsOf: file, encoding: .utf8)
      kernels += text.matches(of: #/struct (\w+)<Scalar: KernelScalar>: (?:\w*Kernel|OptimiserStep) /#).map {
        String($0.1)
      }
    }
    #expect(kernels.count == 32)
    for list in ["AVX2", "NEON", "Portable"].map({ "Kernels\($0)/KernelList.swift" }) {
      let text = try String(contentsOf: sources.appending(path: list), encoding: .utf8)
      for kernel in kernels {
        // Minimal filtering, with its products of packed panels, and the peak are for Float alone.
        let isForFloat = kernel.hasPrefix("Winograd") || ["PanelProduct", "ArithmeticPeak"].contains(kernel)
        let types = isForFloat ? ["Float"] : ["Float", "Double"]
        for type in types {
          #expect(text.contains("@specialized(where K == \(kernel)<\(type)>)"), "\(list) lacks \(kernel)<\(type)>")
        }
      }
    }
  }

  @Test("each that is in the list is run by a test of its own")
  func haveTests() throws {
    let tests = URL(filePath: #filePath).deletingLastPathComponent()
    let files = try FileManager.default.contentsOfDirectory(at: tests, includingPropertiesForKeys: nil)
    let texts = try files.map { try String(contentsOf: $0, encoding: .utf8) }
    let list = try String(contentsOf: sources.appending(path: "KernelsPortable/KernelList.swift"), encoding: .utf8)
    let kernels = Set(list.matches(of: #/where K == (\w+)</#).map { String($0.1) })
    #expect(!kernels.isEmpty)
    for kernel in kernels.sorted() {
      let run = try Regex("run\\(\\s*\(kernel)\\(")
      #expect(texts.contains { $0.contains(run) }, "no test in Tests/KernelsTests runs \(kernel)")
    }
  }

  private var sources: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources")
  }
}
