"""The gates page in a real browser: the live cell, over time, the challenges, links and keys."""

import re
import subprocess
import sys
from urllib.parse import parse_qs, urlparse

import numpy as np
import pytest

from lesson.gates import input_presets, sliders, tables
from lesson.gates.challenges.catalogue import CHALLENGES
from lesson.gates.views import OVER_TIME
from lstm.scalar import half_life, scalar_rnn_run, scalar_run, scalar_step
from tests.browser.visit import settled, sideways
from tests.waiting import wait_until
from visualization.numbers import number, steps

expect = pytest.importorskip("playwright.sync_api").expect


@pytest.fixture
def visitor(browser):
    """A visitor on a projector whose screen is high enough for all of the cell."""
    context = browser.new_context(viewport={"width": 1280, "height": 1500}, accept_downloads=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def explore(page):
    """Pass on all questions, so that nothing is covered."""
    settled(page)
    page.get_by_role("button", name="Explore without questions").click()
    expect(page.locator(".cell:not([data-covered*=words])")).to_be_visible()


def shown(page, name):
    """A number of the live cell."""
    return page.locator(f"[data-value={name}]").first.text_content()


def all_shown(page):
    """Every number of the drawing that is visible, by name; the same name twice must be the same number."""
    return page.evaluate(
        """() => {
            const host = [...document.querySelectorAll("*")].find((e) => e.shadowRoot?.querySelector(".cell"))
            const found = {}
            for (const e of host.shadowRoot.querySelectorAll("[data-value]")) {
                (found[e.dataset.value] ??= new Set()).add(e.textContent)
            }
            return Object.fromEntries(Object.entries(found).map(([k, v]) => [k, [...v]]))
        }"""
    )


def written(step, setting):
    """What has to be shown for a step of the textbook."""
    expected = {name: number(getattr(step, name)) for name in tables.QUANTITIES if name != "half_life"}
    life = half_life(step.f)
    expected["half_life"] = "> 3,000" if life > tables.LONGEST_LIFE else steps(life).replace("less than", "<")
    return expected | {name: number(value) for name, value in setting.items()}


def test_the_cell_shows_what_the_textbook_computes_over_a_grid_of_settings(page, address):
    rng = np.random.default_rng(0)
    for _ in range(6):
        setting = {name: float(rng.choice(slider.range)) for name, slider in sliders.SLIDERS.items()}
        page.goto(f"{address}/gates?cell={sliders.to_link(setting)}")
        explore(page)
        expected = written(scalar_step(setting), setting)
        expect(page.locator("tr [data-value=C]").first).to_have_text(expected["C"])
        found = all_shown(page)
        assert {name: [value] for name, value in expected.items()} == {name: found[name] for name in expected}
        assert "−0.00" not in expected.values()


def test_every_step_of_a_run_is_the_textbooks_forward_and_back(page, address):
    rng = np.random.default_rng(1)
    setting = {name: float(rng.choice(slider.range)) for name, slider in sliders.SLIDERS.items()}
    x = input_presets.preset("noise", 12, seed=5)
    run = scalar_run(setting, x)
    page.goto(
        f"{address}/gates?part=Over+time&input=noise&noise=5&steps=12&t=4&cell={sliders.to_link(setting)}"
    )
    explore(page)
    scrub = page.get_by_role("slider", name="step", exact=True)
    expect(scrub).to_have_value("4")
    for t in (4, 12, 1, 2, 3):
        scrub.fill(str(t))
        C_before = number(run.C[t - 2]) if t > 1 else number(setting["C_prev"])
        for name in ("f", "i", "C_tilde", "o", "C", "h"):
            assert shown(page, name) == number(getattr(run, name)[t - 1]), (t, name)
        assert (shown(page, "x"), shown(page, "C_prev")) == (number(x[t - 1]), C_before)
    page.get_by_role("button", name="one step back").click()
    assert shown(page, "C") == number(run.C[1])
    page.get_by_role("button", name="one step forward").click()
    assert shown(page, "C") == number(run.C[2])
    assert sideways(page) <= 0


def sent_frames(page):
    """A list that grows with every frame that the page sends to Streamlit's socket."""
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(1)))
    return sent


