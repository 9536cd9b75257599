"""Nothing is printed over anything else, wherever a page is scrolled to."""

import pytest

from tests.browser.visit import addresses, arrive, settle

LESSONS = [
    part
    for part in addresses()
    if part.startswith(("?section=Start", "gates", "gradients", "training", "sampling"))
]
STEP = 185  # pixels between the places to which a page is scrolled
SCREENS = {"1280 x 720": (1280, 720), "1280 at 150 %": (853, 480), "phone": (360, 740)}

# Pairs of texts that are painted over each other by more than four pixels each way. One that is hidden by a
# background is not, nor one that is cut off by what scrolls.
OVERLAPS = """() => {
  const every = (root) => [...root.querySelectorAll("*")]
    .flatMap((element) => [element, ...(element.shadowRoot ? every(element.shadowRoot) : [])])
  const up = (element) => element.parentElement ?? element.getRootNode().host ?? null
  const chain = (element) => element ? [element, ...chain(up(element))] : []
  const visible = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  const cut = (element, box) => {
    let { left, top, right, bottom } = box
    for (const one of chain(element)) {
      const { overflowX, overflowY } = getComputedStyle(one)
      if (overflowX === "visible" && overflowY === "visible") continue
      const edge = one.getBoundingClientRect()
      left = Math.max(left, edge.left); top = Math.max(top, edge.top)
      right = Math.min(right, edge.right); bottom = Math.min(bottom, edge.bottom)
    }
    return { left, top, right: Math.min(right, innerWidth), bottom: Math.min(bottom, innerHeight) }
  }
  const texts = every(document.querySelector("[data-testid=stMain]"))
    .filter((element) => !element.closest(".katex, style, [data-testid=stIconMaterial], .spoken"))
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .filter(visible)
    .flatMap((element) => {
      const range = document.createRange()
      const nodes = [...element.childNodes].filter((node) => node.nodeType === 3 && node.data.trim())
      return nodes.flatMap((node) => {
        range.selectNodeContents(node)
        const text = node.data.trim()
        return [...range.getClientRects()].map((box) => ({ element, text, box: cut(element, box) }))
      })
    })
    .filter(({ box }) => box.right - box.left > 1 && box.bottom - box.top > 1)
  const top = (x, y) => {
    let element = document.elementFromPoint(x, y)
    for (let inner = element; inner; inner = element.shadowRoot?.elementFromPoint(x, y)) {
      if (inner !== element) element = inner
      else if (!element.shadowRoot || element.shadowRoot.elementFromPoint(x, y) === element) break
    }
    return element
  }
  const opaque = (element) => !/, 0\\)|transparent|\\/ 0\\)/.test(getComputedStyle(element).backgroundColor)
  const hidden = (one, x, y) => { // by the background of something that is not around it
    const around = new Set(chain(one))
    return chain(top(x, y)).some((element) => !around.has(element) && opaque(element))
  }
  const broken = []
  texts.forEach((one, k) => texts.slice(k + 1).forEach((other) => {
    if (one.element === other.element || one.element.contains(other.element)) return
    const left = Math.max(one.box.left, other.box.left), right = Math.min(one.box.right, other.box.right)
    const high = Math.max(one.box.top, other.box.top), low = Math.min(one.box.bottom, other.box.bottom)
    if (right - left < 4 || low - high < 6) return
    const x = (left + right) / 2, y = (high + low) / 2
    if (hidden(one.element, x, y) || hidden(other.element, x, y)) return
    broken.push(`${one.text.slice(0, 40)} × ${other.text.slice(0, 40)}: ${Math.round(low - high)} pixels`)
  }))
  return broken
}"""


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("part", LESSONS)
def test_nothing_is_printed_over_anything_else(browser, address, part, screen):
    width, height = SCREENS[screen]
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/{part}")
    arrive(page)
    slider = page.locator(".sliders input[type=range]").last
    if slider.count() and slider.is_visible():
        slider.press("ArrowRight")  # the cell says what it does
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    settle(page)
    broken, room = set(), page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    for top in range(0, max(1, room - height // 2), STEP):
        page.evaluate("(top) => document.querySelector('[data-testid=stMain]').scrollTo(0, top)", top)
        broken |= set(page.evaluate(OVERLAPS))
    context.close()
    assert not broken, "\n".join(sorted(broken))
