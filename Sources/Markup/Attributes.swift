/// An element's attributes in the order in which they are written, so that output is stable. A nil value leaves one out.
package struct Attributes: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  /// Name and unescaped value of each attribute.
  package private(set) var pairs: [(name: String, value: String)]

  /// The attributes of a literal; those whose value is nil are left out.
  package init(dictionaryLiteral elements: (String, String?)...) {
    pairs = elements.compactMap { name, value in value.map { (name, $0) } }
  }

  /// Adds an attribute after the others, unless its value is nil.
  package mutating func add(_ name: String, _ value: String?) {
    if let value { pairs.append((name, value)) }
  }

  /// Whether both have the same attributes in the same order.
  package static func == (left: Attributes, right: Attributes) -> Bool { left.pairs.elementsEqual(right.pairs, by: ==) }
}
