"""What a visitor without a mouse meets: where Tab stops, what it is called, and whether that can be seen."""

from typing import NamedTuple

from playwright.sync_api import Page

# A component's inside is in a shadow tree: the element that has the focus is at its end.  Its look is read
# where a focus can show: on itself, on what is in it, and on what is closely around it.
_TOOLS = """() => {
  if (window.stops) return
  window.stops = []
  const active = () => {
    let element = document.activeElement
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
    return element
  }
  const traits = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "borderColor",
    "backgroundColor", "color", "textDecorationLine", "opacity", "stroke", "strokeWidth"]
  const look = (element) => {
    const around = [element, ...[...element.querySelectorAll("*")].slice(0, 12)]
    for (let up = element.parentElement, k = 0; up && k < 3; up = up.parentElement, k++) around.push(up)
    around.push(...[element.nextElementSibling, element.previousElementSibling].filter(Boolean))
    return JSON.stringify(around.map((one) => {
      const style = getComputedStyle(one)
      return traits.map((trait) => style[trait])
    }))
  }
  const name = (element) => {
    const own = element.getAttribute("aria-label") || element.labels?.[0]?.innerText ||
      element.getAttribute("aria-labelledby")?.split(" ")
        .map((id) => element.getRootNode().getElementById(id)?.textContent).join(" ")
    return (own || element.textContent || element.title || "").trim().replace(/\\s+/g, " ")
  }
  window.stop = () => {
    const element = active()
    if (!element || element === document.body) return null
    const box = element.getBoundingClientRect()
    window.stops.push([element, look(element)])
    const role = element.getAttribute("role") || element.type || element.tagName.toLowerCase()
    const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
    const test = element.closest("[data-testid]")?.dataset.testid ?? ""
    return { role, name: name(element), value: element.value ?? "", test, inView }
  }
  window.unseen = (left) => {
    const now = active()
    return window.stops
      .filter(([element, then]) => element !== now && element.isConnected && !element.matches(left))
      .filter(([element, then]) => look(element) === then)
      .map(([element]) => `${element.tagName}: ${name(element).slice(0, 60)}`)
  }
}"""


class Stop(NamedTuple):
    """What has the focus: its role, its name, its value, what it belongs to, and whether it is in view."""

    role: str
    name: str
    value: str
    test: str
    inView: bool


def press(page: Page, key: str = "Tab") -> Stop | None:
    """Press a key and say what has the focus then; None if it has left the page."""
    page.evaluate(_TOOLS)
    page.keyboard.press(key)
    page.evaluate("() => new Promise((done) => setTimeout(done, 50))")  # a border may fade in
    found = page.evaluate("window.stop()")
    return Stop(**found) if found else None


# What shows the focus in its own way: the scrolled page is all of the window, and Streamlit's tables draw
# theirs on a canvas, around a cell.
_OWN_WAY = "[data-testid=stMain], [data-testid=stDataFrame] canvas"


def unseen(page: Page) -> list[str]:
    """What had the focus and looked no different from now, when it has not."""
    return page.evaluate("(left) => window.unseen(left)", _OWN_WAY)


def moving(page: Page) -> list[str]:
    """What is animated at the moment, in components as well."""
    return page.evaluate(
        """() => {
            const roots = (root) => [root, ...[...root.querySelectorAll("*")]
                .flatMap(({ shadowRoot }) => shadowRoot ? roots(shadowRoot) : [])]
            return roots(document).flatMap((root) => root.getAnimations()
                .filter(({ playState }) => playState === "running")
                .filter(({ effect }) => effect.getComputedTiming().duration > 0)
                .map(({ effect }) => effect.target.outerHTML.slice(0, 120)))
        }"""
    )
