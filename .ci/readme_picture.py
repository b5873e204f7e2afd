"""README's picture of a report: readme_picture.py [--check]

Makes .github/report-light.png and report-dark.png from the committed report of notebooks/cnn.md, its top and the cell `best`, in
headless Chromium, and writes the numbers that they show to .github/report.json beside them. With --check nothing is made: exits 1
where those are no longer the numbers of the report.
"""

import html.parser
import json
import pathlib
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent
REPORT = TOP / "outputs/cnn/report.html"
CELL = "cell.best"
FOLDER = TOP / ".github"
# The picture is of a page of 760 pixels, at twice that.
WIDTH = 760
STYLE = """
nav.contents,details.contents,.skip,footer,main>:not(header):not([id="%s"]),header nav,[id="%s"] details,[id="%s"] .output,.cell .time,.byline{display:none!important}
html{font-size:16px!important}body{display:block!important}
main{display:block;padding:26px 34px!important;width:auto}main>header{margin:0}[id="%s"]{margin-top:18px!important}
*{scrollbar-width:none}
"""


class Shown(html.parser.HTMLParser):
    """The text of the report's top and of one cell, where they show numbers: status, cards, the table of claims."""

    def __init__(self, text):
        super().__init__()
        self.open, self.found = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        names = (attributes.get("class") or "").split()
        if tag in ("meta", "link", "br", "img", "input", "wbr", "hr"):
            return
        self.open.append((tag, attributes.get("id"), names))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        inside = [name for _, _, names in self.open for name in names]
        ids = [id for _, id, _ in self.open]
        is_top = any(name in inside for name in ("status", "cards"))
        is_claim = CELL in ids and "metrics" in inside and not any(tag == "details" for tag, _, _ in self.open)
        if (is_top or is_claim) and data.strip():
            self.found.append(data.strip())


def shown():
    return Shown(REPORT.read_text(encoding="utf-8")).found


def check():
    kept = json.loads((FOLDER / "report.json").read_text(encoding="utf-8"))
    now = shown()
    for name in ("report-light.png", "report-dark.png"):
        assert (FOLDER / name).is_file(), f".github/{name} is missing"
    if kept != now:
        old, new = next(((a, b) for a, b in zip(kept + [None], now + [None]) if a != b), (None, None))
        print(f"README's picture shows {old!r}, the report {new!r}: python3 .ci/readme_picture.py", file=sys.stderr)
        sys.exit(1)
    print(f"README's picture shows the report's {len(now)} numbers and words")


def make():
    page = REPORT.read_text(encoding="utf-8")
    start = page.index('<meta http-equiv="Content-Security-Policy"')
    page = page[:start] + page[page.index(">", start) + 1 :]
    page = page.replace("</style>", STYLE.replace("%s", CELL) + "</style>", 1)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "page.html"
        path.write_text(page, encoding="utf-8")
        for scheme, setting in (("light", 1), ("dark", 0)):
            height = int(chromium(path, f"--window-size={WIDTH},3000", setting, "--dump-dom", measured=True))
            chromium(path, f"--window-size={WIDTH},{height}", setting, f"--screenshot={FOLDER}/report-{scheme}.png")
    (FOLDER / "report.json").write_text(json.dumps(shown(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def chromium(path, size, scheme, action, measured=False):
    """Runs headless Chromium on a page; gives the page's height where that is asked for."""
    if measured:
        script = "<script>addEventListener('load',()=>{const h=document.querySelector('main').getBoundingClientRect().bottom;document.title='height '+Math.ceil(h)})</script>"
        copy = path.with_name("measured.html")
        copy.write_text(path.read_text(encoding="utf-8").replace("</head>", script + "</head>", 1), encoding="utf-8")
        path = copy
    command = [
        "chromium", "--headless", "--no-sandbox", "--hide-scrollbars", "--force-device-scale-factor=2", size,
        f"--blink-settings=preferredColorScheme={scheme}", "--virtual-time-budget=2000", action, path.as_uri(),
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return result.stdout.split("<title>height ")[1].split("<")[0] if measured else result.stdout


check() if "--check" in sys.argv else make()
