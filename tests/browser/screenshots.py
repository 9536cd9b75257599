"""Pictures of every part of every page: python -m tests.browser.screenshots FOLDER [ADDRESS …]

At 360, 768, 1280 and 1920 pixels and, as a projector needs it, 1280 at 150 %, each in the light and the dark
theme, as high as the page.  Prints what went wrong on a page and what does not fit it.
"""

import argparse
import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, sync_playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM, running_app
from tests.browser.visit import addresses, arrive, sideways, unroll

# Name: pixels of the window, and how large the browser draws.  At 150 % a window of 1280 holds 853.
SIZES = {"360": (360, 1.0), "768": (768, 1.0), "1280": (1280, 1.0), "1920": (1920, 1.0), "150%": (853, 1.5)}
# Texts and controls whose right end lies beyond the window or beyond what cuts them off, in components as
# well; what can be scrolled to is not cut off, unless it is one of several to choose from.
_CUT = """() => {
  const every = (root) => [...root.querySelectorAll("*")]
    .flatMap((element) => [element, ...(element.shadowRoot ? every(element.shadowRoot) : [])])
  const parent = (element) => element.parentElement ?? element.getRootNode().host
  const main = document.querySelector("[data-testid=stMain]")
  const cut = (element) => {
    const right = element.getBoundingClientRect().right
    for (let up = parent(element); up && up !== main; up = parent(up)) {
      const { overflowX } = getComputedStyle(up)
      if ((overflowX === "auto" || overflowX === "scroll") && !element.closest("button, label")) return false
      const edge = up.getBoundingClientRect()
      if (edge.width <= 1) return false // hidden from eyes on purpose
      if (overflowX !== "visible" && right > edge.right + 1) return true
    }
    return right > innerWidth + 1
  }
  const written = (element) => [...element.childNodes]
    .some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim())
  return every(main)
    .filter((element) => written(element) || element.matches("button, input, svg, canvas"))
    .filter((element) => !element.closest(".katex-mathml, .vlist-s, [data-testid=stDataFrame]"))
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().width > 1)
    .filter(cut)
    .map((element) => `${element.tagName.toLowerCase()} ${element.textContent.trim().slice(0, 50)}`)
}"""


def _is_error(message: ConsoleMessage, server: str) -> bool:
    """Whether it is an error of ours: not that Streamlit looks for its server below each page's address
    first, and not that a machine without a network can't ask for Streamlit's own news."""
    host, asked = urlsplit(server).netloc, urlsplit(message.location["url"])
    return message.type == "error" and (
        not asked.netloc or (asked.netloc == host and "_stcore" not in asked.path)
    )


def picture(browser: Browser, server: str, part: str, size: str, scheme: str, folder: Path) -> list[str]:
    """Make one picture; what is wrong with the page, in words."""
    width, scale = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": 900}, device_scale_factor=scale, color_scheme=scheme,
        reduced_motion="reduce",
    )  # fmt: skip
    page, wrong = context.new_page(), []
    page.on("console", lambda message: _is_error(message, server) and wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{server}/{part}")
    arrive(page)
    if page.get_by_test_id("stException").count():
        wrong.append("an exception is shown")
    if (pixels := sideways(page)) > 0:
        wrong.append(f"{pixels} pixels can be scrolled sideways")
    wrong += [f"cut at the right: {text!r}" for text in page.evaluate(_CUT)]
    unroll(page)
    name = re.sub(r"\W+", "_", part) or "start"
    page.screenshot(path=folder / f"{name}-{size.removesuffix('%')}-{scheme}.png")
    context.close()
    return wrong


def main() -> None:
    """Make them all, or those of some addresses."""
    parser = argparse.ArgumentParser("python -m tests.browser.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("address", nargs="*", help="such as gates?part=Vectors (all)")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with running_app() as server, sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for part in asked.address or addresses():
            for size in SIZES:
                for scheme in ("light", "dark"):
                    for wrong in picture(browser, server, part, size, scheme, asked.folder):
                        print(f"{part or 'start'} at {size}, {scheme}: {wrong}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
