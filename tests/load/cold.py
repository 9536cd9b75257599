"""From the start of a server to the first painted text, beside `streamlit hello`."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM, ROOT, free_port


def measure(times: int = 5) -> float:
    """Return the median ratio; both in turn, so that whatever else the machine does meets both alike."""
    ratios = []
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        browser.new_page().goto("about:blank")
        for _ in range(times):
            hello = _seconds(browser, ["hello"], Path.home())
            course = _seconds(browser, ["run", "streamlit_app.py"], ROOT)
            ratios.append(course / hello)
            print(f"  hello {hello:.2f} s, the course {course:.2f} s, {ratios[-1]:.2f} times", flush=True)
        browser.close()
    ratio = statistics.median(ratios)
    print(f"Cold start to the first text: {ratio:.2f} times `streamlit hello`, in the median")
    return ratio


def _seconds(browser: Browser, command: list[str], folder: Path) -> float:
    port = free_port()
    options = {"headless": "true", "address": "127.0.0.1", "port": str(port)}
    flags = [part for name, value in options.items() for part in (f"--server.{name}", value)]
    began = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", *command, *flags, "--browser.gatherUsageStats", "false"],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    context = browser.new_context()
    try:
        page = context.new_page()
        while True:
            try:
                page.goto(f"http://127.0.0.1:{port}/")
                break
            except Error:  # nobody listens yet
                time.sleep(0.02)
        page.wait_for_selector("h1", timeout=60_000)
        return time.perf_counter() - began
    finally:
        context.close()
        server.kill()
        server.wait()
