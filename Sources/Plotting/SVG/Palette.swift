/// The colours of figures, light and dark.
///
/// The series' hues are those of Okabe and Ito's palette for colour-blind readers ("Color Universal Design", 2008),
/// made darker on light paper and lighter on dark until text in them has a contrast of 4.5 (WCAG 2.2, 1.4.3). Dash
/// patterns tell series apart without any colour.
struct Palette: Sendable {
  /// What a colour is for; the raw value names the custom property of a page that may replace it.
  enum Role: String, CaseIterable, Sendable { case paper, ink, soft, rule, good, bad }

  /// The background, text, quiet text, grid lines, what holds, what is wrong.
  var colours: [Role: String]
  /// The series' colours, in order.
  var series: [String]
  /// The colours of cells from the least to the greatest value, each with the colour of text on it.
  var cells: [(fill: String, text: String)]

  /// How many series have a colour of their own.
  static let seriesCount = 7
  static let cellCount = 9
  /// The dashes of each series; the first is solid.
  static let dashes = ["", "8 4", "2 4", "10 4 2 4", "14 4", "5 3 1 3", "4 8"]

  static let light = Palette { _, light, _ in light }
  static let dark = Palette { _, _, dark in dark }

  /// The colours that `choose` makes of a light and a dark one, and of the name of the property that may replace both, where there is one.
  init(_ choose: (_ property: String?, _ light: String, _ dark: String) -> String) {
    colours = Dictionary(
      uniqueKeysWithValues: Self.roles.map { role, light, dark in (role, choose(role.rawValue, light, dark)) })
    series = Self.series.enumerated().map { choose("figure-\($0 + 1)", $1.light, $1.dark) }
    cells = Self.cells.map { light, dark in
      (choose(nil, light.fill, dark.fill), choose(nil, light.text, dark.text))
    }
  }

  private static let roles: [(Role, light: String, dark: String)] = [
    (.paper, "#ffffff", "#15171a"), (.ink, "#1d2125", "#dfe3e8"), (.soft, "#59626c", "#9aa4af"),
    (.rule, "#dfe3e8", "#2d3238"), (.good, "#14713d", "#58c98b"), (.bad, "#b3261e", "#ff8a80"),
  ]

  private static let series: [(light: String, dark: String)] = [
    ("#0b62a8", "#6cb6ff"), ("#a8480b", "#f0a35e"), ("#0f7048", "#4ecb9c"), ("#8a3d82", "#e29ad8"),
    ("#0c7489", "#7fd7f0"), ("#7a6000", "#e5cf5a"), ("#4a5560", "#b4bdc7"),
  ]

  private static let cells: [(light: (fill: String, text: String), dark: (fill: String, text: String))] = [
    (("#f4f8fc", "#1d2125"), ("#1b2027", "#dfe3e8")), (("#e0ecf7", "#1d2125"), ("#1d2b3c", "#dfe3e8")),
    (("#c9def1", "#1d2125"), ("#1f3852", "#dfe3e8")), (("#abccea", "#1d2125"), ("#22476b", "#dfe3e8")),
    (("#8bb8e0", "#1d2125"), ("#255785", "#ffffff")), (("#2f72b5", "#ffffff"), ("#62a5e6", "#15171a")),
    (("#20609f", "#ffffff"), ("#7fb9f0", "#15171a")), (("#164d84", "#ffffff"), ("#a0cdf7", "#15171a")),
    (("#0e3b69", "#ffffff"), ("#c4e1fc", "#15171a")),
  ]
}
