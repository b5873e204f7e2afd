import NbrunDiagnostics
import NbrunFilePaths
import NbrunPlatform

/// Symbolic links where a run writes and removes files. One in a checkout from a stranger may lead anywhere, so a run touches nothing
/// through any: it puts none there itself.
package enum SymbolicLinks {
  /// - Throws: one line that names the first symbolic link that `folder` is or holds, and where it leads.
  package static func refuse(in folder: String) throws(Diagnostic) {
    guard let link = first(in: FilePath(folder)) else { return }
    let target = (try? FileManager.default.destinationOfSymbolicLink(atPath: link.text)).map { " to \($0)" } ?? ""
    throw .error(
      "\(link) is a symbolic link\(target), and nothing is written or removed through a link: remove it; reports may go to another --output"
    )
  }

  /// The first symbolic link at or below `folder`; nil where there is none.
  private static func first(in folder: FilePath) -> FilePath? {
    folder.isLink ? folder : folder.everythingBelow.first { $0.kind == .link }?.path
  }
}
