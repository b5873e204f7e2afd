import NbrunDigests

extension CIFAR10 {
  /// Generated images in the place of CIFAR-10's: the same shapes, counts and labels, and something to learn, on any machine
  /// the same bytes. No result on them says anything about the real images.
  ///
  /// Each class has a pattern of coloured waves. An image is its class's pattern, moved a little, mixed with some of another
  /// class's, under noise.
  package static func standIn(layout: CIFAR10Layout = .standard) -> CIFAR10 {
    let patterns = StandInPatterns()
    let trainingCount = layout.trainingCount + layout.validationCount
    let training = ImageRecords.generating(trainingCount) { patterns.write(image: $0, to: $1) }
    let test = ImageRecords.generating(layout.testCount) { patterns.write(image: trainingCount + $0, to: $1) }
    return CIFAR10(training, test, layout: layout, isStandIn: true)
  }

  /// What stands for the digest of the stand-in: it changes with the counts and with the way the images are generated.
  package static func standInDigest(layout: CIFAR10Layout = .standard) -> Digest {
    SHA256.digest(
      of: "stand-in for cifar-10, version \(StandInPatterns.version): \(layout.recordsPerFile) records a file, "
        + "\(layout.trainingCount) training and \(layout.testCount) test images")
  }
}

/// The patterns of the stand-in's classes.
private struct StandInPatterns: Sendable {
  /// Raised whenever other bytes come out.
  static let version = 1

  private static let side = CIFAR10Layout.side
  /// Patterns repeat after 32 pixels in both directions; two periods of each row are kept, so that a moved row is one stretch.
  private static let rowSize = 2 * side
  private static let patternSize = CIFAR10Layout.channelCount * side * rowSize
  /// How many pixels an image may be moved, in each direction.
  private static let reach = 4

  /// The patterns of all classes, one after another: channel, row, column. All from 32 to 191, which leaves room for noise.
  private let pixels: [UInt8]

  init() {
    var pixels: [UInt8] = []
    for label in 0..<CIFAR10.classNames.count {
      var random = StandInRandom(seed: UInt64(label) &+ 1_000_003)
      for _ in 0..<CIFAR10Layout.channelCount {
        let (acrossWaves, downWaves) = (1 + random.below(3), 1 + random.below(3))
        let (acrossShift, downShift) = (random.below(Self.side), random.below(Self.side))
        for row in 0..<Self.side {
          for column in 0..<Self.rowSize {
            let across = Self.triangle(acrossWaves * column + acrossShift)
            let down = Self.triangle(downWaves * row + downShift)
            pixels.append(UInt8(32 + (across * down) * 159 / 256))
          }
        }
      }
    }
    self.pixels = pixels
  }

  /// A wave of whole numbers from 0 to 16 with a period of 32.
  private static func triangle(_ position: Int) -> Int {
    let phase = position % side
    return min(phase, side - phase)
  }

  /// Writes the record of the image with this number. Labels come in random order.
  func write(image: Int, to record: UnsafeMutableRawBufferPointer) {
    var random = StandInRandom(seed: UInt64(image))
    let classCount = CIFAR10.classNames.count
    let label = random.below(classCount)
    let other = random.below(classCount)
    let (down, across) = (random.below(2 * Self.reach + 1), random.below(2 * Self.reach + 1))
    record[0] = UInt8(label)
    pixels.withUnsafeBytes { pixels in
      var offset = 1
      for channel in 0..<CIFAR10Layout.channelCount {
        for row in 0..<Self.side {
          let start = (channel * Self.side + (row + down) % Self.side) * Self.rowSize + across
          for column in stride(from: start, to: start + Self.side, by: 8) {
            let own = pixels.loadUnaligned(fromByteOffset: label * Self.patternSize + column, as: UInt64.self)
            let foreign = pixels.loadUnaligned(fromByteOffset: other * Self.patternSize + column, as: UInt64.self)
            let mixed = Self.average(own, Self.average(own, foreign))
            // Noise of up to 63 on at most 191 stays within each byte.
            let noise = random.next() & 0x3f3f_3f3f_3f3f_3f3f
            record.storeBytes(of: mixed &+ noise, toByteOffset: offset, as: UInt64.self)
            offset += 8
          }
        }
      }
    }
  }

  /// The averages, rounded down, of the eight bytes of each word.
  @inline(__always)
  private static func average(_ a: UInt64, _ b: UInt64) -> UInt64 {
    (a & b) &+ ((a ^ b) &>> 1 & 0x7f7f_7f7f_7f7f_7f7f)
  }
}

/// SplitMix64 (G. Steele, D. Lea and C. Flood, 2014): quick, and good from any seed, so that each image can have its own.
private struct StandInRandom {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0xd134_2543_de82_ef95 }

  @inline(__always)
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ word &>> 30) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ word &>> 27) &* 0x94d0_49bb_1331_11eb
    return word ^ word &>> 31
  }

  /// A number from 0 up to, not including, `limit`.
  mutating func below(_ limit: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(limit)).high) }
}
