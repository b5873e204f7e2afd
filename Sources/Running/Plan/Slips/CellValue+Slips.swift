import NbrunDiagnostics
import NbrunNotebooks
import NbrunSteps

extension CellValue {
  /// What is wrong with the value: what to write in its place where a slip explains it, else what `error` says.
  /// - Parameters:
  ///   - explains: whether to look for a slip. That takes its time, and nobody reads a hundred explanations.
  ///   - slips: those to look for.
  ///   - requirement: what a text must be that is a value of this kind, if it is one and is not that.
  ///   - isRight: whether a text is a value of this kind.
  func diagnostic(
    for error: any Error, explains: Bool = true, among slips: [Slip] = Slip.all,
    requirement: (String) -> String? = { _ in nil }, isRight: (String) -> Bool
  ) -> Diagnostic {
    let line = text.replacing("\n", with: " ")
    if explains, let advice = Slip.advice(for: line, among: slips, requirement: requirement, isRight: isRight) {
      return .error(advice.message, at: range(of: advice.place))
    }
    if let message = Slip.adviceOnAbsence(text) { return .error(message, at: range) }
    if let diagnostic = error as? Diagnostic { return diagnostic }
    guard let error = error as? ValueError else { return .error("\(error)", at: range) }
    return .error(error.message, at: error.range.map(range(ofBytes:)) ?? range)
  }

  /// The place of some characters of the text on one line; of the whole where it has several.
  func range(of characters: Range<Int>) -> SourceRange { text.contains("\n") ? range : range(ofCharacters: characters) }
}
