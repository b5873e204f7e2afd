#!/usr/bin/env python3
"""Starts every command with each of its streams closed, full, or without a reader: PROGRAM is `nbrun`.

Commands whose answer is their output end quietly with status 0 or 141; commands that do something, or whose status is the answer, go
on, end as they would, and write the same files. What is written never holds a backtrace.
"""

import fcntl
import os
import pty
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAM = os.path.abspath(sys.argv[1])
CELL = "```nbrun\nstep: gradient-check\nid: check\nlayer: convolution\ninput-shape: [2, 3, 7, 7]\nfilter-shape: [3, 3, 3, 3]\nexpect: dx-error < 1e-6\n```\n"
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith(("NBRUN_", "GITHUB_"))}
ENVIRONMENT["NO_COLOR"] = "1"

# What each command is expected to end with, whatever becomes of its streams; None where its answer is what it writes.
COMMANDS = {
    "run": (["a.md", "b.md"], 0),
    "verify": (["verify", "a.md", "b.md"], 0),
    "check": (["check", "a.md", "b.md"], 0),
    "check, invalid": (["check", "bad.md"], 2),
    "why": (["why", "a.md"], 0),
    "data": (["data"], 0),
    "steps": (["steps"], None),
    "steps NAME": (["steps", "gradient-check"], None),
    "bench": (["bench", "--only", "machine/fma-peak", "--seconds", "0.01"], None),
    "markdown": (["markdown"], None),
    "completions": (["completions", "bash"], None),
    "--help": (["--help"], None),
    # The last: the others find the first run's results, times included.
    "run, computing": (["a.md", "b.md", "--fresh"], 0),
}
STATES = ["closed", "full", "missing"]


def spoil(state, descriptor):
    """Puts the process's stream into the given state; run in the child before the program starts."""
    if state == "closed":
        os.close(descriptor)
    elif state == "full":
        os.dup2(os.open("/dev/full", os.O_WRONLY), descriptor)
    elif state == "missing":
        reading, writing = os.pipe()
        os.dup2(writing, descriptor)
        os.close(reading)
        os.close(writing)


def make_project(folder):
    for name in ["a.md", "b.md"]:
        (folder / name).write_text(f"# {name}\n\n{CELL}")
    (folder / "bad.md").write_text(CELL.replace("gradient-check", "gradient-chekc"))
    (folder / ".nbrun").mkdir()


def report(folder, is_fresh=False):
    """The files of the reports: their bytes, or, of what was computed anew and took another time, whether they are whole."""
    files = {path.relative_to(folder): path.read_bytes() for path in folder.glob("outputs/**/*") if path.is_file()}
    assert len(files) >= 10, f"reports are missing: {sorted(map(str, files))}"
    pages = [data for name, data in files.items() if name.suffix == ".html"]
    assert all(data.endswith(b"</html>\n") for data in pages) and b"" not in files.values()
    return set(files) if is_fresh else files


def run(folder, arguments, streams, **options):
    """Runs the program with the given states of its streams; what it wrote to the others, and its status."""
    def prepare():
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        for descriptor, state in streams.items():
            spoil(state, descriptor)

    if 0 not in streams:
        # Without something to read `markdown` has nothing to write.
        options["input"] = b"# Words\n"
    end = subprocess.run(
        [PROGRAM, *arguments], cwd=folder, env=ENVIRONMENT, preexec_fn=prepare, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        timeout=300, **options)
    text = end.stdout + end.stderr
    for word in [b"Fatal error", b"Crash", b"acktrace", b"Illegal instruction"]:
        assert word not in text, text.decode(errors="replace")
    return end


def expect(name, folder, arguments, status, streams):
    if arguments[0] == "a.md":
        subprocess.run(["rm", "-rf", folder / "outputs"], check=True)
    end = run(folder, arguments, streams)
    allowed = [0, 141] if status is None and 1 in streams else [status or 0]
    assert end.returncode in allowed, f"{name}: status {end.returncode}, not {allowed}: {end.stderr.decode(errors='replace')}"
    if arguments[0] == "a.md":
        is_fresh = "--fresh" in arguments
        assert report(folder, is_fresh) == (set(reference) if is_fresh else reference), f"{name}: the reports differ"
    # What could not be written for want of room is said, where it can be; a reader who left is told nothing.
    if status is None and streams.get(1) == "missing" and 2 not in streams:
        assert end.stderr == b"" and end.returncode == 141, f"{name}: {end}"
    if status is None and streams.get(1) == "full" and 2 not in streams:
        assert b"No space left on device" in end.stderr and end.returncode == 141, f"{name}: {end}"


