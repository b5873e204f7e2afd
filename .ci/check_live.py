"""Follows a live page in Chromium while its notebook runs: check_live.py NBRUN

The page is opened once, from its file. Without a server and without a reload of ours it must grow while a network trains, keep
its place and what is unfolded, show an edit of the notebook, survive one that is wrong, and rerun only what changed. What is
written to `outputs/` has none of this. The training data are synthetic, so this needs none.
"""

import json
import math
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

from selenium.common.exceptions import WebDriverException

from check_reports import browser, foreign_requests

NBRUN = pathlib.Path(sys.argv[1]).resolve()
FILLER = "\n\n".join(f"Paragraph {number} stands above the cells, so that there is something to scroll." for number in range(40))
NOTEBOOK = f"""---
title: A live page
seed: 1
stand-in: allowed
---

{FILLER}

## The training

```nbrun
step: train
id: short
filters: 16
filter-size: 5
hidden-units: 50
training-count: 1000
epochs: EPOCHS
batch-size: 50
print-every: 10
show: folded
```

## The place

A sentence that can be edited.

{FILLER}
"""

# What the page says of itself: its version, the rows of the table behind its curves, where the place stands, what is unfolded.
STATE = """
if (document.readyState !== "complete") return null;
const top = (id) => document.getElementById(id)?.getBoundingClientRect().top;
return {
  version: document.scripts[0].textContent.match(/const own = (\\d+)/)[1],
  rows: Array.from(document.querySelectorAll("#cell\\\\.short figure details tbody tr")).length
    + Number(document.querySelector("#cell\\\\.short figure details p")?.textContent.match(/^[\\d,]+/)[0].replace(",", "") ?? 0),
  status: document.querySelector(".status").textContent,
  place: top("the-place"), scroll: scrollY, text: document.body.textContent,
  open: document.querySelectorAll("#cell\\\\.short details[open]:has(.output)").length,
};
"""


