"""WCAG 2.2 A and AA, as far as a program can see it: every part of every page, in both themes."""

import pytest

from tests.browser.visit import addresses, arrive, open_drawers, settle, unroll

AXE = pytest.importorskip("axe_playwright_python.base", reason="needs requirements-dev.txt").AXE_SCRIPT
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]

# What is only there after something has been done or asked for: a link that had to be mended, and the
# troubles that have a page of their own.
MORE = [
    "gates?part=nowhere",
    "training?tab=Troubles&cause=temperature",
    "training?tab=Troubles&cause=what+costs+time",
]


# What Streamlit makes and we can't change: a rule, what it may be broken by, and why.
EXCLUDED = {
    # st.code with a height scrolls in an element inside the one that takes the focus.  The browser's own
    # rule helps: what scrolls and holds nothing to focus can be reached with Tab.
    "scrollable-region-focusable": "[data-testid=stCode] > pre",
}
RUN = """async ([rules, excluded]) => {
  const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] })
  return violations.flatMap(({ id, nodes }) => nodes
    .filter(({ target: [path] }) => !(
      excluded[id] && typeof path === "string" && document.querySelector(path).matches(excluded[id])))
    .map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)}: ${failureSummary}`))
}"""

# Pictures without a name that are neither hidden from whoever listens nor inside something that has one.
# Streamlit's tables are drawn on canvases: the one that takes the focus holds a table in words.
NAMELESS = """() => {
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


@pytest.fixture(scope="module")
def windows(browser):
    """A window in the light theme and one in the dark; the first page fetches what the others share."""
    size = {"width": 1280, "height": 900}
    windows = [
        browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
        for scheme in ("light", "dark")
    ]
    yield windows
    for window in windows:
        window.close()


def answer(page):
    """Give the first answer to the first question and press Check, where there are such."""
    main = page.get_by_test_id("stMain")
    for first in (main.get_by_test_id("stRadioOption"), main.get_by_role("button", name="Check", exact=True)):
        if first.count():
            first.first.click()
            settle(page)


@pytest.mark.parametrize("part", [*addresses(), *MORE])
def test_nothing_breaks_a_rule_of_wcag_and_every_picture_has_a_name(windows, address, part):
    pages = [window.new_page() for window in windows]
    for page in pages:
        page.goto(f"{address}/{part}", wait_until="commit")  # both load at once
    broken = []
    for page in pages:
        arrive(page)
        open_drawers(page)
        answer(page)
        unroll(page)  # what has to be scrolled to counts as hidden
        page.evaluate(AXE)
        broken += page.evaluate(RUN, [RULES, EXCLUDED]) + page.evaluate(NAMELESS)
        page.close()
    assert not broken, "\n".join(broken)