@pytest.mark.parametrize("part", ["One step", "Over time"])
def test_drags_and_key_presses_update_the_cell_and_its_words_and_send_nothing_to_streamlit(
    visitor, address, part
):
    page, sent = visitor, sent_frames(visitor)
    page.goto(f"{address}/gates?part={part.replace(' ', '+')}")
    explore(page)
    slider = page.get_by_role("slider", name="forget bias")
    expect(page.locator(".gate [data-value=f]").first).to_have_text(re.compile(r"0\.\d\d"))
    page.wait_for_timeout(1000)
    before = len(sent)
    box = slider.bounding_box()
    start, height = box["x"] + box["width"] * 9 / 16, box["y"] + box["height"] / 2
    page.mouse.move(start, height)
    page.mouse.down()
    curve, words = page.locator(".curve-line.C"), page.locator(".words")
    gates, curves, sentences = set(), set(), set()
    for step in range(0, 120, 4):
        page.mouse.move(start + step, height)
        gates.add(shown(page, "f"))
        sentences.add(words.text_content())
        assert f"keeps {shown(page, 'f')} of" in words.text_content()
        if part == "Over time":
            curves.add(curve.get_attribute("d"))
    assert len(gates) > 5 and len(sentences) > 5
    assert part == "One step" or len(curves) > 5
    page.mouse.up()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowRight"):
        slider.press(key)
    page.wait_for_url(re.compile("cell=1_"))
    page.wait_for_timeout(1000)
    assert len(sent) == before
    value, link = shown(page, "C"), page.url
    page.reload()
    expect(page.locator("text[data-value=C]").first).to_have_text(value)
    assert page.url == link


def test_what_is_shown_while_dragging_is_the_textbooks(visitor, address):
    page = visitor
    page.goto(f"{address}/gates?part=Over+time&input=two+pulses&t=9")
    explore(page)
    slider = page.get_by_role("slider", name="bias of the input gate")
    slider.focus()
    for press in range(5):
        slider.press("ArrowRight")
        setting = {**OVER_TIME.start, "b_i": -8 + 0.25 * int(slider.input_value())}
        run = scalar_run(setting, input_presets.preset("two pulses", 20))
        names = tables.QUANTITIES[:-1]
        values = {name: number(getattr(run, name)[8]) for name in names}
        if press == 0:  # the answers along the slider come; from then on each press is answered at once
            wait_until(lambda values=values: {name: shown(page, name) for name in values} == values)
        assert {name: shown(page, name) for name in names} == values


def test_the_cell_can_be_moved_with_the_keyboard_and_says_its_values(page, address):
    page.goto(f"{address}/gates")
    explore(page)
    slider = page.get_by_role("slider", name="forget bias")
    slider.focus()
    for _ in range(8):
        slider.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "forget bias −1.00")
    expect(page.locator(".words")).to_have_text(re.compile(r"keeps 0\.50 of"))
    page.get_by_text("The eight weights").click()
    weight = page.get_by_role("slider", name="forget gate, weight on the input")
    weight.focus()
    weight.press("ArrowRight")
    expect(page.locator(".words")).to_have_text(re.compile(r"keeps 0\.56 of"))
    expect(page).to_have_url(re.compile("open=weights"))


def test_the_tab_key_reaches_every_slider_and_leaves_again(page, address):
    page.goto(f"{address}/gates?open=more.weights.equations")
    explore(page)
    names, outside = [], False
    page.get_by_role("radio", name="One step").focus()
    for _ in range(80):
        page.keyboard.press("Tab")
        name = page.evaluate(
            """() => {
                let e = document.activeElement
                while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement
                return [e?.type === "range" ? e.getAttribute("aria-label") : "", e?.textContent ?? ""]
            }"""
        )
        names.append(name[0])
        outside |= "Next part, Over time" in name[1]
    assert {slider.spoken for slider in sliders.SLIDERS.values()} <= set(names)
    assert outside


