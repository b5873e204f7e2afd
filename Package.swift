// swift-tools-version: 6.3
import PackageDescription

/// Warnings are errors in this package's own builds.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// Targets that compute, or go through much text, are optimised in debug builds too, so that `swift test` is quick.
let numeric: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

// CPU flags only where they mean something; the plain target has none (see the README, "How fast").
#if arch(x86_64)
  let wideVectors: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-mavx2", "-Xcc", "-mfma"])]
#else
  let wideVectors: [SwiftSetting] = []
#endif

let package = Package(
  name: "nbrun",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "nbrun", targets: ["nbrun"]),
    // What a package with steps of its own imports (README, "Your own package").
    .library(
      name: "NotebookRunner",
      targets: ["CommandLineInterface", "Steps", "NumberTexts", "Plotting", "RandomNumbers", "AssignmentSteps"]),
    .library(name: "NeuralNetworks", targets: ["NeuralNetworks", "Tensors"]),
    .plugin(name: "CodeIdentityPlugin", targets: ["CodeIdentityPlugin"]),
  ],
  targets: [
    // MARK: The notebook half
    .target(name: "FilePaths", swiftSettings: numeric),
    .target(name: "Diagnostics", swiftSettings: strict),
    .target(name: "Markup", swiftSettings: numeric),
    .target(name: "Digests", swiftSettings: numeric),
    .target(name: "JSONValues", swiftSettings: numeric),
    .target(name: "Toolchain", swiftSettings: strict, plugins: ["CodeIdentityPlugin"]),
    .target(name: "Archives", swiftSettings: numeric),
    .target(name: "RandomNumbers", swiftSettings: numeric),
    .target(name: "BinaryCoding", swiftSettings: numeric),
    .target(name: "NumberTexts", swiftSettings: numeric),
    .target(name: "Markdown", dependencies: ["Diagnostics", "Markup"], swiftSettings: numeric),
    .target(name: "Plotting", dependencies: ["Diagnostics", "Markup"], swiftSettings: numeric),
    .target(
      name: "Notebooks", dependencies: ["Markdown", "NumberTexts", "Diagnostics", "FilePaths"], swiftSettings: numeric),
    .target(
      name: "Steps",
      dependencies: [
        "BinaryCoding", "NumberTexts", "Diagnostics", "JSONValues", "Plotting", "RandomNumbers", "Digests",
      ],
      swiftSettings: numeric),
    .target(
      name: "Running",
      dependencies: [
        "Notebooks", "Steps", "BinaryCoding", "NumberTexts", "Diagnostics", "Digests", "FilePaths", "JSONValues",
      ],
      swiftSettings: numeric),
    .target(
      name: "Reporting",
      dependencies: [
        "Running", "Notebooks", "Steps", "NumberTexts", "Markdown", "Markup", "Plotting", "Diagnostics", "Digests",
        "FilePaths", "JSONValues",
      ],
      swiftSettings: numeric),

    // MARK: The numeric half
    // One header: the only instruction that the kernels need and Swift has no name for. It never changes a number, so the
    // digest of the sources that compute leaves it out.
    .systemLibrary(name: "CPrefetch"),
    .target(name: "Kernels", swiftSettings: numeric),
    .target(name: "KernelsAVX2", dependencies: ["Kernels", "CPrefetch"], swiftSettings: numeric + wideVectors),
    .target(name: "KernelsPortable", dependencies: ["Kernels", "CPrefetch"], swiftSettings: numeric),
    .target(
      name: "Tensors",
      dependencies: ["Kernels", "KernelsAVX2", "KernelsPortable", "RandomNumbers"],
      swiftSettings: numeric),
    .target(name: "NeuralNetworks", dependencies: ["Tensors", "RandomNumbers"], swiftSettings: numeric),
    .target(name: "Datasets", dependencies: ["Tensors", "Digests", "Archives"], swiftSettings: numeric),

    // MARK: Where the halves meet
    .target(
      name: "AssignmentSteps",
      dependencies: [
        "Steps", "NumberTexts", "Diagnostics", "JSONValues", "Plotting", "NeuralNetworks", "Tensors", "Datasets",
        "RandomNumbers", "Digests",
      ],
      swiftSettings: numeric,
      plugins: ["CodeIdentityPlugin"]),
    .target(
      name: "CommandLineInterface",
      dependencies: [
        "Running", "Reporting", "Notebooks", "Markdown", "Markup", "Plotting", "Steps", "NumberTexts", "Diagnostics",
        "FilePaths", "JSONValues", "Digests", "Toolchain",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "nbrun",
      dependencies: ["CommandLineInterface", "AssignmentSteps", "Tensors"],
      swiftSettings: strict),

    // MARK: The build tool that puts a digest of the computing sources and the compiler's version into the program
    .executableTarget(name: "CodeIdentityTool", dependencies: ["Digests"], swiftSettings: strict),
    .plugin(
      name: "CodeIdentityPlugin",
      capability: .buildTool(),
      dependencies: ["CodeIdentityTool"],
      path: "Sources/CodeIdentityPlugin"),

    // MARK: Tests
    // What several of them use: the built programs, a generator for fuzzing.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: numeric),
    .testTarget(name: "FilePathsTests", dependencies: ["FilePaths"], swiftSettings: strict),
    .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"], swiftSettings: strict),
    .testTarget(name: "MarkupTests", dependencies: ["Markup"], swiftSettings: strict),
    .testTarget(
      name: "CodeIdentityToolTests", dependencies: ["CodeIdentityTool", "Toolchain"], swiftSettings: strict),
    .testTarget(name: "DigestsTests", dependencies: ["Digests"], exclude: ["Fixtures"], swiftSettings: numeric),
    .testTarget(name: "JSONValuesTests", dependencies: ["JSONValues", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ArchivesTests", dependencies: ["Archives", "Digests", "TestSupport"], exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(
      name: "RandomNumbersTests", dependencies: ["RandomNumbers", "Digests"], exclude: ["Fixtures"],
      swiftSettings: numeric),
    .testTarget(
      name: "MarkdownTests", dependencies: ["Markdown", "Markup", "Diagnostics", "TestSupport"], exclude: ["Fixtures"],
      swiftSettings: numeric),
    .testTarget(
      name: "PlottingTests", dependencies: ["Plotting", "Markup"], exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(name: "NotebooksTests", dependencies: ["Notebooks", "Markdown", "Diagnostics"], swiftSettings: strict),
    .testTarget(name: "BinaryCodingTests", dependencies: ["BinaryCoding"], swiftSettings: strict),
    .testTarget(
      name: "NumberTextsTests", dependencies: ["NumberTexts"], exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "StepsTests",
      dependencies: ["Steps", "NumberTexts", "Diagnostics", "JSONValues", "Plotting", "RandomNumbers"],
      swiftSettings: strict),
    .testTarget(
      name: "RunningTests",
      dependencies: [
        "Running", "Notebooks", "Steps", "BinaryCoding", "Diagnostics", "JSONValues", "Digests", "Plotting",
        "RandomNumbers", "TestSupport", "TestWorker",
      ],
      swiftSettings: strict),
    // Steps that behave and misbehave, in a program of their own: a test bundle cannot be started as a worker.
    .executableTarget(
      name: "TestWorker",
      dependencies: ["CommandLineInterface", "Steps", "Plotting", "RandomNumbers", "Digests"],
      path: "Tests/TestWorker",
      swiftSettings: strict),
    .testTarget(
      name: "ReportingTests",
      dependencies: [
        "Reporting", "Running", "Notebooks", "Steps", "NumberTexts", "Plotting", "Markdown", "Markup", "Diagnostics",
        "Digests", "FilePaths", "JSONValues", "AssignmentSteps", "TestSupport",
      ],
      exclude: ["Snapshots"],
      swiftSettings: strict),
    .testTarget(
      name: "TensorsTests",
      dependencies: ["Tensors", "Kernels", "KernelsAVX2", "KernelsPortable", "RandomNumbers", "TestSupport"],
      swiftSettings: numeric
    ),
    .testTarget(
      name: "NeuralNetworksTests",
      dependencies: ["NeuralNetworks", "Tensors", "RandomNumbers", "TestSupport"],
      exclude: ["Fixtures"],
      swiftSettings: numeric),
    .testTarget(
      name: "DatasetsTests",
      dependencies: ["Datasets", "Tensors", "Digests", "Archives", "RandomNumbers", "TestSupport"],
      exclude: ["Fixtures"],
      swiftSettings: numeric),
    .testTarget(
      name: "AssignmentStepsTests",
      dependencies: [
        "AssignmentSteps", "Steps", "BinaryCoding", "NeuralNetworks", "Tensors", "Datasets", "Running", "Notebooks",
        "TestSupport",
      ],
      exclude: ["Fixtures"],
      swiftSettings: numeric),
    .testTarget(
      name: "CommandLineInterfaceTests",
      dependencies: [
        "CommandLineInterface", "Running", "Reporting", "Steps", "AssignmentSteps", "NeuralNetworks", "Diagnostics",
        "FilePaths", "JSONValues",
      ],
      swiftSettings: strict),
    // The package itself: what others can use of it.
    .testTarget(name: "PackageTests", exclude: ["Snapshots"], swiftSettings: strict),
    // Whole programs, started as a user would start them: this package's own, and the one with the tests' steps.
    .testTarget(
      name: "ProgramTests",
      dependencies: ["nbrun", "TestWorker", "TestSupport", "JSONValues"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
