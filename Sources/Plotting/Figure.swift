/// A figure as data: what is shown, not how it is drawn.
///
/// A step makes one and hands it to its cell; reports draw it as SVG, print the table behind it and describe it in
/// words, and `verify` compares it number by number. Data are kept whole however many points there are; only drawings
/// are thinned.
///
///     Figure(
///       title: "Loss and accuracy",
///       panels: [
///         Panel(yAxis: .linear("loss"), series: [Series("loss", y: losses, smoothing: .exponential(0.9))]),
///         Panel(
///           yAxis: .percent("accuracy"),
///           series: [
///             Series("training", y: trainingAccuracy),
///             Series("validation", y: validationAccuracy, mark: .maximum("best")),
///           ],
///           lines: [ReferenceLine(0.65, label: "claim: above 65 %")]),
///       ],
///       xAxis: .linear("epoch"))
public struct Figure: Codable, Sendable, Equatable {
  /// What a figure can show.
  public enum Content: Codable, Sendable, Equatable {
    /// Panels one above the other that share one horizontal axis.
    case panels([Panel], xAxis: Axis)
    /// Courses with what they vary between.
    case band(Band)
    /// Grouped bars.
    case bars(BarChart)
    /// The distribution of values.
    case histogram(Histogram)
    /// A matrix as coloured cells with their values.
    case heatMap(HeatMap)
    /// Images with captions.
    case images(ImageGrid)
  }

  /// What the figure is about, in a few words.
  package var title: String
  package var content: Content

  /// Reads a figure whose parts fit together.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    title = try container.decode(String.self, forKey: .title)
    content = try container.decode(Content.self, forKey: .content)
    guard content.kind.isConsistent else {
      throw DecodingError.dataCorruptedError(
        forKey: .content, in: container, debugDescription: "the parts of the figure do not fit together")
    }
  }

  /// A figure with the given content.
  public init(title: String, content: Content) { (self.title, self.content) = (title, content) }

  /// Panels one above the other that share `xAxis`.
  public init(title: String, panels: [Panel], xAxis: Axis) {
    self.init(title: title, content: .panels(panels, xAxis: xAxis))
  }

  /// One panel of series over `xAxis`.
  public init(title: String, series: [Series], xAxis: Axis, yAxis: Axis, lines: [ReferenceLine] = []) {
    self.init(title: title, panels: [Panel(yAxis: yAxis, series: series, lines: lines)], xAxis: xAxis)
  }

  /// Grouped bars.
  public init(title: String, bars: BarChart) { self.init(title: title, content: .bars(bars)) }
  /// The distribution of values.
  public init(title: String, histogram: Histogram) { self.init(title: title, content: .histogram(histogram)) }
  /// A matrix as coloured cells with their values.
  public init(title: String, heatMap: HeatMap) { self.init(title: title, content: .heatMap(heatMap)) }
  /// Images with captions.
  public init(title: String, images: ImageGrid) { self.init(title: title, content: .images(images)) }
}
