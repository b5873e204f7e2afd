"""Notebooks from strangers: check_hostile.py NBRUN

Runs notebooks that try everything, opens their reports in Chromium beside a server that counts requests, and looks: nothing may
run, nothing may be asked for, no file may be written outside the output folder.
"""

import http.server
import pathlib
import subprocess
import sys
import tempfile
import threading
import urllib.parse

from check_reports import browser, foreign_requests
from selenium.webdriver.common.by import By

NBRUN = str(pathlib.Path(sys.argv[1]).resolve())
FENCE = "```"
requests = []


class Counter(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        requests.append(self.path)
        self.send_response(204)
        self.end_headers()

    do_POST = do_GET

    def log_message(self, *_):
        pass


def attempts(server):
    """What a page might be made to do: each sets window.pwned or asks the server for something."""
    ping = f"fetch('{server}/ping')"
    return [
        f"<script>window.pwned = 1; {ping}</script>",
        f'<script src="{server}/script.js"></script>',
        f'<img src="{server}/pixel.gif" onload="window.pwned = 1" onerror="window.pwned = 1">',
        '<svg onload="window.pwned = 1"><script>window.pwned = 1</script></svg>',
        f'<iframe src="{server}/frame"></iframe>',
        '<iframe srcdoc="<script>parent.pwned = 1</script>"></iframe>',
        f'<link rel="stylesheet" href="{server}/style.css">',
        f"<style>@import url({server}/import.css); body {{ background: url({server}/background.png) }}</style>",
        f'<meta http-equiv="refresh" content="0; url={server}/refresh">',
        f'<base href="{server}/">',
        f'<object data="{server}/object"></object><embed src="{server}/embed">',
        f'<video poster="{server}/poster" src="{server}/video" autoplay></video>',
        f'<form action="{server}/form"><button autofocus onfocus="window.pwned = 1">go</button></form>',
        f'<details ontoggle="window.pwned = 1" open>d</details>',
        "</main></body></html><script>window.pwned = 1</script>",
        "--><script>window.pwned = 1</script><!--",
        "]]><script>window.pwned = 1</script>",
        "</style><script>window.pwned = 1</script>",
        "[a link](javascript:window.pwned=1)",
        "[a link](JaVaScRiPt:window.pwned=1)",
        "[a link](java&#x0A;script:window.pwned=1)",
        "[a link](<&#1;javascript:window.pwned=1>)",
        "[a link](data:text/html,<script>opener.pwned=1</script>)",
        "[a link](vbscript:pwned)",
        "![a drawing](<data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' onload='window.pwned=1'/%3E>)",
        '[a link](https://example.invalid "\\" onmouseover=\\"window.pwned = 1")',
        "<javascript:window.pwned=1>",
        '`code" onclick="window.pwned = 1`',
        "$\\href{javascript:window.pwned=1}{x}$ $\\text{<img src=x onerror=window.pwned=1>}$",
        '| <script>window.pwned = 1</script> |\n|---|\n| " onclick="window.pwned = 1 |',
    ]


def hostile(server):
    prose = "\n\n".join(attempts(server))
    markup = '"><img src=x onerror="window.pwned=1"><script>window.pwned=1</script>'
    return f"""---
title: {markup}
author: {markup}
description: {markup} [x](javascript:window.pwned=1)
---

# {markup}

{prose}

{FENCE}html" onclick="window.pwned = 1
<script>window.pwned = 1</script>
{FENCE}

{FENCE}nbrun
step: network-summary
id: table
# {markup}
expect: parameters > 1
{FENCE}

{FENCE}nbrun
step: race
id: race
layer: max-pooling
input-shape: [1, 1, 4, 4]
pool-size: 2
stride: 2
label: {markup}
caption: times: {markup}
{FENCE}
"""


REFUSED = {
    "phones-home.md": "![pixel]({server}/pixel.gif)\n",
    "phones-home-relative.md": "![pixel](//127.0.0.1/pixel.gif)\n",
    "data-page.md": "![pixel](data:text/html,<script>alert(1)</script>)\n",
    "outside-image.md": "![pixel](../../../../etc/hostname)\n",
    "outside-id.md": f"{FENCE}nbrun\nstep: network-summary\nid: ../../escape\n{FENCE}\n",
    "absolute-id.md": f"{FENCE}nbrun\nstep: network-summary\nid: /tmp/escape\n{FENCE}\n",
    "outside-listing.md": f"{FENCE}nbrun\nlisting: ../../../etc/passwd#root\n{FENCE}\n",
}

NAMES = ['"><img src=x onerror=window.pwned=1>.md', "javascript:alert(1).md", "x%2f..%2f..%2fescape.md", "a b&c#d?e.md"]


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(folder, *arguments):
    return subprocess.run([NBRUN, *arguments], cwd=folder, capture_output=True, text=True, timeout=120)


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Counter)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    problems = []
    with tempfile.TemporaryDirectory() as name:
        top = pathlib.Path(name)
        folder = top / "inner" / "deeper"
        notebooks = folder / "notebooks"
        notebooks.mkdir(parents=True)
        (folder / ".git").mkdir()

        for file, text in REFUSED.items():
            (notebooks / file).write_text(text.replace("{server}", address))
            before = files(top)
            end = run(folder, f"notebooks/{file}")
            if end.returncode != 2 or f"notebooks/{file}:" not in end.stderr:
                problems.append(f"{file}: exit status {end.returncode}: {end.stderr}")
            if files(top) != before:
                problems.append(f"{file}: something was written: {set(files(top)) - set(before)}")
            (notebooks / file).unlink()

        for file in ["hostile.md", *NAMES]:
            (notebooks / file).write_text(hostile(address))
        before = files(top)
        end = run(folder, "notebooks")
        if end.returncode != 0:
            problems.append(f"hostile notebooks: exit status {end.returncode}: {end.stderr}")
        for path in set(files(top)) - set(before):
            if not path.startswith(("inner/deeper/outputs/", "inner/deeper/.nbrun/")):
                problems.append(f"written outside the output folder: {path}")

        driver = browser()
        pages = sorted((folder / "outputs").rglob("*.html"))
        if len(pages) != len(NAMES) + 2:
            problems.append(f"{len(pages)} pages instead of {len(NAMES) + 2}")
        for page in pages:
            where = page.relative_to(folder)
            driver.get(page.as_uri())
            for element in driver.find_elements(By.CSS_SELECTOR, "a[href]"):
                href = urllib.parse.unquote(element.get_dom_attribute("href")).strip().lower()
                scheme = href.split(":")[0] if ":" in href.split("/")[0] else ""
                # The numbers of a figure, to be saved.
                if href.startswith("data:text/csv;") and element.get_dom_attribute("download") is not None:
                    continue
                if scheme not in ("", "https", "http", "mailto"):
                    problems.append(f"{where}: a link to {href}")
            banned = "script, iframe, object, embed, form, base, link, video, meta[http-equiv=refresh]"
            for element in driver.find_elements(By.CSS_SELECTOR, banned):
                problems.append(f"{where}: the page holds {element.get_attribute('outerHTML')[:120]}")
            handlers = driver.execute_script(
                "return [...document.querySelectorAll('*')].flatMap(e => [...e.attributes])"
                ".map(a => a.name).filter(n => n.startsWith('on'))"
            )
            if handlers:
                problems.append(f"{where}: event handlers {handlers}")
            # Whatever waits for a reader's hand, on every element, without leaving the page.
            driver.execute_script(
                "addEventListener('click', e => { if (!/^javascript:/i.test(e.target.href || '')) e.preventDefault() });"
                "for (const e of document.querySelectorAll('*'))"
                " for (const n of ['mouseover', 'focus', 'toggle', 'load', 'error', 'click'])"
                " e.dispatchEvent(new MouseEvent(n, {bubbles: true, cancelable: true}))"
            )
            if driver.execute_script("return window.pwned"):
                problems.append(f"{where}: something ran")
            problems += [f"{where}: asks for {foreign}" for foreign in foreign_requests(driver)]
        driver.quit()
        problems += [f"the server was asked for {path}" for path in requests]
    print("\n".join(problems) or f"{len(pages)} hostile pages run nothing and ask for nothing; {len(REFUSED)} notebooks refused")
    sys.exit(1 if problems else 0)


main()
