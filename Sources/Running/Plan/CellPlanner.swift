import NbrunDiagnostics
import NbrunNotebooks
import NbrunSteps

/// Checks one step cell as far as it can be checked alone: its keys, its values, its step's own `validate()`.
struct CellPlanner {
  /// What the cell's own keys say.
  private(set) var reserved: ReservedEntries
  /// The step, where the name is one.
  private(set) var step: RegisteredStep?
  /// The configured step, where all of its values are right and go together.
  private(set) var configured: ConfiguredStep?
  /// The text of each value that is right.
  private(set) var values: [String: String] = [:]
  /// Where each given value stands.
  private(set) var places: [String: CellValue] = [:]
  private(set) var diagnostics: [Diagnostic] = []

  private let name: Located<String>
  private let find: FileFinder?

  /// Whether mistakes in values are explained.
  private let explains: Bool

  private var explainsMore: Bool { explains && diagnostics.count < Slip.mostExplanations }

  /// Checks `cell`, which runs the step called `name`, with `overrides` in place of the values that it gives.
  init(
    _ cell: NotebookCell, name: Located<String>, steps: StepList, overrides: [String: String],
    finding find: FileFinder? = nil, explains: Bool = true
  ) {
    (self.name, self.find) = (name, find)
    self.explains = explains
    reserved = ReservedEntries(explains: explains)
    step = StepName(name.value).flatMap { steps[$0] }
    if step == nil {
      let advice = NearNames.advice(for: name.value, among: steps.names.map(\.text))
      diagnostics.addError("unknown step \"\(name.value)\"\(advice)", at: name.range)
    }
    let step = step
    let entries = CellEntries(of: cell.lines) { key in
      if reservedKeys.contains(key) { return ReservedEntries.isText(key) }
      guard let entry = step?.entry(key), case .parameter(let declaration) = entry.declaration else {
        return step != nil
      }
      return declaration.isText
    }
    diagnostics += entries.diagnostics
    badKeys.formUnion(entries.unreadKeys)
    accept(entries.all)
    for (key, text) in overrides { override(key, text) }
    if let step, !entries.hasUnclosedBracket { configure(step) }
    diagnostics += reserved.diagnostics
  }

  // MARK: Keys and values

  private mutating func accept(_ entries: [CellEntry]) {
    var seen: Set<String> = []
    for entry in entries {
      let key = entry.key.value
      if !seen.insert(key).inserted, !ReservedEntries.repeatable.contains(key) {
        diagnostics.addError("\"\(key)\" is given twice", at: entry.key.range)
      } else if reservedKeys.contains(key) {
        reserved.accept(entry)
      } else if let step {
        accept(entry, of: step)
      }
    }
  }

  private mutating func accept(_ entry: CellEntry, of step: RegisteredStep) {
    let key = entry.key.value
    guard step.entry(key) != nil else {
      let valid = step.entries.map(\.key) + reservedKeys.subtracting(["step", "listing"]).sorted()
      let near = NearNames.nearest(to: key, among: valid).map { "; did you mean \"\($0)\"?" }
      let all = "; it takes \(step.entries.map(\.key).joined(separator: ", "))"
      diagnostics.addError("the step \(step.name) has no parameter \"\(key)\"\(near ?? all)", at: entry.key.range)
      return
    }
    places[key] = entry.value
    do {
      try step.check(key, entry.value.text)
      values[key] = entry.value.text
      warnOfQuotationMarks(entry, of: step)
    } catch {
      diagnostics.append(
        entry.value.diagnostic(
          for: error, explains: explainsMore, requirement: { Self.requirement(of: key, in: step, missedBy: $0) }
        ) { (try? step.check(key, $0)) != nil })
      badKeys.insert(key)
    }
  }

  /// What the value of `key` must be, where `text` is a value of its type and is not that.
  private static func requirement(of key: String, in step: RegisteredStep, missedBy text: String) -> String? {
    guard case .parameter(let declaration)? = step.entry(key)?.declaration, let words = declaration.requirement else {
      return nil
    }
    let message = "the value must be \(words)"
    do { try step.check(key, text) } catch { return (error as? ValueError)?.message == message ? message : nil }
    return nil
  }

  /// A text may begin and end with quotation marks, but few do on purpose.
  private mutating func warnOfQuotationMarks(_ entry: CellEntry, of step: RegisteredStep) {
    guard case .parameter(let declaration)? = step.entry(entry.key.value)?.declaration, declaration.isText,
      let plain = Slip.withoutQuotationMarks(entry.value.text)
    else { return }
    diagnostics.append(
      .warning(
        "the quotation marks are part of this text; without them it is \(entry.key.value): \(plain)",
        at: entry.value.range))
  }

  private mutating func override(_ key: String, _ text: String) {
    guard let step else { return }
    guard step.entry(key) != nil else {
      let advice = NearNames.advice(for: key, among: step.entries.map(\.key))
      diagnostics.addError("--set: the step \(step.name) has no parameter \"\(key)\"\(advice)")
      return
    }
    do {
      try step.check(key, text)
      values[key] = text
      places[key] = nil
      badKeys.remove(key)
    } catch {
      let message =
        Slip.advice(for: text, requirement: { Self.requirement(of: key, in: step, missedBy: $0) }) {
          (try? step.check(key, $0)) != nil
        }?.message
        ?? (error as? ValueError)?.message ?? "\(error)"
      diagnostics.addError("--set \(key): \(message)")
    }
  }

  private var badKeys: Set<String> = []

  // MARK: The step as a whole

  private mutating func configure(_ step: RegisteredStep) {
    var isComplete = badKeys.isEmpty
    for entry in step.entries where values[entry.key] == nil && !badKeys.contains(entry.key) {
      switch entry.declaration {
      case .parameter(let declaration) where declaration.isRequired:
        diagnostics.addError(
          "the step \(step.name) needs \"\(entry.key)\" (\(declaration.typeName)): \(declaration.help)", at: name.range)
        isComplete = false
      case .input(let declaration):
        diagnostics.addError(
          "the step \(step.name) needs \"\(entry.key)\", the id of an earlier cell: \(declaration.help)",
          at: name.range)
        isComplete = false
      case .parameter: break
      }
    }
    guard isComplete else { return }
    do {
      let configured = try step.configure(values, finding: find)
      try configured.validate()
      self.configured = configured
    } catch let error as ParameterError {
      guard let value = places[error.key] else {
        diagnostics.addError("\(error.key): \(error.message)", at: name.range)
        return
      }
      let (values, find) = (values, find)
      let stated = Diagnostic.error(error.message, at: error.range.map(value.range(ofCharacters:)) ?? value.range)
      diagnostics.append(
        value.diagnostic(for: stated, explains: explainsMore) { meant in
          (try? step.configure(values.merging([error.key: meant]) { $1 }, finding: find).validate()) != nil
        })
    } catch let diagnostic as Diagnostic {
      diagnostics.append(diagnostic.range == nil ? .error(diagnostic.message, at: name.range) : diagnostic)
    } catch { diagnostics.addError("\(error)", at: name.range) }
  }
}
