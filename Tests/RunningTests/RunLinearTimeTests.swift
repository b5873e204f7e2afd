import NbrunTestSupport
import Testing

@testable import NbrunRunning

/// Ten times the cells take at most fifteen times as long to reuse.
@Suite(.serialized) struct RunLinearTimeTests {
  @Test func tenTimesTheCells() throws {
    let folder = try TestFolder()
    func plan(cells count: Int) throws -> Plan {
      var plan = TestPlan("first", "counting", "end: 2")
      for index in 1..<count {
        plan.add(.init(unchecked: "c\(index)"), "doubling", "amount: first", "expect: doubled = 4")
      }
      return try plan.plan()
    }
    let (small, large) = (try plan(cells: 40), try plan(cells: 400))
    func run(_ plan: Plan) -> RunRecord? {
      try? Runner(environment: folder.environment()).execute(plan)
    }
    _ = run(large)
    #expect(run(large)?.computed == [])
    #expect(run(small)?.computed == [])
    #expect(growth(enough: 15, rounds: 4, small: { _ = run(small) }, large: { _ = run(large) }) <= 15)
  }
}
