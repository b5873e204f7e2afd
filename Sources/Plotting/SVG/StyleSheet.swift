extension Figure {
  /// What a page needs once for all figures that it holds inline.
  ///
  /// Colours follow the page's `color-scheme`; where the page defines the custom properties `--paper`, `--ink`,
  /// `--soft`, `--rule`, `--good`, `--bad`, `--figure-1` … `--figure-7` or the font `--ui`, those are used. Every
  /// rule is confined to `svg.plot`.
  package static let styleSheet: String = {
    let palette = Palette { property, light, dark in
      let either = "light-dark(\(light),\(dark))"
      return property.map { "var(--\($0),\(either))" } ?? either
    }
    let probes = """
      .plot .probes rect{fill:none;pointer-events:all}
      .plot .probes path{fill:none;stroke:\(palette.colours[.ink] ?? "");stroke-width:1.5;visibility:hidden;pointer-events:none}

      """
    return "svg.plot{display:block;width:100%;height:auto;font-family:var(--ui,\(fonts))}\n" + shapes + wide + probes
      + colours(palette)
  }()

  /// The style sheet of a figure in a file of its own: plain colours, which every viewer understands, and dark ones
  /// for readers who prefer them, though not on paper.
  static let standaloneStyleSheet =
    standalone(colours(.light)) + "@media screen and (prefers-color-scheme:dark){\n" + colours(.dark) + "}\n"

  /// The same in one of the two alone, for a page that chooses between two files.
  static let (lightStyleSheet, darkStyleSheet) = (standalone(colours(.light)), standalone(colours(.dark)))

  private static func standalone(_ colours: String) -> String {
    "svg.plot{max-width:100%;height:auto;font-family:\(fonts)}\n" + shapes + colours
  }

  private static let fonts = "system-ui,-apple-system,\"Segoe UI\",Roboto,\"DejaVu Sans\",sans-serif"

  /// Sizes and strokes: everything but colours.
  private static let shapes: String = {
    var rules = """
      .plot text{font-size:13px;stroke:none}
      .plot .strong{font-weight:600}
      .plot .am{text-anchor:middle}
      .plot .ae{text-anchor:end}
      .plot .cell{font-size:14px}
      .plot .grid,.plot .minor,.plot .base,.plot .error,.plot .leader{stroke-width:1;fill:none}
      .plot .minor{opacity:.55}
      .plot .error{stroke-width:1.5}
      .plot .range{fill:none;stroke-width:3;stroke-linecap:round;opacity:.75}
      .plot .line{fill:none;stroke-width:2.2;stroke-linejoin:round;stroke-linecap:round}
      .plot .dots{fill:none;stroke-width:6;stroke-linecap:round;stroke-dasharray:none}
      .plot .raw{fill:none;stroke-width:3;stroke-linecap:round;stroke-dasharray:none;opacity:.3}
      .plot .rawline{fill:none;stroke-width:1;stroke-dasharray:none;opacity:.35}
      .plot .fine{fill:none;stroke-width:1}
      .plot .mark,.plot .missing{fill:none;stroke-width:1.6}
      .plot .goal,.plot .missed,.plot .floor{fill:none;stroke-width:1.4;stroke-dasharray:3 4}
      .plot .halo{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}
      .plot .hover{fill:none;pointer-events:all}
      .plot image{image-rendering:pixelated}
      .plot .same{fill:none;stroke-width:1}
      @media (max-width:760px){.plot text,.plot .cell{font-size:16px}}
      @media (max-width:520px){
      .plot text,.plot .cell{font-size:20px}
      .plot .line{stroke-width:3}.plot .dots{stroke-width:8}.plot .grid{stroke-width:1.5}}

      """
    for (index, dash) in Palette.dashes.enumerated() where !dash.isEmpty {
      rules += ".plot .d\(index + 1){stroke-dasharray:\(dash)}\n"
    }
    return rules
  }()

  /// In a wide column a unit of the view box is more than a pixel: text, lines and dots become no larger than the page's own.
  private static let wide = """
    @media (min-width:860px){
    .plot text{font-size:12.5px}.plot .cell{font-size:12.5px}.plot .line{stroke-width:1.8}.plot .dots{stroke-width:5}}

    """

  private static func colours(_ palette: Palette) -> String {
    func colour(_ role: Palette.Role) -> String { palette.colours[role] ?? "" }
    var rules = """
      .plot .paper{fill:\(colour(.paper))}
      .plot text{fill:\(colour(.soft))}
      .plot .ink{fill:\(colour(.ink))}
      .plot .grid,.plot .minor{stroke:\(colour(.rule))}
      .plot .base,.plot .leader,.plot .floor,.plot .same{stroke:\(colour(.soft))}
      .plot .error,.plot .mark{stroke:\(colour(.ink))}
      .plot .goal{stroke:\(colour(.good))}
      .plot .goaltext{fill:\(colour(.good))}
      .plot .missing,.plot .missed{stroke:\(colour(.bad))}
      .plot .missingtext{fill:\(colour(.bad))}
      .plot .halo{stroke:\(colour(.paper))}

      """
    for (index, colour) in palette.series.enumerated() {
      rules += ".plot .s\(index + 1){stroke:\(colour)}.plot .f\(index + 1){fill:\(colour)}\n"
    }
    for (index, cell) in palette.cells.enumerated() {
      rules += ".plot .c\(index + 1){fill:\(cell.fill)}.plot .v\(index + 1){fill:\(cell.text)}\n"
    }
    return rules
  }
}
