"""The theme that a page was run for, and the one that it has by now."""

# A page whose theme changes; each step is the theme that the page has and the one that it was run for.
PAGE = """(m, steps) => {
  let now = ""
  globalThis.document = { querySelector: () => ({}) }
  globalThis.getComputedStyle = () => ({ colorScheme: now })
  return steps.map(([has, drawn]) => {
    const sent = []
    now = has
    m.default({ data: [drawn], setTriggerValue: (name, value) => sent.push([name, value]) })
    return sent
  })
}"""
ASKED = [["theme", "dark"]]


def test_a_page_in_other_colours_is_run_once_more_and_never_for_ever(run):
    light, changed = ["light", "light"], ["dark", "light"]
    steps = [light, changed, ["dark", "dark"], light, changed, changed, changed, ["light", "light"], changed]
    assert run("theme/theme.js", PAGE, steps) == [[], ASKED, [], [], ASKED, [], [], [], ASKED]


def test_nothing_is_asked_where_no_theme_is_known(run):
    assert run("theme/theme.js", PAGE, [["normal", "light"], ["", "dark"]]) == [[], []]