def test_one_symbol_lights_up_everywhere(visitor, address):
    page = visitor
    page.goto(f"{address}/gates?open=equations.code")
    explore(page)
    page.locator(".wide .gate[data-symbol=i]").hover()
    for part in (".wide .gate", ".wide .wire", ".equations tr", ".code span", ".curves circle"):
        assert page.locator(f"{part}.on[data-symbol~=i]").count(), part
        assert page.locator(f"{part}.on:not([data-symbol~=i])").count() == 0, part
    assert page.locator(".code span.on").all_text_contents() == [
        "    z_i = np.matvec(W_i, concat) + b_i\n", "    i = sigmoid(z_i)\n",
    ]  # fmt: skip
    expect(page.locator("[data-line=i]")).to_be_visible()
    page.locator(".equations tr[data-symbol=h]").focus()
    assert page.locator(".wide .state.on[data-symbol=h]").count()
    page.get_by_role("radio", name="One step").focus()
    page.mouse.move(1, 1)
    assert page.locator(".lit").count() == 0


# A browser that refuses more than so many changes of the address, as Safari does; none is forgotten here.
LIMITED = """(() => {
    const real = history.replaceState.bind(history)
    let left = 30
    history.replaceState = (...a) => {
        if (left-- <= 0) throw new DOMException("too often", "SecurityError")
        return real(...a)
    }
})()"""


def test_a_browser_that_limits_changes_of_the_address_loses_nothing(visitor, address):
    page, errors = visitor, []
    page.add_init_script(LIMITED)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}/gates")
    explore(page)
    slider = page.get_by_role("slider", name="forget bias")
    slider.focus()
    for k in range(90):  # three seconds of a held key: far fewer changes than moves
        page.keyboard.press("ArrowLeft" if k % 20 < 10 else "ArrowRight")
        page.wait_for_timeout(33)
    page.wait_for_url(re.compile(f"cell=1_20_20_{slider.input_value()}_"))
    page.evaluate("() => { history.replaceState = () => { throw new DOMException('no', 'SecurityError') } }")
    slider.press("ArrowRight")
    page.wait_for_timeout(1000)
    assert f"_{slider.input_value()}_" not in page.url  # refused, and nothing broke
    page.evaluate("() => { delete history.replaceState }")
    page.wait_for_url(re.compile(f"cell=1_20_20_{slider.input_value()}_"))  # tried again
    assert not errors


def test_presets_set_the_cell(page, address):
    page.goto(f"{address}/gates")
    explore(page)
    page.get_by_role("button", name="Hide").click()
    expect(page.locator(".lesson")).to_have_text(re.compile("h is 0.00, but C is still 3.00"))
    expect(page.locator(".words")).to_have_text(re.compile(r"3\.00 becomes 3\.00.* shows 0\.00 of tanh C"))
    assert (shown(page, "h"), shown(page, "o")) == ("0.00", "0.00")


def test_a_slider_that_moves_before_its_numbers_are_there_waits_and_then_shows_its_own(page, address):
    page.goto(f"{address}/gates")
    explore(page)
    expect(page.locator(".cell.waiting")).to_have_count(0)
    late, is_away = [], [True]

    def answer(route):
        if is_away:
            late.append(route)
        else:
            route.continue_()

    page.route("**/api/gates/step*", answer)
    slider = page.get_by_role("slider", name="old cell state, C")
    slider.focus()
    for _ in range(4):
        slider.press("ArrowRight")
    expect(page.locator(".cell.waiting")).to_have_count(1)
    is_away.clear()
    late[0].continue_()
    step = scalar_step({**sliders.START, "C_prev": 2.0})
    expect(page.locator("tr [data-value=C]").first).to_have_text(number(step.C))
    expect(page.locator(".cell.waiting")).to_have_count(0)


