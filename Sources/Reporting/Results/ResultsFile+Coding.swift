import NbrunJSONValues
import NbrunRunning
import NbrunSteps

extension ResultsFile: FileObject {
  /// Reads the text of a results file, believing nothing: it may have been edited, cut off or made by a stranger.
  /// - Parameter forOverview: whether only what a page over all notebooks shows is read, not what cells printed, measured and drew.
  /// - Throws: `ResultsFileError` with the place.
  package static func read(
    _ text: some Sequence<UInt8>, forOverview: Bool = false
  ) throws(ResultsFileError) -> ResultsFile {
    let root: JSONNode
    let details: Set = ["figures", "lines", "metrics", "output", "parameters", "references", "series"]
    do { root = try JSONParser.parse(text, passingOver: forOverview ? details : []) } catch {
      throw ResultsFileError(error.message, at: "byte \(error.range.lowerBound)")
    }
    return try Coding.object(ResultsFile()).read(root)
  }

  /// The file's text: sorted keys, a member a line, so that a change of one number is a change of one line.
  package var text: String { JSONWriter.string(Coding.object(self).write(self), layout: .readable) }

  mutating func visit(_ members: inout Members) {
    var schema = Self.schema
    members.take("schema", &schema, .whole())
    if schema != Self.schema {
      members.refuse("schema", "this program reads schema \(Self.schema), not \(schema); run the notebook again")
    }
    members.take("notebook", &notebook, .text())
    members.take("digest", &digest, .digest())
    members.take("title", &title, .text())
    members.take("order", &order, .whole())
    members.take("description", &description, .text())
    var status = passed ? Verdict.passed : .failed
    members.take("status", &status, .word())
    passed = status == .passed
    members.take("numerics", &numerics, .text())
    members.take(orEmpty: "alterations", &alterations, .list(.text()))
    members.take("cells", &cells, .list(.object(Cell())))
    members.take("data", &data, .dictionary(.object(DataLocation(folder: "", digests: [:], isOriginal: false))))
    members.take("files", &files, .list(.text()))
    members.take("volatile", &volatile, .object(Volatile()))
    if Set(cells.map(\.id)).count < cells.count { members.refuse("cells", "two cells have the same id") }
  }

  private enum Verdict: String, CaseIterable { case passed, failed }
}

extension ResultsFile.Cell: FileObject {
  mutating func visit(_ members: inout Members) {
    members.take("id", &id, .name())
    members.take("step", &step, .name())
    members.take("status", &status, .word())
    members.take("seed", &seed, .seed())
    var standsIn = usesStandIn ? true : nil
    members.take("stand-in", &standsIn, .truth())
    usesStandIn = standsIn ?? false
    members.take("parameters", &parameters, .dictionary(.any()))
    members.take("metrics", &metrics, .dictionary(.number()))
    members.take("series", &series, .dictionary(.numbers()))
    members.take("claims", &claims, .list(.object(ResultsFile.Claim())))
    members.take("references", &references, .list(.object(ResultsFile.Reference())))
    members.take("output", &output, .list(.line))
    members.take("figures", &figures, .list(.object(ResultsFile.Figure())))
    var float32 = self.float32.sorted()
    members.take(orEmpty: "float32", &float32, .list(.name()))
    self.float32 = Set(float32)
    guard status != .succeeded else { return }
    var why = Failure(cause: failure ?? StepFailure(""), reason: status == .notRun ? reason ?? .interrupted : nil)
    members.take("failure", &why, .object(why))
    (failure, reason) = (why.cause, why.reason)
  }

  private struct Failure: FileObject {
    var cause: StepFailure
    /// Nil where the cell ran.
    var reason: NotRunReason?

    mutating func visit(_ members: inout Members) {
      members.take("message", &cause.message, .text())
      members.take("hint", &cause.hint, .text())
      if var why = reason {
        members.take("reason", &why, .reason)
        reason = why
      }
    }
  }
}

