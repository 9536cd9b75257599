"""Where lines end: not within ∂L/∂h, and not between a formula and the mark that follows it."""

import pytest

from tests.browser.visit import arrive, open_drawers

# What is broken, in components as well: fractions in two lines, marks in the line after their formula.
_BROKEN = r"""() => {
  const broken = []
  const top = (node, start, end) => {
    const range = document.createRange()
    range.setStart(node, start)
    range.setEnd(node, end)
    return [...range.getClientRects()].filter((edges) => edges.width).map((edges) => Math.round(edges.top))
  }
  const read = (root) => {
    for (const element of root.querySelectorAll("*")) if (element.shadowRoot) read(element.shadowRoot)
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const node = texts.currentNode, formula = node.previousSibling
      for (const hit of node.data.matchAll(/∂L\/\u2060?∂\w/g)) {
        if (new Set(top(node, hit.index, hit.index + hit[0].length)).size > 1) broken.push(node.data)
      }
      if (formula?.nodeType !== 1 || !formula.matches(".katex") || !/^[.,;:!?)]/.test(node.data)) continue
      const [mark] = top(node, 0, 1)
      if (mark > formula.getBoundingClientRect().bottom - 3) broken.push(formula.textContent + node.data)
    }
  }
  read(document.body)
  return broken
}"""


@pytest.mark.parametrize(
    "address_of", ["cheatsheet?sheet=True%2C+half+true", "gradients?view=Two+gradient+paths", "series"]
)
def test_no_line_ends_where_it_must_not(visitor, address, address_of):
    page = visitor
    page.goto(f"{address}/{address_of}")
    arrive(page)
    if (explore := page.get_by_role("button", name="Explore without questions")).count():
        explore.click()
        arrive(page)
    open_drawers(page)
    for width in range(330, 450, 10):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(100)
        assert page.evaluate(_BROKEN) == [], width
