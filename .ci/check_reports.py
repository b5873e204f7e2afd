"""Opens every report in Chromium and looks: check_reports.py FOLDER SCREENSHOTS

For phones and wide screens, light and dark: nothing may scroll sideways, nothing may be logged or fetched from elsewhere, and
axe-core may find nothing serious. The tabulator key stops at nothing that does not scroll, text in figures is at least 12 pixels high
on a phone, and what readers choose in a figure works by pointer and by keyboard, which gets everywhere. Each view is saved as a picture, in forced colours
too, and each report printed to PDF.
"""

import base64
import importlib.resources
import json
import pathlib
import shutil
import sys

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

# How many milliseconds each page took to open, to be said at the end.
OPENED = []
WIDTHS = [390, 820, 1280, 1920]
# How many pixels a report has from top to bottom, unfolded nothing, at some widths: half of what it had before its parts were folded.
LENGTHS = {"outputs/cnn/report.html": {390: 26_704 // 2, 1280: 28_162 // 2}}
# Stops of the tabulator key at frames that do not scroll, frames that scroll without one, what in figures is too small to read,
# columns that touch, marks of lists outside of the page, and links that lead nowhere.
LOOK = """
const problems = []
for (const frame of document.querySelectorAll(".scroll, .output")) {
  const stop = frame.querySelector(":scope > .stop")
  if (!frame.checkVisibility()) continue
  const scrolls = frame.scrollWidth > frame.clientWidth
  const stops = stop && getComputedStyle(stop).display != "none"
  if (scrolls != stops) problems.push(`${frame.ariaLabel}: ${scrolls ? "scrolls without a stop" : "a stop that scrolls nothing"}`)
}
for (const element of document.querySelectorAll("[tabindex]:not(.stop)")) problems.push("a tab stop: " + element.outerHTML.slice(0, 80))
if (innerWidth == 390)
  for (const text of document.querySelectorAll("svg.plot text")) {
    const svg = text.ownerSVGElement
    const size = parseFloat(getComputedStyle(text).fontSize) * svg.clientWidth / svg.viewBox.baseVal.width
    if (size > 0 && size < 11.99) { problems.push(`text of ${size.toFixed(1)} pixels: ${text.textContent}`); break }
  }
for (const row of document.querySelectorAll("tr")) {
  const spans = [...row.children].map(cell => {
    const range = document.createRange()
    range.selectNodeContents(cell)
    return range.getBoundingClientRect()
  }).filter(span => span.width).sort((a, b) => a.left - b.left)
  if (row.checkVisibility() && spans.some((span, number) => number && span.left - spans[number - 1].right < 4))
    problems.push("columns that touch: " + row.innerText)
}
const page = document.querySelector("main").getBoundingClientRect()
for (const item of document.querySelectorAll("main li:not(.task)")) {
  const style = getComputedStyle(item), box = item.getBoundingClientRect()
  const room = style.direction == "rtl" ? page.right - box.right : box.left - page.left
  if (item.checkVisibility() && style.listStyleType != "none" && room < 16) problems.push("no room for the mark of " + item.innerText)
}
for (const link of document.querySelectorAll('a[href^="#"]'))
  if (!document.getElementById(decodeURIComponent(link.hash.slice(1)))) problems.push("leads nowhere: " + link.outerHTML.slice(0, 80))
return problems
"""
# Remembers what gets the focus, and whether that can be seen: on the element or on what holds it.
WALK = """
window.walked = new Map()
addEventListener("focusin", event => {
  let element = event.target, shown = false
  for (let level = 0; element && level < 3 && !shown; level++, element = element.parentElement)
    shown = getComputedStyle(element).outlineStyle != "none"
  walked.set(event.target, shown)
})
const stops = [...document.querySelectorAll("a[href], button, summary, input:not(:disabled), .stop")].filter(x => x.checkVisibility({visibilityProperty: true}))
window.stops = stops.filter(x => x.type != "radio" || x == (document.querySelector(`[name="${x.name}"]:checked`) || x))
return stops.length
"""
WALKED = """
const problems = stops.filter(x => !walked.has(x) && !(x.type == "radio" && [...walked.keys()].some(y => y.name == x.name)))
  .map(x => "the tabulator key does not get to " + x.outerHTML.slice(0, 80))
for (const [element, shown] of walked) if (!shown) problems.push("a focus that is not seen: " + element.outerHTML.slice(0, 80))
return problems.slice(0, 5)
"""
# What paper may end a page with though it belongs to what follows, or begin one with though it belongs to what went before.
PRINTED = """
const stays = (selector, property) => [...document.querySelectorAll(selector)]
  .filter(x => x.checkVisibility() && getComputedStyle(x)[property] != "avoid")
  .map(x => `${property} of ${x.outerHTML.slice(0, 80)}`)
return [
  ...stays("h1, h2, h3, h4, caption, .cell > header, .listing figcaption, .listing summary, .output summary", "breakAfter"),
  ...stays("figure:not(.listing) figcaption", "breakBefore"),
  ...stays("figure:not(.listing), tr, .cards, .failure, .notebooks li", "breakInside"),
].slice(0, 5)
"""
AXE = importlib.resources.files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def browser():
    options = webdriver.ChromeOptions()
    for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage"]:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    options.binary_location = shutil.which("chromium")
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))