extension Coding<NotRunReason> {
  fileprivate static var reason: Self {
    Coding(
      read: { (json) throws(ResultsFileError) in
        if json["because"] != nil { return .because(try json.read("because", .name())) }
        if json["stopped-after"] != nil { return .stopped(after: try json.read("stopped-after", .name())) }
        if json["no-data"] != nil {
          return .noData(try json.read("no-data", .name()), try json.read("advice", .text()))
        }
        switch json.value {
        case .string("interrupted"): return .interrupted
        case .string("not-selected"): return .notSelected
        default: throw ResultsFileError("\"interrupted\" or \"not-selected\" is expected")
        }
      },
      write: { reason in
        switch reason {
        case .because(let id): .object(["because": .string(id.text)])
        case .needsAttested(let id): .object(["needs-attested": .string(id.text)])
        case .stopped(let id): .object(["stopped-after": .string(id.text)])
        case .noData(let source, let advice): .object(["no-data": .string(source.text), "advice": .string(advice)])
        case .interrupted: .string("interrupted")
        case .notSelected: .string("not-selected")
        case .pending: .string("pending")
        }
      })
  }
}

extension ResultsFile.Claim: FileObject {
  mutating func visit(_ members: inout Members) {
    members.take("claim", &claim, .text())
    members.take("status", &status, .word())
  }
}

extension ResultsFile.Reference: FileObject {
  mutating func visit(_ members: inout Members) {
    members.take("metric", &metric, .name())
    members.take("value", &value, .number())
  }
}

extension Coding<OutputItem> {
  fileprivate static var line: Self {
    Coding(
      read: { (json) throws(ResultsFileError) in
        if json["metric"] != nil {
          let format = try json.read("format", .format)
          let line = MetricLine(
            before: try json.read("before", .text()), after: try json.read("after", .text()), format: format)
          return .metric(try json.read("metric", .name()), line)
        }
        guard json["series"] != nil else { return .text(try json.read("text", .text())) }
        return .seriesLine(
          try json.read("series", .name()), json["text"] == nil ? "" : try json.read("text", .text()))
      },
      write: { item in
        switch item {
        case .text(let text): .object(["text": .string(text)])
        case .seriesLine(let key, let text):
          // Of one that shows a volatile series the text stands elsewhere.
          .object(text.isEmpty ? ["series": .string(key.text)] : ["text": .string(text), "series": .string(key.text)])
        case .metric(let key, let line):
          .object([
            "metric": .string(key.text), "before": .string(line.before), "after": .string(line.after),
            "format": .string(line.format.description),
          ])
        }
      })
  }
}

extension Coding<NumberFormat> {
  fileprivate static var format: Self {
    Coding(
      read: { (json) throws(ResultsFileError) in
        let text = try Coding<String>.text().read(json)
        guard let format = NumberFormat(text) else { throw ResultsFileError("\"\(text)\" is no number format") }
        return format
      }, write: { .string($0.description) })
  }
}

extension ResultsFile.Figure: FileObject {
  mutating func visit(_ members: inout Members) {
    members.take("name", &name, .name())
    members.take("file", &file, .text())
    members.take("volatile", &isVolatile, .truth())
    members.take("data", &data, .any())
  }
}

extension DataLocation: FileObject {
  mutating func visit(_ members: inout Members) {
    var origin = isStandIn ? Origin.standIn : isOriginal ? .authors : .other
    members.take("origin", &origin, .word())
    (isOriginal, isStandIn) = (origin == .authors, origin == .standIn)
    members.take("files", &digests, .dictionary(.digest()))
    members.take("note", &note, .text())
  }

  private enum Origin: String, CaseIterable {
    case authors, other
    case standIn = "stand-in"
  }
}

extension ResultsFile.Volatile: FileObject {
  mutating func visit(_ members: inout Members) {
    members.take("machine", &environment.machine, .text())
    members.take("toolchain", &environment.toolchain, .text())
    members.take("version", &environment.version, .text())
    members.take("threads", &environment.threads, .count())
    members.take(orEmpty: "sources", &sources, .dictionary(.list(.name())))
    members.take("cells", &cells, .dictionary(.object(ResultsFile.VolatileCell())))
  }
}

extension ResultsFile.VolatileCell: FileObject {
  mutating func visit(_ members: inout Members) {
    members.take("seconds", &seconds, .seconds())
    members.take("cpu-seconds", &cpuSeconds, .seconds())
    members.take("peak-bytes", &peakBytes, .count())
    members.take("metrics", &metrics, .dictionary(.number()))
    members.take(orEmpty: "series", &series, .dictionary(.numbers()))
    members.take(orEmpty: "lines", &lines, .list(.text()))
    members.take(orEmpty: "figures", &figures, .dictionary(.any()))
  }
}
