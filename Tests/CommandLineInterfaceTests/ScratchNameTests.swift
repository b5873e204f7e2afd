import Testing

@testable import NbrunCommandLineInterface

@Suite struct ScratchNameTests {
  @Test(arguments: [
    (["--set conv.stride=2"], "conv.stride=2"), (["--seed 5"], "seed=5"), (["--only a", "--only b"], "only=a,only=b"),
    (["--set conv.stride=2", "--set conv.pad=2", "--seed 7"], "conv.stride=2,conv.pad=2,seed=7"),
    (["--stand-in"], "stand-in"), (["--set train.lr=1e-3"], "train.lr=1e-3"),
  ])
  func aPlainAlterationIsReadable(alterations: [String], name: String) {
    #expect(ScratchName.text(alterations) == name)
  }

  @Test func noAlterationHasNoFolder() {
    #expect(ScratchName.text([]) == nil)
  }

  /// Whatever is altered, its folder is one folder below `scratch`, and nobody else's: not where letters are replaced, not where
  /// they are cut, not where a file system takes capital letters for small ones.
  @Test func everyAlterationHasAFolderOfItsOwn() {
    let values = [
      "[1, 2]", "[1,2]", "[1; 2]", "a/b", "a_b", "../..", "..", ".", "", " ", "Text", "text", "TEXT", "ü", "u\u{308}",
      "\u{0}", "\n", "|",
      String(repeating: "9", count: 300), String(repeating: "9", count: 301), "/", "\\", "a\tb",
    ]
    let alterations =
      values.map { ["--set a.b=\($0)"] } + values.map { ["NBRUN_WORKER=\($0)"] } + [
        ["--seed 1"], ["--seed 1", "--seed 1"],
      ]
    let names = alterations.compactMap { ScratchName.text($0) }
    #expect(names.count == alterations.count)
    #expect(Set(names.map { $0.lowercased() }).count == names.count)
    for name in names {
      #expect(name.utf8.count <= 100 && !name.hasPrefix(".") && !name.isEmpty)
      #expect(name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._=,".contains($0)) }, "\(name)")
    }
  }
}
