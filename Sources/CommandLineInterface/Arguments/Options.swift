import NbrunRunning
import NbrunSteps

/// The options that several commands share, each declared once; what one command alone takes is declared beside it, in an
/// extension. `ParsedArguments` reads each as a property of the same name and of its value's type.
struct Options: Sendable {
  let help = Option.flag("--help", short: "h", "Show this help.")

  // MARK: Places

  let output = Option.text(
    "--output", short: "o", "DIR",
    "Where reports are written, or compared with (default: outputs in the notebook's project).", completion: .folders)
  let data = Option.text(
    "--data", "DIR", "Look for data here first; the data's folder or its parent.", completion: .folders)
  let junit = Option.text(
    "--junit", "FILE", "Also write the results as JUnit XML; - is standard output.", completion: .files)

  // MARK: What is computed

  let set = Option.list(
    "--set", "CELL.KEY=VALUE", "Run a cell with another value for a parameter.", takes: "CELL.KEY=VALUE",
    read: { PlanOptions.Override(commandLine: $0) })
  let seed = Option.value(
    "--seed", "N", "Use this seed for every cell that gives none of its own.",
    takes: "a whole number from 0 to \(UInt32.max)"
  ) { UInt32($0) }
  let standIn = Option.flag(
    "--stand-in", "Use synthetic data where the real data is not here; claims about it are not tested.")
  let threads = Option.value(
    "--threads", short: "j", "N", "Compute with so many threads (default: all cores). Results do not depend on it.",
    takes: "a whole number from 1 to 1024"
  ) { Int($0).flatMap { (1...1024).contains($0) ? $0 : nil } }

  // MARK: What is said

  let verbose = Option.flag("--verbose", short: "v", "Show what cells print while they run.")
  let quiet = Option.flag("--quiet", short: "q", "Print errors only.")
  let json = Option.flag("--json", "As JSON.")

  var altering: [any CommandOption] { [set, seed, standIn] }
  var verbosity: [any CommandOption] { [verbose, quiet] }
}

extension PlanOptions.Override {
  /// `CELL.KEY=VALUE`; nil where `text` has another form.
  init?(commandLine text: String) {
    guard let equals = text.firstIndex(of: "=") else { return nil }
    let place = text[..<equals].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard place.count == 2, !place.contains("") else { return nil }
    // Planning says that no cell has such an id, and which one is near.
    self.init(
      cell: CellID(unchecked: String(place[0])), key: String(place[1]),
      value: String(text[text.index(after: equals)...]))
  }
}
