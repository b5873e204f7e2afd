import NbrunPlatform

/// An array of numbers that NumPy stored: a `.npy` file (`numpy.save`; format NEP 1, versions 1 to 3).
///
///     let measured = try NumPyArray(file)
///     measured.elements[row * measured.shape[1] + column]
///
/// Floating-point numbers, whole numbers and truth values of any width and byte order are read.
public struct NumPyArray: Sendable {
  /// The length of each axis.
  public let shape: [Int]
  /// The elements, the last axis' fastest, however they were stored.
  public let elements: [Double]

  /// The array in `file`.
  /// - Throws: `StepFailure` with what is wrong with the file.
  public init(_ file: File) throws {
    func refuse(_ problem: String) -> StepFailure {
      StepFailure("\(file.name) is no array that can be read: \(problem)")
    }
    let bytes: [UInt8]
    do { bytes = Array(try Data(contentsOf: URL(filePath: file.path))) } catch {
      throw StepFailure("cannot read \(file.name): \(error.systemReason)")
    }
    guard bytes.starts(with: [0x93] + "NUMPY".utf8), bytes.count >= 12, 1...3 ~= bytes[6] else {
      throw refuse("it does not begin as a .npy file of version 1 to 3 does")
    }
    // Version 1 has two bytes for the header's length.
    let start = bytes[6] == 1 ? 10 : 12
    let length = bytes[8..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard start + length <= bytes.count else { throw refuse("its header is cut off") }
    let header = String(decoding: bytes[start..<start + length], as: UTF8.self)
    guard let type = header.firstMatch(of: #/'descr': *'([<>|=]?)([a-zA-Z])(\d*)'/#),
      let order = header.firstMatch(of: #/'fortran_order': *(True|False)/#),
      let axes = header.firstMatch(of: #/'shape': *\(([0-9, ]*)\)/#)
    else { throw refuse("its header says not of which type, order and shape it is, or of more than one type") }
    shape = axes.1.split { ", ".contains($0) }.map { Int($0) ?? -1 }
    var count = 1
    for length in shape {
      let product = count.multipliedReportingOverflow(by: length)
      guard length >= 0, !product.overflow else { throw refuse("its shape is (\(axes.1))") }
      count = product.partialValue
    }
    let width = Int(type.3) ?? 0
    guard let number = Self.reader(of: type.2, width: width) else {
      throw refuse("its elements are \(type.2)\(type.3), no numbers")
    }
    let stored = bytes[(start + length)...]
    guard stored.count / width == count, stored.count % width == 0 else {
      throw refuse("\(stored.count) bytes of elements follow, and a shape of (\(axes.1)) takes \(count) of \(width)")
    }
    let isBigEndian = type.1 == ">"
    let values = (0..<count).map { index in
      let element = stored[(start + length + index * width)...].prefix(width)
      return number((isBigEndian ? Array(element) : element.reversed()).reduce(0) { $0 << 8 | UInt64($1) })
    }
    elements = order.1 == "True" ? Self.transposed(values, shape) : values
  }

  /// What the bits of an element mean; nil where they are no number.
  private static func reader(of kind: Substring, width: Int) -> ((UInt64) -> Double)? {
    switch (kind, width) {
    case ("f", 8): { Double(bitPattern: $0) }
    case ("f", 4): { Double(Float(bitPattern: UInt32($0))) }
    case ("i", 1), ("i", 2), ("i", 4), ("i", 8):
      { Double(Int64(bitPattern: $0 << (64 - 8 * width)) >> (64 - 8 * width)) }
    case ("u", 1), ("u", 2), ("u", 4), ("u", 8), ("b", 1): { Double($0) }
    default: nil
    }
  }

  /// The elements with the last axis' fastest, from those with the first axis' fastest.
  private static func transposed(_ values: [Double], _ shape: [Int]) -> [Double] {
    var indices = shape.map { _ in 0 }
    return values.indices.map { _ in
      let place = zip(shape, indices).reversed().reduce(0) { $0 * $1.0 + $1.1 }
      for axis in indices.indices.reversed() {
        indices[axis] += 1
        if indices[axis] < shape[axis] { break }
        indices[axis] = 0
      }
      return values[place]
    }
  }
}