class Live:
    def __init__(self, folder):
        self.notebook = folder / "notebooks" / "live.md"
        self.page = folder / ".nbrun" / "live" / "live.html"
        self.report = folder / "outputs" / "live" / "report.html"
        self.log = folder / "log"
        self.notebook.parent.mkdir()
        (folder / ".git").mkdir()
        self.epochs = self.enough_epochs(folder)
        self.write(NOTEBOOK.replace("EPOCHS", str(self.epochs)))
        self.driver = browser()
        command = [NBRUN, "notebooks/live.md", "--live", "--stand-in", "--output", "outputs"]
        self.process = subprocess.Popen(command, cwd=folder, stderr=self.log.open("w"), stdout=subprocess.DEVNULL)

    def enough_epochs(self, folder, seconds=20):
        """As many epochs as the training needs to be long enough for its page to be looked at, on this machine."""
        self.write(NOTEBOOK.replace("EPOCHS", "10"))
        command = [NBRUN, "notebooks/live.md", "--stand-in", "--output", "trial/outputs", "--quiet"]
        subprocess.run(command, cwd=folder, check=True)
        results = json.loads((folder / "trial/outputs/live/results.json").read_text(encoding="utf-8"))
        return math.ceil(seconds / max(results["volatile"]["cells"]["short"]["seconds"] / 10, 0.001))

    def write(self, text):
        self.text = text
        self.notebook.write_text(text, encoding="utf-8")

    def said(self):
        return self.log.read_text(encoding="utf-8")

    def state(self):
        try:
            return self.driver.execute_script(STATE)
        except WebDriverException:  # The page may be reloading just now.
            return None

    def until(self, what, condition, seconds=120):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process.poll() is None, f"nbrun ended while waiting for {what}:\n{self.said()}"
            state = self.state()
            if state and condition(state):
                return state
            time.sleep(0.1)
        raise AssertionError(f"never happened: {what}; last {state and {**state, 'text': '…'}}\n{self.said()}")

    def check(self):
        while not self.page.exists():
            assert self.process.poll() is None, self.said()
            time.sleep(0.05)
        self.driver.get(self.page.as_uri())
        self.grows()
        self.keeps_its_place()
        self.survives_edits()
        self.leaves_no_trace()

    def grows(self):
        first = self.until("curves of a running training", lambda state: state["rows"] > 2 and "running" in state["status"])
        second = self.until("curves that grow", lambda state: state["rows"] > first["rows"])
        assert second["version"] != first["version"], "the curves grew, but not the version"
        third = self.until("curves that go on growing", lambda state: state["rows"] > second["rows"])
        assert "running" in third["status"], "the training was over too soon to see its curves grow twice"
        print(f"the curves grew: {first['rows']}, {second['rows']}, {third['rows']} rows")

    def keeps_its_place(self):
        self.driver.execute_script("document.querySelector('#cell\\\\.short details:has(.output)').open = true")
        self.driver.execute_script("document.getElementById('the-place').scrollIntoView(); scrollBy(0, -40)")
        before = self.until("a place", lambda state: state["open"] == 1 and abs(state["place"] - 40) < 30)
        for _ in range(3):
            # On a machine with other things to do a run may end after few versions; its last one is looked at below.
            after = self.until(
                "a new version",
                lambda state: state["version"] != before["version"] or "running" not in state["status"],
            )
            assert after["open"] == 1, "what was unfolded is folded again"
            assert abs(after["place"] - before["place"]) < 3, f"the place moved from {before['place']} to {after['place']}"
            before = after
        # When the run is over its figure is the step's own: the place is kept although the page above it has another height.
        end = self.until("the end of the run", lambda state: "running" not in state["status"])
        assert end["open"] == 1, "what was unfolded is folded again when the run ended"
        moved = abs(end["place"] - before["place"])
        assert moved < 3, f"the place moved by {moved} pixels when the run ended"
        print(f"the place was kept at {end['place']:.0f} pixels, scrolled to {end['scroll']:.0f}")

    def survives_edits(self):
        place = self.until("a page at rest", lambda state: True)["place"]
        self.wait_to_watch(1)
        self.write(self.text.replace("A sentence that can be edited.", "A sentence that was edited."))
        edited = self.until("an edit of the prose", lambda state: "A sentence that was edited." in state["text"])
        assert abs(edited["place"] - place) < 3, "an edit moved the place"
        self.wait_to_watch(2)
        assert re.search(r"short +reused", self.said()), f"an edit of the prose reran the training:\n{self.said()}"
        whole = self.text
        self.write(self.text.replace("batch-size: 50", "batch-siez: 50"))
        self.wait_to_watch(3)
        assert "did you mean \"batch-size\"?" in self.said(), "a mistake is not said"
        self.until("the page, in spite of a mistake", lambda state: "A sentence that was edited." in state["text"])
        self.write(whole.replace(f"epochs: {self.epochs}", "epochs: 9").replace("was edited", "was edited twice"))
        self.until("a rerun", lambda state: "edited twice" in state["text"] and "running" not in state["status"], 300)
        self.wait_to_watch(4)
        assert len(re.findall(r"short +reused", self.said())) == 1, f"an edit of a parameter reran nothing:\n{self.said()}"
        print("an edit of the prose reran nothing, a mistake was said, an edit of a parameter reran the training")

    def wait_to_watch(self, count):
        self.until(f"watching for the {count}. time", lambda state: self.said().count("watching ") >= count)

    def leaves_no_trace(self):
        report = self.report.read_text(encoding="utf-8")
        assert "<script" not in report and "version.js" not in report, "the report holds what only the live page may"
        assert "edited twice" in report, "the report is not of the last run"
        logged = [entry["message"] for entry in self.driver.get_log("browser")]
        assert not logged, f"the page logs {logged[:3]}"
        foreign = list(foreign_requests(self.driver))
        assert not foreign, f"the page asks for {foreign[:3]}"
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(timeout=30) == 130, "an interrupt while watching does not end as one"

    def close(self):
        self.driver.quit()
        if self.process.poll() is None:
            self.process.kill()


with tempfile.TemporaryDirectory() as folder:
    live = Live(pathlib.Path(folder))
    try:
        live.check()
    finally:
        live.close()
