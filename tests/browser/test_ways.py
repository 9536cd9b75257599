"""Settings stay on their page: every way from one page to another opens the other as it is at first."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

from lesson.frame.lessons import LESSONS
from lesson.frame.parameters import Choice, Number, Parameter, Switch, Text
from tests.app import VIEWS, query_of, tables
from tests.browser.visit import arrive, settle

ADDRESSES = {lesson.file: lesson.address for lesson in LESSONS}
TITLES = {lesson.file: lesson.title for lesson in LESSONS}

# What all controls of a page say, those of drawings as well, and what the address says.
_CONTROLS = """() => {
  const rows = []
  const walk = (root) => {
    for (const node of root.querySelectorAll("*")) {
      if (node.shadowRoot) walk(node.shadowRoot)
      if (node.matches("input, textarea")) rows.push([node.type, node.ariaLabel, node.value, node.checked])
      if (node.matches("[role=slider], [role=radio], [role=combobox], [aria-pressed]")) {
        rows.push([node.getAttribute("role"), node.ariaLabel ?? node.textContent, node.ariaValueText,
                   node.ariaValueNow, node.ariaChecked, node.ariaPressed])
      }
    }
  }
  walk(document.querySelector("[data-testid=stMain]"))
  return [location.search, rows]
}"""


def another(parameter: Parameter) -> str | None:
    """Return a value that is not the default, as an address has it; None where the table knows none."""
    if isinstance(parameter, Number):
        value = parameter.start + parameter.step
        return f"{value if value <= parameter.high else parameter.start - parameter.step:g}"
    if isinstance(parameter, Choice):
        return next((option for option in parameter.options if option != parameter.default), None)
    if isinstance(parameter, Switch):
        return next(option for option in parameter.options if option != parameter.default)
    return "abc" if isinstance(parameter, Text) else None


def changed(file: str, part: str) -> str:
    """Return the address of a part with every setting of its page changed."""
    table = tables().get(file.removesuffix(".py").split("_", 1)[1], ())
    values = {p.name: value for p in table if (value := another(p)) is not None}
    return f"{ADDRESSES[file]}?{urlencode(values | query_of(file, part))}"


def walk_to(page: Page, file: str) -> list:
    """Go to a page by the navigation; return its controls and its address."""
    page.get_by_test_id("stTopNavLink").filter(has_text=TITLES[file]).first.click()
    page.wait_for_url(lambda url: url.split("?")[0].endswith(f"/{ADDRESSES[file]}"))
    arrive(page)
    return page.evaluate(_CONTROLS)


@pytest.fixture(scope="module")
def visitor(browser):
    """Opens a page for a visitor of their own."""
    contexts = []

    def open_page(url: str) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(url)
        arrive(page)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def at_first(visitor, address):
    """What every page shows to somebody who has set nothing, by file."""
    page = visitor(address)
    return {file: walk_to(page, file) for file in [*list(ADDRESSES)[1:], next(iter(ADDRESSES))]}


# The projector has no navigation on its screen.
WALKED = [(file, part) for file, part in VIEWS if part != "Projector"]


@pytest.mark.parametrize(("file", "part"), WALKED, ids=lambda value: value)
def test_no_way_takes_settings_along(visitor, at_first, address, file, part):
    page = visitor(f"{address}/{changed(file, part)}")
    for other in [other for other in ADDRESSES if other != file]:
        assert walk_to(page, other) == at_first[other], f"{file} {part} -> {other}"
    page.context.close()


def test_settings_are_there_again_when_a_visitor_comes_back(visitor, address):
    page = visitor(f"{address}/gradients?bf=3&T=150")
    before = page.evaluate(_CONTROLS)
    walk_to(page, "4_training.py")
    assert walk_to(page, "3_gradients.py")[1] == before[1]
    settle(page)
    assert "bf=3" in page.url and "T=150" in page.url
