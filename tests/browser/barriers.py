"""What a program can see of WCAG 2.2 A and AA, of a page as it stands and in both themes, by axe."""

from collections.abc import Callable
from itertools import cycle

import pytest
from playwright.sync_api import Page

_AXE = pytest.importorskip("axe_playwright_python.base", reason="needs requirements-dev.txt").AXE_SCRIPT
_ALL = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]}
# What another theme can break: the page's elements, names and order stay the same.
_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
SEVEN_TO_ONE = {"color-contrast-enhanced": {"enabled": True}}  # what sunlight and a last row ask for
THEMES = ("light", "dark")

# What Streamlit makes and we can't change: a rule, what it may be broken by, and why.
_EXCLUDED = {
    # st.code with a height scrolls in an element inside the one that takes the focus.  The browser's own
    # rule helps: what scrolls and holds nothing to focus can be reached with Tab.
    "scrollable-region-focusable": "[data-testid=stCode] > pre",
}
# preload, iframes: axe would fetch all styles, and wait for the course in a frame, which is looked at alone.
_RUN = """async ([within, only, more, excluded]) => {
  const options = { runOnly: only, rules: more, resultTypes: ["violations"], preload: false, iframes: false }
  const { violations } = await axe.run(within ? { include: [[within]] } : document, options)
  return violations.flatMap(({ id, nodes }) => nodes
    .filter(({ target: [path] }) => !(
      excluded[id] && typeof path === "string" && document.querySelector(path).matches(excluded[id])))
    .map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)}: ${failureSummary}`))
}"""

# Pictures without a name that are neither hidden from whoever listens nor inside something that has one.
# Streamlit's tables are drawn on canvases: the one that takes the focus holds a table in words.
_NAMELESS = """() => {
  const STREAMLIT = "[data-testid=stDataFrame] canvas"
  const roots = (root) => [root, ...[...root.querySelectorAll("*")]
    .flatMap(({ shadowRoot }) => shadowRoot ? roots(shadowRoot) : [])]
  const named = (element) => element && (element.getAttribute("aria-label")?.trim() ||
    element.hasAttribute("aria-labelledby") || element.getAttribute("aria-hidden") === "true" ||
    element.matches("a, button, summary") && element.textContent.trim() ||
    element.getAttribute("role") === "presentation" || named(element.parentElement))
  return roots(document).flatMap((root) => [...root.querySelectorAll("svg, canvas")])
    .filter((picture) => picture.checkVisibility() && picture.getBoundingClientRect().width > 0)
    .filter((picture) => !named(picture) && !picture.matches(STREAMLIT))
    .map((picture) => `without a name: ${picture.outerHTML.slice(0, 200)}`)
}"""


class Barriers:
    """What stands in the way of somebody on a page, in each of its states.

    within: the selector of what is looked at, "" for all.  rest: waits until the page rests after its theme
    was switched.  strict: letters have a contrast of 7 : 1.
    The theme stays as it is from one state to the next: each is looked at in both with one switch.
    """

    def __init__(
        self, page: Page, within: str = "", rest: Callable[[], object] = lambda: None, strict: bool = False
    ) -> None:
        self._page, self._within, self._rest = page, within, rest
        self._more = SEVEN_TO_ONE if strict else {}
        self._others = cycle(reversed(THEMES))
        self._look(THEMES[0])
        self.found: list[str] = []

    def _look(self, theme: str) -> None:
        self._page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        self._rest()
        self._theme = theme

    def look(self, state: str = "") -> list[str]:
        """Return what breaks a rule in the state that the page is in; it is kept in `found`, too."""
        if not self._page.evaluate("typeof axe === 'object'"):
            self._page.evaluate(_AXE)
        first = [*self._run(_ALL), *self._page.evaluate(_NAMELESS)]
        self._look(next(self._others))
        now = [f"{state} {sentence}".strip() for sentence in [*first, *self._run(_COLOURS)]]
        self.found += now
        return now

    def _run(self, only: dict[str, object]) -> list[str]:
        found = self._page.evaluate(_RUN, [self._within, only, self._more, _EXCLUDED])
        return [f"({self._theme}) {sentence}" for sentence in found]
