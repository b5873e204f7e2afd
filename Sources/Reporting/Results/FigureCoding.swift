import NbrunPlatform
import NbrunJSONValues
import NbrunPlotting

/// Figures as JSON: what they show, number by number, so that a regenerated one can be compared with it.
enum FigureCoding {
  static func json(_ figure: Figure) -> JSONValue {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    guard let text = try? encoder.encode(figure), let node = try? JSONParser.parse(text) else { return .null }
    return node.value
  }

  /// The figure whose data `json` holds, or nil where it holds none: it may come from a file that anyone can edit.
  static func figure(_ json: JSONValue) -> Figure? {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    let text = Data(JSONWriter.string(json).utf8)
    return try? decoder.decode(Figure.self, from: text)
  }
}
