#!/usr/bin/env python3
"""Sends every control character, and what hosts of CI take for commands, through every field that a terminal or a log can show.
PROGRAM is `TestWorker`: the command line with the tests' steps.

Nothing that reaches standard output or error may steer: of control characters only line breaks and tabs, on a terminal also what the
program itself wants of it, and no line that begins with `::` but the program's own annotations, nor `##[` anywhere.
"""

import json
import os
import pty
import re
import select
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

PROGRAM = os.path.abspath(sys.argv[1])
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith(("NBRUN_", "GITHUB_", "XDG_"))}
CONTROLS = [chr(code) for code in [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]]
COMMANDS = "\n::set-output name=a::b\n \u00a0::stop-commands::x\n##[error]c ##vso[task.x]d #\u200b#[group]e\r::debug::f"
ALL = "".join(CONTROLS) + "\x1b[31mred\x1b]0;title\x07" + COMMANDS
# What the program itself sends to a terminal: colours, and a line that is replaced.
OWN = re.compile(r"\x1b\[(0|1|2|32|36|1;31|1;33|1;36)m|\r\x1b\[K|\r(?=\n)")


def inline(text):
    """The text as a value on one line of a notebook or an argument can have it."""
    return text.replace("\0", "").replace("\n", " ").replace("\r", " ")


NAME = inline("".join(CONTROLS) + "\x1b[31m::set-output name=a::b ##[error]c")
assert len(NAME.encode()) < 240, "a file's name has 255 bytes at most"


def cell(*lines):
    return "```nbrun\n" + "\n".join(lines) + "\n```\n"


SAYING = cell("step: misbehaving", "id: say", "way: says", f"characters: {json.dumps([ord(character) for character in ALL])}")
GOOD = cell("step: measuring", "id: good")
PRINTING = cell("step: printing", "id: print", f"bytes: {json.dumps(list(ALL.encode()))}")

# Every field: files to write, and commands of which at least one shows it.
FIELDS = {
    "what a step prints": ({"n.md": PRINTING}, [["n.md", "--verbose"]]),
    "what a step says: printed, progress, a series' line, failure, hint": (
        {"n.md": SAYING}, [["n.md", "--verbose"], ["n.md"], ["n.md", "--quiet"], ["verify", "n.md"], ["n.md", "--junit", "-"]]),
    "title": ({"n.md": f"---\ntitle: {inline(ALL)}\n---\n{GOOD}"}, [["n.md"]]),
    "author, description": ({"n.md": f"---\nauthor: {inline(ALL)}\ndescription: {inline(ALL)}\n---\n{GOOD}"}, [["n.md"]]),
    "heading and prose": ({"n.md": f"# {inline(ALL)}\n\n{inline(ALL)}\n\n{GOOD}"}, [["n.md"], ["check", "n.md"]]),
    "an unknown key of the front matter": ({"n.md": f"---\n{inline(ALL)}: 1\n---\n{GOOD}"}, [["check", "n.md"]]),
    "an unknown key of a cell": ({"n.md": cell("step: measuring", f"{inline(ALL)}: 1")}, [["check", "n.md"], ["n.md"]]),
    "an unknown step": ({"n.md": cell(f"step: {inline(ALL)}")}, [["check", "n.md"]]),
    "an id": ({"n.md": cell("step: measuring", f"id: {inline(ALL)}")}, [["check", "n.md"]]),
    "a value": ({"n.md": cell("step: measuring", f"value: {inline(ALL)}")}, [["check", "n.md"]]),
    "a claim": ({"n.md": cell("step: measuring", f"expect: value < {inline(ALL)}")}, [["check", "n.md"]]),
    "a claim on an unknown metric": ({"n.md": cell("step: measuring", f"expect: {inline(ALL)} < 1")}, [["check", "n.md"]]),
    "caption, reference, tags, after": (
        {"n.md": cell("step: measuring", *(f"{key}: {inline(ALL)}" for key in ["caption", "reference", "tags", "after", "show"]))},
        [["check", "n.md"]]),
    "an inline value": ({"n.md": "{{ " + inline(ALL) + " }}\n\n" + GOOD}, [["check", "n.md"]]),
    "a formula": ({"n.md": f"$\\frac{{{inline(ALL)}$ and $\\x{inline(ALL)}$\n\n{GOOD}"}, [["check", "n.md"]]),
    "an image and a link": ({"n.md": f"![{inline(ALL)}](<{inline(ALL)}.png>) [a](<{inline(ALL)}.md#b>)\n\n{GOOD}"}, [["n.md"]]),
    "a whole file": ({"n.md": ALL + "\n" + cell(ALL) + "---\n" + ALL}, [["check", "n.md"], ["markdown"]]),
    "a notebook's name": ({NAME + ".md": GOOD}, [[NAME + ".md"], ["check", "."], ["verify", "."], ["why", NAME + ".md"]]),
    "a broken notebook's name": ({NAME + ".md": cell("step: x")}, [["check", "."], ["."]]),
    "a folder's name": ({NAME + "/n.md": GOOD}, [["check", "."], [NAME], ["verify", "."]]),
    "a notebook that is not there": ({"n.md": GOOD}, [[inline(ALL)], ["check", inline(ALL) + ".md"], ["why", inline(ALL)]]),
    "an unknown option": ({"n.md": GOOD}, [["n.md", "--" + inline(ALL)], ["check", "n.md", "--" + inline(ALL) + "=1"]]),
    "options' values": (
        {"n.md": GOOD},
        [["n.md", option, inline(ALL)] for option in ["--only", "--set", "--seed", "--threads", "--format", "--data", "--output", "--junit"]]),
    "--set of a cell's value": ({"n.md": GOOD}, [["n.md", "--set", f"good.value={inline(ALL)}"], ["n.md", "--set", f"good.mistake={inline(ALL)}"]]),
    "names of steps, data, shells, benchmarks": (
        {"n.md": GOOD},
        [["steps", inline(ALL)], ["data", inline(ALL)], ["data", "--from", inline(ALL)], ["completions", inline(ALL)], ["bench", "--only", inline(ALL)]]),
    "a folder of data": ({NAME + "/petals.bin": "petals", "n.md": GOOD}, [["data", "flowers", "--data", NAME], ["data", "--data", NAME]]),
    "a cell's name for why": ({"n.md": GOOD}, [["why", "n.md", inline(ALL)]]),
}


