#!/usr/bin/env python3
"""Sends signals to runs as terminals, batch systems and containers do. PROGRAM is `TestWorker`: the command line with the tests' steps.

A step that listens writes its checkpoint, whoever of the two processes gets the signal; one that does not is ended; the report is out
within eight seconds and the status is 130, or 129 for SIGHUP. The next run goes on from the checkpoint and ends with the same bytes.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAM = os.path.abspath(sys.argv[1])
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith(("NBRUN_", "GITHUB_", "XDG_"))}
ENVIRONMENT["NO_COLOR"] = "1"
LISTENING = "# Counting\n\n```nbrun\nstep: counting\nid: count\nend: 400\npause: 5\ninterval: 100000\n```\n"
DEAF = "# Sleeping\n\n```nbrun\nstep: sleeping\nid: sleep\nseconds: 600\n```\n"
PATIENCE = 8
checks = []


def check(function):
    checks.append(function)
    return function


def status(number):
    return 129 if number == signal.SIGHUP else 130


class Run:
    """A run in a folder of its own."""

    def __init__(self, notebook, *arguments, before=(), folder=None, ignored=(), files={}):
        self.kept = folder or tempfile.TemporaryDirectory()
        self.folder = Path(self.kept.name)
        (self.folder / ".nbrun").mkdir(exist_ok=True)
        for name, text in ({"test.md": notebook} | files).items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text)
        self.environment = ENVIRONMENT | {"HOME": str(self.folder)}
        for words in before:
            subprocess.run([PROGRAM, *words], cwd=self.folder, env=self.environment, capture_output=True, check=True)

        def prepare():
            for number in [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]:
                signal.signal(number, signal.SIG_IGN if number in ignored else signal.SIG_DFL)

        self.log = open(self.folder / "log", "w+")
        self.process = subprocess.Popen(
            [PROGRAM, *(arguments or ("test.md", "--verbose"))], cwd=self.folder, env=self.environment, preexec_fn=prepare,
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True)

    def text(self):
        return (self.folder / "log").read_text(errors="replace")

    def until(self, words, seconds=60):
        end = time.monotonic() + seconds
        while words not in self.text():
            assert self.process.poll() is None and time.monotonic() < end, f"no {words!r} in: {self.text()}"
            time.sleep(0.01)
        return self

    def worker(self):
        """The worker's process id."""
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(fields[1]) == self.process.pid:
                return int(path.parent.name)
        raise AssertionError("there is no worker")

    def send(self, number, to="supervisor"):
        """Sends the signal to the supervisor, to its worker, or, as who ends a container or a job does, to every process."""
        worker = self.worker() if to != "supervisor" else None
        if to == "everyone":
            os.killpg(self.process.pid, number)
        if to != "worker":
            self.process.send_signal(number)
        if worker:
            os.kill(worker, number)
        self.sent = time.monotonic()
        return self

    def ends_with(self, code, within=PATIENCE):
        actual = self.process.wait(60)
        took = time.monotonic() - self.sent
        assert actual == code, f"status {actual}, not {code}: {self.text()}"
        assert took < within, f"it took {took:.1f} s: {self.text()}"
        return self

    def has_report(self, words):
        report = (self.folder / "outputs/test/report.html").read_text()
        assert words in report and report.endswith("</html>\n"), report[:3000]
        return self

    def goes_on(self):
        """The next run goes on from the checkpoint, and its report is that of a run which nobody interrupted."""
        assert list((self.folder / ".nbrun/checkpoints").glob("*/manifest")), "there is no checkpoint"
        again = Run(LISTENING, folder=self.kept)
        again.sent = time.monotonic()
        again.ends_with(0, within=600)
        assert "goes on from its checkpoint" in again.text(), again.text()
        assert "count 1\n" not in again.text(), "it started afresh"
        assert_same(outputs(again.folder), outputs(undisturbed.folder))


def assert_same(files, expected):
    assert set(files) == set(expected), (sorted(files), sorted(expected))
    for name, text in files.items():
        for line, other in zip(text.splitlines(), expected[name].splitlines()):
            assert line == other, f"{name}: {line[:400]!r}, not {other[:400]!r}"
        assert text == expected[name], name


def outputs(folder):
    """The committed files but for times."""
    files = {path.name: path.read_text(encoding="latin-1") for path in (folder / "outputs/test").iterdir() if path.is_file()}
    return {name: re.sub(r'[0-9.]+ (ms|s|min|kB|MB|MiB|GB|%)\b|"(cpu-seconds|peak-bytes|seconds)": [-0-9.e]+', "", text) for name, text in files.items()}


