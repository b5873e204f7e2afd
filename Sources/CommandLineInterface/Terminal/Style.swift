/// The few ways in which the terminal's text is set off. Plain where colours are not wanted.
struct Style: Sendable {
  let usesColor: Bool

  func good(_ text: String) -> String { paint(text, "32") }
  func bad(_ text: String) -> String { paint(text, "1;31") }
  func strong(_ text: String) -> String { paint(text, "1") }
  func soft(_ text: String) -> String { paint(text, "2") }
  func accent(_ text: String) -> String { paint(text, "36") }

  private func paint(_ text: String, _ code: String) -> String {
    usesColor && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
