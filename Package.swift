// swift-tools-version: 6.3
import PackageDescription

/// Warnings are errors in CI (CI=1 swift build): a user's build shall not end for what another SDK warns of.
let strict: [SwiftSetting] = Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]

/// Targets that compute, or go through much text, are optimised in debug builds too, so that `swift test` is quick.
let numeric: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

// Which vectors there are depends on the processor, and CPU flags only mean something for one kind. A manifest knows the machine that
// builds, not the one that is built for: a cross build says that one in NBRUN_ARCH (`arm64`, `x86_64`).
#if arch(x86_64)
  let hostArchitecture = "x86_64"
#else
  let hostArchitecture = "arm64"
#endif
let isX86 = (Context.environment["NBRUN_ARCH"] ?? hostArchitecture) == "x86_64"
let variants = isX86 ? ["KernelsAVX2", "KernelsPortable"] : ["KernelsNEON"]
let wideVectors: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-mavx2", "-Xcc", "-mfma"])]

/// A variant's vectors and its list of kernels are two files, and only together do they become loops.
let wholeModule: [SwiftSetting] = [
  .unsafeFlags(
    ["-disable-batch-mode", "-whole-module-optimization", "-num-threads", "2"], .when(configuration: .debug))
]

/// What optimising makes slower to build than it makes it faster: kernels, which run where the variants inline them, and what reads notebooks,
/// hands the work out and writes reports. Optimised, these need 60 s more of building on two cores (160 in place of 103), and the report
/// of a notebook whose cells are all reused is written in 0.11 s in place of 0.18 (`notebooks/cnn.md`; 0.7 in place of 1.8 for 2,000 cells).
let unoptimized: [SwiftSetting] = strict + [.unsafeFlags(["-Onone"], .when(configuration: .release))]

let codeIdentity = Target.PluginUsage.plugin(name: "NbrunCodeIdentityPlugin")

/// What comes before the name of each library target: no two packages of one build may have targets of the same name, and `Markdown` is
/// another's, too. The folders have the plain names, and so has this manifest.
let prefix = "Nbrun"

/// The target of the folder `Sources/NAME`.
func room(
  _ name: String, uses rooms: [String] = [], settings: [SwiftSetting] = numeric, plugins: [Target.PluginUsage] = []
) -> Target {
  .target(
    name: prefix + name, dependencies: rooms.map { .init(stringLiteral: prefix + $0) }, path: "Sources/\(name)",
    swiftSettings: settings, plugins: plugins)
}

/// The target of the folder `Tests/NAMETests`.
func tests(
  of name: String, uses rooms: [String] = [], programs: [String] = [], exclude: [String] = [],
  settings: [SwiftSetting] = strict
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: (rooms.map { prefix + $0 } + programs).map { .init(stringLiteral: $0) },
    exclude: exclude, swiftSettings: settings)
}