undisturbed = Run(LISTENING)
undisturbed.sent = time.monotonic()
undisturbed.ends_with(0, within=600)

for number in [signal.SIGTERM, signal.SIGINT, signal.SIGHUP]:
    for target in ["supervisor", "everyone"]:

        @check
        def listening(number=number, target=target):
            run = Run(LISTENING).until("count 20\n").send(number, to=target).ends_with(status(number))
            run.has_report("interrupted").goes_on()
            return f"{number.name} to {target}: checkpoint, report, status {status(number)}"


@check
def second_signal():
    run = Run(DEAF).until("good night").send(signal.SIGTERM).until("stopping")
    time.sleep(0.5)
    run.send(signal.SIGTERM).ends_with(130, within=4).has_report("interrupted")
    return "a second SIGTERM ends a step that does not listen at once"


@check
def nohup():
    run = Run(LISTENING, ignored=[signal.SIGHUP]).until("count 20\n").send(signal.SIGHUP, to="everyone")
    run.ends_with(0, within=600)
    assert_same(outputs(run.folder), outputs(undisturbed.folder))
    return "SIGHUP that was ignored at the start stays ignored, as under nohup"


for number in [signal.SIGTERM, signal.SIGHUP]:

    @check
    def deaf(number=number):
        run = Run(DEAF).until("good night").send(number, to="everyone").ends_with(status(number))
        run.has_report("interrupted")
        return f"{number.name} to everyone, a step that does not listen: report within {PATIENCE} s"


@check
def worker_alone():
    run = Run(LISTENING).until("count 20\n").send(signal.SIGTERM, to="worker").ends_with(130)
    run.has_report("interrupted").goes_on()
    return "SIGTERM to the worker alone: checkpoint, report, status 130"


@check
def timeout_command():
    # `timeout` signals its child, and then its whole group, the child again included.
    run = Run(LISTENING).until("count 20\n")
    for _ in range(3):
        run.send(signal.SIGTERM)
        os.killpg(run.process.pid, signal.SIGTERM)
    run.ends_with(130).has_report("interrupted").goes_on()
    return "SIGTERM several times at once is one request"


@check
def several_notebooks():
    other = {"other.md": "```nbrun\nstep: measuring\n```\n"}
    run = Run(LISTENING, "test.md", "other.md", "--verbose", "--junit", "junit.xml", files=other)
    run.until("count 20\n").send(signal.SIGTERM).ends_with(130).has_report("interrupted")
    assert "<testsuite" in (run.folder / "junit.xml").read_text()
    assert not (run.folder / "outputs/other/report.html").exists()
    return "the first of two notebooks: its report and JUnit's are written, the second does not run"


for number in [signal.SIGTERM, signal.SIGHUP]:

    @check
    def verify(number=number):
        run = Run(LISTENING, "verify", "test.md", "--verbose", before=[["test.md", "--quiet"]])
        before = outputs(run.folder)
        run.until("count 20\n").send(number, to="everyone").ends_with(status(number))
        assert outputs(run.folder) == before
        # No checkpoint is kept, and nothing has failed.
        assert "\n– test.md: interrupted; 0 cells verified, 1 unchecked\n" in run.text(), run.text()
        assert "checkpoint" not in run.text() and "✗" not in run.text(), run.text()
        return f"{number.name} to verify: status {status(number)}, the committed report as it was"

    @check
    def live(number=number):
        run = Run(LISTENING, "test.md", "--verbose", "--live").until("count 20\n").send(number, to="everyone")
        run.ends_with(status(number))
        run = Run(LISTENING.replace("400", "4"), "test.md", "--live").until("watching").send(number)
        run.ends_with(status(number))
        return f"{number.name} to --live, while it runs and while it watches: status {status(number)}"

    @check
    def fetch(number=number):
        data = Run(LISTENING, "data", "flowers", files={".cache/nbrun/slow-flowers": ""})
        data.until("fetching flowers").send(number)
        data.ends_with(status(number))
        assert "goes on" in data.text(), data.text()
        cell = "```nbrun\nstep: reading-data\nid: read\n```\n"
        cell = Run(cell, folder=data.kept).until("fetching flowers").send(number).ends_with(status(number))
        cell.has_report("interrupted")
        return f"{number.name} to a fetch of data, by the command and by a cell: status {status(number)}"


for index, function in enumerate(checks):
    print(f"signals {index + 1}/{len(checks)}: {function()}", flush=True)
