import NbrunDiagnostics
import NbrunMarkup

/// SVG under construction, in units of the view box: text, lines and shapes with classes, coordinates with fixed
/// decimals.
struct Canvas {
  /// Where text stands to its position.
  enum Anchor: String {
    case start
    case middle = "am"
    case end = "ae"
  }

  private(set) var markup = MarkupWriter()

  // MARK: Text

  /// A line of text; `centred` puts its middle, and not its baseline, at `y`, whatever size a style sheet gives it.
  mutating func text(
    _ text: String, x: Double, y: Double, _ style: String, anchor: Anchor = .start, centred: Bool = false,
    rotated angle: Double? = nil
  ) {
    guard !text.isEmpty else { return }
    let (x, y) = (NumberText.coordinate(x), NumberText.coordinate(y))
    // Where it stands to its position is a class, which takes a fifth of the bytes of the attribute.
    let classes = style + (anchor == .start ? "" : style.isEmpty ? anchor.rawValue : " " + anchor.rawValue)
    // In ems, because narrow screens get larger text.
    let attributes: Attributes = [
      "class": classes.isEmpty ? nil : classes, "x": x, "y": y, "dy": centred ? ".35em" : nil,
      "transform": angle.map { "rotate(\(NumberText.coordinate($0)) \(x) \(y))" },
    ]
    markup.block("text", attributes, text: ControlCharacters.visible(text))
  }

  // MARK: Shapes

  mutating func line(x1: Double, y1: Double, x2: Double, y2: Double, _ style: String?) {
    var line = PathData()
    line.segment(from: Point(x: x1, y: y1), to: Point(x: x2, y: y2))
    path(line, style)
  }

  /// A rectangle; `title` shows when a pointer rests on it.
  mutating func rectangle(_ rectangle: Rectangle, _ style: String?, rounding: Double? = nil, title: String? = nil) {
    var attributes = Self.attributes(of: rectangle, style: style)
    attributes.add("rx", rounding.map(NumberText.coordinate))
    shape("rect", attributes, title: title)
  }

  /// A circle; `title` shows when a pointer rests on it.
  mutating func circle(x: Double, y: Double, radius: Double, _ style: String, title: String? = nil) {
    shape(
      "circle",
      [
        "class": style, "cx": NumberText.coordinate(x), "cy": NumberText.coordinate(y),
        "r": NumberText.coordinate(radius),
      ], title: title)
  }

  /// A path, unless it is empty.
  mutating func path(_ path: PathData, _ style: String?, title: String? = nil) {
    guard !path.isEmpty else { return }
    shape("path", ["class": style, "d": path.text], title: title)
  }

  /// An image that is part of the file.
  mutating func image(_ source: String, in rectangle: Rectangle, title: String?) {
    var attributes = Self.attributes(of: rectangle)
    attributes.add("href", source)
    shape("image", attributes, title: title)
  }

  /// An image that is shown in parts, by its id.
  mutating func define(_ source: String, width: Int, height: Int, id: String) {
    markup.open("defs")
    markup.empty("image", ["id": id, "width": "\(width)", "height": "\(height)", "href": source])
    close()
  }

  /// A part of a defined image, from `top` on.
  mutating func image(inSheet id: String, top: Int, width: Int, height: Int, in place: Rectangle, title: String?) {
    var attributes = Self.attributes(of: place)
    attributes.add("viewBox", "0 \(top) \(width) \(height)")
    markup.block("svg", attributes) { part in
      if let title, !title.isEmpty { part.element("title", text: ControlCharacters.visible(title)) }
      part.empty("use", ["href": "#\(id)"])
    }
  }

  /// Begins a group, which `close()` ends.
  mutating func open(_ style: String?) { markup.open("g", ["class": style]) }

  /// Ends the group that was begun last.
  mutating func close() {
    markup.close()
    markup.newline()
  }

  /// What has been drawn on another canvas, over what is on this one.
  mutating func append(_ other: Canvas) { markup.append(other.markup) }

