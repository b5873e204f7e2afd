import Foundation
import NbrunJSONValues
import NbrunTestSupport
import Testing

/// Runs one notebook again and again, killing the supervisor or its worker each time, until a run comes to its end; then holds
/// what is there against a run that nobody disturbed.
struct KillTrial {
  /// What was done to the runs of trials.
  struct Tally {
    /// How many runs were killed while they were going on.
    var kills = 0
    /// How many of those had stored a checkpoint of their own, and were still computing the cell that it belongs to.
    var killsAfterCheckpoint = 0
    var bySignal: [String: Int] = [:]
  }

  let folder: ProgramFolder
  let program: ProgramFolder.Program
  let arguments: [String]
  /// A moment after a checkpoint, or after a run's start where it is not to wait for one, lies within so many seconds.
  let spread: Double
  /// What the runs, or their workers, are sent.
  let signals: [Signal]

  /// A signal that ends a program.
  enum Signal: String, CaseIterable {
    case kill = "SIGKILL"
    case termination = "SIGTERM"
    case interrupt = "SIGINT"

    fileprivate var number: Int32 {
      switch self {
      case .kill: SIGKILL
      case .termination: SIGTERM
      case .interrupt: SIGINT
      }
    }
  }

  private let reference: ProgramEnd
  private let duration: Double
  private(set) var tally = Tally()

  /// Trials of the notebook in the file at `path`, which is run once without disturbance.
  /// - Parameter spread: within how many seconds a moment lies; without it, most of what the undisturbed run took.
  init(
    _ program: ProgramFolder.Program, notebook path: String, arguments: [String] = [], spread: Double? = nil,
    signals: [Signal] = Signal.allCases, in folder: ProgramFolder
  ) throws {
    self.folder = folder
    self.program = program
    self.signals = signals
    let name = (path as NSString).lastPathComponent
    self.arguments = ["notebooks/\(name)", "--output", "outputs"] + arguments
    try folder.write([UInt8](Data(contentsOf: URL(filePath: path))), to: "reference/notebooks/\(name)")
    try folder.makeProject("reference")
    let start = ContinuousClock.now
    reference = try folder.run(program, self.arguments, below: "reference")
    duration = (ContinuousClock.now - start) / .seconds(1)
    self.spread = spread ?? 0.7 * duration
    guard case .exited(let status) = reference.status, status == 0 || status == 1 else {
      throw UnexpectedEnd(reference)
    }
  }

  // MARK: Killing

  /// Kills up to `count` runs, then lets one come to its end, and compares.
  /// - Parameter waitsForCheckpoint: whether a kill waits until a training of the run has stored a checkpoint and still goes on.
  mutating func run(
    kills count: Int, waitsForCheckpoint: Bool, name: String, _ random: inout FuzzGenerator
  ) throws {
    try FileManager.default.copyItem(atPath: "\(folder.path)/reference/notebooks", toPath: made(name) + "/notebooks")
    var end: ProgramEnd?
    for _ in 0..<count {
      end = try oneKill(name, waitsForCheckpoint: waitsForCheckpoint, &random)
      expectWholeFiles(name)
      if end?.status == reference.status, end?.error.contains("SIG") == false { break }
    }
    end = try folder.run(program, arguments, below: name)
    #expect(end?.status == reference.status, "\(end?.error ?? "")")
    try expectTheSameBytes(name)
  }

  private func made(_ name: String) -> String {
    let path = "\(folder.path)/\(name)"
    try? folder.makeProject(name)
    return path
  }

  private mutating func oneKill(
    _ name: String, waitsForCheckpoint: Bool, _ random: inout FuzzGenerator
  ) throws -> ProgramEnd {
    let start = Date()
    let running = try folder.start(program, arguments, below: name)
    func hasCheckpoint() -> Bool { newestCheckpoint(name).map { $0 > start } ?? false }
    let supervisor = running.process.processIdentifier
    var goesOn = true
    while goesOn {
      let longest = waitsForCheckpoint ? spread : min(spread, duration)
      let delay = UInt32(Double.random(in: 0...longest, using: &random) * 1e6)
      // A short training may be over before the moment comes: then the next one's checkpoint is waited for.
      repeat {
        while waitsForCheckpoint, running.process.isRunning, !hasCheckpoint() { usleep(2_000) }
        usleep(delay)
      } while waitsForCheckpoint && running.process.isRunning && !hasCheckpoint()
      let signal = signals.randomElement(using: &random) ?? .kill
      let worker = Bool.random(using: &random) ? Self.child(of: supervisor) : nil
      let isAfterCheckpoint = hasCheckpoint()
      guard running.process.isRunning, kill(worker ?? supervisor, signal.number) == 0 else { break }
      tally.kills += 1
      if isAfterCheckpoint { tally.killsAfterCheckpoint += 1 }
      tally.bySignal["\(signal.rawValue) of the \(worker == nil ? "supervisor" : "worker")", default: 0] += 1
      // Workers leave it to their supervisor what SIGINT means: such a run goes on, to its next moment.
      goesOn = worker != nil && signal == .interrupt
    }
    return try running.wait()
  }

