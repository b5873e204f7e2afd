import Foundation
import NbrunJSONValues
import NbrunTestSupport
import Testing

#if os(Linux)
  /// How many threads a worker has, whatever its first step is: as many as `--threads` says, or as the process may use.
  @Suite struct ThreadCountTests {
    let folder: ProgramFolder

    init() throws {
      folder = try ProgramFolder()
      // A first step of the kind that computes with tensors and does nothing before; long enough to be looked at.
      try folder.write(
        """
        ```nbrun
        step: gradient-check
        id: first
        layer: spatial-batch-normalization
        input-shape: [8, 6, 8, 8]
        ```

        """, to: "notebooks/threads.md")
    }

    @Test(
      arguments: shareOfTrials([
        ("--threads 3", [String](), 3), ("", ["/usr/bin/taskset", "-c", "0"], 1), ("--threads 1", [], 1),
      ]))
    func isWhatIsSaid(option: String, wrapper: [String], count: Int) throws {
      if let program = wrapper.first, access(program, X_OK) != 0 {
        print("skipped: \(program) is not here")
        return
      }
      let options = option.split(separator: " ").map(String.init)
      let running = try folder.start(
        .nbrun, ["notebooks/threads.md", "--fresh"] + options, wrapper: wrapper)
      var most = 0
      while running.process.isRunning {
        for worker in Self.children(of: running.process.processIdentifier) {
          most = max(most, Self.threads(of: worker))
        }
        usleep(2_000)
      }
      let end = try running.wait()
      #expect(end.status == .exited(0), "\(end.error)")
      // The threads that compute, and the one that listens to the supervisor.
      #expect(most == count + 1)
      let results = try JSONParser.parse(Array(folder.text("outputs/threads/results.json").utf8))
      #expect(results.value["volatile"]?["threads"]?.int == count)
    }

    private static func children(of process: Int32) -> [Int32] {
      let numbers = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
      return numbers.filter { number in
        // Behind the name in parentheses: the state, then the parent.
        guard let text = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8) else { return false }
        let fields = text.drop { $0 != ")" }.split(separator: " ")
        return fields.count > 2 && Int32(fields[2]) == process
      }
    }

    private static func threads(of process: Int32) -> Int {
      (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task").count) ?? 0
    }
  }
#endif