def view(driver, page, width, scheme, forced=False):
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", dict(width=width, height=900, deviceScaleFactor=1, mobile=width < 500)
    )
    features = [dict(name="prefers-color-scheme", value=scheme)]
    features.append(dict(name="forced-colors", value="active" if forced else "none"))
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", dict(media="screen", features=features))
    driver.get(page.as_uri())
    OPENED.append((driver.execute_script("return performance.getEntriesByType('navigation')[0].loadEventEnd"), page))
    return driver.execute_script("return document.documentElement.scrollWidth - window.innerWidth")


def findings(driver):
    driver.execute_script(AXE)
    result = driver.execute_async_script("const done = arguments[0]; axe.run().then(done)")
    for violation in result["violations"]:
        if violation["impact"] in ("serious", "critical"):
            yield f"{violation['id']} ({violation['impact']}): {violation['nodes'][0]['html'][:160]}"


def is_shown(driver, selector):
    script = "return [...document.querySelectorAll(arguments[0])].filter(x => getComputedStyle(x).clipPath == 'none' "
    return driver.execute_script(script + "&& getComputedStyle(x).visibility == 'visible').length", selector)


# Images that stand on the dark page itself.
DARK_INK = """return [...document.querySelectorAll('main img')].some(
  image => getComputedStyle(image).backgroundColor != 'rgb(255, 255, 255)')"""


