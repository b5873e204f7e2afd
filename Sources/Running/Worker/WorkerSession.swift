import NbrunDiagnostics
import NbrunDigests
import NbrunPlatform
import NbrunSteps
import Synchronization

/// One cell in a worker: runs its step and passes on what it reports.
final class WorkerSession: CellServices {
  private let cell: WorkerCell
  private let connection: WorkerConnection
  private let meter = ResourceMeter()
  private let lastProgress = Mutex<ContinuousClock.Instant?>(nil)
  private let checkpointCount = Atomic<Int>(0)
  /// Whether the last checkpoint could not be written, which has been said.
  private let checkpointFails = Atomic<Bool>(false)

  init(cell: WorkerCell, connection: WorkerConnection) { (self.cell, self.connection) = (cell, connection) }

  /// Runs the cell's step, and says what it took.
  /// - Returns: how it ended.
  func run(_ steps: StepList) -> WorkerMessage {
    connection.send(.began, waiting: false)
    let ending = ending(of: steps)
    connection.send(.used(meter.use), waiting: false)
    return ending
  }

  private func ending(of steps: StepList) -> WorkerMessage {
    do {
      guard let step = steps[cell.step] else {
        throw StepFailure("the worker does not know the step \(cell.step)", hint: "is it the same program?")
      }
      let configured = try step.configure(cell.values, finding: cell.file)
      let target = Cell(id: cell.id, seed: cell.seed, threads: cell.threads, services: self)
      let output = try configured.run(in: target, loading: cell.loadInput)
      for (name, file) in cell.files where !file.isUnchanged {
        throw StepFailure("\(name) was changed while the cell ran", hint: "run it again")
      }
      return .finished(try output.map(store))
    } catch is CellInterrupted {
      return .interrupted(bySignal: workerStopSignal.isSet)
    } catch {
      return .failed(StepFailure(describing: error))
    }
  }

  private func store(_ output: [UInt8]) throws -> WorkerOutput {
    try AtomicFile.write(output, to: cell.outputPath, durably: false)
    return WorkerOutput(byteCount: output.count, digest: SHA256.digest(of: output))
  }

  // MARK: Services

  func send(_ event: CellEvent) {
    guard case .progress = event else { return connection.send(.event(event), waiting: true) }
    // A step may report its progress as often as it likes; ten times a second is enough for a reader.
    let isDue = lastProgress.withLock { last in
      let now = ContinuousClock.now
      if let last, now - last < .milliseconds(100) { return false }
      last = now
      return true
    }
    if isDue { connection.send(.event(event), waiting: false) }
  }

  func data(_ name: DataSourceName) throws -> DataLocation { try cell.location(of: name) }

  var shouldStop: Bool { connection.isStopping.load(ordering: .relaxed) || workerStopSignal.isSet }

  // MARK: Checkpoints

  func loadCheckpoint() throws -> [UInt8]? { try cell.resumesFrom?.load() }

  func saveCheckpoint(_ pieces: [Data]) throws {
    let number = checkpointCount.add(1, ordering: .relaxed).newValue
    let name = "state-\(getpid())-\(number)"
    do {
      try ChecksummedFile.write(inPieces: [pieces], to: "\(cell.checkpointFolder)/\(name)", durably: true)
    } catch {
      // A training is worth more than its checkpoint: it goes on, and the user is told.
      if !checkpointFails.exchange(true, ordering: .relaxed) {
        connection.send(.warning("no checkpoint could be written: \(error.message)"), waiting: false)
      }
      return
    }
    checkpointFails.store(false, ordering: .relaxed)
    connection.send(.used(meter.use), waiting: false)
    connection.send(.event(.checkpoint(file: name)), waiting: true)
  }
}

extension WorkerCell {
  func loadInput(_ id: CellID) throws -> [UInt8] {
    guard let stored = inputs[id] else { throw StepFailure("the output of the cell \(id) is not here") }
    return try stored.load()
  }

  /// The file or the folder that a value calls `name`.
  func file(named name: String, _: FoundFile.Kind) throws(ValueError) -> FoundFile {
    guard let file = files[name] else { throw ValueError("the file \(name) is not here") }
    return file
  }

  func location(of name: DataSourceName) throws -> DataLocation {
    guard let location = data[name] else {
      throw StepFailure("the step \(step) reads the data \(name) without declaring it")
    }
    return location
  }
}

extension StoredBytes {
  func load() throws(SystemError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError("cannot read \(path)") }
    defer { close(descriptor) }
    var done = 0
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while done < count {
        let piece = pread(descriptor, buffer.baseAddress! + done, count - done, off_t(offset + done))
        if piece < 0 && errno == EINTR { continue }
        code = piece < 0 ? errno : 0
        guard piece > 0 else { break }
        done += piece
      }
      initialized = done
    }
    guard done == count else { throw SystemError("cannot read \(path)", code: code == 0 ? EIO : code) }
    return bytes
  }
}

extension StepFailure {
  /// What a step threw, in words.
  init(describing error: any Error) {
    switch error {
    case let failure as StepFailure: self = failure
    case let diagnostic as Diagnostic: self.init(diagnostic.message)
    case let list as DiagnosticList: self.init(list.all.map(\.message).joined(separator: "; "))
    case let error as ParameterError: self.init("\(error.key): \(error.message)")
    case let error as any LocalizedError: self.init(error.errorDescription ?? String(describing: error))
    case let error as CocoaError: self.init("\(error.filePath ?? "a file"): \(error.systemReason)")
    default: self.init(String(describing: error))
    }
  }
}
