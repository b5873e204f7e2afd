import NbrunDiagnostics
import NbrunJSONValues
import NbrunNeuralNetworks
import NbrunSteps

/// A layer of the catalogue, as a cell names it.
struct LayerName: ParameterValue {
  let layer: CheckableLayer

  static let form: ParameterForm<LayerName> = .init("name of a layer", many: "names of layers", isText: true) {
    node throws(ValueError) in
    let text = try String.read(node)
    guard let layer = LayerCatalogue.checkable(named: text) else {
      if text.isEmpty { throw ValueError("a value is missing: the name of a layer", at: node.range) }
      // A layer's word in the line of a network is not its name.
      let meant = LayerCatalogue.layers.first { $0.kind.syntax?.word == text.lowercased() }
      let advice =
        meant.map { "; did you mean \"\($0.kind.name)\"?" }
        ?? NearNames.advice(for: text, among: LayerCatalogue.checkable.map(\.name))
      throw ValueError("unknown layer \"\(text)\"\(advice)", at: node.range)
    }
    return LayerName(layer: layer)
  } canonical: {
    .string($0.layer.name)
  }

  static func == (left: LayerName, right: LayerName) -> Bool { left.layer.name == right.layer.name }
}
