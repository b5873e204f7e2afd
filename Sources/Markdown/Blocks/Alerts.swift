import NbrunDiagnostics

/// GitHub's alerts: a quote whose first line is `[!NOTE]` or one of four others.
package struct Alert: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case note, tip, important, warning, caution

    /// What stands above the text.
    package var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
  }

  package var kind: Kind
  /// Where `[!NOTE]` stands in the source's bytes.
  package var marker: Range<Int>
}

extension BlockParser {
  /// Makes an alert of a quote at the top level whose first line says so, and which says something more.
  mutating func finishQuote(_ quote: NodeID) {
    let paragraph = store[quote].firstChild
    guard options.contains(.alerts), store[quote].parent == .document, paragraph.exists,
      store[paragraph].kind == .paragraph
    else { return }
    let range = store[paragraph].content
    let line = content.text[range].prefix { $0 != ASCII.lineFeed }
    let trimmed = line.prefix(line.reversed().drop { $0.isSpaceOrTab }.count)
    guard trimmed.starts(with: "[!".utf8), trimmed.last == ASCII.rightBracket,
      trimmed.dropFirst(2).dropLast().allSatisfy(\.isASCIILetter), trimmed.count > 3
    else { return }
    let isAlone = line.endIndex >= range.upperBound
    guard !isAlone || store[paragraph].next.exists else { return }
    let marker = content.sourceRange(trimmed.startIndex..<trimmed.endIndex)
    let name = String(decoding: trimmed.dropFirst(2).dropLast(), as: UTF8.self)
    guard let kind = Alert.Kind(rawValue: name.lowercased()) else {
      let advice = NearNames.advice(for: name, among: Alert.Kind.allCases.map { $0.rawValue.uppercased() })
      payloads.remarks.append(("there is no alert \"\(name)\"\(advice)", marker))
      return
    }
    store[quote].payload = Int32(payloads.alerts.count)
    payloads.alerts.append(Alert(kind: kind, marker: marker))
    if isAlone {
      store.unlink(paragraph)
    } else {
      store[paragraph].contentStart = Int32(line.endIndex + 1)
      store[paragraph].start = Int32(content.sourceOffset(line.endIndex + 1))
    }
  }
}

extension MarkdownDocument {
  /// The alert that a quote is; nil for any other node.
  package func alert(_ node: NodeID) -> Alert? {
    let record = store[node]
    guard record.kind == .blockQuote, record.payload >= 0 else { return nil }
    return payloads.alerts[Int(record.payload)]
  }
}
