import NbrunDigests

enum ScratchName {
  /// A folder's name for these alterations, `conv.stride=2,seed=5`, another one for others; nil where there are none.
  /// - Parameter alterations: as the record of a run has them: `--set conv.stride=2`, `--seed 5`.
  static func text(_ alterations: [String]) -> String? {
    guard !alterations.isEmpty else { return nil }
    let words = alterations.map { alteration in
      let word = alteration.hasPrefix("--") ? String(alteration.dropFirst(2)) : alteration
      return word.hasPrefix("set ") ? String(word.dropFirst(4)) : word.replacing(" ", with: "=", maxReplacements: 1)
    }
    let plain = words.joined(separator: ",")
    let name = String(plain.map { isSafe($0) ? $0 : "_" }.prefix(longest))
    // What does not show in the name tells two of them apart all the same. File systems may take `A` for `a`.
    if name == plain, !name.hasPrefix("."), !name.contains(where: { $0.isUppercase }) { return name }
    let digest = SHA256.digest(of: alterations.joined(separator: "\n")).description.prefix(12)
    return "\(name.drop { $0 == "." })-\(digest)"
  }

  private static let longest = 80

  private static func isSafe(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || "-._=,".contains(character))
  }
}
