import NbrunAssignmentSteps
import NbrunCommandLineInterface
import NbrunTensors

@main
enum Main {
  static func main() {
    NotebookProgram(
      name: "nbrun", steps: assignmentSteps, dataSources: assignmentDataSources, benchmarks: { assignmentBenchmarks },
      numerics: NumericVariant.current.rawValue, numericVariants: NumericVariant.allCases.map(\.rawValue),
      sourceRoot: sourceRoot
    ).main()
  }

  /// The package's folder on the machine that built the program: three levels above this file.
  private static var sourceRoot: String {
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
  }
}
