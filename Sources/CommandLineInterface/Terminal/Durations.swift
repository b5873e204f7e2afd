/// Durations in words that stay short: `0.4 s`, `3 min 31 s`, `1 h 02 min`.
enum Durations {
  /// The words for `seconds`.
  static func text(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "?" }
    if seconds < 0.0095 { return "\(Int((seconds * 1000).rounded())) ms" }
    if seconds < 0.995 { return "\(hundredths(seconds)) s" }
    if seconds < 59.5 {
      let tenths = Int((seconds * 10).rounded())
      return "\(tenths / 10).\(tenths % 10) s"
    }
    let whole = Int(min(seconds, 1e9).rounded())
    if whole < 3600 { return "\(whole / 60) min \(twoDigits(whole % 60)) s" }
    return "\(whole / 3600) h \(twoDigits(whole / 60 % 60)) min"
  }

  private static func hundredths(_ seconds: Double) -> String {
    "0.\(twoDigits(min(99, Int((seconds * 100).rounded()))))"
  }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
