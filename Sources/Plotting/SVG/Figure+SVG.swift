import NbrunDiagnostics
import NbrunMarkup

extension Figure {
  /// Where a figure's SVG is going to stand.
  package enum SVGMode: Sendable, Equatable {
    /// In a file of its own, with its title, its background and its style.
    case standalone
    /// In a page that has `Figure.styleSheet`; ids start with the prefix, which is to be unique in the page. The page shows the title,
    /// in an element with the id `titleID`.
    case inline(idPrefix: String)

    package var titleID: String { id("title") }

    /// An id in the file or page. Ids hold letters, digits and hyphens only: a space would end one in `aria-labelledby`.
    func id(_ name: String) -> String {
      guard case .inline(let prefix) = self else { return name }
      let safe = prefix.unicodeScalars.map { scalar in
        let isSafe = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == ".")
        return isSafe ? String(scalar) : "-"
      }
      return safe.joined() + "-" + name
    }
  }

  /// The figure as SVG: the same bytes whenever it is made from the same data.
  ///
  /// It has a title and a description for those who cannot see it, shows values when a pointer rests on marks, and
  /// has no script.
  package func svg(_ mode: SVGMode) -> MarkupWriter { framed(drawing(mode), mode, style: Figure.standaloneStyleSheet) }

  /// What is drawn, and how high it is, rounded up to whole units.
  private func drawing(_ mode: SVGMode) -> (canvas: Canvas, height: Double) {
    var canvas = Canvas()
    let top = mode == .standalone ? drawTitle(on: &canvas) : 0
    let height = draw(on: &canvas, top: top, mode: mode)
    return (canvas, (height + 6).rounded(.up))
  }

  /// A drawing as an SVG element; one in a file of its own has its title, the style sheet `style` and its background.
  private func framed(_ drawing: (canvas: Canvas, height: Double), _ mode: SVGMode, style: String) -> MarkupWriter {
    let height = drawing.height
    var svg = MarkupWriter()
    svg.open("svg", rootAttributes(mode, height: height))
    svg.newline()
    if mode == .standalone { svg.block("title", ["id": mode.id("title")], text: ControlCharacters.visible(title)) }
    svg.block("desc", ["id": mode.id("description")], text: textAlternative)
    if mode == .standalone {
      svg.block("style") { $0.raw(style) }
      let paper = Rectangle(
        x: -Layout.margin, y: -Layout.margin, width: Layout.fullWidth, height: height + 2 * Layout.margin)
      var background = Canvas()
      background.rectangle(paper, "paper")
      svg.append(background.markup)
    }
    svg.append(drawing.canvas.markup)
    svg.close()
    svg.newline()
    return svg
  }

  /// The figure as the text of files of their own.
  package struct Files: Sendable, Equatable {
    /// Light or dark, as the reader prefers.
    package var adaptive: String
    /// Light, for a page that knows better than the file which it is.
    package var light: String
    /// Dark, for such a page.
    package var dark: String
  }

  /// The figure as files of its own, drawn once.
  package var files: Files {
    let drawing = drawing(.standalone)
    func styled(_ sheet: String) -> String { framed(drawing, .standalone, style: sheet).string }
    return Files(
      adaptive: styled(Self.standaloneStyleSheet), light: styled(Self.lightStyleSheet),
      dark: styled(Self.darkStyleSheet))
  }

  private func rootAttributes(_ mode: SVGMode, height: Double) -> Attributes {
    let isFile = mode == .standalone
    let margin = isFile ? Layout.margin : 0
    let (fullWidth, fullHeight) = (Layout.width + 2 * margin, height + 2 * margin)
    let number = NumberText.coordinate
    return [
      "class": "plot", "xmlns": isFile ? "http://www.w3.org/2000/svg" : nil,
      "width": isFile ? number(fullWidth * 1.2) : nil, "height": isFile ? number(fullHeight * 1.2) : nil,
      "viewBox": "\(number(-margin)) \(number(-margin)) \(number(fullWidth)) \(number(fullHeight))", "role": "img",
      // Named by its title, which in a page stands in the caption, and described apart from it.
      "aria-labelledby": mode.id("title"), "aria-describedby": mode.id("description"),
    ]
  }

  private func drawTitle(on canvas: inout Canvas) -> Double {
    let lines = TextMetrics.wrap(title, to: Layout.width, lines: 3)
    for (index, line) in lines.enumerated() {
      canvas.text(line, x: 0, y: 18 + Double(index) * TextMetrics.lineHeight, "ink strong")
    }
    return Double(lines.count) * TextMetrics.lineHeight + 8
  }

  /// Draws the content below `top` and returns where it ends.
  private func draw(on canvas: inout Canvas, top: Double, mode: SVGMode) -> Double {
    guard hasData else {
      let frame = Rectangle(x: 0.5, y: top + 0.5, width: Layout.width - 1, height: 120)
      canvas.rectangle(frame, "grid", rounding: 6)
      canvas.text("no data", x: Layout.width / 2, y: top + 60, "", anchor: .middle, centred: true)
      return top + 121
    }
    return content.kind.draw(on: &canvas, top: top, mode: mode)
  }

  /// Whether there is anything to show.
  var hasData: Bool { content.kind.hasData }
}

/// The measures that all drawings share, in units of the view box.
enum Layout {
  static let width = 600.0
  /// What a file of its own has around the figure.
  static let margin = 14.0
  /// The width of such a file.
  static let fullWidth = width + 2 * margin
}
