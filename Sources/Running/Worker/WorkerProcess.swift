import NbrunPlatform

/// A supervisor's handle of a running worker: the process, the connection, and the pipe of everything it prints.
final class WorkerProcess {
  /// Its process id, which is also the id of its process group.
  let processID: pid_t
  /// The connection for commands and messages.
  let channel: FrameChannel
  /// The reading end of the pipe of its standard output and error; never blocks.
  let outputDescriptor: Int32
  /// Whether it has been sent a cell.
  var hasRunCells = false
  private var termination: Termination?

  /// Starts `executable` as a worker.
  /// - Throws: the system's reason why it cannot be started.
  init(executable: String, arguments: [String]) throws(SystemError) {
    let (ours, theirs) = try FrameChannel.makePair()
    channel = FrameChannel(descriptor: ours)
    defer { close(theirs) }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw SystemError("cannot connect to a worker") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    outputDescriptor = ends[0]
    defer { close(ends[1]) }
    _ = fcntl(outputDescriptor, F_SETFL, O_NONBLOCK)
    #if os(Linux)
      // F_SETPIPE_SZ: a larger pipe means fewer turns between the two processes. Where it is refused, the usual one does.
      _ = fcntl(outputDescriptor, 1031, 1 << 20)
    #endif
    do {
      processID = try Self.spawn(executable, arguments, output: ends[1], connection: theirs)
    } catch {
      close(ends[0])
      throw error
    }
  }

  deinit { close(outputDescriptor) }

  private static func spawn(
    _ executable: String, _ arguments: [String], output: Int32, connection: Int32
  ) throws(SystemError) -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO)
    posix_spawn_file_actions_adddup2(&actions, connection, WorkerMain.connectionDescriptor)
    // A group of its own: a Ctrl-C in the terminal is the supervisor's to handle.
    posix_spawnattr_setpgroup(&attributes, 0)
    var defaults = [SIGINT, SIGTERM, SIGPIPE].signalSet
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    // What asks it to stop waits until it listens.
    var blocked = StopSignals.all.signalSet
    posix_spawnattr_setsigmask(&attributes, &blocked)
    let flags = [POSIX_SPAWN_SETPGROUP, POSIX_SPAWN_SETSIGDEF, POSIX_SPAWN_SETSIGMASK]
    posix_spawnattr_setflags(&attributes, flags.reduce(0) { $0 | Int16($1) })

    var environment = ProcessInfo.processInfo.environment
    // Without it the runtime would add a backtrace full of addresses to the output of a step that traps.
    if environment["SWIFT_BACKTRACE"] == nil { environment["SWIFT_BACKTRACE"] = "enable=no" }
    let argumentPointers = ([executable] + arguments).map { strdup($0) } + [nil]
    let environmentPointers = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in argumentPointers + environmentPointers { free(pointer) } }
    var processID: pid_t = 0
    let code = posix_spawn(&processID, executable, &actions, &attributes, argumentPointers, environmentPointers)
    guard code == 0 else { throw SystemError("cannot start the worker \(executable)", code: code) }
    return processID
  }

  // MARK: Talking

  /// Sends a command. A worker that is gone does not mind.
  func send(_ command: WorkerCommand) throws { _ = try channel.send(command) }

  /// The number of bytes that the worker has printed and nobody has read.
  var printedByteCount: Int {
    #if canImport(Darwin)
      let request: UInt = 0x4004_667f  // FIONREAD, a macro that Swift does not import there
    #else
      let request = UInt(FIONREAD)
    #endif
    var count: Int32 = 0
    return ioctl(outputDescriptor, request, &count) == 0 ? Int(count) : 0
  }

  // MARK: Ending

  /// Whether the worker has not ended by itself.
  var isRunning: Bool {
    guard termination == nil else { return false }
    var status: Int32 = 0
    guard waitpid(processID, &status, WNOHANG) != 0 else { return true }
    termination = Termination(waitStatus: status)
    return false
  }

  /// Ends the worker and whatever it has started, at once.
  func kill() {
    guard termination == nil else { return }
    NbrunPlatform.kill(-processID, SIGKILL)
    NbrunPlatform.kill(processID, SIGKILL)
  }

  /// Waits for the worker's end, killing it if it takes longer than `patience` seconds. One that the system does not let die, as where a
  /// disk does not answer, is left behind.
  func end(patience: Double = 2) -> Termination {
    if let termination { return termination }
    let deadline = ContinuousClock.now + .seconds(patience)
    var status: Int32 = 0
    var pause: useconds_t = 200
    while waitpid(processID, &status, WNOHANG) == 0 {
      if ContinuousClock.now > deadline { kill() }
      if ContinuousClock.now > deadline + .seconds(5) {
        status = SIGKILL
        break
      }
      usleep(pause)
      pause = min(pause * 2, 20_000)
    }
    // Whatever the worker started and left behind goes with it.
    NbrunPlatform.kill(-processID, SIGKILL)
    let result = Termination(waitStatus: status)
    termination = result
    return result
  }
}
