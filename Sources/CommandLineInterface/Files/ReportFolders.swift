import Diagnostics
import Foundation
import Reporting
import Running

/// Where a notebook's report goes: `outputs/NAME`, or, for a run that was altered, `.nbrun/scratch/NAME`.
struct ReportFolders {
  let context: RunContext
  /// The notebook's folder below the outputs.
  let name: String

  /// Whether the report of a run, altered or not, goes to the scratch folder.
  func isScratch(altered: Bool) -> Bool {
    altered && !context.hasOwnOutput
  }

  /// Keeps other runs off the outputs while the result lives, and clears away what runs that died were writing there.
  func lock() throws(Diagnostic) -> RunLock {
    let folder = RunContext.absolute(context.outputFolder)
    let lock = try RunLock(outputFolder: folder, stateFolder: context.stateFolder)
    AtomicFile.removeLeftovers(below: folder)
    return lock
  }

  /// Writes the report and, where it is no altered one, the pages over all notebooks.
  /// - Returns: the folder, absolute.
  func write(_ record: RunRecord, plan: Plan, options: ReportOptions, console: Console) throws -> String {
    let isAltered = !record.alterations.isEmpty || record.data.values.contains(where: \.isStandIn)
    let isScratch = isScratch(altered: isAltered)
    let parent = isScratch ? "\(context.stateFolder)/scratch" : RunContext.absolute(context.outputFolder)
    let folder = "\(parent)/\(name)"
    // Several altered runs may go on at once; each writes its report while no other does.
    let lock = isScratch ? try RunLock(waitingFor: folder, stateFolder: context.stateFolder) : nil
    defer { withExtendedLifetime(lock) {} }
    let summary = try ReportWriter.write(
      record: record, notebook: plan.notebook, plan: plan, to: folder, options: options)
    if !isScratch { console.report(try IndexPages.write(in: parent, knowing: [name: summary.results])) }
    return folder
  }
}
