"""The address of every part of every page, and how to wait for one."""

import re
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from lesson.frame.lessons import LESSONS
from tests.app import VIEWS, query_of


def addresses() -> list[str]:
    """The address of every part of every page, without the server's."""
    pages = {lesson.file: lesson.address for lesson in LESSONS}
    found = [(pages[file], urlencode(query_of(file, part))) for file, part in VIEWS]
    return [f"{page}?{query}" if query else page for page, query in found]


# The words of a page, in components and in frames as well: what is drawn and what a screen reader says.
WORDS = """() => {
  const words = (root) => [root.body?.innerText ?? "", ...[...root.querySelectorAll("*")].flatMap((element) =>
    element.shadowRoot ? [...element.shadowRoot.children].map((child) => child.innerText ?? "")
      .concat(words(element.shadowRoot))
    : element.contentDocument ? words(element.contentDocument) : [])]
  return words(document).flat().join(" ").replace(/\\s+/g, " ")
}"""
# Resolves when the page has been run and nothing has appeared, gone or grown for a third of a second, in
# components as well.
_REST = """() => new Promise((done) => {
  const count = (root) => [...root.querySelectorAll("*")]
    .reduce((sum, element) => sum + 1 + (element.shadowRoot ? count(element.shadowRoot) : 0), 0)
  let before = "", still = 0
  const look = () => {
    const ran = document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]")
    const now = `${count(document)} ${document.querySelector("[data-testid=stMain]")?.scrollHeight}`
    const waits = window.lstmLoading?.size || document.querySelector("[data-testid=stSkeleton]")
    still = ran && now === before && !waits ? still + 1 : 0
    before = now
    if (still === 4) done()
    else setTimeout(look, 80)
  }
  look()
})"""


def settle(page: Page) -> None:
    """Wait until the page has been run and drawn, and rests."""
    page.evaluate(_REST)


def arrive(page: Page) -> None:
    """Wait for all of a page that is being opened."""
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=30_000)
    settle(page)


def open_drawers(page: Page) -> None:
    """Open everything that can be opened."""
    page.evaluate(
        "document.querySelectorAll('details:not([open]) > summary').forEach((drawer) => drawer.click())"
    )
    settle(page)


def unroll(page: Page) -> None:
    """Make the window as high as the page, so that nothing has to be scrolled to."""
    width = page.viewport_size["width"]
    height = page.evaluate(
        """() => {
            const main = document.querySelector("[data-testid=stMain]")
            return main.scrollHeight + Math.ceil(main.getBoundingClientRect().top)
        }"""
    )
    page.set_viewport_size({"width": width, "height": height})
    settle(page)


def settled(page: Page) -> None:
    """Wait until the page has been run and drawn."""
    # The first page of a server that has just started takes its time on a busy machine.
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)
    page.wait_for_function("!window.lstmLoading?.size")


def sideways(page: Page) -> int:
    """Return by how many pixels the page can be scrolled sideways."""
    return page.evaluate(
        """() => {
            const main = document.querySelector("[data-testid=stMain]")
            return main.scrollWidth - main.clientWidth
        }"""
    )


def start_training(page: Page, address: str, query: str) -> None:
    """Open the training page, pass over its questions, which cover what a run shows, and press Start."""
    page.goto(f"{address}/training?{query}")
    settled(page)
    page.get_by_role("button", name="Explore without questions").click()
    settled(page)
    page.get_by_role("button", name="Start", exact=True).click()


def faded_sides(box: Locator) -> set[str]:
    """Return the edges at which a box that is scrolled sideways fades out, because there is more."""
    settle(box.page)
    mask = box.evaluate("box => getComputedStyle(box).maskImage")
    edges = {"left": r"^.*?\) ([\d.]+)px", "right": r"100% - ([\d.]+)px"}
    return {side for side, edge in edges.items() if (hit := re.search(edge, mask)) and float(hit[1]) > 10}
