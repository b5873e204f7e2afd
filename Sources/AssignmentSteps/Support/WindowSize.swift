import NbrunJSONValues
import NbrunSteps

/// The size of a pooling window as a cell writes it: `2` for a square one, `[2, 3]` for height and width.
struct WindowSize: ParameterValue {
  let height: Int
  let width: Int

  static let typeName = "whole number, or list of height and width"
  static let pluralTypeName = "whole numbers, or lists of height and width"

  static func read(_ node: JSONNode) throws(ValueError) -> WindowSize {
    var lengths: [Int]
    if case .array = node.content { lengths = try [Int].read(node) } else { lengths = [try Int.read(node)] }
    guard lengths.count == 1 || lengths.count == 2, lengths.allSatisfy({ 1...1_000_000 ~= $0 }) else {
      throw ValueError("a window is at least 1 high and wide: 2, or [2, 3] for height and width", at: node.range)
    }
    return WindowSize(height: lengths[0], width: lengths[lengths.count - 1])
  }

  var canonical: JSONValue { height == width ? .integer(height) : .array([.integer(height), .integer(width)]) }
}

extension WindowSize: ExpressibleByIntegerLiteral {
  init(integerLiteral side: Int) { self.init(height: side, width: side) }
}
