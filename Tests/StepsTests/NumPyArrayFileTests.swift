import Foundation
import NbrunSteps
import NbrunTestSupport
import Testing

@Suite struct NumPyArrayFileTests {
  /// One entry of `Fixtures/npy.json`: a file, and what NumPy reads in it.
  struct Case: Decodable {
    let bytes: Data
    let shape: [Int]
    let type: String
    let elements: [Double]
  }

  struct Cases: Decodable {
    let cases: [Case]
  }

  static let cases: [Case] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/npy.json")
    return (try? JSONDecoder().decode(Cases.self, from: Data(contentsOf: file)).cases) ?? []
  }()

  private func array(_ bytes: [UInt8]) throws -> NumPyArray {
    let path = NSTemporaryDirectory() + "array-\(UUID().uuidString).npy"
    let file = try #require(fopen(path, "w"))
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try NumPyArray(File(path))
  }

  @Test func readsWhatNumPyWrites() throws {
    #expect(Self.cases.count > 180)
    for entry in Self.cases {
      let array = try array(Array(entry.bytes))
      #expect(array.shape == entry.shape, "\(entry.type)")
      #expect(array.elements == entry.elements, "\(entry.type) \(entry.shape)")
    }
  }

  @Test(arguments: [
    ("<f8", "(3,)", "24 bytes of elements follow, and a shape of (3,) takes 3 of 8", 23),
    ("<f8", "(2,)", "24 bytes of elements follow, and a shape of (2,) takes 2 of 8", 24),
    ("<c16", "(3,)", "its elements are c16, no numbers", 48), ("<f2", "(3,)", "its elements are f2, no numbers", 6),
    ("|O", "(3,)", "its elements are O, no numbers", 24), ("<f8", "(4611686018427387904, 4)", "its shape is (", 8),
    ("<f8", "3", "its header says not of which type", 24),
  ])
  func whatIsNoArrayIsSaid(type: String, shape: String, message: String, count: Int) {
    let header = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }\n"
    let bytes = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
    let expected = message.replacing("24 bytes", with: "\(count) bytes")
    do {
      _ = try array(bytes + [UInt8](repeating: 0, count: count))
      Issue.record("\(type) \(shape) was read")
    } catch { #expect("\(error)".contains("is no array that can be read: \(expected)"), "\(error)") }
  }

  @Test func anyBytesAreAnArrayOrAMessage() throws {
    for seed in 0..<fuzzCount(2_000) {
      var random = FuzzGenerator(seed: seed | 1 << 44)
      let sample = try #require(Self.cases.randomElement(using: &random))
      do { _ = try array(damaged(Array(sample.bytes), &random)) } catch {
        #expect(error is StepFailure, "seed \(seed): \(error)")
      }
    }
    #expect(throws: StepFailure("cannot read /no/such.npy: No such file or directory")) {
      try NumPyArray(File("/no/such.npy"))
    }
  }
}
