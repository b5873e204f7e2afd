import NbrunDiagnostics

/// The few ways in which the terminal's text is set off. Plain where colours are not wanted.
struct Style: Sendable {
  let usesColor: Bool

  func good(_ text: String) -> TerminalText { paint(text, .good) }
  func bad(_ text: String) -> TerminalText { paint(text, .bad) }
  func warn(_ text: String) -> TerminalText { paint(text, .warning) }
  func strong(_ text: String) -> TerminalText { paint(text, .strong) }
  func soft(_ text: String) -> TerminalText { paint(text, .soft) }
  func accent(_ text: String) -> TerminalText { paint(text, .accent) }

  private func paint(_ text: String, _ paint: TerminalText.Paint) -> TerminalText {
    usesColor ? .painted(text, paint) : TerminalText(text)
  }
}
