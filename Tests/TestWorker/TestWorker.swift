import NbrunCommandLineInterface
import NbrunSteps

/// The program of the tests: the whole command line, with steps that do what steps should, and what they should not. As a
/// worker it runs the cells of runners in tests.
@main
enum TestWorker {
  static func main() {
    NotebookProgram(steps: testSteps, dataSources: [Flowers()], numerics: "test", numericVariants: ["test-2"]).main()
  }
}

/// The steps that the tests run.
let testSteps = makeTestSteps(codeIdentity: "test-steps-1")

/// The steps that the tests run, computing with sources of the given digest, if any.
func makeTestSteps(codeIdentity: String?) -> StepList {
  StepList(codeIdentity: codeIdentity) {
    Interleaving.self
    Misbehaving.self
    Printing.self
    Measuring.self
    Attached.self
    Counting.self
    Doubling.self
    Sleeping.self
    ReadingData.self
    Tabulating.self
  }
}
