import NbrunNotebooks

extension ClaimOperator {
  /// `METRIC in [A, B]`: at least A and at most B.
  package static let interval = ClaimOperator(
    sign: "in", lineSigns: [">=", "<="],
    fault: { bounds in bounds[0] > bounds[1] ? "no number is at least \(bounds[0]) and at most \(bounds[1])" : nil },
    slips: [
      Slip(rule: "a range is written in [A, B], and both its bounds belong to it") { [pattern = range] text in
        pattern.whole(text).map { "\($0.1) in [\($0.2), \($0.3)]" }
      },
      Slip(rule: "the lower bound of a range stands first") { [pattern = range] text in
        pattern.whole(text).map { "\($0.1) in [\($0.3), \($0.2)]" }
      },
    ]
  ) { measured, bounds, _ in measured >= bounds[0] && measured <= bounds[1] }

  /// A range as other languages and handwriting have it: `in 1..2`, `∈ (1, 2)`, `between 1 and 2`, `= 1 to 2`.
  private static let range = Pattern(
    #/([a-z][a-z0-9-]*)\s*(?:is\s+)?(?:in|∈|between|from|=)\s*[\[(]?\s*([-+.\deE]+?(?:\s*%)?)\s*(?:,|;|and|to|\.\.[.<]?|–|…|\s-\s)\s*([-+.\deE]+(?:\s*%)?)\s*[\])]?/#
  )
}
