"""No question of the gates page stands beside its answer, neither at the start nor in its own case."""

import re
from urllib.parse import urlencode

import pytest

from lesson.gates import questions as gate_questions
from lesson.gates import sliders
from lesson.gates.views import ONE_STEP, OVER_TIME
from lesson.widgets.questions import COVERED
from lstm.scalar import half_life, scalar_run, scalar_step
from tests.browser.visit import settle, settled
from visualization.numbers import number, steps

expect = pytest.importorskip("playwright.sync_api").expect

QUESTIONS = [
    *((question, ONE_STEP, "One step") for question in gate_questions.one_step()),
    *((question, OVER_TIME, "Over time") for question in gate_questions.over_time()),
]
# The numbers of the cell that would answer a question: by its id, anywhere, and in its own case.
NUMBERS = {
    "keep": ({"kept_part", "half_life"}, {"kept_part", "half_life", "C", "tanh_C", "h"}),
    "hide": (set(), {"C", "tanh_C", "kept_part"}),
    "squash": ({"tanh_C"}, {"tanh_C", "h"}),
    "half_life": ({"half_life", "C", "h", "tanh_C", "kept_part"},) * 2,
}
# Words outside the question that would answer it.  "time_steps" needs none: the sliders are one set of
# weights, whatever is asked; "constants" needs only the equations: one state of the cell shows no change.
SENTENCES = {
    "keep": r"keeps|kept|becomes",
    "hide": r"It shows|hides|is still",
    "constants": r"σ\(|tanh\(|matvec",
    "squash": r"It shows|tanh\(|−1 and 1",
    "states": r"It shows|next layer",
    "half_life": r"half of C|half-life \| [\d<>]",
}

# All that can be seen and heard outside the question: texts, and what a screen reader says.
SEEN = """() => {
  const parts = [], seen = (e) => e.checkVisibility({ visibilityProperty: true })
  const look = (root) => {
    for (const e of root.querySelectorAll("*")) {
      if (e.closest("[class*=st-key-question_], header, style, script, .sliders") || !seen(e)) continue
      for (const n of e.childNodes) if (n.nodeType === 3) parts.push(n.data)
      if (!e.matches("input, button")) parts.push(e.getAttribute("aria-label") ?? "")
      parts.push(e.getAttribute("aria-valuetext") ?? "")
      if (e.shadowRoot) look(e.shadowRoot)
    }
  }
  look(document)
  return parts.map((text) => text.trim()).filter(Boolean).join(" | ")
}"""


def open_question(page, address, question, view, part, cell=None):
    """Open a question by its link, with every drawer of the cell open."""
    query = {"part": part, "ask": question.id, "open": "code.equations"}
    if cell:
        query["cell"] = sliders.to_link(cell)
    page.goto(f"{address}/gates?{urlencode(query)}")
    settled(page)
    expect(page.locator(".cell:not(.waiting)")).to_be_visible()
    settle(page)


@pytest.mark.parametrize("case", ["start", "own"])
@pytest.mark.parametrize(("question", "view", "part"), QUESTIONS, ids=lambda value: getattr(value, "id", ""))
def test_nothing_on_the_screen_answers_a_question_that_stands(browser, address, question, view, part, case):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    setting = {**view.start, **(question.setting or {})} if case == "own" else view.start
    open_question(page, address, question, view, part, setting if case == "own" else None)
    plain = re.sub(r"\$|\\", "", question.text.split("$")[0])
    expect(page.get_by_text(plain.strip()[:20], exact=False).first).to_be_visible()
    for name in NUMBERS.get(question.id, (set(), set()))[case == "own"]:
        places = page.locator(f"[data-value={name}]")
        assert set(places.all_text_contents()) == {"?"}, name
    _is_not_told(page, question)
    if view.presets and question.covers:
        for name in ("Remember", "Hide", "Saturated"):
            page.get_by_role("button", name=name, exact=True).click()
            _is_not_told(page, question)
    # Once the answer was asked for, all of it is there.
    page.get_by_role("button", name="Show the answer").click()
    expect(page.get_by_text("keeps", exact=False).first).to_be_visible()
    expect(page.locator(".words")).not_to_have_text(COVERED)
    assert "?" not in page.locator("[data-value]").all_text_contents()
    if question.setting is not None:
        page.get_by_role("button", name="Show it in the cell").click()
        own = {**view.start, **question.setting}
        step = scalar_step(own) if view is ONE_STEP else scalar_run(own, [0.0, 1.0])
        C = number(step.C if view is ONE_STEP else step.C[0])
        expect(page.locator("text[data-value=C]").first).to_have_text(C)
    page.close()


def _is_not_told(page, question):
    """Hold what is seen and heard against what would answer the question."""
    seen = page.evaluate(SEEN)
    assert ("words" in question.covers) == (COVERED in seen)
    if question.id in SENTENCES:
        assert not re.search(f".{{0,40}}({SENTENCES[question.id]}).{{0,20}}", seen.replace(COVERED, ""))


def test_the_curves_of_the_half_life_are_there_once_it_is_answered(page, address):
    question = next(q for q in gate_questions.over_time() if q.id == "half_life")
    setting = {**OVER_TIME.start, **question.setting}
    open_question(page, address, question, OVER_TIME, "Over time", setting)
    curve = page.locator(".curve-line.C")
    expect(curve).to_have_attribute("d", "")
    expect(page.locator(".mark").first).to_be_hidden()
    page.get_by_role("slider", name="step", exact=True).press("ArrowRight")
    assert not re.search(r"\bC \d|h \d", page.evaluate(SEEN))
    page.get_by_role("button", name="Show the answer").click()
    expect(curve).to_have_attribute("d", re.compile("L"))
    life = steps(half_life(scalar_step(setting | {"x": 0.0}).f))
    expect(page.locator("[data-value=half_life]").first).to_have_text(life)


def test_next_question_stands_apart_from_the_button_before_it_under_a_finger(browser, address):
    context = browser.new_context(viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{address}/gates")
    settled(page)
    page.get_by_role("button", name="Show the answer").click()
    settled(page)
    show = page.get_by_role("button", name="Show it in the cell")
    expect(show).to_be_visible()
    one, two = show.bounding_box(), page.get_by_role("button", name="Next question").bounding_box()
    assert one["y"] == two["y"] and two["x"] - one["x"] - one["width"] >= 12
    assert two["x"] + two["width"] <= 360
    context.close()
