/// Finds the name that was probably meant.
package enum NearNames {
  /// The candidate nearest to `name`, if it is near enough to be a slip of the keyboard: about one edit for each three
  /// characters. Swapped neighbours count as one edit. Of equally near ones the first wins.
  package static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    let limit = max(1, min(name.count, 64) / 3)
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate != name && abs(candidate.count - name.count) <= limit {
      let distance = editDistance(Array(name.lowercased()), Array(candidate.lowercased()))
      let isNear = distance <= limit && distance < max(name.count, candidate.count)
      if isNear, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// The end of a message about an unknown name: a suggestion where one is near, else the valid names.
  package static func advice(for name: String, among candidates: [String]) -> String {
    if let near = nearest(to: name, among: candidates) { return "; did you mean \"\(near)\"?" }
    let containing = name.count > 2 ? candidates.filter { $0.lowercased().contains(name.lowercased()) } : []
    if (1...3).contains(containing.count) {
      return "; did you mean \(containing.map { "\"\($0)\"" }.joined(separator: " or "))?"
    }
    if candidates.isEmpty { return "" }
    let shown = candidates.prefix(12).joined(separator: ", ")
    return candidates.count > 12 ? "; among the valid ones are \(shown)" : "; valid ones are \(shown)"
  }

  /// Optimal string alignment distance (Damerau–Levenshtein without repeated edits of one place).
  static func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for i in 1...left.count {
      var current = [i]
      current.reserveCapacity(right.count + 1)
      for j in 1...right.count {
        let substitution = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)
        var distance = min(previous[j] + 1, current[j - 1] + 1, substitution)
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          distance = min(distance, beforePrevious[j - 2] + 1)
        }
        current.append(distance)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[right.count]
  }
}
