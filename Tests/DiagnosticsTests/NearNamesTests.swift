import NbrunDiagnostics
import Testing

@Suite struct NearNamesTests {
  @Test(arguments: [
    ("gradient-chek", "gradient-check"), ("gradeint-check", "gradient-check"), ("Race", "race"), ("rcae", "race"),
    ("overfitt", "overfit"),
  ])
  func findsSlipsOfTheKeyboard(written: String, meant: String) {
    #expect(NearNames.nearest(to: written, among: ["gradient-check", "race", "overfit"]) == meant)
  }

  @Test(arguments: ["", "x", "train", "gradient", "checks-of-gradients"])
  func suggestsNothingFar(written: String) {
    #expect(NearNames.nearest(to: written, among: ["gradient-check", "race", "overfit"]) == nil)
  }

  @Test func aFarNameListsTheValidOnes() {
    #expect(NearNames.advice(for: "zzzzzz", among: ["race", "train"]) == "; valid ones are race, train")
    #expect(NearNames.advice(for: "race", among: ["rate", "train"]) == "; did you mean \"rate\"?")
  }
}
