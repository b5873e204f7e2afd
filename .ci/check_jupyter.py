"""Opens the exported notebooks where people do: check_jupyter.py FOLDER

nbconvert makes a page of each, and JupyterLab shows it in Chromium, neither trusted nor executed. Both have to show every figure, with
the words that say what it shows. Exits 1 with what is missing.
"""

import contextlib
import json
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

import html5lib
from nbconvert import HTMLExporter

from check_reports import browser

# Scrolls on in a notebook, of which JupyterLab makes only what is in sight, from its end to its top again, and gathers what the
# pictures say that are in sight now.
PICTURES = """
const panel = document.querySelector('.jp-WindowedPanel-outer') || document.querySelector('.jp-Notebook')
window.words = window.words || new Set()
for (const image of document.querySelectorAll('.jp-OutputArea-output img'))
  if (image.alt && image.naturalWidth > 0) words.add(image.alt)
const isAtEnd = panel.scrollTop + panel.clientHeight >= panel.scrollHeight - 2
panel.scrollTop = isAtEnd ? 0 : panel.scrollTop + panel.clientHeight / 2
return [...words]
"""


def figures(notebook):
    """The words of each figure, as the notebook has them."""
    words = []
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            page = "".join(output.get("data", {}).get("text/html", []))
            if "<img" in page:
                words.append(html5lib.parseFragment(page, namespaceHTMLElements=False).find(".//img").get("alt"))
    return words


@contextlib.contextmanager
def lab(folder):
    """The address of a JupyterLab over a folder, on this machine alone."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", f"--notebook-dir={folder}"]
    server = subprocess.Popen([*command, "--IdentityProvider.token="], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    try:
        for _ in range(240):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.5)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def seen_in_lab(driver, address, expected):
    """What the pictures of a notebook say that JupyterLab shows before two minutes are over."""
    driver.get(address)
    words = []
    for _ in range(240):
        time.sleep(0.5)
        # It asks for a kernel, as the notebook names none that may not be here; nobody needs one to read.
        driver.execute_script("for (const button of document.querySelectorAll('.jp-Dialog .jp-mod-reject')) button.click()")
        if driver.execute_script("return document.querySelectorAll('.jp-Notebook .jp-Cell').length"):
            words = driver.execute_script(PICTURES)
            if set(expected) <= set(words):
                break
    return words


def main(reports):
    problems, count = [], 0
    with tempfile.TemporaryDirectory() as folder, lab(folder) as address:
        driver = browser()
        driver.set_window_size(1280, 1400)
        for path in sorted(pathlib.Path(reports).rglob("report.ipynb")):
            notebook = json.loads(path.read_text(encoding="utf-8"))
            expected = figures(notebook)
            count += len(expected)
            results = json.loads(path.with_name("results.json").read_text(encoding="utf-8"))
            if not all(expected) or len(expected) != sum(len(cell.get("figures", [])) for cell in results["cells"]):
                problems.append(f"{path}: a figure is no picture with words")
            page = html5lib.parse(HTMLExporter().from_filename(str(path))[0], namespaceHTMLElements=False)
            words = [image.get("alt") for image in page.iter("img")]
            problems += [f"{path}: nbconvert does not show {figure[:60]}" for figure in expected if figure not in words]
            copy = pathlib.Path(folder, path.parent.name + ".ipynb")
            shutil.copy(path, copy)
            words = seen_in_lab(driver, f"{address}/lab/tree/{copy.name}?reset", expected)
            problems += [f"{path}: JupyterLab does not show {figure[:60]}" for figure in expected if figure not in words]
            if json.loads(copy.read_text(encoding="utf-8")) != notebook:
                problems.append(f"{path}: JupyterLab changed it")
        driver.quit()
    print("\n".join(problems) or f"nbconvert and JupyterLab show all {count} figures with their words")
    sys.exit(1 if problems else 0)


main(sys.argv[1])