# MARK: Readers that are slow, stop, or go away halfway


def slow_reader(folder):
    """A pipe that does not block, and a reader that takes its time: nothing is lost."""
    text = ("word " * 20 + "\n\n") * 5000
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETFL, os.O_NONBLOCK)
    process = subprocess.Popen([PROGRAM, "markdown"], stdin=subprocess.PIPE, stdout=writing, env=ENVIRONMENT)
    os.close(writing)
    process.stdin.write(text.encode())
    process.stdin.close()
    output = b""
    while piece := os.read(reading, 50_000):
        output += piece
        time.sleep(0.002)
    assert process.wait() == 0 and output.count(b"<p>word") == 5000, len(output)


def gone_terminal(folder):
    """A terminal that was closed: writing to it is an error of the device."""
    master, slave = pty.openpty()
    subprocess.run(["rm", "-rf", folder / "outputs"], check=True)
    process = subprocess.Popen(
        [PROGRAM, "a.md", "b.md", "--fresh"], cwd=folder, env=ENVIRONMENT, stdin=slave, stdout=slave, stderr=slave, start_new_session=True)
    os.close(slave)
    os.close(master)
    assert process.wait(300) == 0
    assert report(folder, is_fresh=True) == set(reference)


def head(folder):
    """A reader that has seen enough after a line."""
    subprocess.run(["rm", "-rf", folder / "outputs"], check=True)
    script = f'"{PROGRAM}" a.md b.md --fresh 2>&1 | head -1; echo "${{PIPESTATUS[0]}}"; "{PROGRAM}" steps | head -1 >&2; echo "${{PIPESTATUS[0]}}"'
    end = subprocess.run(["bash", "-c", script], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=300)
    lines = end.stdout.splitlines()
    assert lines[0].startswith("a.md") and lines[1] == "0" and lines[2] in ["0", "141"], end
    assert len(end.stderr.splitlines()) == 1, end.stderr
    assert report(folder, is_fresh=True) == set(reference)


def stalled_reader(folder):
    """A reader that does not read keeps a run that is asked to stop from nothing."""
    cells = "".join(CELL.replace("id: check", f"id: check-{index}").replace("expect", "# ") for index in range(300))
    (folder / "long.md").write_text(cells)
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
    process = subprocess.Popen([PROGRAM, "long.md", "--fresh", "--verbose"], cwd=folder, env=ENVIRONMENT, stderr=writing)
    os.close(writing)
    # Once nothing more fits, it waits for its reader.
    while not (stuck(process.pid) and process.poll() is None):
        assert process.poll() is None, "the run was over before the pipe was full"
        time.sleep(0.05)
    start = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 130
    assert time.monotonic() - start < 8, "the report came too late"
    assert (folder / "outputs/long/report.html").read_text().endswith("</html>\n")
    os.close(reading)


def stuck(pid):
    """Whether the process has waited for half a second without computing."""
    def ticks():
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    before = ticks()
    time.sleep(0.5)
    return ticks() - before <= 1 and Path(f"/proc/{pid}/wchan").exists()


with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    make_project(folder)
    assert run(folder, ["a.md", "b.md"], {}).returncode == 0
    reference = report(folder)
    count = 0
    for command, (arguments, status) in COMMANDS.items():
        combinations = [{1: state} for state in STATES] + [{2: state} for state in STATES]
        if status is not None:
            combinations += [{0: "closed", 1: "closed", 2: "closed"}, {1: "missing", 2: "missing"}]
        for streams in combinations:
            expect(f"{command}, {streams}", folder, arguments, status, streams)
            count += 1
    print(f"streams: {count}/{count} combinations of {len(COMMANDS)} commands with closed, full and missing streams")
    for check in [slow_reader, gone_terminal, head, stalled_reader]:
        check(folder)
        print(f"streams: {check.__doc__.splitlines()[0]}")
