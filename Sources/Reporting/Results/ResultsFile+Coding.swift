import NbrunJSONValues
import NbrunRunning
import NbrunSteps

extension Coding<NotRunReason> {
  static var reason: Self {
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

extension Coding<OutputItem> {
  static var line: Self {
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
