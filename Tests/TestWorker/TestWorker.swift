import Running
import Steps

/// The worker of the tests: a program whose steps do what steps should, and what they should not.
@main
enum TestWorker {
  static func main() {
    WorkerMain.runIfRequested(steps: testSteps)
  }
}

/// The steps that the tests run.
public let testSteps = StepList(codeIdentity: "test-steps-1") {
  Interleaving.self
  Misbehaving.self
  Printing.self
  Measuring.self
  Counting.self
  Doubling.self
  Sleeping.self
  ReadingData.self
}
