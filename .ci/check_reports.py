"""Opens every report in Chromium and looks: check_reports.py FOLDER SCREENSHOTS

For phones and wide screens, light and dark: nothing may scroll sideways, nothing may be logged or fetched from elsewhere, and
axe-core may find nothing serious. Each view is saved as a picture, and each report printed to PDF.
"""

import base64
import importlib.resources
import json
import pathlib
import shutil
import sys

from selenium import webdriver

# How many milliseconds each page took to open, to be said at the end.
OPENED = []
WIDTHS = [390, 820, 1280, 1440]
AXE = importlib.resources.files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def browser():
    options = webdriver.ChromeOptions()
    for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage"]:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    options.binary_location = shutil.which("chromium")
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))


def view(driver, page, width, scheme):
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", dict(width=width, height=900, deviceScaleFactor=1, mobile=width < 500)
    )
    features = [dict(name="prefers-color-scheme", value=scheme)]
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
    problems = []
    for page in reports:
        name = page.parent.name + "-" + page.stem
        for width in WIDTHS:
            for scheme in ("light", "dark"):
                where = f"{page}, {width} pixels, {scheme}"
                overflow = view(driver, page, width, scheme)
                if overflow > 0:
                    problems.append(f"{where}: {overflow} pixels too wide")
                shot = driver.execute_cdp_cmd("Page.captureScreenshot", dict(captureBeyondViewport=True))
                (pictures / f"{name}-{width}-{scheme}.png").write_bytes(base64.b64decode(shot["data"]))
                problems += [f"{where}: {finding}" for finding in findings(driver)]
        problems += [f"{page}: logs {entry['message']}" for entry in driver.get_log("browser")]
        problems += [f"{page}: asks for {address}" for address in foreign_requests(driver)]
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", dict(media="print"))
        pdf = driver.execute_cdp_cmd("Page.printToPDF", dict(printBackground=False))
        (pictures / f"{name}.pdf").write_bytes(base64.b64decode(pdf["data"]))
    driver.quit()
    slowest, page = max(OPENED)
    print(f"the slowest page to open was {page}, {page.stat().st_size:,} bytes: {slowest:.0f} ms")
    print("\n".join(problems) or f"{len(reports)} pages look right at {len(WIDTHS)} widths, light and dark")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
