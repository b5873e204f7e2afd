/// The commands, in the order in which help shows them. Parsing, help and completions derive from this list.
enum CommandTable {
  static let all: [Command] = [run, check, verify, why, steps, data, bench, markdown, clean, completions]

  /// The command called `name`.
  static subscript(name: String) -> Command? {
    all.first { $0.name == name }
  }

  // MARK: Options that several commands share

  private static let output = CommandOption.value(
    "--output", "DIR", "Where reports are written, or compared with (default: outputs in the notebook's project).",
    completion: .folders)
  private static let dataFolder = CommandOption.value(
    "--data", "DIR", "Look for data here first; the data's folder or its parent.", completion: .folders)
  private static let threads = CommandOption.value(
    "--threads", "N",
    "Compute with so many threads (default: the processors that it may use). Results do not depend on it.")
  private static let altering: [CommandOption] = [
    .list("--set", "CELL.KEY=VALUE", "Run a cell with another value for a parameter."),
    .value("--seed", "N", "Use this seed for every cell that gives none of its own."),
    .flag("--stand-in", "Use synthetic data where the real data is not here; claims about it are not tested."),
  ]
  private static let verbosity: [CommandOption] = [
    .flag("--verbose", "Show what cells print while they run."),
    .flag("--quiet", "Print errors only."),
  ]

  // MARK: Commands

  static let run = Command(
    name: "run", summary: "Runs notebooks and writes their reports (the default command).", arguments: "NOTEBOOK…",
    completion: .notebooks, fewestArguments: 1, mostArguments: .max,
    options: [
      output,
      CommandOption(
        name: "--only", value: "CELL", help: "Run only this cell and what it needs; may be given more than once.",
        isRepeatable: true),
      .flag("--fresh", "Compute everything, whatever the cache holds."),
    ] + altering + [
      dataFolder, threads,
      .value(
        "--format", "LIST", "Which reports to write, of html,md,ipynb (default: all).",
        completion: .words(["html", "md", "ipynb", "html,md,ipynb"])),
      .value(
        "--junit", "FILE", "Also write the cells and claims as JUnit XML; - is standard output.", completion: .files),
      .flag("--keep-going", "After a failure go on with the cells that do not depend on it."),
      .flag("--stable", "Leave the files alone where only times and noise changed."),
      .flag("--live", "Keep a live page while running, then watch the notebook and rerun what an edit changes."),
    ] + verbosity,
    examples: [
      ("nbrun notebooks/conv_layers.md", "Run one notebook; the last line is its report's address."),
      ("nbrun notebooks", "Run all notebooks below a folder."),
      ("nbrun notebooks/cnn.md --only overfit", "Run one cell and what it needs."),
      ("nbrun notebooks/cnn.md --set best.epochs=2", "Try another value; the committed report stays."),
      ("nbrun notebooks/cnn.md --live", "Watch the curves grow in a browser."),
    ])

  static let check = Command(
    name: "check", summary: "Checks notebooks as far as that goes without running them.", arguments: "NOTEBOOK…",
    completion: .notebooks, fewestArguments: 1, mostArguments: .max, options: [.flag("--quiet", "Print errors only.")],
    examples: [
      ("nbrun check notebooks", "Say everything that is wrong, as file:line:column."),
      ("nbrun check - < notebooks/cnn.md", "Check what standard input holds."),
    ])

  static let verify = Command(
    name: "verify", summary: "Runs notebooks afresh and compares with the committed reports.", arguments: "NOTEBOOK…",
    completion: .notebooks, fewestArguments: 1, mostArguments: .max,
    options: [
      output, dataFolder, threads,
      .flag("--strict", "Fail also on what could not be compared, or not in full."),
      .flag("--attest", "Vouch for long trainings by repeating their first iterations only.", aliases: ["--sample"]),
      .flag(
        "--across-numerics",
        "Accept, where strict, a report of another kind of processor: numbers are compared within their tolerances."),
      .flag("--stand-in", "Allow synthetic data where the real data is not here."),
      .value("--junit", "FILE", "Also write the findings as JUnit XML; - is standard output.", completion: .files),
    ] + verbosity,
    examples: [
      ("nbrun verify notebooks", "Which number moved: expected, got, allowed."),
      ("nbrun verify notebooks --strict --junit verify.xml", "For CI."),
    ])

  static let why = Command(
    name: "why", summary: "Says which cells would run and which part of their key changed.",
    arguments: "NOTEBOOK [CELL]", completion: .notebooks, fewestArguments: 1, mostArguments: 2,
    options: [output, dataFolder] + altering,
    examples: [
      ("nbrun why notebooks/cnn.md", "Every cell; exit status 1 when the committed report is stale."),
      ("nbrun why notebooks/cnn.md best", "One cell."),
    ])

  static let steps = Command(
    name: "steps", summary: "Lists the steps, or one step's parameters, metrics and inputs.", arguments: "[NAME]",
    completion: .steps, mostArguments: 1, options: [.flag("--json", "As JSON.")],
    examples: [("nbrun steps", "All steps."), ("nbrun steps gradient-check", "One step's parameters.")])

  static let data = Command(
    name: "data", summary: "Finds, fetches and verifies a data source and says where it is.", arguments: "[NAME]",
    mostArguments: 1,
    options: [
      .value("--from", "PATH", "Copy the data from this folder or archive.", completion: .files), dataFolder,
    ],
    examples: [
      ("nbrun data", "All sources and where they are."),
      ("nbrun data cifar-10", "Find it, or fetch it from its authors."),
      ("nbrun data cifar-10 --from Downloads/cifar-10-binary.tar.gz", "Take what was fetched another way."),
    ])

  static let bench = Command(
    name: "bench", summary: "Times kernels and training steps.", arguments: "",
    options: [
      .flag("--json", "As JSON."), .value("--only", "PREFIX", "Only the items whose names start so."), threads,
      .value("--seconds", "N", "Time each item for about so long (default: 1)."),
    ],
    examples: [("nbrun bench --only gemm", "The matrix products.")])

  static let markdown = Command(
    name: "markdown", summary: "Turns Markdown on standard input into HTML on standard output.", arguments: "",
    options: [
      .flag("--unsafe", "Pass raw HTML and every link through."),
      .flag("--notebook", "Add the extensions that notebooks have: tables, mathematics and others."),
    ],
    examples: [("nbrun markdown < README.md", "Pure CommonMark.")])

  static let clean = Command(
    name: "clean", summary: "Drops the cache of results.", arguments: "", options: [output],
    examples: [("nbrun clean", "Everything is computed again by the next run.")])

  static let completions = Command(
    name: "completions", summary: "Prints completions for a shell.", arguments: "bash|zsh",
    completion: .words(Completions.shells), fewestArguments: 1, mostArguments: 1,
    examples: [("nbrun completions bash", "A script to source or to install.")])
}
