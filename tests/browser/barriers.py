"""What a program can see of WCAG 2.2 A and AA, of a page as it stands and in both themes, by axe."""

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


def barriers(page: Page, within: str = "", strict: bool = False, of_colours: bool = False) -> list[str]:
    """Return what breaks a rule on a page as it stands.

    within: the selector of what is looked at, "" for all.  strict: letters have a contrast of 7 : 1.
    of_colours: only what another theme can break, where the same was looked at in one.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_AXE)
    only, more = _COLOURS if of_colours else _ALL, SEVEN_TO_ONE if strict else {}
    found = page.evaluate(_RUN, [within, only, more, _EXCLUDED])
    return found if of_colours else [*found, *page.evaluate(_NAMELESS)]


class Barriers:
    """What breaks a rule on a page whose theme is the style sheet's alone, in each of its states.

    Both themes are looked at with one switch: it stays as it is for the next state.
    """

    def __init__(self, page: Page, within: str = "", strict: bool = False) -> None:
        self._page, self._options = page, {"within": within, "strict": strict}
        self._others = cycle(reversed(THEMES))
        self._look_in(THEMES[0])
        self.found: list[str] = []

    def _look_in(self, theme: str) -> None:
        self._page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        self._theme = theme

    def look(self, state: str) -> None:
        """Add what breaks a rule in the state that the page is in to what was found."""
        for of_colours in (False, True):
            if of_colours:
                self._look_in(next(self._others))
            now = barriers(self._page, of_colours=of_colours, **self._options)
            self.found += [f"{state} ({self._theme}) {sentence}" for sentence in now]
