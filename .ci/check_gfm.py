"""Holds the extensions of GitHub's Markdown against GitHub's own parser: check_gfm.py NBRUN [COUNT]

Documents of tables, strikethrough, task lists and bare links, made at random from seeds that stay the same, go through
`nbrun markdown --notebook` and through cmark-gfm, which is the referee. What both say of the same text has to be the same but for
how HTML may be written. Exits 1 with the first documents of which it is not.
"""

import html.parser
import random
import subprocess
import sys

import cmarkgfm
from cmarkgfm.cmark import Options

WORDS = ["a", "b c", "`d`", "`e \\| f`", "**g**", "*h*", "~~i~~", "~j~", "[k](l)", "\\|", "m\\*n", "&amp;", "é", "www.o.org", "https://p.org/q_r", "s@t.org", "_u_", "<https://v.org>"]
LINKS = ["www.a.org", "www.a.org/b_c", "www.a-b.org/c?d=e&f=(g)", "http://h.org", "https://i.org/j(k)l", "https://m.org/n&amp;o", "p@q.org", "r.s-t@u.v.org", "http://w.org/~x", "HTTPS://a.org"]
# An underscore right behind a domain is left out: it is the end of an emphasis here, and no link there.
ENDS = ["", ".", ",", ":", ")", "))", "?", "!", "*", "'", "\"", "&lt;", "...", "~"]
STARTS = ["", "(", "*", "_", "~", "((", "a ", "\"", "é "]
RUNS = ["~", "~~", "~~~", "*", "**", "a", "b", " ", "a b", ".", "`c`"]


def inline(chance, most=3):
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(0, most)))


def table(chance):
    columns = chance.randint(1, 3)

    def row(cells):
        line = " | ".join(cells)
        left, right = chance.random() < 0.8 or columns == 1 or not cells[0].strip(), chance.random() < 0.8 or columns == 1
        return " " * chance.choice([0, 0, 0, 1, 3]) + ("| " if left else "") + line + (" |" if right else "")

    lines = [row([inline(chance) or "x" for _ in range(columns)]), row([chance.choice(["---", ":--", "--:", ":-:", "-"]) for _ in range(columns)])]
    for _ in range(chance.randint(0, 3)):
        lines.append(row([inline(chance) or "y" for _ in range(max(1, columns + chance.choice([0, 0, 0, -1, 1])))]))
    return (["before"] if chance.random() < 0.2 else []) + lines + chance.choice([[], [], ["> after"], ["# after"], ["```", "after", "```"]])


def tasks(chance):
    marks = ["- [ ] ", "- [x] ", "* [X] ", "1. [ ] ", "- [] ", "- [ ]", "- "]
    return [chance.choice(["", "", "  "]) + chance.choice(marks) + chance.choice(["a", "*b*", "`c`", "d e"]) for _ in range(chance.randint(1, 5))]


def links(chance):
    return [" ".join(chance.choice(STARTS) + chance.choice(LINKS) + chance.choice(ENDS) for _ in range(chance.randint(1, 3)))]


def struck(chance):
    return ["".join(chance.choice(RUNS) for _ in range(chance.randint(2, 9)))]


def document(number):
    chance = random.Random(number)
    lines = []
    for _ in range(chance.randint(1, 3)):
        block = chance.choice([table, table, tasks, links, struck])(chance)
        # cmark-gfm knows no tasks in quotations, which GitHub does.
        prefix = "" if "[" in "".join(block) else chance.choice(["", "", "", "> "])
        lines += [prefix + line for line in block] + [""]
    return "\n".join(lines)


class Events(html.parser.HTMLParser):
    """What a page says, whatever way it is written: tags with their sorted attributes, texts."""

    # Where a style is an attribute in one and a class in the other.
    SIDES = {"text-align: left": "left", "text-align: center": "center", "text-align: right": "right"}

    def __init__(self, text):
        super().__init__()
        self.events = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        kept = []
        for name, value in attributes:
            if name == "style":
                name, value = "align", self.SIDES.get(value, value)
            elif name == "class" and value in ("left", "center", "right"):
                name = "align"
            # Headings have anchors here, task lists a class of their own, blocks a direction.
            if name not in ("id", "class", "dir"):
                kept.append((name, value or ""))
        self.events.append((tag, sorted(kept)))

    def handle_endtag(self, tag):
        if tag not in ("input", "br", "hr", "img"):
            self.events.append(("/" + tag,))

    def handle_data(self, data):
        if self.events and self.events[-1][0] == "":
            data = self.events.pop()[1] + data
        self.events.append(("", data))


def said(text):
    return [(event[0], event[1].strip()) if event[0] == "" else event for event in Events(text).events if event[0] != "" or event[1].strip()]


def main(nbrun, count):
    differing = []
    for text in map(document, range(count)):
        page = subprocess.run([nbrun, "markdown", "--notebook"], input=text, capture_output=True, text=True, check=True).stdout
        referee = cmarkgfm.markdown_to_html_with_extensions(text, options=Options.CMARK_OPT_UNSAFE, extensions=["table", "strikethrough", "autolink", "tasklist"])
        if said(page) != said(referee):
            differing.append((text, page, referee))
    for text, page, referee in differing[:5]:
        print(f"of {text!r}\n  nbrun says     {page!r}\n  cmark-gfm says {referee!r}", file=sys.stderr)
    print(f"{count} documents: {len(differing)} differences from cmark-gfm")
    sys.exit(1 if differing else 0)


main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
