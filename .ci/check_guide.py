"""Compiles and runs what README and guide show: check_guide.py PROGRAM

The package of one's own of notebooks/guide/steps.md, by version tag and by path, from the blocks as they stand there, with the notebook
that is shown for it; and the mistake that README and the guide show with its caret. PROGRAM is nbrun.
"""
import pathlib, re, subprocess, sys, tempfile

top = pathlib.Path(__file__).resolve().parent.parent
program = str(pathlib.Path(sys.argv[1]).resolve())


def run(*command, cwd, status=0):
    end = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    if end.returncode != status:
        sys.exit(f"{' '.join(command)} ended with {end.returncode}, not {status}:\n{end.stdout[-3000:]}{end.stderr[-3000:]}")
    return end.stdout + end.stderr


def blocks(page, language):
    """The fenced blocks of a page in a language."""
    found = re.finditer(r"^(`{3,})(\w*)\n(.*?)^\1$", (top / page).read_text(), re.S | re.M)
    return [block[3] for block in found if block[2] == language]


def caret(folder):
    """The mistake that is shown is what the program says of it, line and column."""
    notebook = (top / "notebooks/conv_layers.md").read_text().splitlines(keepends=True)
    for page in ["README.md", "notebooks/guide/language.md"]:
        shown = re.search(r"^```\n(notebooks/conv_layers\.md:(\d+):.*?)^```$", (top / page).read_text(), re.S | re.M)
        line = int(shown[2])
        edited = notebook[: line - 1] + [notebook[line - 1].replace("stride:", "strid:")] + notebook[line:]
        (folder / "notebooks").mkdir(exist_ok=True)
        (folder / "notebooks/conv_layers.md").write_text("".join(edited))
        said = run(program, "check", "notebooks/conv_layers.md", cwd=folder, status=2)
        if shown[1].strip() not in said:
            sys.exit(f"{page} shows\n{shown[1]}and the program says\n{said}")
    print("the mistake in README and guide is shown as the program says it")


def own_package(folder):
    """The package of one's own: built, it runs the notebook that is shown, and names itself."""
    run("git", "clone", "--quiet", str(top), "nbrun", cwd=folder)
    run("git", "tag", "0.1.0", cwd=folder / "nbrun")
    step, manifest, main, line = blocks("notebooks/guide/steps.md", "swift")
    notebook, growth = blocks("notebooks/guide/steps.md", "markdown")
    course = folder / "course"
    (course / "Sources/course").mkdir(parents=True)
    (course / "Sources/course/Harmonic.swift").write_text(step)
    (course / "Sources/course/Line.swift").write_text(line)
    (course / "Sources/course/Main.swift").write_text(main.replace("  Harmonic.self\n", "  Harmonic.self\n  Line.self\n"))
    (course / "harmonic.md").write_text(notebook)
    (course / "growth.md").write_text(growth)
    (course / "growth.csv").write_text(blocks("notebooks/guide/steps.md", "csv")[0])
    by_path, by_tag = '.package(path: "../nbrun")', f'.package(url: "{folder}/nbrun", from: "0.1.0")'
    if by_path not in manifest:
        sys.exit("the guide's manifest does not depend on ../nbrun")
    start = '// swift-tools-version: 6.3\nimport PackageDescription\n\nlet package = Package(\n  name: "course",\n'
    # A stranger's package whose target is called as one of our folders, in the same build.
    stranger = folder / "stranger"
    (stranger / "Sources/Markdown").mkdir(parents=True)
    (stranger / "Sources/Markdown/Words.swift").write_text("public let words = 3\n")
    (stranger / "Package.swift").write_text(
        "// swift-tools-version: 6.0\nimport PackageDescription\n"
        'let package = Package(name: "stranger", products: [.library(name: "Markdown", targets: ["Markdown"])],\n'
        '  targets: [.target(name: "Markdown")])\n')
    others = '.package(path: "../stranger"), .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")'
    used = '.product(name: "Markdown", package: "stranger"), .product(name: "ArgumentParser", package: "swift-argument-parser")'
    product = '.product(name: "NotebookRunner", package: "nbrun")'
    lines = sum(text.strip().count("\n") + 1 for text in [step, main, start + manifest + ")"])
    if lines >= 40:
        sys.exit(f"a package of one's own takes {lines} lines")
    # By tag last: it is what is built.
    for dependency, command in [(by_path, ["package", "describe"]), (by_tag, ["build"])]:
        (course / "Package.swift").write_text(
            f"{start}  platforms: [.macOS(.v15)],\n{manifest.replace(by_path, f'{dependency}, {others}').replace(product, f'{product}, {used}').rstrip()}\n)\n")
        run("swift", *command, cwd=course)
    symbols = subprocess.run(["nm", ".build/debug/course"], cwd=course, capture_output=True, text=True).stdout
    if "NbrunSteps" not in symbols or "NbrunKernels" in symbols or "NbrunTensors" in symbols:
        sys.exit("the program of a package of one's own links kernels that it never calls")
    # As it is given to others: without its symbols.
    run("strip", "-o", "course.stripped", ".build/debug/course", cwd=course)
    run("./course.stripped", "harmonic.md", cwd=course)
    report = (course / "outputs/harmonic/README.md").read_text()
    for words in ["sum: 5.187377517639621", "A hundred terms come to 5.187", "1 of 1 claim held"]:
        if words not in report:
            sys.exit(f"the report of the guide's notebook does not say {words!r}:\n{report}")
    # The table of one's own: a line through it, and a report that verifies until the table changes.
    run("./course.stripped", "growth.md", cwd=course)
    report = (course / "outputs/growth/README.md").read_text()
    for words in ["grows 1.98 cm a day", "2 of 2 claims held", "growth.csv, SHA-256 "]:
        if words not in report:
            sys.exit(f"the report of the guide's table does not say {words!r}:\n{report}")
    run("./course.stripped", "verify", "growth.md", cwd=course)
    (course / "growth.csv").write_text(blocks("notebooks/guide/steps.md", "csv")[0].replace("9.9", "9.8"))
    run("./course.stripped", "verify", "growth.md", cwd=course, status=1)
    help = run(".build/debug/course", "help", cwd=course)
    if "course NOTEBOOK" not in help:
        sys.exit(f"the program does not call itself course:\n{help}")
    size = (course / "course.stripped").stat().st_size / 1e6
    print(f"a package of one's own in {lines} lines, by version tag and by path, beside others' targets, is what the guide says;"
          f" its program, stripped, has {size:.1f} MB")


with tempfile.TemporaryDirectory() as folder:
    caret(pathlib.Path(folder))
    own_package(pathlib.Path(folder))
