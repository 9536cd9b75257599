"""A theme that changes while a page is open: nothing keeps a colour of the one before."""

import pytest

from tests.browser.visit import arrive, settle

expect = pytest.importorskip("playwright.sync_api").expect

# Every part that Python colours in its own way: a panel's map, curves and bars, Vega's charts, a text.
PARTS = [
    "?section=Start",
    "gradients?view=Explosion",
    "gates?part=Variants",
    "cheatsheet?sheet=Sheet",
    "sampling?task=Read+its+memory",
    "training?tab=Replay",
]
# All colours of everything that is there to be seen, in components as well.
_COLOURS = """() => {
  const seen = new Set()
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) walk(element.shadowRoot)
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
      const { color, fill, stroke, backgroundColor, borderTopColor } = getComputedStyle(element)
      const pixels = element.localName === "canvas" ? element.toDataURL() : ""
      const look = [element.localName, color, fill, stroke, backgroundColor, borderTopColor, pixels].join(" ")
      seen.add(look)
    }
  }
  walk(document.querySelector("[data-testid=stMainBlockContainer]"))
  return [...seen]
}"""


def open_part(browser, address, part, scheme):
    """A visitor with the scheme of a system, on a part whose questions are passed by."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 4000}, color_scheme=scheme, reduced_motion="reduce"
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(f"{address}/{part}{'&' if '?' in part else '?'}ask=none")
    arrive(page)
    page.mouse.move(2, 2)
    return page


def choose(page, theme):
    """Choose a theme in the menu of the page."""
    page.get_by_test_id("stMainMenu").get_by_role("button").click()
    page.get_by_test_id(f"stMainMenuItem-theme-{theme}").click()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stMainMenuList")).to_have_count(0)
    page.mouse.move(2, 2)


def colours(page):
    settle(page)
    return set(page.evaluate(_COLOURS))


def old_colours(page, wanted):
    """Looks that are not those of a page that was opened in the theme; it is given some time."""
    for _ in range(20):
        if not (old := colours(page) - wanted):
            break
        page.wait_for_timeout(250)
    return old


@pytest.mark.parametrize("part", PARTS)
def test_what_is_drawn_takes_the_colours_of_another_theme(browser, address, part):
    dark, light = (open_part(browser, address, part, scheme) for scheme in ("dark", "light"))
    wanted = {"dark": colours(dark), "light": colours(light)}
    assert wanted["dark"] != wanted["light"]
    light.emulate_media(color_scheme="dark")  # the system's: dusk
    assert old_colours(light, wanted["dark"]) == set()
    choose(dark, "Light")
    assert old_colours(dark, wanted["light"]) == set()
    choose(dark, "Dark")
    assert old_colours(dark, wanted["dark"]) == set()
    for page in (dark, light):
        page.context.close()
