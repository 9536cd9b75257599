"""Curves that carry an answer can be seen as well as the others: 3 : 1 against the background."""

import pytest

from tests.browser.visit import arrive, settle

VIEWS = [
    "gates?part=Over+time&rnn=true",
    "gates?part=Challenges",
    "gradients?view=The+race",
    "gradients?view=Two+gradient+paths",
    "gradients?view=Explosion",
    "training?tab=Replay",
]
LEAST = 3.0  # WCAG 1.4.11

# Curves that are paler than that against what is behind them, as they are painted.
PALE = """(least) => {
  const every = (root) => [...root.querySelectorAll("*")]
    .flatMap((element) => [element, ...(element.shadowRoot ? every(element.shadowRoot) : [])])
  const paper = document.createElement("canvas").getContext("2d")
  const numbers = (colour) => {
    paper.clearRect(0, 0, 1, 1)
    paper.fillStyle = colour
    paper.fillRect(0, 0, 1, 1)
    return [...paper.getImageData(0, 0, 1, 1).data]
  }
  const luminance = (rgb) => rgb.slice(0, 3)
    .map((value) => value / 255)
    .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    .reduce((sum, value, k) => sum + value * [0.2126, 0.7152, 0.0722][k], 0)
  const ground = numbers(getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor)
  const curves = every(document.querySelector("[data-testid=stMain]"))
    .filter((element) => element.matches(".curve, .curve-line, .line") && element.getTotalLength?.() > 20)
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
  const pale = curves.flatMap((element) => {
    const { stroke, strokeOpacity, opacity } = getComputedStyle(element), [r, g, b, alpha] = numbers(stroke)
    const share = (alpha / 255) * strokeOpacity * opacity
    const painted = [r, g, b].map((value, k) => value * share + ground[k] * (1 - share))
    const [low, high] = [luminance(painted), luminance(ground)].sort((one, other) => one - other)
    const ratio = (high + 0.05) / (low + 0.05)
    return ratio < least ? [`${stroke} at ${share}: ${ratio.toFixed(2)}`] : []
  })
  return [curves.length, pale]
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_curve_can_be_seen(browser, address, view, scheme):
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}/{view}")
    arrive(page)
    button = page.get_by_role("button", name="Show the answer")
    if button.count():
        button.first.click()
        settle(page)
    curves, pale = page.evaluate(PALE, LEAST)
    context.close()
    assert curves > 0
    assert pale == []