  /// When the newest checkpoint of any cell was stored. A cell that has come to its end has none.
  private func newestCheckpoint(_ name: String) -> Date? {
    let root = "\(folder.path)/\(name)/.nbrun/checkpoints"
    let cells = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return cells.compactMap {
      (try? FileManager.default.attributesOfItem(atPath: "\(root)/\($0)/manifest"))?[.modificationDate] as? Date
    }.max()
  }

  /// A process that `parent` has started; nil where there is none or the system does not say.
  private static func child(of parent: Int32) -> Int32? {
    guard let processes = try? FileManager.default.contentsOfDirectory(atPath: "/proc") else {
      print("skipped: without /proc no worker is found to be killed, only its supervisor")
      return nil
    }
    return processes.compactMap { Int32($0) }.first { process in
      guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
        let end = stat.lastIndex(of: ")")
      else { return false }
      // pid (name) state ppid …
      let fields = stat[stat.index(after: end)...].split(separator: " ")
      return fields.count > 1 && Int32(fields[1]) == parent
    }
  }

  // MARK: Comparing

  /// No file that stands under its name is cut off, whatever was killed.
  private func expectWholeFiles(_ name: String) {
    for (file, bytes) in folder.files("\(name)/outputs") where !file.contains(".nbrun-part-") {
      if file.hasSuffix(".json") || file.hasSuffix(".ipynb") {
        #expect(throws: Never.self, "\(file)") { try JSONParser.parse(bytes) }
      } else if file.hasSuffix(".png") {
        #expect(bytes.suffix(8) == Data("IEND".utf8) + [0xAE, 0x42, 0x60, 0x82], "\(file)")
      } else {
        #expect(bytes.last == UInt8(ascii: "\n"), "\(file)")
        let end = file.hasSuffix(".html") ? "</html>\n" : file.hasSuffix(".svg") ? "</svg>\n" : "\n"
        #expect(bytes.suffix(end.utf8.count) == Data(end.utf8), "\(file)")
      }
    }
  }

  private func expectTheSameBytes(_ name: String) throws {
    let expected = folder.files("reference/outputs")
    let got = folder.files("\(name)/outputs")
    #expect(Set(got.keys) == Set(expected.keys))
    for (file, bytes) in expected where file.hasSuffix("results.json") {
      let found = try #require(got[file])
      #expect(try Self.lasting(found) == Self.lasting(bytes), "\(file)")
    }
    // Nothing is held, nothing is left of what was going on.
    let state = folder.files("\(name)/.nbrun").keys
    for part in ["locks/", "runs/", "checkpoints/", "cache/running/"] {
      #expect(state.filter { $0.hasPrefix(part) } == [], "\(part)")
    }
    #expect(state.filter { $0.contains(".nbrun-part-") } == [])
    // Over the report of the undisturbed run, a stable run that reuses everything changes no byte of any file.
    try FileManager.default.removeItem(atPath: "\(folder.path)/\(name)/outputs")
    try FileManager.default.copyItem(
      atPath: "\(folder.path)/reference/outputs", toPath: "\(folder.path)/\(name)/outputs")
    let end = try folder.run(program, arguments + ["--stable"], below: name)
    #expect(end.status == reference.status)
    let again = folder.files("\(name)/outputs")
    for (file, bytes) in expected { #expect(again[file] == bytes, "\(file)") }
    #expect(again.count == expected.count)
    try FileManager.default.removeItem(atPath: "\(folder.path)/\(name)")
  }

  /// A results file without what may differ from run to run.
  private static func lasting(_ bytes: Data) throws -> String {
    guard case .object(var members) = try JSONParser.parse(bytes).value else { return "" }
    members["volatile"] = nil
    return JSONWriter.string(.object(members))
  }
}

/// A program that ended otherwise than a test needs it.
struct UnexpectedEnd: Error {
  let end: ProgramEnd

  init(_ end: ProgramEnd) {
    self.end = end
  }
}
