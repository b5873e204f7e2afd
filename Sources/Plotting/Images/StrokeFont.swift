/// Letters drawn in strokes, for pictures that no browser writes the text of: printable ASCII and the marks that reports use.
///
/// A letter stands on a grid of its own: x from 0 at its left, y from 0 at the top of capitals over 10 at the base line to 13.
enum StrokeFont {
  /// How high capitals are, in units of the grid.
  static let capitalHeight = 10.0
  /// What stands between two letters.
  private static let gap = 2.6

  /// A letter: its strokes, and how wide they are.
  private struct Glyph {
    let strokes: [[Point]]
    let width: Double

    init(_ strokes: [[Point]]) {
      self.strokes = strokes
      width = strokes.joined().map(\.x).max() ?? 1.4
    }
  }

  /// The strokes of a line of text, from the origin on.
  static func strokes(of text: String) -> [[Point]] {
    var (result, x): ([[Point]], Double) = ([], 0)
    for glyph in plain(text).map({ glyphs[$0] ?? box }) {
      result += glyph.strokes.map { stroke in stroke.map { Point(x: $0.x + x, y: $0.y) } }
      x += glyph.width + gap
    }
    return result
  }

  /// How wide a line of text is.
  static func width(of text: String) -> Double {
    max(plain(text).reduce(0) { $0 + (glyphs[$1] ?? box).width + gap } - gap, 0)
  }

  /// The text in letters that there are: accents are left out, typographic marks become plain ones.
  private static func plain(_ text: String) -> String {
    String(
      text.unicodeScalars.compactMap { scalar -> Character? in
        if scalar.isASCII { return Character(scalar) }
        if scalar.properties.generalCategory == .nonspacingMark { return nil }
        // LATIN SMALL LETTER E WITH ACUTE
        let words = scalar.properties.name?.split(separator: " ") ?? []
        if words.count > 4, words[0] == "LATIN", words[2] == "LETTER", words[3].count == 1, words[4] == "WITH" {
          return Character(words[1] == "SMALL" ? words[3].lowercased() : String(words[3]))
        }
        switch scalar {
        case "–", "—", "−", "\u{2010}", "\u{2011}": return "-"
        case "’", "‘": return "'"
        case "“", "”": return "\""
        case "\u{A0}", "\u{202F}", "\u{2009}": return " "
        default: return Character(scalar)
        }
      })
  }

  /// What stands for a character that there is no letter for.
  private static let box = Glyph([[(0, 0), (6, 0), (6, 10), (0, 10), (0, 0)].map { Point(x: $0, y: $1) }])

  private static let glyphs: [Character: Glyph] = {
    var glyphs: [Character: Glyph] = [" ": Glyph([])]
    for entry in table.split(whereSeparator: { $0 == " " || $0.isNewline }) {
      guard let character = entry.first else { continue }
      glyphs[character] = Glyph(
        entry.dropFirst().split(separator: ",").map { stroke in
          let isCurved = stroke.first == "~"
          let digits = stroke.drop { $0 == "~" }.compactMap { $0.hexDigitValue.map(Double.init) }
          let points = stride(from: 0, to: digits.count - 1, by: 2).map { Point(x: digits[$0], y: digits[$0 + 1]) }
          return isCurved ? curve(points) : points
        })
    }
    return glyphs
  }()

  /// A line with its corners cut off three times, which comes close to a curve (Chaikin, 1974): a fourth time doubles the strokes to
  /// draw, and is not seen in letters 50 pixels high.
  private static func curve(_ points: [Point]) -> [Point] {
    var points = points
    let isClosed = points.first == points.last
    for _ in 0..<3 {
      var cut = isClosed ? [] : [points[0]]
      for (start, end) in zip(points, points.dropFirst()) {
        cut.append(Point(x: start.x * 0.75 + end.x * 0.25, y: start.y * 0.75 + end.y * 0.25))
        cut.append(Point(x: start.x * 0.25 + end.x * 0.75, y: start.y * 0.25 + end.y * 0.75))
      }
      cut.append(isClosed ? cut[0] : points[points.count - 1])
      points = cut
    }
    return points
  }

  /// Each letter followed by its strokes: pairs of hexadecimal digits, x and y; `~` before those that are curved.
  private static let table = """
    !1017,1a1a "1013,4043 #301a,604a,0373,0777 $~62600005656a0a08,313b %800a,~0030340400,~56868a5a56
    &~6a03005053060a5a76 '1013 (~3013183b )~0023280b *3137,0266,6206 +3339,0666 ,191b0c -0646 .1a1a /500a
    0~00606a0a00 1~123030,303a 2~020060640a,0a6a 3~0100606525,~25656a0a09 4505a,500777 5600004,~0404646a0a08 6~500107,~04646a0a04
    70060,602a 8~0060650500,~05656a0a05 9~0060660600,~63691a :1414,1a1a ;1414,191b0c <62066a =0464,0868 >02660a
    ?~020060643537,3a3a @~7a0a0080875854,~2454582824 A0a306a,1757 B000a,~00606505,~05656a0a D000a,~00606a0a
    C~6260000a6a68 E60000a6a,0545 F60000a,0545 G~6260000a6a66,6636 H000a,606a,0565 I101a J~404a0a07 K000a,6006,246a L000a6a
    M0a0047808a N0a006a60 O~00707a0a00 P000a,~00606606 Q~00707a0a00,477b R000a,~00606505,356a S~62600005656a0a08 T0060,303a
    U~000a6a60 V003a60 W002a426a80 X006a,600a Y003560,353a Z00600a6a [30101b3b \\005a ]00202b0b ^043064 _0c6c `1032
    a~03535a0a03,535a b000a,~03535a0a03 c~5553030a5a58 d505a,~03535a0a03 e0656,~5653030a5a59 f~4010131a,0343 g~03535a0a03,~535d0d0b
    h000a,~0603535a i131a,1010 j~232d0c,2020 k000a,5307,265a l1017,~171a3a m030a,~0603434a,~4643838a n030a,~0603535a o~03535a0a03
    p030d,~03535a0a03 q535d,~03535a0a03 r030a,~060343 s~54530306575a0a09 t~101a4a,0343 u~030a5a56,535a v033a63 w032a446a83
    x035a,530a y033a,631d z03530a5a {~40202505,~05252b4b |101c }~00202545,~45252b0b
    ~~07144865 ✓063a81 ✗117a,711a ×1559,5519 ·1616 →0676,5476,5876 …1a1a,4a4a,7a7a ≤630669,0b6b ≥036609,0b6b ±3238,0565,0a6a
    """
}