def test_the_cell_is_as_it_was_left_after_a_look_at_another_page(browser, address):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/gates")
    explore(page)
    slider = page.get_by_role("slider", name="forget bias")
    slider.focus()
    for _ in range(8):
        slider.press("ArrowLeft")
    told = page.locator(".words").filter(has_text="keeps 0.50 of")
    expect(told).to_be_visible()
    page.get_by_role("radio", name="Over time").click()
    expect(page.get_by_role("slider", name="cell state at the start, C")).to_be_visible()
    # A cell of its own: what is set for one step does not come along.
    assert page.get_by_role("slider", name="forget bias").input_value() == "36"
    page.get_by_role("slider", name="bias of the input gate").press("ArrowRight")
    page.get_by_role("link", name="Skip to Gradients").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gradients")
    page.get_by_test_id("stTopNavLink").filter(has_text="Gates").click()  # an address without a setting
    page.get_by_role("radio", name="One step").click()
    expect(told).to_be_visible()
    assert shown(page, "f") == "0.50"
    page.wait_for_url(re.compile("cell=1_"))  # the address has it again
    context.close()


def test_the_copied_link_opens_the_same_cell_and_the_script_prints_its_numbers(visitor, address, tmp_path):
    page = visitor
    page.goto(f"{address}/gates?part=Over+time&input=step&steps=9")
    explore(page)
    page.get_by_role("slider", name="bias of the input gate").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("slider", name="step", exact=True).fill("6")
    page.wait_for_url(re.compile("t=6"))
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_text("The link is copied. It opens exactly this cell.")).to_be_visible()
    link = page.evaluate("() => navigator.clipboard.readText()")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download this cell as").click()
    download.value.save_as(tmp_path / "cell.py")
    done = subprocess.run(
        [sys.executable, "cell.py"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    setting, complaint = sliders.from_link(parse_qs(urlparse(link).query)["cell"][0])
    assert complaint is None and setting["b_i"] == 0.25
    run = scalar_run(setting, input_presets.preset("step", 9))
    lines = done.stdout.splitlines()
    assert [line.split("C = ")[1] for line in lines] == [
        f"{C:.2f}, h = {h:.2f}" for C, h in zip(run.C.round(2) + 0, run.h.round(2) + 0, strict=True)
    ]
    other = page.context.new_page()
    other.goto(link)
    explore(other)
    expect(other.get_by_role("slider", name="step", exact=True)).to_have_value("6")
    expect(other.locator(".words")).to_have_text(page.locator(".words").inner_text())
    assert all_shown(other) == all_shown(page)


def test_an_input_can_be_drawn_and_is_in_the_link(visitor, address):
    page = visitor
    page.goto(f"{address}/gates?part=Over+time&steps=10")
    explore(page)
    expect(page.locator(".curve-line.C")).to_have_attribute("d", re.compile("L"))
    box = page.locator(".time svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 12, steps=10)
    page.mouse.up()
    field = page.get_by_label("Numbers from −4 to 4")
    expect(field).to_be_visible()
    text = field.input_value()
    x, _ = input_presets.parse(text)
    assert len(x) == 10 and sum(x > 1) >= 3
    page.wait_for_url(re.compile("values="))
    run = scalar_run(OVER_TIME.start, x)
    expect(page.locator(".words")).to_have_text(re.compile(re.escape(f"now C is {number(run.C[0])}")))
    link = page.url
    page.reload()
    expect(field).to_have_value(text)
    expect(page.locator(".curve-line.C")).to_have_attribute("d", re.compile("L"))  # its tables are there
    page.get_by_role("slider", name="step", exact=True).fill("8")
    assert shown(page, "C") == number(run.C[7])
    assert parse_qs(urlparse(link).query)["values"][0].split() == [f"{value:g}" for value in x]


def test_the_input_is_chosen_typed_and_refused_without_a_script(page, address):
    sent = sent_frames(page)
    page.goto(f"{address}/gates?part=Over+time&t=9")
    explore(page)
    page.wait_for_timeout(1000)
    before, run = len(sent), scalar_run(OVER_TIME.start, input_presets.preset("noise", 12, seed=5))
    page.locator(".input").get_by_text("noise", exact=True).click()
    page.get_by_role("slider", name="Steps T").fill("7")  # the eighth of its positions: from 5 on
    seed = page.get_by_role("spinbutton", name="Seed")
    seed.fill("5")
    seed.press("Enter")
    expect(page.locator(".curve-line.C")).to_have_attribute("d", re.compile(r"^M[^L]*(L[^L]*){12}$"))
    expect(page.locator(".gate [data-value=f]").first).to_have_text(number(run.f[8]))
    page.get_by_role("switch", name="An RNN beside the LSTM").check()
    h = scalar_rnn_run(OVER_TIME.start, input_presets.preset("noise", 12, seed=5))
    expect(page.locator(".words")).to_contain_text(
        f"the RNN's h is {number(h[8])}, and the LSTM's h is {number(run.h[8])}."
    )
    for name in ("input=noise", "steps=12", "noise=5", "rnn=true", "t=9"):
        expect(page).to_have_url(re.compile(rf"\b{name}\b"))
    page.locator(".input").get_by_text("my own", exact=True).click()
    field = page.get_by_label("Numbers from −4 to 4")
    field.fill("1 0 2 spam")
    complaint = page.locator(".complaint")
    expect(complaint).to_have_text(re.compile("“spam” is not a number.*shows the previous input"))
    assert shown(page, "C")  # of the input before
    expect(page).not_to_have_url(re.compile("values="))
    field.fill("1 0 2 0.3")
    expect(complaint).to_have_text(re.compile("rounded to quarters"))
    x, _ = input_presets.parse("1 0 2 0.3")
    expect(page.locator(".curve-line.C")).to_have_attribute("d", re.compile(r"^M[^L]*(L[^L]*){4}$"))
    run = scalar_run(OVER_TIME.start, x)
    expect(page.locator(".gate [data-value=f]").first).to_have_text(number(run.f[3]))  # no ninth step
    expect(page).to_have_url(re.compile("values=1\\+0\\+2\\+0.3"))
    assert len(sent) == before


def test_one_key_shows_the_answer_and_one_skips_also_from_a_slider(visitor, address):
    page = visitor
    page.goto(f"{address}/gates")
    settled(page)
    expect(page.get_by_text("First guess, 1 of 5")).to_be_visible()
    answer = page.get_by_text("The cell keeps it.", exact=True)
    for _ in range(10):  # the page hears its keys only a moment after it is drawn
        page.keyboard.press("F2")
        page.wait_for_timeout(500)
        if answer.count():
            break
    expect(answer).to_be_visible()
    page.get_by_role("button", name="Show it in the cell").click()
    expect(page.locator(".words")).to_have_text(re.compile("keeps 1.00 of its old cell state"))
    page.get_by_role("slider", name="forget bias").focus()
    page.keyboard.press("F4")
    expect(page.get_by_text("First guess, 2 of 5")).to_be_visible()
    page.get_by_role("radio", name="Half of the cell state").click()
    expect(page.get_by_text("Nothing is halved")).to_be_visible()
    page.keyboard.press("F4")
    expect(page.get_by_text("First guess, 3 of 5")).to_be_visible()


def test_a_failed_check_shows_the_sequence_and_the_step_and_the_solution_passes(page, address):
    sent = sent_frames(page)
    page.goto(f"{address}/gates?part=Challenges&challenge=half-life")
    settled(page)
    expect(page.get_by_text("The picture shows one sequence")).to_be_visible()
    page.wait_for_timeout(1000)
    before = len(sent)
    page.get_by_role("button", name="Check").click()
    said = page.locator(".verdict")
    expect(said).to_have_text(re.compile(r"3 of 3 sequences fail\. At step \d+ C is"))
    step = re.search(r"At step (\d+)", said.inner_text())[1]
    expect(page.get_by_role("slider", name="step", exact=True)).to_have_value(step)
    expect(page.locator(".failed circle")).to_have_count(1)
    expect(said).to_contain_text("The picture shows this sequence; the ring marks the step.")
    page.get_by_role("button", name="Back to the first sequence").click()
    expect(page.locator(".failed circle")).to_have_count(0)
    expect(said).to_have_text(re.compile(r"sequences fail\.(?!.*the ring)"))  # it is another sequence's
    slider = page.get_by_role("slider", name="forget bias")
    slider.focus()
    slider.press("ArrowRight")
    expect(page.get_by_text("The sliders have moved since the last check.")).to_be_visible()
    expect(page.locator(".failed circle")).to_have_count(0)
    for _ in range(int((CHALLENGES["half-life"].solution[-1].change["b_f"] - 1) / 0.25) - 1):
        slider.press("ArrowRight")
    page.wait_for_url(re.compile("try-half-life=1_20_"))
    assert len(sent) == before
    page.get_by_role("button", name="Check").click()
    expect(said).to_have_text(re.compile("Solved, 1 of 6.*You have built"))
    expect(page.get_by_text("✓ Half-life five")).to_be_visible()  # Python knows it
    expect(said).to_be_visible()
    expect(page.locator("[data-value=C_prev]").first).to_have_text("1.00")
    expect(said).to_be_visible()
    page.get_by_role("button", name="Start again").click()
    expect(said).to_be_hidden()
    expect(slider).to_have_value("36")
    assert page.get_by_role("slider", name="input").count() == 0  # only what is unlocked
    assert sideways(page) <= 0


def test_a_challenge_is_as_it_was_left_after_a_look_at_another_part(page, address):
    page.goto(f"{address}/gates?part=Challenges")
    settled(page)
    page.get_by_role("button", name="Check").click()
    verdict = page.locator(".verdict")
    expect(verdict).to_have_text(re.compile("sequences fail"))
    words = verdict.inner_text()
    page.get_by_role("radio", name="One step").click()
    expect(page.get_by_role("button", name="Remember")).to_be_visible()
    page.get_by_role("radio", name="Challenges").click()
    expect(verdict).to_have_text(words)
    expect(page.get_by_role("button", name="Back to the first sequence")).to_be_visible()


def test_the_solution_is_shown_on_the_sequence_that_failed(page, address):
    page.goto(f"{address}/gates?part=Challenges&challenge=half-life")
    settled(page)
    page.get_by_role("button", name="Check").click()
    expect(
        page.get_by_text(re.compile("C started at 2.00, and with a half-life of five steps"))
    ).to_be_visible()
    for k in (1, 2, 3):
        page.get_by_role("button", name=f"Hint {k} of 3").click()
    page.get_by_role("button", name="The worked solution").click()
    page.get_by_role("button", name="The next step of the solution").click()
    expect(page.get_by_text("The sliders were set as in the solution")).to_be_visible()
    challenge = CHALLENGES["half-life"]
    setting = {**challenge.start, **challenge.solution[-1].change, "C_prev": 2}
    slider = page.get_by_role("slider", name="forget bias")
    expect(slider).to_have_value(str(sliders.SLIDERS["b_f"].position(setting["b_f"])))
    expect(page.locator("[data-value=C_prev]").first).to_have_text("2.00")
    expect(page.locator(".cell.waiting")).to_have_count(0)
    assert shown(page, "C") == number(scalar_run(setting, np.zeros(15)).C[0])
    heights = re.findall(r"[ML][\d.]+ ([\d.]+)", page.locator(".curve-line.C").get_attribute("d"))
    bands = page.locator(".band rect").evaluate_all(
        "all => all.map(e => [e.y, e.height].map(a => a.baseVal.value))"
    )
    assert len(bands) == len(heights) - 1 == 15
    for height, (top, size) in zip(map(float, heights[1:]), bands, strict=True):
        assert top - 1 <= height <= top + size + 1  # pixels; the curve is where it has to be


@pytest.mark.parametrize("part", ["One step", "Over time", "Vectors", "Challenges"])
def test_every_part_fits_and_logs_no_error(page, address, part):
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}/gates?part={part.replace(' ', '+')}&open=more.weights.equations.code")
    settled(page)
    page.wait_for_timeout(500)
    assert sideways(page) <= 0 and not errors
