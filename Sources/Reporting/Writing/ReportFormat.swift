/// A form of a report: a file that is made of it alone. Each is declared beside what makes its text.
package struct ReportFormat: Sendable, Hashable {
  /// What `--format` calls it.
  package let name: String
  /// The name of its file in a notebook's output folder.
  package let fileName: String
  /// A text that every such file holds and others do not.
  var mark = "nbrun"
  /// Its text, with the figures as drawings by the paths of their files.
  let text: @Sendable (_ report: Report, _ drawings: [String: String]) -> String

  /// Those that are written where none are asked for.
  package static let usual: [ReportFormat] = [.html, .markdown, .jupyter]
  /// Every format.
  package static let all = usual + [.csv]

  package static func == (left: ReportFormat, right: ReportFormat) -> Bool { left.name == right.name }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