let package = Package(
  name: "nbrun",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "nbrun", targets: ["nbrun"]),
    // What a package with steps of its own imports (notebooks/guide/steps.md), and what it imports besides for the course's steps,
    // layers and data.
    .library(
      name: "NotebookRunner",
      targets: ["CommandLineInterface", "Steps", "NumberTexts", "Plotting", "RandomNumbers"].map { prefix + $0 }),
    .library(
      name: "NotebookCourse", targets: ["AssignmentSteps", "NeuralNetworks", "Tensors", "Datasets"].map { prefix + $0 }),
    .plugin(name: "NbrunCodeIdentityPlugin", targets: ["NbrunCodeIdentityPlugin"]),
  ],
  targets: [
    // MARK: The system
    room("Platform"),

    // MARK: The notebook half
    room("Diagnostics", settings: strict),
    room("Markup"),
    room("Digests", uses: ["Platform"]),
    room("FilePaths", uses: ["Platform", "Digests"]),
    room("JSONValues"),
    room("Toolchain", settings: strict, plugins: [codeIdentity]),
    room("Archives", uses: ["Platform", "Digests"]),
    room("RandomNumbers", uses: ["Platform"]),
    room("BinaryCoding", uses: ["Platform"]),
    room("NumberTexts", uses: ["Platform"]),
    room("Markdown", uses: ["Diagnostics", "Markup"]),
    room("Plotting", uses: ["Platform", "Diagnostics", "Digests", "Markup", "NumberTexts"], settings: strict),
    room(
      "Notebooks", uses: ["Platform", "Markdown", "NumberTexts", "Diagnostics", "FilePaths"], settings: unoptimized),
    room(
      "Steps",
      uses: [
        "Platform", "BinaryCoding", "NumberTexts", "Diagnostics", "JSONValues", "Plotting", "RandomNumbers", "Digests",
      ]),
    // It holds figures, which it never names: a change of their layout is one that it must be compiled for.
    room(
      "Running",
      uses: [
        "Platform", "Notebooks", "Steps", "Plotting", "BinaryCoding", "NumberTexts", "Diagnostics", "Digests",
        "FilePaths", "JSONValues",
      ], settings: unoptimized),
    room(
      "Reporting",
      uses: [
        "Platform", "Running", "Notebooks", "Steps", "NumberTexts", "Markdown", "Markup", "Plotting", "Diagnostics",
        "Digests", "FilePaths", "JSONValues",
      ], settings: unoptimized),
    room(
      "CommandLineInterface",
      uses: [
        "Platform", "Running", "Reporting", "Notebooks", "Markdown", "Markup", "Plotting", "Steps", "NumberTexts",
        "Diagnostics", "FilePaths", "JSONValues", "Digests", "Toolchain",
      ], settings: unoptimized),

    // MARK: The numeric half
    // One header: the few instructions that the kernels need and Swift has no name for. They never change a number, so the
    // digest of the sources that compute leaves it out.
    .systemLibrary(name: prefix + "VectorFunctions", path: "Sources/CVectors"),
    room("Kernels", settings: unoptimized),
    room("Tensors", uses: ["Platform", "Kernels", "RandomNumbers"] + variants),
    room("NeuralNetworks", uses: ["Platform", "Kernels", "Tensors", "RandomNumbers"]),
    // One header: how to call libcurl, which is opened when something is fetched.
    .systemLibrary(name: prefix + "Curl", path: "Sources/CCurl"),
    room("Datasets", uses: ["Platform", "FilePaths", "Tensors", "Digests", "Archives", "Curl"]),

    // MARK: Where the halves meet
    room(
      "AssignmentSteps",
      uses: [
        "Platform", "Steps", "NumberTexts", "Diagnostics", "JSONValues", "Plotting", "NeuralNetworks", "Tensors",
        "Datasets", "RandomNumbers", "Digests",
      ], plugins: [codeIdentity]),
    .executableTarget(
      name: "nbrun",
      dependencies: ["NbrunCommandLineInterface", "NbrunAssignmentSteps", "NbrunTensors"],
      swiftSettings: strict),

    // MARK: The build tool that puts a digest of the computing sources and the compiler's version into the program
    .executableTarget(
      name: "NbrunCodeIdentityTool", dependencies: ["NbrunDigests"], path: "Sources/CodeIdentityTool",
      swiftSettings: strict),
    .plugin(
      name: "NbrunCodeIdentityPlugin",
      capability: .buildTool(),
      dependencies: ["NbrunCodeIdentityTool"],
      path: "Sources/CodeIdentityPlugin"),

    // MARK: Tests
    // What several of them use: the built programs, a generator for fuzzing.
    .target(name: "NbrunTestSupport", path: "Tests/TestSupport", swiftSettings: numeric),
    // Steps that behave and misbehave, in a program of their own: a test bundle cannot be started as a worker.
    .executableTarget(
      name: "TestWorker",
      dependencies: [
        "NbrunCommandLineInterface", "NbrunSteps", "NbrunPlotting", "NbrunRandomNumbers", "NbrunDigests",
        "NbrunFilePaths",
      ],
      path: "Tests/TestWorker",
      swiftSettings: strict),
    tests(of: "FilePaths", uses: ["FilePaths", "Digests", "TestSupport"]),
    tests(of: "Diagnostics", uses: ["Diagnostics"]),
    tests(of: "Markup", uses: ["Markup"]),
    tests(of: "CodeIdentityTool", uses: ["CodeIdentityTool", "Toolchain"]),
    tests(of: "Digests", uses: ["Digests"], exclude: ["Fixtures"]),
    tests(of: "JSONValues", uses: ["JSONValues", "TestSupport"]),
    tests(
      of: "Archives", uses: ["Archives", "Digests", "FilePaths", "Platform", "TestSupport"], exclude: ["Fixtures"]),
    tests(of: "RandomNumbers", uses: ["RandomNumbers", "Digests"], exclude: ["Fixtures"]),
    tests(
      of: "Markdown", uses: ["Markdown", "Markup", "Diagnostics", "TestSupport"], exclude: ["Fixtures"]),
    tests(of: "Plotting", uses: ["Plotting", "Digests", "Markup"], exclude: ["Fixtures"]),
    tests(of: "Notebooks", uses: ["Notebooks", "Markdown", "Diagnostics"]),
    tests(of: "BinaryCoding", uses: ["BinaryCoding"]),
    tests(of: "NumberTexts", uses: ["NumberTexts"], exclude: ["Fixtures"]),
    tests(
      of: "Steps",
      uses: ["Steps", "NumberTexts", "Diagnostics", "JSONValues", "Plotting", "RandomNumbers", "TestSupport"],
      exclude: ["Fixtures"]),
    tests(
      of: "Running",
      uses: [
        "Running", "Notebooks", "Steps", "BinaryCoding", "Diagnostics", "FilePaths", "JSONValues", "Digests",
        "Plotting", "RandomNumbers", "TestSupport",
      ], programs: ["TestWorker"]),
    tests(
      of: "Reporting",
      uses: [
        "Reporting", "Running", "Notebooks", "Steps", "NumberTexts", "Plotting", "Markdown", "Markup", "Diagnostics",
        "Digests", "FilePaths", "JSONValues", "AssignmentSteps", "TestSupport",
      ], exclude: ["Snapshots"]),
    tests(of: "Kernels", uses: ["Kernels", "Tensors", "TestSupport"] + variants),
    tests(
      of: "Tensors",
      uses: ["Tensors", "Kernels", "RandomNumbers", "TestSupport"] + variants,
      settings: numeric),
    tests(
      of: "NeuralNetworks", uses: ["NeuralNetworks", "Tensors", "RandomNumbers", "TestSupport"], exclude: ["Fixtures"],
      settings: numeric),
    tests(
      of: "Datasets", uses: ["Datasets", "Tensors", "Digests", "Archives", "RandomNumbers", "TestSupport"],
      exclude: ["Fixtures"]),
    tests(
      of: "AssignmentSteps",
      uses: [
        "AssignmentSteps", "Steps", "BinaryCoding", "NeuralNetworks", "Tensors", "Datasets", "Running", "Notebooks",
        "TestSupport",
      ], exclude: ["Fixtures"]),
    tests(
      of: "CommandLineInterface",
      uses: [
        "CommandLineInterface", "Running", "Reporting", "Steps", "AssignmentSteps", "NeuralNetworks", "Diagnostics",
        "FilePaths", "JSONValues",
      ]),
    // The package itself: what others can use of it.
    tests(of: "Package", exclude: ["Snapshots"]),
    // Whole programs, started as a user would start them: this package's own, and the one with the tests' steps.
    tests(of: "Program", uses: ["TestSupport", "JSONValues"], programs: ["nbrun", "TestWorker"]),
  ]
    + variants.map {
      room(
        $0, uses: ["Kernels", "VectorFunctions"],
        settings: numeric + wholeModule + ($0 == "KernelsAVX2" ? wideVectors : []))
    },
  swiftLanguageModes: [.v6]
)
