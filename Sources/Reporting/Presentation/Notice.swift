import NbrunRunning
import NbrunSteps

/// What a reader must know before anything else.
struct Notice: Sendable, Equatable {
  /// Two or three words.
  var title: String
  /// What that means for the report.
  var text: String
  /// What was said on the command line to bring it about; stands behind the text.
  var options: [String] = []
}

extension Report {
  /// What a reader must know first: that the data are not the real ones, that the run is not the notebook's own.
  var notices: [Notice] {
    var notices: [Notice] = []
    let standIns = record.data.filter(\.value.isStandIn).keys.sorted().map(\.text)
    if !standIns.isEmpty || record.cells.contains(where: \.usesStandIn) {
      let name = standIns.isEmpty ? "The data" : standIns.joined(separator: " and ")
      notices.append(
        Notice(
          title: "Stand-in data.",
          text: "\(name) could not be had; synthetic data of the same shape stood in for it. "
            + "What is claimed of numbers that come from it is not tested."))
    }
    for (name, data) in record.data.sorted(by: { $0.key < $1.key }) where data.isNoticed {
      guard let note = data.note else { continue }
      notices.append(Notice(title: "Not the authors' files.", text: "What came with the data \(name) says: \(note)"))
    }
    if !record.alterations.isEmpty {
      notices.append(
        Notice(title: "Altered run.", text: "This is not the notebook as written:", options: record.alterations))
    }
    return notices
  }
}

extension DataLocation {
  /// Whether readers are told at the top that the files are not the authors', in the words that came with them.
  var isNoticed: Bool { !isOriginal && !isStandIn && note != nil }
}
