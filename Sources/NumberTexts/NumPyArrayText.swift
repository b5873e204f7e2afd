/// The array with these `elements` in row-major order, as `print` writes a NumPy array of this `shape` with NumPy's default
/// options: 8 digits, lines of 75 columns, and above 1,000 elements only the first and last three along each axis.
///
///     numPyText(of: [8.40782568, 10.02877281], shape: [2])   // [ 8.40782568 10.02877281]
///
/// No shape is a single number, written as a scalar.
public func numPyText<Element: NumPyPrintable>(of elements: [Element], shape: [Int]) -> String {
  let count = shape.reduce(1, *)
  guard count == elements.count else {
    fatalError("an array of shape \(shape) has \(count) elements, not \(elements.count)")
  }
  if shape.isEmpty { return elements[0].numPyScalarText }
  if elements.isEmpty { return "[]" }
  return NumPyArrayText(elements: elements, shape: shape).text
}

/// The layout of a printed array: which elements are shown, and where lines break.
private struct NumPyArrayText<Element: NumPyPrintable> {
  private static var lineWidth: Int { 75 }
  private static var threshold: Int { 1_000 }
  private static var edgeItems: Int { 3 }

  let elements: [Element]
  let shape: [Int]
  /// The distance in `elements` from one index to the next, of each axis.
  let strides: [Int]
  let isSummarised: Bool
  /// Writes one element, in the width that all share.
  var format: (Element) -> String = { _ in "" }

  init(elements: [Element], shape: [Int]) {
    self.elements = elements
    self.shape = shape
    strides = shape.indices.map { shape[($0 + 1)...].reduce(1, *) }
    isSummarised = elements.count > Self.threshold
    // The width is that of the elements shown; the others have no say.
    var shown = [0]
    for axis in shape.indices {
      shown = shown.flatMap { offset in visibleIndices(of: axis).compactMap { $0.map { offset + $0 * strides[axis] } } }
    }
    format = Element.numPyFormat(for: shown.map { elements[$0] })
  }

  var text: String { text(axis: 0, offset: 0, indent: " ", width: Self.lineWidth) }

  /// The indices of an axis that are shown; nil stands for those left out.
  private func visibleIndices(of axis: Int) -> [Int?] {
    let length = shape[axis]
    guard isSummarised, length > 2 * Self.edgeItems else { return Array(0..<length) }
    return Array(0..<Self.edgeItems) + [nil] + Array(length - Self.edgeItems..<length)
  }

  /// The part of the array from `axis` on that starts at `offset`, in brackets. Lines after the first start with `indent`.
  private func text(axis: Int, offset: Int, indent: String, width: Int) -> String {
    let indices = visibleIndices(of: axis)
    if axis == shape.count - 1 {
      return row(indices.map { $0.map { format(elements[offset + $0]) } ?? "..." }, indent: indent, width: width)
    }
    let parts = indices.map { index in
      index.map { text(axis: axis + 1, offset: offset + $0 * strides[axis], indent: indent + " ", width: width - 1) }
        ?? "..."
    }
    let separator = String(repeating: "\n", count: shape.count - axis - 1) + indent
    return "[" + parts.joined(separator: separator) + "]"
  }

  /// The words of the last axis, broken into lines that leave room for the closing bracket.
  private func row(_ words: [String], indent: String, width: Int) -> String {
    var lines: [String] = []
    var line = indent
    for (index, word) in words.enumerated() {
      // A line that has only its indent takes any word: a break would not help.
      if line.count + word.count > width - 1, line.count > indent.count {
        lines.append(line.trimmingTrailingSpaces)
        line = indent
      }
      line += word
      if index < words.count - 1 { line += " " }
    }
    lines.append(line)
    return "[" + lines.joined(separator: "\n").dropFirst(indent.count) + "]"
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
  }
}
