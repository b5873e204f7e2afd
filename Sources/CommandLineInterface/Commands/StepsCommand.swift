import Diagnostics
import JSONValues
import Steps

/// `nbrun steps`: what the registry knows, for people and for programs.
struct StepsCommand {
  let steps: StepList
  let console: Console

  func run(_ arguments: ParsedArguments) throws(Diagnostic) {
    var shown = steps.all
    if let name = arguments.positionals.first {
      guard let step = StepName(name).flatMap({ steps[$0] }) else {
        throw .error("there is no step \"\(name)\"\(NearNames.advice(for: name, among: steps.names.map(\.text)))")
      }
      shown = [step]
    }
    if arguments.has("--json") {
      console.writeData(JSONWriter.string(.array(shown.map(json)), layout: .readable))
    } else if arguments.positionals.isEmpty {
      let width = (shown.map { $0.name.text.count }.max() ?? 0) + 2
      for step in shown {
        console.write("\(step.name)".padding(to: width) + step.summary + "\n")
      }
      console.write("\nnbrun steps NAME shows one step's parameters, inputs and metrics.\n")
    } else {
      console.write(page(for: shown[0]))
    }
  }

  // MARK: For people

  private func page(for step: RegisteredStep) -> String {
    var text = "\(step.name): \(step.summary)\n\n"
    text += "```nbrun\nstep: \(step.name)\n"
    for entry in step.entries {
      switch entry.declaration {
      case .parameter(let declaration):
        if let value = declaration.defaultValue, value != .null {
          text += "\(entry.key): \(shown(value))\n"
        } else {
          text += declaration.isRequired ? "\(entry.key): …\n" : "# \(entry.key): …\n"
        }
      case .input: text += "\(entry.key): ID\n"
      }
    }
    text += "```\n\n"
    for entry in step.entries {
      switch entry.declaration {
      case .parameter(let declaration):
        text += "\(entry.key)  \(declaration.typeName)"
        if let requirement = declaration.requirement { text += ", \(requirement)" }
        if declaration.isRequired { text += " (required)" }
        text += "\n    \(declaration.help)\n"
      case .input(let declaration):
        text += "\(entry.key)  id of an earlier cell that gives a \(declaration.valueType) (required)\n"
        text += "    \(declaration.help)\n"
      }
    }
    if let output = step.outputType { text += "\nGives a \(output) to later cells.\n" }
    if let configured = defaults(of: step) {
      if !configured.metrics.isEmpty {
        text += "\nMetrics, with the defaults:\n"
        for metric in configured.metrics { text += "    \(metric.key)  \(description(metric.kind))\n" }
      }
      if !configured.series.isEmpty {
        text += "\nSeries: \(configured.series.map(\.key.text).joined(separator: ", "))\n"
      }
      if !configured.figures.isEmpty {
        text += "\nFigures: \(configured.figures.map(\.text).joined(separator: ", "))\n"
      }
    }
    return text
  }

  /// The step as a cell without parameters has it; nil where a cell must give some.
  private func defaults(of step: RegisteredStep) -> ConfiguredStep? {
    let isComplete = step.entries.allSatisfy { entry in
      if case .parameter(let declaration) = entry.declaration { !declaration.isRequired } else { true }
    }
    guard isComplete, let configured = try? step.configure([:]), (try? configured.validate()) != nil else { return nil }
    return configured
  }

  private func shown(_ value: JSONValue) -> String {
    value.text ?? JSONWriter.string(value).replacing(",", with: ", ")
  }

  private func description(_ kind: Metric.Kind) -> String {
    switch kind {
    case .exact: "exact"
    case .tolerance(let relative): "within \(relative) of the committed value on another kind of processor"
    case .noise: "rounding noise: its claims are compared"
    case .volatile: "differs from run to run: not compared"
    }
  }

  // MARK: For programs

  private func json(_ step: RegisteredStep) -> JSONValue {
    var members: [String: JSONValue] = [
      "name": .string(step.name.text), "summary": .string(step.summary),
      "output": step.outputType.map { .string($0.description) } ?? .null,
    ]
    var parameters: [JSONValue] = []
    var inputs: [JSONValue] = []
    for entry in step.entries {
      switch entry.declaration {
      case .parameter(let declaration):
        parameters.append(
          .object([
            "key": .string(entry.key), "type": .string(declaration.typeName), "help": .string(declaration.help),
            "default": declaration.defaultValue ?? .null, "required": .bool(declaration.isRequired),
            "requirement": declaration.requirement.map(JSONValue.string) ?? .null,
          ]))
      case .input(let declaration):
        inputs.append(
          .object([
            "key": .string(entry.key), "type": .string(declaration.valueType.description),
            "help": .string(declaration.help),
          ]))
      }
    }
    members["parameters"] = .array(parameters)
    members["inputs"] = .array(inputs)
    if let configured = defaults(of: step) {
      members["metrics"] = .array(configured.metrics.map { .string($0.key.text) })
      members["series"] = .array(configured.series.map { .string($0.key.text) })
      members["figures"] = .array(configured.figures.map { .string($0.text) })
    }
    return .object(members)
  }
}

extension String {
  /// The string with spaces behind it up to `width` characters.
  func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
