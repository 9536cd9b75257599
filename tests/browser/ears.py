"""What somebody gets who does not see a page: the names, values and states of what is there, and what is said
by itself."""

from playwright.sync_api import Page

# What a live region says whenever it changes, and the text of what gets the focus, in the order in which a
# screen reader says them.  A region that is hidden, or becomes empty, says nothing.
_LISTEN = """() => {
  const LIVE = "[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]"
  window.heard ??= []
  const words = (element) => element.textContent.trim().replace(/\\s+/g, " ")
  const last = new Map()
  const watch = (root) => {
    const roots = [root, ...[...root.querySelectorAll("*")].flatMap(({ shadowRoot }) => shadowRoot ?? [])]
    for (const each of roots) {
      for (const region of each.querySelectorAll(LIVE)) last.set(region, words(region))
      new MutationObserver(() => {
        for (const region of each.querySelectorAll(LIVE)) {
          const now = region.checkVisibility() ? words(region) : ""
          if (now && now !== last.get(region)) heard.push(now)
          last.set(region, now)
        }
      }).observe(each, { subtree: true, childList: true, characterData: true, attributes: true })
      each.addEventListener("focusin", ({ target }) => {
        const name = target.getAttribute("aria-label") ?? words(target)
        if (!target.shadowRoot && name) heard.push(`→ ${name}`)
      })
    }
  }
  watch(document)
}"""


def listen(page: Page) -> None:
    """Begin to listen to a page as it is now, its shadow trees included."""
    page.evaluate(_LISTEN)


def heard(page: Page) -> list[str]:
    """Return what was said since this was asked last; where the focus went is marked with an arrow."""
    return page.evaluate("heard.splice(0)")


def tree(page: Page) -> list[dict[str, object]]:
    """Return what is there for a screen reader, in order: role, name, description, value, states."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    rows = []
    for node in nodes:
        if node["ignored"]:
            continue
        parts = ("role", "name", "description", "value")
        row = {
            part: node[part]["value"] for part in parts if node.get(part, {}).get("value") not in (None, "")
        }
        states = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
        rows.append({"name": "", **row, **states})
    return rows


def part(page: Page, role: str, name: str = "") -> dict[str, object]:
    """Return the only thing of a role whose name begins so, as a screen reader has it."""
    (found,) = [row for row in tree(page) if row.get("role") == role and str(row["name"]).startswith(name)]
    return found
