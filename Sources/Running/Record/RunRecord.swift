import NbrunDigests
import NbrunSteps

/// Everything that a run of a notebook found out. Reports are functions of the notebook and this value.
package struct RunRecord: Sendable, Equatable {
  /// The notebook's path below the current folder, as results files name it: `notebooks/conv_layers.md`.
  package var notebook: String
  /// The notebook's title.
  package var title: String
  /// The digest of the notebook's text.
  package var digest: Digest
  /// The numeric variant that computed: `x86-64-avx2`, `x86-64` or `arm64`.
  package var numerics: String
  /// Every step cell of the notebook, in order.
  package var cells: [CellRecord]
  /// The data that was read. Reports say nothing of the folders that hold it.
  package var data: [DataSourceName: DataLocation]
  /// What changed this run from what the notebook says; empty for a run as written.
  package var alterations: [String]
  /// What the run ran on.
  package var environment: RunEnvironment
  /// Whether the run was asked to stop before its end.
  package var wasInterrupted = false

  /// Whether a cell did not run because its data cannot be had.
  package var lacksData: Bool {
    cells.contains { if case .notRun(.noData) = $0.outcome { true } else { false } }
  }

  /// Whether every cell that the run was asked for succeeded and no claim is broken.
  package var passed: Bool {
    cells.allSatisfy { cell in
      (cell.outcome.succeeded || cell.outcome == .notRun(.notSelected))
        && cell.claims.allSatisfy { $0.status != .broken }
    }
  }

  /// Judges every claim again, after what the cells found was replaced.
  package mutating func judgeClaims() {
    let judge = ClaimJudge(
      outcomes: Dictionary(firstOf: cells.map { ($0.id, $0.outcome) }),
      standIns: Set(cells.filter(\.usesStandIn).map(\.id)))
    for index in cells.indices {
      let id = cells[index].id
      cells[index].claims = cells[index].claims.map { judge.judge($0.claim, of: id) }
    }
  }

  package subscript(id: CellID) -> CellRecord? { cells.first { $0.id == id } }
}

extension RunRecord {
  /// What running `plan` in `environment` has found, in `cells` and of `data`.
  package init(
    of plan: Plan, in environment: RunnerEnvironment, cells: [CellRecord], data: [DataSourceName: DataLocation] = [:],
    alterations: [String], wasInterrupted: Bool = false
  ) {
    self.init(
      notebook: plan.notebook.place.name.text, title: plan.notebook.title,
      digest: SHA256.digest(of: plan.notebook.text), numerics: environment.numerics, cells: cells, data: data,
      alterations: alterations, environment: environment.description, wasInterrupted: wasInterrupted)
  }
}

/// What a run ran on: shown in reports, kept under `volatile` in results files.
package struct RunEnvironment: Sendable, Equatable, Codable {
  /// The processor and how many cores: `AMD EPYC, 2 cores`.
  package var machine: String
  /// The compiler, in its own words: `Swift version 6.3.1 (swift-6.3.1-RELEASE)`.
  package var toolchain: String
  package var version: String
  package var threads: Int
  /// What the program is called by whoever types its commands; kept in no file, since whoever reads one has a program of their own.
  package var program: String

  package init(machine: String, toolchain: String, version: String, threads: Int, program: String = "nbrun") {
    self.machine = machine
    self.toolchain = toolchain
    self.version = version
    self.threads = threads
    self.program = program
  }

  /// The program with its version; a package's own name goes before that of the nbrun that it is built with.
  package static func title(ofProgram name: String, version: String) -> String {
    name == "nbrun" ? "nbrun \(version)" : "\(name), nbrun \(version)"
  }
}
