import NbrunJSONValues
import NbrunSteps

/// The size of a pooling window as a cell writes it: `2` for a square one, `[2, 3]` for height and width.
struct WindowSize: ParameterValue {
  let height: Int
  let width: Int

  static let form: ParameterForm<WindowSize> = .init(
    "whole number, or list of height and width", many: "whole numbers, or lists of height and width"
  ) { node throws(ValueError) in
    var lengths: [Int]
    if case .array = node.content { lengths = try [Int].read(node) } else { lengths = [try Int.read(node)] }
    guard lengths.count == 1 || lengths.count == 2, lengths.allSatisfy({ 1...1_000_000 ~= $0 }) else {
      throw ValueError("a window is at least 1 high and wide: 2, or [2, 3] for height and width", at: node.range)
    }
    return WindowSize(height: lengths[0], width: lengths[lengths.count - 1])
  } canonical: { size in
    size.height == size.width ? .integer(size.height) : .array([.integer(size.height), .integer(size.width)])
  }
}

extension WindowSize: ExpressibleByIntegerLiteral {
  init(integerLiteral side: Int) { self.init(height: side, width: side) }
}