  private static func attributes(of place: Rectangle, style: String? = nil) -> Attributes {
    [
      "class": style, "x": NumberText.coordinate(place.x), "y": NumberText.coordinate(place.y),
      "width": NumberText.coordinate(max(place.width, 0)), "height": NumberText.coordinate(max(place.height, 0)),
    ]
  }

  private mutating func shape(_ name: String, _ attributes: Attributes, title: String?) {
    if let title, !title.isEmpty {
      markup.element(name, attributes) { $0.element("title", text: ControlCharacters.visible(title)) }
    } else {
      markup.empty(name, attributes)
    }
    markup.newline()
  }
}

/// A rectangle in units of the view box.
struct Rectangle: Equatable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  var maxX: Double { x + width }
  var maxY: Double { y + height }
  func overlaps(_ other: Rectangle) -> Bool { x < other.maxX && other.x < maxX && y < other.maxY && other.y < maxY }
  func contains(_ point: Point) -> Bool { point.x >= x && point.x <= maxX && point.y >= y && point.y <= maxY }
  func contains(_ other: Rectangle) -> Bool { other.x >= x && other.maxX <= maxX && other.y >= y && other.maxY <= maxY }

  /// The rectangle with `margin` more on each side.
  func grown(by margin: Double) -> Rectangle {
    Rectangle(x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin)
  }
}

struct Point: Equatable {
  var x: Double
  var y: Double
}

/// The `d` of a path. Lines are written as steps from where they are, in tenths, which takes half the bytes of positions.
struct PathData {
  private(set) var text = ""
  /// Where the path is, in tenths of a unit: steps are taken between rounded positions, so that no error adds up.
  private var place = (x: 0, y: 0)
  /// The command that further numbers go on with.
  private var command: Character?
  /// Whether the number before has a point, so that one that begins with a point needs nothing between.
  private var isFraction = false

  var isEmpty: Bool { text.isEmpty }

  /// Starts a new piece at a point.
  mutating func move(to point: Point) {
    place = (Self.tenths(point.x), Self.tenths(point.y))
    text += "M\(NumberText.coordinate(point.x)) \(NumberText.coordinate(point.y))"
    command = nil
  }

  mutating func line(to point: Point) {
    let next = (x: Self.tenths(point.x), y: Self.tenths(point.y))
    if command != "l" { text += "l" }
    add(next.x - place.x, isFirst: command != "l")
    add(next.y - place.y, isFirst: false)
    command = "l"
    place = next
  }

  /// Draws a straight line between two points, as a piece of its own.
  mutating func segment(from start: Point, to end: Point) {
    move(to: start)
    line(to: end)
  }

  private static func tenths(_ value: Double) -> Int { Int(min(max((value * 10).rounded(), -1e9), 1e9)) }

  /// A step in tenths, as short as may be: `.5` for 0.5, and nothing before a minus sign or, behind another fraction, a point.
  private mutating func add(_ tenths: Int, isFirst: Bool) {
    let (whole, part) = abs(tenths).quotientAndRemainder(dividingBy: 10)
    let startsWithPoint = tenths > 0 && whole == 0
    if !isFirst, tenths >= 0, !(startsWithPoint && isFraction) { text += " " }
    if tenths < 0 { text += "-" }
    if whole > 0 || part == 0 { text += String(whole) }
    if part > 0 { text += ".\(part)" }
    isFraction = part > 0
  }

  mutating func rectangle(_ rectangle: Rectangle) {
    let (width, height) = (NumberText.coordinate(rectangle.width), NumberText.coordinate(rectangle.height))
    move(to: Point(x: rectangle.x, y: rectangle.y))
    text += "h\(width)v\(height)h-\(width)z"
  }

  /// A dot: a line without length, which round ends make visible. A third of the bytes of a circle.
  mutating func dot(at point: Point) {
    move(to: point)
    text += "h0"
  }
}
