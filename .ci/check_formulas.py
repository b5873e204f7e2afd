"""Looks at formulas as Chromium draws them, where markup alone does not tell: check_formulas.py NBRUN

Runs a notebook of formulas, takes a picture of each in its report, and counts ink: parentheses that are asked to be big are, both,
and an arrow or a brace is drawn from its one end to its other, however long and wherever on the page it is.
"""

import base64
import pathlib
import subprocess
import sys
import tempfile

from check_reports import browser, view
from selenium.webdriver.common.by import By

LONG = "\\text{" + "a label " * 9 + "}"
FORMULAS = ["(a)^2", "\\Big(a\\Big)^2", f"A \\xrightarrow[b]{{{LONG} + c + d}} B", f"\\overbrace{{{LONG}}}^n", f"\\overrightarrow{{{LONG}}}"]
# For each column of a picture the first and the last row with ink, or nothing.
INK = """
const [address, done] = arguments
const image = new Image()
image.onload = () => {
  const canvas = Object.assign(document.createElement("canvas"), {width: image.width, height: image.height})
  const context = canvas.getContext("2d")
  context.drawImage(image, 0, 0)
  const {data, width, height} = context.getImageData(0, 0, image.width, image.height)
  const dark = (x, y) => data[4 * (y * width + x)] < 140
  const rows = [...Array(height).keys()]
  done([...Array(width).keys()].map(x => rows.filter(y => dark(x, y))).map(ys => ys.length ? [ys[0], ys.at(-1)] : null))
}
image.src = address
"""


def ink(driver, element, wide=None):
    """The columns of an element's picture; as wide as another one, where Chromium gives it no width of its own."""
    box = driver.execute_script(
        "const [e, w] = arguments, r = e.getBoundingClientRect(), p = w.getBoundingClientRect();"
        "return {x: p.x + scrollX, y: r.y + scrollY, width: p.width, height: r.height}",
        element,
        wide or element,
    )
    shot = driver.execute_cdp_cmd("Page.captureScreenshot", dict(captureBeyondViewport=True, clip=dict(box, scale=1)))
    return driver.execute_async_script(INK, "data:image/png;base64," + shot["data"])


def glyphs(columns):
    """The heights of what stands side by side with a gap between."""
    heights, top, bottom = [], None, None
    for column in columns + [None]:
        if column:
            top, bottom = min(top or column[0], column[0]), max(bottom or 0, column[1])
        elif top is not None:
            heights.append(bottom - top + 1)
            top = bottom = None
    return heights


def looked_at(driver):
    plain, big, *stretched = driver.find_elements(By.CSS_SELECTOR, "math[display=block]")
    (small, *_), (left, _, right, _) = glyphs(ink(driver, plain)), glyphs(ink(driver, big))
    if abs(left - right) > 1 or left < 1.5 * small:
        yield f"\\Big( and \\Big) are {left} and {right} pixels high, ( is {small}"
    for formula, element in zip(FORMULAS[2:], stretched):
        arrow = element.find_element(By.CSS_SELECTOR, "mo[stretchy=true]")
        columns = ink(driver, arrow, arrow.find_element(By.XPATH, ".."))
        drawn = sum(column is not None for column in columns) / len(columns)
        if len(columns) < 512 or drawn < 0.97:
            yield f"{formula[:20]}: {drawn:.0%} of {len(columns)} columns have ink"


def main(nbrun):
    with tempfile.TemporaryDirectory() as folder:
        notebook = pathlib.Path(folder, "formulas.md")
        notebook.write_text("# Formulas\n\n" + "\n\n".join(f"$$\n{formula}\n$$" for formula in FORMULAS) + "\n")
        pathlib.Path(folder, ".nbrun").mkdir()
        subprocess.run([nbrun, notebook.name, "--quiet"], cwd=folder, check=True, capture_output=True)
        driver = browser()
        driver.set_script_timeout(60)
        problems = []
        for forced in (False, True):
            view(driver, pathlib.Path(folder, "outputs/formulas/report.html"), 1280, "light", forced=forced)
            problems += looked_at(driver)
        driver.quit()
    print("\n".join(problems) or f"{len(FORMULAS)} formulas are drawn as they should")
    sys.exit(1 if problems else 0)


main(str(pathlib.Path(sys.argv[1]).resolve()))
