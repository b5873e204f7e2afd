import NbrunDiagnostics

package struct Mathematics: Sendable {
  package var node: NodeID
  /// The TeX source between the dollar signs or fences.
  package var source: String
  /// The source for other programs: macros replaced by what they stand for, and no definitions.
  package var plainSource: String
  /// Whether it shows nothing: it only defines macros.
  package var isEmpty: Bool { plainSource != source && plainSource.allSatisfy(\.isWhitespace) }
  /// Whether it stands on a line of its own.
  package var isDisplay: Bool
}

extension MarkdownDocument {
  /// The formula at a node; nil for any other node.
  package func mathematics(_ node: NodeID) -> Mathematics? {
    let record = store[node]
    guard record.kind == .mathInline || record.kind == .mathBlock else { return nil }
    let source = String(decoding: bytes(of: record), as: UTF8.self)
    return Mathematics(
      node: node, source: source, plainSource: payloads.formulas[Int(record.payload)].plainSource ?? source,
      isDisplay: record.flags.contains(.display))
  }

  /// Sets every formula, and every fenced block that is marked as one, and reports what is wrong in them.
  mutating func setFormulas(_ macros: MathMacros) {
    var macros = macros
    var suggestions = 20
    for node in descendants(of: root) {
      if isFencedFormula(node) {
        store[node].kind = .mathBlock
        store[node].flags.insert(.display)
      }
      let record = store[node]
      guard record.kind == .mathInline || record.kind == .mathBlock else { continue }
      let formula = MathFormula(
        parsing: Array(bytes(of: record)), isDisplay: record.flags.contains(.display), macros: &macros)
      store[node].payload = Int32(payloads.formulas.count)
      payloads.formulas.append(formula)
      for warning in formula.warnings {
        diagnostics.append(diagnostic(of: warning, in: record, suggestions: &suggestions))
      }
    }
  }

  private func isFencedFormula(_ node: NodeID) -> Bool {
    let record = store[node]
    guard record.kind == .fencedCode, record.flags.contains(.closed) else { return false }
    return source.bytes[payloads.fences[Int(record.payload)].info].elementsEqual("math".utf8)
  }

  /// A warning with its place in the file. Only the first ones get a suggestion, which takes time to find.
  private func diagnostic(of warning: MathWarning, in node: Node, suggestions: inout Int) -> Diagnostic {
    let start = Int(node.contentStart)
    let range = start + warning.range.lowerBound..<start + warning.range.upperBound
    var message = warning.message
    if let name = warning.unknownName, suggestions > 0 {
      suggestions -= 1
      message += Self.suggestion(for: name)
    }
    return .warning(message, at: source.range(ofBytes: content.sourceRange(range)))
  }

  private static func suggestion(for name: MathWarning.UnknownName) -> String {
    switch name {
    case .command(let name):
      // Of Alpha and alpha the one that begins alike is meant.
      NearNames.nearest(
        to: name,
        among: [true, false].flatMap { isAlike in
          MathCommand.names.filter { ($0.first?.isUppercase == name.first?.isUppercase) == isAlike }
        }
      ).map { "; did you mean \\\($0)?" } ?? ""
    case .environment(let name):
      NearNames.nearest(to: name, among: MathEnvironment.all.keys.sorted()).map { "; did you mean \($0)?" } ?? ""
    case .colour(let name):
      NearNames.nearest(to: name, among: MathSymbols.colours.sorted()).map { "; did you mean \($0)?" } ?? ""
    }
  }
}
