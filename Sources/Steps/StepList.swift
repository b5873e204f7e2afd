import NbrunBinaryCoding

/// The steps of a program, in the order in which `nbrun steps` shows them. Validation, suggestions, help and the reference
/// page derive from this one list.
///
///     let steps = StepList(codeIdentity: sourceDigest) {
///       MaxPoolForwardExample.self
///       GradientCheck.self
///     }
public struct StepList: Sendable {
  /// The steps, in order.
  package let all: [RegisteredStep]

  /// The listed steps.
  /// - Parameter codeIdentity: a digest of the sources that the steps compute with, which the package's build-tool plugin
  ///   provides as `sourceDigest`. Without one the digest of the executable stands for it: any rebuild then recomputes.
  public init(codeIdentity: String? = nil, @StepListBuilder _ steps: () -> [RegisteredStep]) {
    self.init(steps().map { $0.identified(by: codeIdentity) })
  }

  private init(_ all: [RegisteredStep]) {
    guard Set(all.map(\.name)).count == all.count else { fatalError("two registered steps have the same name") }
    self.all = all
  }

  /// Both lists, this one's steps first.
  public static func + (left: StepList, right: StepList) -> StepList { StepList(left.all + right.all) }

  /// The step named `name`.
  package subscript(name: StepName) -> RegisteredStep? { all.first { $0.name == name } }
  /// The steps' names, in order.
  package var names: [StepName] { all.map(\.name) }
}

/// Lets a `StepList` be written as the list of its steps' types.
@resultBuilder public enum StepListBuilder {
  /// A step without an output.
  public static func buildExpression<S: Step>(_ step: S.Type) -> [RegisteredStep] where S.Output == Void {
    [
      RegisteredStep(step, outputType: nil) { step, cell in
        try step.run(in: cell)
        return nil
      }
    ]
  }

  /// A step whose output later cells can take.
  public static func buildExpression<S: Step>(_ step: S.Type) -> [RegisteredStep] where S.Output: Codable & Sendable {
    [
      RegisteredStep(step, outputType: ValueType(S.Output.self)) { step, cell in
        try BinaryEncoder.encode(step.run(in: cell))
      }
    ]
  }

  /// The steps of all expressions.
  public static func buildBlock(_ steps: [RegisteredStep]...) -> [RegisteredStep] { steps.flatMap { $0 } }
}
