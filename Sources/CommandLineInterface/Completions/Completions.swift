/// Shell completions, generated from the declarations that parsing and help use.
struct Completions {
  enum Shell: String, CaseIterable {
    case bash
    case zsh
    case fish
  }

  let program: String
  let commands: [Command]
  /// The names of the program's steps.
  let steps: [String]

  func script(for shell: Shell) -> String {
    switch shell {
    case .bash: bash
    case .zsh: zsh
    case .fish: fish
    }
  }

  /// The function that completes; the program's name as shells allow it in names.
  var function: String { "_" + String(program.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }) }

  /// The words that can be offered, where there is a known set of them.
  func words(_ completion: Completion) -> [String]? {
    switch completion {
    case .words(let words): words
    case .steps: steps
    case .commands: commands.map(\.name)
    case .nothing, .notebooks, .files, .folders: nil
    }
  }
}
