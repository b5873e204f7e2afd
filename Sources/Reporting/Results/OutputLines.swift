import NbrunRunning

extension [OutputItem] {
  /// The same output with a line of text an item, however it was cut when it was captured.
  var separatedLines: [OutputItem] {
    var items: [OutputItem] = []
    var open: [UInt8] = []
    func closed() -> OutputItem { .text(String(decoding: open, as: UTF8.self)) }
    for item in self {
      guard case .text(let text) = item else {
        if !open.isEmpty { items.append(closed()) }
        open = []
        items.append(item)
        continue
      }
      for piece in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
        if piece.offset > 0 {
          open.append(UInt8(ascii: "\n"))
          items.append(closed())
          open = []
        }
        open.append(contentsOf: piece.element)
      }
    }
    if !open.isEmpty { items.append(closed()) }
    return items
  }
}