def steering(text, is_terminal=False):
    """What in the text steers a terminal or a host."""
    if is_terminal:
        text = OWN.sub("", text)
    found = {f"U+{ord(character):04X}" for character in text if character in CONTROLS and character not in "\n\t"}
    for line in text.split("\n"):
        seen = "".join(character for character in line if unicodedata.category(character) != "Cf").lstrip()
        is_own = re.match(r"::(error|warning|notice)( file=[^:]*)?::", seen) and not is_terminal
        if seen.startswith("::") and not is_own:
            found.add(f"a command: {line[:60]!r}")
        if re.search(r"##[a-z]*\[", seen) and not is_own:
            found.add(f"a marked command: {line[:60]!r}")
    return found


def piped(folder, arguments, environment):
    # What `markdown` writes is for a program.
    end = subprocess.run(
        [PROGRAM, *arguments], cwd=folder, env=environment, input=ALL.encode(), capture_output=True, timeout=120)
    assert end.returncode in [0, 1, 2, 3], f"{arguments}: {end}"
    return (b"" if arguments == ["markdown"] else end.stdout).decode() + end.stderr.decode()


def on_terminal(folder, arguments, environment):
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [PROGRAM, *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=slave, stderr=slave, start_new_session=True)
    os.close(slave)
    output = b""
    while True:
        try:
            select.select([master], [], [], 60)
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        output += piece
    process.wait(60)
    os.close(master)
    return output.decode(errors="replace").replace("\r\n", "\n")


WAYS = {
    "a file": (piped, {"NO_COLOR": "1"}),
    "a host's log": (piped, {"GITHUB_ACTIONS": "true"}),
    "a terminal": (on_terminal, {"TERM": "xterm-256color"}),
}

failures = []
runs = 0
for field, (files, commands) in FIELDS.items():
    for way, (start, settings) in WAYS.items():
        with tempfile.TemporaryDirectory() as path:
            folder = Path(path)
            (folder / ".nbrun").mkdir()
            for file, text in files.items():
                (folder / file).parent.mkdir(exist_ok=True)
                (folder / file).write_bytes(text.encode())
            for arguments in commands:
                text = start(folder, arguments, ENVIRONMENT | {"HOME": path} | settings)
                assert text or arguments == ["markdown"], f"{field}: {arguments} wrote nothing"
                runs += 1
                # Elsewhere than in a log a command is none.
                found = {item for item in steering(text, way == "a terminal") if way == "a host's log" or item.startswith("U+")}
                if found:
                    failures.append(f"{field}, {way}, {arguments[0][:20]!r}…: {sorted(found)[:6]}\n{text[:1500]!r}")

for failure in failures:
    print(failure)
print(f"control characters: {len(CONTROLS)} characters and {COMMANDS.count('::') // 2 + 3} commands × {len(FIELDS)} fields × {len(WAYS)} ways, "
      f"{runs} runs, {len(failures)} let one through")
sys.exit(bool(failures))
