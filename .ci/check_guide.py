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
    step, manifest, main = blocks("notebooks/guide/steps.md", "swift")
    notebook = blocks("notebooks/guide/steps.md", "markdown")[0]
    course = folder / "course"
    (course / "Sources/course").mkdir(parents=True)
    (course / "Sources/course/Harmonic.swift").write_text(step)
    (course / "Sources/course/Main.swift").write_text(main)
    (course / "harmonic.md").write_text(notebook)
    by_path, by_tag = '.package(path: "../nbrun")', f'.package(url: "{folder}/nbrun", from: "0.1.0")'
    if by_path not in manifest:
        sys.exit("the guide's manifest does not depend on ../nbrun")
    start = '// swift-tools-version: 6.3\nimport PackageDescription\n\nlet package = Package(\n  name: "course",\n'
    # By tag last: it is what is built.
    for dependency, command in [(by_path, ["package", "describe"]), (by_tag, ["build"])]:
        (course / "Package.swift").write_text(
            f"{start}  platforms: [.macOS(.v15)],\n{manifest.replace(by_path, dependency).rstrip()}\n)\n")
        run("swift", *command, cwd=course)
    run(".build/debug/course", "harmonic.md", cwd=course)
    report = (course / "outputs/harmonic/README.md").read_text()
    for words in ["sum: 5.187377517639621", "A hundred terms come to 5.187", "1 of 1 claim held"]:
        if words not in report:
            sys.exit(f"the report of the guide's notebook does not say {words!r}:\n{report}")
    help = run(".build/debug/course", "help", cwd=course)
    if "course NOTEBOOK" not in help:
        sys.exit(f"the program does not call itself course:\n{help}")
    print("a package of one's own, by version tag and by path, is what the guide says")


with tempfile.TemporaryDirectory() as folder:
    caret(pathlib.Path(folder))
    own_package(pathlib.Path(folder))
