import Testing

@testable import NbrunCommandLineInterface

struct InvocationTests {
  @Test(arguments: [
    (["XDG_CACHE_HOME": "/caches", "HOME": "/home/ada"], "/caches/nbrun"),
    (["XDG_CACHE_HOME": "relative", "HOME": "/home/ada"], "/home/ada/.cache/nbrun"),
    (["XDG_CACHE_HOME": "", "HOME": "/home/ada"], "/home/ada/.cache/nbrun"),
  ])
  func theCacheFolderFollowsXDG(environment: [String: String], expected: String) {
    #expect(Invocation.cacheFolder(environment) == expected)
  }
}