def choices(driver):
    """What a reader can do with the first figure that has readings: by keyboard, by pointer, on the whole screen."""
    boxes = driver.find_elements(By.CSS_SELECTOR, ".plotbox:has(.readings)")
    if not boxes:
        return
    box = boxes[0]
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", box)
    radios = box.find_elements(By.CSS_SELECTOR, ".readings input")
    radios[0].send_keys(Keys.SPACE)
    radios[0].send_keys(Keys.ARROW_RIGHT)
    if not radios[1].is_selected() or is_shown(driver, ".readings label") != 1 or is_shown(driver, ".probes path") != 1:
        yield "the arrow keys do not step through a figure's values"
    places = box.find_elements(By.CSS_SELECTOR, ".probes > g > rect")
    ActionChains(driver).move_to_element(places[len(places) // 2]).perform()
    shown = driver.execute_script(
        "return [...arguments[0].querySelectorAll('.readings label')].findIndex(x => getComputedStyle(x).clipPath == 'none')", box
    )
    if shown != len(places) // 2 or is_shown(driver, ".readings label") != 1:
        yield f"a pointer at the place {len(places) // 2} of a figure shows the reading {shown}"
    for smoothed in driver.find_elements(By.CSS_SELECTOR, ".plotbox:has(.smoothing)")[:1]:
        for number, radio in enumerate(smoothed.find_elements(By.CSS_SELECTOR, ".smoothing input")):
            driver.execute_script("arguments[0].click()", radio)
            lines = smoothed.find_elements(By.CSS_SELECTOR, ".choice")
            drawn = [line.get_attribute("class").split()[-1] for line in lines if line.is_displayed()]
            if drawn != ([f"w{number}"] if number else []):
                yield f"smoothing {number} draws {drawn}"
    box.find_element(By.XPATH, "following-sibling::*//button[@class='full']").send_keys(Keys.ENTER)
    size = driver.execute_script("const r = arguments[0].getBoundingClientRect(); return [r.width, r.height]", box)
    if size != driver.execute_script("return [document.documentElement.clientWidth, innerHeight]"):
        yield f"a figure on the whole screen has {size}"
    ActionChains(driver).send_keys(Keys.ESCAPE).perform()
    if driver.execute_script("return document.querySelectorAll(':popover-open').length"):
        yield "Escape does not leave the whole screen"


def keyboard(driver):
    """Who has no pointer gets to all that can be used, and sees where; what Enter unfolds is as right as the rest."""
    driver.execute_script("scrollTo(0, 0); document.activeElement.blur()")
    stops = driver.execute_script(WALK)
    ActionChains(driver, duration=0).send_keys(Keys.TAB * stops).perform()
    yield from driver.execute_script(WALKED)
    folds = driver.find_elements(By.CSS_SELECTOR, "summary")
    if folds:
        before = driver.execute_script("return document.querySelectorAll('details[open]').length")
        driver.execute_script("arguments[0].focus()", next(fold for fold in folds if fold.is_displayed()))
        ActionChains(driver).send_keys(Keys.ENTER).perform()
        if driver.execute_script("return document.querySelectorAll('details[open]').length") == before:
            yield "Enter neither opens nor closes a fold"
    driver.execute_script("for (const fold of document.querySelectorAll('details')) fold.open = true")
    yield from findings(driver)


def foreign_requests(driver):
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            address = message["params"]["request"]["url"]
            if not address.startswith(("file:", "data:", "about:")):
                yield address


def main(folder, pictures):
    reports = sorted(pathlib.Path(folder).resolve().rglob("*.html"))
    assert reports, f"no report below {folder}"
    pictures = pathlib.Path(pictures)
    pictures.mkdir(parents=True, exist_ok=True)
    driver = browser()
    # A busy machine takes its time over a long page.
    driver.set_script_timeout(180)
    problems = []
    for page in reports:
        name = page.parent.name + "-" + page.stem
        for width in WIDTHS:
            for scheme in ("light", "dark"):
                where = f"{page}, {width} pixels, {scheme}"
                overflow = view(driver, page, width, scheme)
                if overflow > 0:
                    problems.append(f"{where}: {overflow} pixels too wide")
                length = driver.execute_script("return document.documentElement.scrollHeight")
                for report, lengths in LENGTHS.items():
                    if page.as_posix().endswith(report) and length > lengths.get(width, length):
                        problems.append(f"{where}: {length} pixels long, {lengths[width]} at most")
                shot = driver.execute_cdp_cmd("Page.captureScreenshot", dict(captureBeyondViewport=True))
                (pictures / f"{name}-{width}-{scheme}.png").write_bytes(base64.b64decode(shot["data"]))
                problems += [f"{where}: {finding}" for finding in findings(driver)]
                problems += [f"{where}: {finding}" for finding in driver.execute_script(LOOK)]
                if scheme == "dark" and driver.execute_script(DARK_INK):
                    problems.append(f"{where}: an image with a transparent ground and black ink could not be seen")
                if width == 1280 and scheme == "light":
                    problems += [f"{where}: {finding}" for finding in choices(driver)]
                    problems += [f"{where}: {finding}" for finding in keyboard(driver)]
        view(driver, page, 1280, "dark", forced=True)
        if driver.execute_script(DARK_INK):
            problems.append(f"{page}, forced colours: an image with a transparent ground and black ink could not be seen")
        shot = driver.execute_cdp_cmd("Page.captureScreenshot", dict(captureBeyondViewport=True))
        (pictures / f"{name}-forced-colours.png").write_bytes(base64.b64decode(shot["data"]))
        problems += [f"{page}: logs {entry['message']}" for entry in driver.get_log("browser")]
        problems += [f"{page}: asks for {address}" for address in foreign_requests(driver)]
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", dict(media="print"))
        problems += [f"{page}, printed: {finding}" for finding in driver.execute_script(PRINTED)]
        pdf = driver.execute_cdp_cmd("Page.printToPDF", dict(printBackground=False))
        (pictures / f"{name}.pdf").write_bytes(base64.b64decode(pdf["data"]))
    driver.quit()
    slowest, page = max(OPENED)
    print(f"the slowest page to open was {page}, {page.stat().st_size:,} bytes: {slowest:.0f} ms")
    print("\n".join(problems) or f"{len(reports)} pages look right at {len(WIDTHS)} widths, light and dark")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
