import Testing

@testable import NbrunCommandLineInterface

struct RunContextTests {
  @Test(arguments: [
    (["XDG_CACHE_HOME": "/caches", "HOME": "/home/ada"], "/caches/nbrun"),
    (["XDG_CACHE_HOME": "relative", "HOME": "/home/ada"], "/home/ada/.cache/nbrun"),
    (["XDG_CACHE_HOME": "", "HOME": "/home/ada"], "/home/ada/.cache/nbrun"),
  ])
  func theCacheFolderFollowsXDG(environment: [String: String], expected: String) {
    #expect(RunContext.cacheFolder(environment) == expected)
  }
}
