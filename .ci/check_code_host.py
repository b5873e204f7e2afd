"""Reads the reports' README.md files as a code host does: check_code_host.py FOLDER

GitHub runs Markdown, cmark-gfm, over a page before it looks for formulas. So each formula has to come out of cmark-gfm as it was
written, each has to be the notebook's own, and none may hold a command that GitHub refuses. Every link and picture leads to a file
or an anchor that is there, and a listing's link to the lines that it shows. Exits 1 with all that is not so.
"""

import html.parser
import json
import pathlib
import re
import sys
import textwrap
import urllib.parse

import cmarkgfm
from cmarkgfm.cmark import Options

REFUSED = re.compile(r"\\(operatorname|mbox|phantom|hphantom|vphantom|class|cssId|href|require|unicode)\b")
FENCE = re.compile(r"^([ >]*)(`{3,}|~{3,})(.*)\n([\s\S]*?)^[ >]*\2`*[ ]*$", re.MULTILINE)
FORMULA = re.compile(r"\$`([^`]+)`\$|\$\$([\s\S]+?)\$\$|\$(?!\s)((?:\\.|[^$\\`])+?)(?<!\s)\$(?!\d)")


def plain(formula):
    """A formula without what only says how its lines are cut and that it stands on its own."""
    return " ".join(formula.removeprefix("\\displaystyle ").split())


def formulas(markdown):
    """The formulas of a Markdown text in order, by its source alone."""
    found = []
    blocks = []

    def fence(match):
        quote = match[1]
        blocks.append((match[3].strip(), "\n".join(line.removeprefix(quote) for line in match[4].split("\n"))))
        return f"\n\0{len(blocks) - 1}\0\n"

    text = FENCE.sub(fence, markdown)
    # Code spans but for those that hold a formula: from left to right, since the end of one may look like the start of the other.
    text = re.sub(r"(\$`[^`]+`\$)|(`+)(?!`)[\s\S]+?(?<!`)\2(?!`)", lambda span: span[1] or "", text)
    text = re.sub(r"<[a-z][^>]*>", "", text)
    for match in re.finditer(r"\0(\d+)\0|(?<!\\)" + FORMULA.pattern, text):
        if match[1] is None:
            found.append(plain(match[2] or match[3] or match[4]))
        elif blocks[int(match[1])][0] == "math":
            found.append(plain(blocks[int(match[1])][1]))
    return found


class Page(html.parser.HTMLParser):
    """The formulas, addresses and anchors of a page that cmark-gfm made."""

    def __init__(self, text):
        super().__init__()
        self.pieces, self.addresses, self.anchors, self.stack = [], [], set(), []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.addresses += [attributes[name] for name in ("href", "src", "srcset") if name in attributes]
        self.anchors |= {attributes[name] for name in ("id", "name") if name in attributes}
        if tag in ("pre", "code"):
            self.stack.append((tag, attributes.get("lang")))
        elif tag not in ("strong", "em", "a", "img", "source", "picture", "br", "del", "input"):
            self.pieces.append(("break", ""))
        else:
            # A formula that an emphasis or a link cuts is none any more.
            self.pieces.append(("mark", "\1"))

    def handle_endtag(self, tag):
        if tag in ("pre", "code"):
            self.stack.pop()
        else:
            self.handle_starttag(tag, {})

    def handle_data(self, data):
        if ("pre", "math") in self.stack:
            self.pieces.append(("block", data))
        elif any(tag == "pre" for tag, _ in self.stack):
            self.pieces.append(("break", ""))
        elif any(tag == "code" for tag, _ in self.stack):
            self.pieces.append(("code", data.replace("$", "\2")))
        else:
            self.pieces.append(("text", data))

    def formulas(self):
        found, text = [], ""
        for kind, data in self.pieces + [("break", "")]:
            if kind in ("break", "block"):
                found += [plain(a or b or c) for a, b, c in FORMULA.findall(text)]
                text = ""
                if kind == "block":
                    found.append(plain(data))
            else:
                text += f"`{data}`" if kind == "code" else data
        return found


def notebook_formulas(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    prose = [cell for cell in cells if cell["cell_type"] == "markdown" and cell["id"][0] in "TP"]
    return [formula for cell in prose for formula in formulas("".join(cell["source"]))]


def check(path):
    text = path.read_text(encoding="utf-8")
    page = Page(cmarkgfm.github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE))
    written, read, own = formulas(text), page.formulas(), notebook_formulas(path.with_name("report.ipynb"))
    for index in range(max(len(written), len(read), len(own))):
        lists = [formula[index] if index < len(formula) else "(none)" for formula in (own, written, read)]
        if REFUSED.search(lists[0]) or REFUSED.search(lists[1]):
            if REFUSED.search(lists[1]):
                yield f"formula {index + 1} holds what GitHub refuses: {lists[1]}"
        elif lists[0] != lists[1]:
            yield f"formula {index + 1} is not the notebook's: {lists[0]} has become {lists[1]}"
            break
        if lists[1] != lists[2]:
            yield f"formula {index + 1} does not come through Markdown: {lists[1]} has become {lists[2]}"
            break
    for address in page.addresses:
        yield from check_address(path, page, address)
    COUNTS[0] += len(written)
    COUNTS[1] += len(page.addresses)


def check_address(path, page, address):
    target, _, fragment = address.partition("#")
    if re.match(r"[a-z]+:", target):
        return
    if not target:
        heads = {re.sub(r"[^\w\- ]", "", line).strip().lower().replace(" ", "-") for line in re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)}
        if fragment not in page.anchors and fragment not in heads and not fragment.startswith("fn"):
            yield f"the link #{fragment} leads nowhere"
        return
    file = path.parent / urllib.parse.unquote(target)
    if not file.exists():
        yield f"the link {address} leads to no file"
    elif lines := re.fullmatch(r"L(\d+)-L(\d+)", fragment):
        first, last = int(lines[1]), int(lines[2])
        shown = textwrap.dedent("\n".join(file.read_text(encoding="utf-8").split("\n")[first - 1 : last]))
        if shown.strip() not in path.read_text(encoding="utf-8"):
            yield f"the link {address} leads to other lines than those that are shown"


COUNTS = [0, 0]
findings = []
reports = sorted(path for path in pathlib.Path(sys.argv[1]).rglob("README.md") if path.with_name("report.ipynb").exists())
for report in reports:
    findings += [f"{report}: {finding}" for finding in check(report)]
for finding in findings:
    print(finding, file=sys.stderr)
if findings or not reports:
    sys.exit(1)
print(f"{len(reports)} reports on a code host: {COUNTS[0]} formulas and {COUNTS[1]} links as they should be")
