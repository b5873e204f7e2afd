import Foundation
import NbrunRandomNumbers
import Testing

@Suite struct NumPyRandomTests {
  /// Whether the C library's logarithm rounds as it did where the fixture was made. On processors without fused multiplication
  /// the same library takes another way, and about one normal number in 15,000 ends in another bit, NumPy's as well as ours.
  static let logarithmIsTheFixtures: Bool = {
    // Read from text, so that the compiler cannot take the logarithm itself.
    let argument = Double("0.6382549662588194") ?? 1
    return log(argument).bitPattern == 0xbfdc_bcb3_a700_fa54
  }()

  @Test(arguments: try NumPyStream.all())
  func drawsWhatNumPyDraws(stream: NumPyStream) throws {
    var random = NumPyRandom(seed: stream.seed)
    #expect(!stream.calls.isEmpty)
    for call in stream.calls {
      let draws = try random.draw(call)
      let isExact = Self.logarithmIsTheFixtures || !call.name.contains("normal")
      if let bits = call.bits {
        let expected = bits.compactMap { UInt64($0, radix: 16) }.map(Double.init(bitPattern:))
        #expect(isExact ? draws == .reals(expected) : draws.isWithinTwoBits(of: expected), "\(call.name)")
      } else if let integers = call.integers {
        #expect(draws == .integers(integers.compactMap { Int($0) }), "\(call.name)")
      } else if isExact {
        #expect(draws.digest == call.digest, "\(call.name)")
      } else {
        print("skipped: the digest of \(call.count) normal numbers, because this machine's logarithm rounds otherwise")
      }
    }
  }

  @Test func theFixtureCoversTheSeeds() throws {
    #expect(Set(try NumPyStream.all().map(\.seed)) == [0, 1, 231, UInt32.max])
  }

  /// The first numbers of `np.random.seed(231); np.random.randn(3)`, as NumPy prints them.
  @Test func theNumbersOfTheCourse() {
    var random = NumPyRandom(seed: 231)
    let numbers = (0..<3).map { _ in String(random.standardNormal()) }
    // These three come out alike on every processor.
    #expect(numbers == ["0.41794341085522313", "1.3971002787857785", "-1.7859043087115503"])
  }

  @Test(arguments: [
    Distribution.randomSample, .standardNormal, .uniform(low: -1, high: 2), .normal(mean: 3, standardDeviation: 0.1),
  ])
  func floatsAreTheRoundedDoubles(distribution: Distribution) {
    var random = NumPyRandom(seed: 7)
    var copy = random
    let doubles = random.array(of: distribution, count: 1_001)
    let floats = copy.array(of: distribution, count: 1_001, as: Float.self)
    #expect(floats == doubles.map(Float.init))
    #expect(random == copy)
  }

  @Test func aCopyContinuesByItself() {
    var random = NumPyRandom(seed: 3)
    _ = random.standardNormal()
    var copy = random
    #expect(random == copy)
    let ahead = random.array(of: .standardNormal, count: 1_000)
    #expect(random != copy)
    #expect(copy.array(of: .standardNormal, count: 1_000) == ahead)
    #expect(random == copy)
  }

  @Test(arguments: [0, 1, 2, 311, 312, 313, 624, 625])
  func anEncodedGeneratorContinues(draws: Int) throws {
    var random = NumPyRandom(seed: 231)
    _ = random.array(of: .standardNormal, count: draws)
    let encoded = try JSONEncoder().encode(random)
    var decoded = try JSONDecoder().decode(NumPyRandom.self, from: encoded)
    #expect(decoded == random)
    #expect(decoded.array(of: .standardNormal, count: 700) == random.array(of: .standardNormal, count: 700))
  }

  @Test(arguments: [
    #"{"words": "AAAA", "position": 0}"#,
    #"{"words": "\#(Data(count: 2496).base64EncodedString())", "position": 625}"#,
    #"{"words": "\#(Data(count: 2496).base64EncodedString())", "position": -1}"#,
    #"{"position": 0}"#,
  ])
  func noOtherStateIsDecoded(json: String) {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(NumPyRandom.self, from: Data(json.utf8)) }
  }
}
