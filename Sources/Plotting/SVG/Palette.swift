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

  static let light = Palette(
    colours: [
      .paper: "#ffffff", .ink: "#1d2125", .soft: "#59626c", .rule: "#dfe3e8", .good: "#14713d", .bad: "#b3261e",
    ], series: ["#0b62a8", "#a8480b", "#0f7048", "#8a3d82", "#0c7489", "#7a6000", "#4a5560"],
    cells: zip(
      ["#f4f8fc", "#e0ecf7", "#c9def1", "#abccea", "#8bb8e0", "#2f72b5", "#20609f", "#164d84", "#0e3b69"],
      ["#1d2125", "#1d2125", "#1d2125", "#1d2125", "#1d2125", "#ffffff", "#ffffff", "#ffffff", "#ffffff"]
    ).map { ($0, $1) })

  static let dark = Palette(
    colours: [
      .paper: "#15171a", .ink: "#dfe3e8", .soft: "#9aa4af", .rule: "#2d3238", .good: "#58c98b", .bad: "#ff8a80",
    ], series: ["#6cb6ff", "#f0a35e", "#4ecb9c", "#e29ad8", "#7fd7f0", "#e5cf5a", "#b4bdc7"],
    cells: zip(
      ["#1b2027", "#1d2b3c", "#1f3852", "#22476b", "#255785", "#62a5e6", "#7fb9f0", "#a0cdf7", "#c4e1fc"],
      ["#dfe3e8", "#dfe3e8", "#dfe3e8", "#dfe3e8", "#ffffff", "#15171a", "#15171a", "#15171a", "#15171a"]
    ).map { ($0, $1) })
}
