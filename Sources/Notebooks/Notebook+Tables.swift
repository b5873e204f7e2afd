import NbrunMarkdown

extension Notebook {
  /// The numbers of the tables in its report, from 1 on in their order: of those in its prose, and of cells, by the cells' numbers.
  /// - Parameter hasTable: whether something is claimed or published of the cell with this number.
  package func tableNumbers(_ hasTable: (Int) -> Bool) -> (prose: [NodeID: Int], cells: [Int: Int]) {
    var numbers: (prose: [NodeID: Int], cells: [Int: Int]) = ([:], [:])
    for element in elements {
      let next = numbers.prose.count + numbers.cells.count + 1
      switch element {
      case .prose(let nodes):
        for (index, node) in nodes.filter({ document.kind(of: $0) == .table }).enumerated() {
          numbers.prose[node] = next + index
        }
      case .cell(let index): if hasTable(cells[index].number) { numbers.cells[cells[index].number] = next }
      }
    }
    return numbers
  }
}
