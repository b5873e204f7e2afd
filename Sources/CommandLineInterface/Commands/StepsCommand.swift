import NbrunDiagnostics
import NbrunJSONValues
import NbrunSteps

extension Command {
  static let steps = Command(
    name: "steps", summary: "Lists the steps, or one step's parameters, metrics and inputs.", arguments: "[NAME]",
    argumentCount: 0...1, completion: .steps, options: { [$0.json] }, isAnswer: true,
    examples: [("steps", "All steps."), ("steps gradient-check", "One step's parameters.")]
  ) { try $0.listSteps() }
}

extension Invocation {
  /// `nbrun steps`: what the registry knows, for people and for programs.
  func listSteps() throws(Diagnostic) -> ExitStatus {
    let steps = program.steps
    var shown = steps.all
    if let name = arguments.positionals.first {
      guard let step = StepName(name).flatMap({ steps[$0] }) else {
        throw .error("there is no step \"\(name)\"\(NearNames.advice(for: name, among: steps.names.map(\.text)))")
      }
      shown = [step]
    }
    if arguments.json {
      console.writeData(JSONWriter.string(.array(shown.map(json)), layout: .readable))
    } else if arguments.positionals.isEmpty {
      let width = (shown.map { $0.name.text.count }.max() ?? 0) + 2
      for step in shown { console.write("\(step.name)".padding(to: width) + step.summary + "\n") }
      console.write("\n\(program.name) steps NAME shows one step's parameters, inputs and metrics.\n")
    } else {
      console.write(page(for: shown[0]))
    }
    return .success
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
        text += "\(entry.key)  \(form(of: declaration))"
        if declaration.isRequired { text += " (required)" }
        text += "\n    \(declaration.help)\n"
      case .input(let declaration):
        text += "\(entry.key)  id of an earlier cell that gives a \(declaration.valueType) (required)\n"
        text += "    \(declaration.help)\n"
      }
    }
    if !step.notes.isEmpty { text += "\n\(step.notes)\n" }
    if let output = step.outputType { text += "\nGives a \(output) to later cells.\n" }
    text += metrics(of: step)
    if let configured = defaults(of: step) {
      if !configured.series.isEmpty {
        text += "\nSeries: \(configured.series.map(\.key.text).joined(separator: ", "))\n"
      }
      if !configured.figures.isEmpty {
        text += "\nFigures: \(configured.figures.map(\.text).joined(separator: ", "))\n"
      }
    }
    return text
  }

  /// What a value is. What is required of a list's elements names them already.
  private func form(of declaration: ParameterDeclaration) -> String {
    guard let requirement = declaration.requirement else { return declaration.typeName }
    let list = "list of "
    let isWhole =
      declaration.typeName.hasPrefix(list) && requirement.contains(declaration.typeName.dropFirst(list.count))
    return isWhole ? requirement : "\(declaration.typeName), \(requirement)"
  }

  /// The metrics with the defaults and in each variant, then how each is compared.
  private func metrics(of step: RegisteredStep) -> String {
    let known = settings(of: step).filter { !$0.configured.metrics.isEmpty }
    guard !known.isEmpty else { return "" }
    let width = (known.map(\.name.count).max() ?? 0) + 2
    var text = "\nMetrics:\n"
    if !step.variants.isEmpty {
      for (name, configured) in known {
        text += "    \(name.padding(to: width))\(configured.metrics.map(\.key.text).joined(separator: ", "))\n"
      }
      text += "\n"
    }
    var seen: Set<MetricKey> = []
    for metric in known.flatMap(\.configured.metrics) where seen.insert(metric.key).inserted {
      text += "    \(metric.key)  \(description(metric.kind))\n"
    }
    return text
  }

  /// The step with the defaults, where a cell may leave all out, and its variants.
  private func settings(of step: RegisteredStep) -> [(name: String, configured: ConfiguredStep)] {
    let variants = step.variants.compactMap { variant -> (String, ConfiguredStep)? in
      guard let configured = try? step.configure(variant.values), (try? configured.validate()) != nil else {
        return nil
      }
      return (variant.name, configured)
    }
    return (defaults(of: step).map { [("with the defaults", $0)] } ?? []) + variants
  }

  /// The step as a cell without parameters has it. Where a cell must give some: with any values that these can have, if what the
  /// step reports is the same for two of them; nil where it is not.
  private func defaults(of step: RegisteredStep) -> ConfiguredStep? {
    var samples: [[String: String]] = [[:], [:]]
    for entry in step.entries {
      guard case .parameter(let declaration) = entry.declaration, declaration.isRequired else { continue }
      let names = declaration.typeName.split { " ,".contains($0) }.map(String.init)
      let texts = (Self.sampleTexts + names).filter { (try? step.check(entry.key, $0)) != nil }
      guard step.variants.isEmpty, let first = texts.first, let last = texts.last else { return nil }
      samples[0][entry.key] = first
      samples[1][entry.key] = last
    }
    let isComplete = samples[0].isEmpty
    let configured = samples.compactMap { try? step.configure($0) }
    guard configured.count == 2, !isComplete || (try? configured[0].validate()) != nil,
      configured[0].metrics.map(\.key) == configured[1].metrics.map(\.key)
    else { return nil }
    return configured[0]
  }

  /// Values of many types, two of most.
  private static let sampleTexts =
    ["1", "2", "0.5", "true", "false"]
    + (1...4).flatMap { depth in
      ["1", "1, 2", "1, 1, 1, 1", "\"a\"", "\"a\", \"b\""].map { items in
        String(repeating: "[", count: depth) + items + String(repeating: "]", count: depth)
      }
    }

  private func shown(_ value: JSONValue) -> String { value.text ?? JSONWriter.string(value).replacing(",", with: ", ") }

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
    members["notes"] = .string(step.notes)
    members["variants"] = .array(
      settings(of: step).dropFirst(defaults(of: step) == nil ? 0 : 1).map { name, configured in
        .object(["name": .string(name), "metrics": .array(configured.metrics.map { .string($0.key.text) })])
      })
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
  func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
