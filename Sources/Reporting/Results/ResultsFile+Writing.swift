import NbrunJSONValues
import NbrunRunning
import NbrunSteps

extension ResultsFile {
  /// The file's text: sorted keys, a member a line, so that a change of one number is a change of one line.
  package var text: String { JSONWriter.string(json, layout: .readable) }

  private var json: JSONValue {
    var members: [String: JSONValue] = [
      "schema": .integer(Self.schema), "notebook": .string(notebook), "digest": .string(digest.description),
      "title": .string(title), "status": .string(passed ? "passed" : "failed"), "numerics": .string(numerics),
      "cells": .array(cells.map(\.json)), "data": .object(named: data.mapValues(\.json)),
      "files": .array(files.map(JSONValue.string)), "volatile": volatile.json,
    ]
    members["order"] = order.map(JSONValue.integer)
    members["description"] = description.map(JSONValue.string)
    if !alterations.isEmpty { members["alterations"] = .array(alterations.map(JSONValue.string)) }
    return .object(members)
  }
}

extension ResultsFile.Cell {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [
      "id": .string(id.text), "step": .string(step.text), "seed": .integer(Int(seed)),
      "status": .string(status.rawValue), "parameters": .object(parameters), "metrics": .object(named: metrics),
      "series": .object(named: series.mapValues(JSONValue.array)),
      "claims": .array(claims.map { .object(["claim": .string($0.claim), "status": .string($0.status.rawValue)]) }),
      "references": .array(references.map { .object(["metric": .string($0.metric.text), "value": $0.value]) }),
      "output": .array(output.map(\.json)), "figures": .array(figures.map(\.json)),
    ]
    if usesStandIn { members["stand-in"] = .bool(true) }
    if !float32.isEmpty { members["float32"] = .array(float32.map(\.text).sorted().map(JSONValue.string)) }
    if let failure {
      var reason: [String: JSONValue] = ["message": .string(failure.message)]
      reason["hint"] = failure.hint.map(JSONValue.string)
      if let why = self.reason { reason["reason"] = why.json }
      members["failure"] = .object(reason)
    }
    return .object(members)
  }
}

extension NotRunReason {
  fileprivate var json: JSONValue {
    switch self {
    case .because(let id): .object(["because": .string(id.text)])
    case .needsAttested(let id): .object(["needs-attested": .string(id.text)])
    case .stopped(let id): .object(["stopped-after": .string(id.text)])
    case .noData(let source, let advice): .object(["no-data": .string(source.text), "advice": .string(advice)])
    case .interrupted: .string("interrupted")
    case .notSelected: .string("not-selected")
    case .pending: .string("pending")
    }
  }
}

extension DataRecord {
  fileprivate var json: JSONValue {
    let origin = isStandIn ? "stand-in" : isOriginal ? "authors" : "other"
    var members: [String: JSONValue] = [
      "files": .object(files.mapValues { .string($0.description) }), "origin": .string(origin),
    ]
    members["note"] = note.map(JSONValue.string)
    return .object(members)
  }
}

extension ResultsFile.Output {
  fileprivate var json: JSONValue {
    switch self {
    case .text(let text): return .object(["text": .string(text)])
    case .seriesText(let text, let key): return .object(["text": .string(text), "series": .string(key.text)])
    case .volatileSeriesText(let key): return .object(["series": .string(key.text)])
    case .metric(let key, let line):
      return .object([
        "metric": .string(key.text), "before": .string(line.before), "after": .string(line.after),
        "format": .string(line.format.description),
      ])
    }
  }
}

extension ResultsFile.Figure {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [
      "name": .string(name.text), "file": .string(file), "volatile": .bool(isVolatile),
    ]
    members["data"] = data
    return .object(members)
  }
}

extension ResultsFile.Volatile {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [
      "machine": .string(machine), "toolchain": .string(toolchain), "version": .string(version),
      "threads": .integer(threads), "cells": .object(named: cells.mapValues(\.json)),
    ]
    if !sources.isEmpty { members["sources"] = .object(sources.mapValues { .array($0.map { .string($0.text) }) }) }
    return .object(members)
  }
}

extension ResultsFile.VolatileCell {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = ["seconds": seconds, "metrics": .object(named: metrics)]
    members["cpu-seconds"] = cpuSeconds
    members["peak-bytes"] = peakBytes.map(JSONValue.integer)
    if !series.isEmpty { members["series"] = .object(named: series.mapValues(JSONValue.array)) }
    if !lines.isEmpty { members["lines"] = .array(lines.map(JSONValue.string)) }
    if !figures.isEmpty { members["figures"] = .object(named: figures) }
    return .object(members)
  }
}

extension JSONValue {
  /// An object whose keys are names of the notebook language.
  static func object<Named>(named members: [NotebookName<Named>: JSONValue]) -> JSONValue {
    .object(Dictionary(uniqueKeysWithValues: members.map { ($0.key.text, $0.value) }))
  }
}
