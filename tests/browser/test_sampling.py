"""The sampling page in a browser: it answers while it is moved, is walked through, shows text as text."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from lesson.sampling.networks import network_named
from lesson.sampling.surgery.operation import Clamp, Operation, carry_out
from lesson.sampling.write.passages import Draw, gates_and_states, write
from lesson.sampling.write.variations import THREE
from lesson.widgets.catalogue import MODELS, model
from lstm import generate
from tests.browser.visit import settle, settled, sideways
from tests.waiting import wait_until
from visualization.numbers import number

NASTY = '<script>document.title = "caught"</script> **bold** $x^2$ [a](http://a.b) \u202eright to left 🦊'


def go(page, address, query):
    """Open the page by a link, and pass on its questions."""
    page.goto(f"{address}/sampling?{query}")
    settled(page)
    skip_questions(page)


def paper(page):
    return page.locator(".paper").first


def text_of(page, place=".paper"):
    """The characters of a text as they are in the page; a line's end shows as a sign."""
    return page.locator(place).first.evaluate("(paper) => paper.textContent").replace("⏎", "")


def visible(page):
    """How many characters of the text can be seen."""
    return page.locator(".paper").first.locator("span:not([hidden])").count()


def control(page, name):
    return page.locator(f"[data-control={name}] input")


def open_fold(page):
    """Show what is optional."""
    page.locator("details.more > summary").first.click()


def skip_questions(page):
    """Pass on all questions of a part, so that nothing is covered."""
    page.get_by_role("button", name=re.compile("Skip|Explore without questions")).last.click()
    expect(page.get_by_text("Questions in this part")).to_be_visible()


def written(prompt="", *settings, seed=1, name="fables"):
    checkpoint = model(name)
    steps = generate(checkpoint.net, checkpoint.vocabulary, prompt, *settings, seed=seed)
    return prompt + "".join(sampled.char for sampled in steps)


@pytest.fixture
def sent(page):
    """What goes through Streamlit's socket, from when the page is told to listen."""
    frames = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: frames.append(frame)))
    return frames


# -- Write --


def test_the_text_follows_the_temperature_under_the_keys_and_sends_nothing(page, address, sent):
    go(page, address, "n=100&s=3&at=30")
    assert text_of(page) == written("", 100, 0.8, seed=3)
    bars = page.locator(".details .says")
    sent.clear()
    control(page, "tau").focus()
    for value in (0.85, 0.9, 0.95):
        page.keyboard.press("ArrowRight")
        expect(page.locator(".legend").first).to_contain_text(f"at temperature {value:.2f}")
        assert text_of(page) == written("", 100, value, seed=3)
    before = bars.all_inner_texts()
    page.keyboard.press("Home")
    expect(bars.first).to_contain_text("→ 100%")
    assert text_of(page) == written("", 100, 0, seed=3) and bars.all_inner_texts() != before
    page.wait_for_url(re.compile("tau=0(&|$)"))
    assert sent == []


def test_the_text_follows_a_drag_without_another_question(page, address, sent):
    questions = []  # from the start: a slider that comes to lie under the pointer is asked for at once
    page.on("request", lambda request: "/api/" in request.url and questions.append(request))
    go(page, address, "n=100&prompt=The+fox")
    expect(page.locator(".legend").first).to_contain_text("at temperature 0.80")
    slider = control(page, "tau")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    before = len(questions)
    sent.clear()
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] / 2)
    page.mouse.down()
    texts = set()
    for share in range(40, 100, 4):
        page.mouse.move(box["x"] + box["width"] * share / 100, box["y"] + box["height"] / 2)
        page.wait_for_timeout(60)
        texts.add(text_of(page))
    page.mouse.up()
    value = page.locator("[data-control=tau] output").inner_text()
    expect(page.locator(".legend").first).to_contain_text(f"at temperature {float(value):.2f}")
    assert text_of(page) == written("The fox", 100, float(value))
    assert len(texts) > 8 and len(questions) - before <= 2 and sent == []
    # A prompt is not written into an address.
    assert {request.method for request in questions} == {"POST"}, [(r.method, r.url) for r in questions]


def test_a_network_of_ones_own_answers_through_the_channel(page, address):
    go(page, address, "n=100")
    page.get_by_text("A network of your own").click()
    page.locator("input[type=file]").set_input_files(MODELS / "brackets.npz")
    expect(page.get_by_text("You can now choose your network above")).to_be_visible()
    networks = page.get_by_role("combobox", name="Network")
    networks.scroll_into_view_if_needed()
    settle(page)  # a run that goes on would close the list, and so would the page while it is scrolled
    networks.click()
    page.get_by_role("option", name="my upload").click()
    expect(paper(page)).to_contain_text(written("", 100, 0.8, name="brackets").split("\n")[0])
    questions = []
    page.on("request", lambda request: "/api/" in request.url and questions.append(request))
    control(page, "tau").focus()
    page.keyboard.press("End")
    expect(page.locator(".legend").first).to_contain_text("at temperature 2.00")
    assert text_of(page) == written("", 100, 2.0, name="brackets")
    assert questions == []


def test_another_seed_and_other_cuts_write_what_the_library_writes(page, address, sent):
    go(page, address, "n=100")
    sent.clear()
    page.get_by_role("button", name="Another").click()
    expect(control(page, "s")).to_have_value("2")
    page.get_by_role("button", name="Show all").or_(page.locator(".details")).first.wait_for()
    page.wait_for_url(re.compile("s=2"))
    open_fold(page)
    control(page, "k").focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".legend").first).to_contain_text("top k 2")
    assert text_of(page) == written("", 100, 0.8, 2, seed=2) and sent == []


def test_a_reload_keeps_what_is_set_and_so_does_another_part(page, address):
    go(page, address, "n=100")
    control(page, "tau").fill("30")
    page.wait_for_url(re.compile("tau=1.5"))
    page.reload()
    settled(page)
    assert text_of(page) == written("", 100, 1.5)
    page.get_by_role("radio", name="Read its memory").or_(
        page.get_by_role("button", name="Read its memory")
    ).first.click()
    expect(page.locator("canvas")).to_have_count(1)
    assert text_of(page) == written("", 100, 1.5)
    page.get_by_text("How the text is written").click()
    expect(page.locator("[data-control=tau] output")).to_have_text("1.5")


def test_a_text_streams_stops_at_once_goes_on_and_can_be_skipped(page, address):
    go(page, address, "prompt=The+fox+said&n=1000")
    expect(paper(page)).to_contain_text("The fox said")
    assert visible(page) == 1012
    page.get_by_role("button", name="Write", exact=True).and_(page.locator(".primary")).click()
    stop = page.get_by_role("button", name="Stop")
    expect(stop).to_be_visible()
    stop.click()
    seen = visible(page)
    assert 12 <= seen < 900
    page.wait_for_timeout(400)
    assert visible(page) == seen
    page.get_by_role("button", name="Go on").click()
    page.wait_for_timeout(400)
    assert seen < visible(page) < 1012
    page.get_by_role("button", name="Show all").click()
    assert visible(page) == 1012 and sideways(page) <= 0
    expect(page.get_by_role("button", name="Show all")).to_be_hidden()


def test_who_wants_no_motion_sees_the_whole_text_at_once(browser, address):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    go(page, address, "n=1000")
    expect(paper(page).locator("span")).to_have_count(1000)
    page.locator(".primary").click()
    assert visible(page) == 1000
    context.close()


def test_a_character_is_chosen_by_click_and_key_and_the_link_restores_it(page, address, sent):
    go(page, address, "prompt=The+fox&n=100")
    sent.clear()
    paper(page).locator("span").nth(30).click()
    expect(page.locator(".details .head")).to_contain_text("Character 31 of 107")
    for _ in range(6):
        paper(page).press("ArrowRight")
    expect(page.locator(".details .head")).to_contain_text("Character 37 of 107")
    page.wait_for_url(re.compile("at=37"))
    assert sent == []
    facts, url = page.locator(".details dl").inner_text(), page.url
    page.goto("about:blank")
    page.goto(url)
    settled(page)
    skip_questions(page)
    expect(page.locator(".details .head")).to_contain_text("Character 37 of 107")
    assert page.locator(".details dl").inner_text() == facts
    paper(page).press("End")
    expect(page.locator(".details .head")).to_contain_text("Character 107 of 107")
    paper(page).press("ArrowUp")
    expect(page.locator(".details .head")).not_to_contain_text("Character 107")


def test_three_temperatures_are_written_with_one_seed_and_follow_it(page, address):
    go(page, address, "s=9&n=100")
    page.get_by_text("Three temperatures, same random numbers").click()
    for seed in (9, 10):
        for place, t in enumerate(THREE):
            text = written("", 240, t, seed=seed)
            expect(page.locator(".three pre").nth(place)).to_have_text(text, use_inner_text=False)
        if seed == 9:
            open_fold(page)
        control(page, "s").fill("10")
        control(page, "s").press("Enter")


def test_lines_after_first_characters_of_ones_own(page, address):
    go(page, address, "n=100&tau=0.5")
    page.get_by_text("Another first character").click()
    expect(page.get_by_text("of the places have the same")).to_be_visible()
    page.get_by_label("First characters").fill("AT")
    lines = [written(char, 70, 0.5).replace("\n", "⏎") for char in "AT"]
    expect(page.locator(".drawer pre").last).to_have_text("\n".join(lines))


# -- what would answer a question --


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("ask=zero_temperature&tau=0", ".written .paper"),
        ("ask=zero_temperature&tau=1.5&k=1", ".written .sentence"),
        ("ask=zero_temperature", ".temperature .table"),
        ("ask=same_luck", ".written .paper"),
        ("ask=same_luck", ".drawers summary"),
        ("task=Read+its+memory&symbol=f", ".map canvas"),
        ("task=Read+its+memory", ".gates table"),
        ("task=Gate+surgery&ask=nothing_kept&gate=f&hold=0", ".outcome .paper"),
        ("task=Gate+surgery&ask=costliest_gate&gate=o&hold=0.5", ".outcome .price"),
        ("task=Gate+surgery&ask=one_unit_less&operation=cut+units+out&units=64&network=brackets", ".price"),
    ],
)
def test_what_answers_a_question_is_not_to_be_seen_until_it_is_answered(page, address, query, place):
    page.goto(f"{address}/sampling?n=100&{query}")
    settled(page)
    page.locator(".covered").first.wait_for(state="attached")  # it is drawn
    covered = page.locator(place).first
    visibility = "(element) => getComputedStyle(element).visibility"
    assert covered.evaluate(visibility) == "hidden" or covered.evaluate("(e) => !e.checkVisibility()")
    page.get_by_role("button", name="Show the answer").click()
    wait_until(lambda: page.locator(place).first.evaluate(visibility) == "visible")


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("ask=zero_temperature", ".written .paper"),
        ("task=Read+its+memory", ".map canvas"),
        ("task=Gate+surgery&ask=one_unit_less&gate=o&hold=0.5", ".outcome .paper"),
    ],
)
def test_what_has_nothing_to_do_with_the_question_stays_alive(page, address, query, place):
    page.goto(f"{address}/sampling?n=100&{query}")
    settled(page)
    expect(page.locator(place).first).to_be_visible()


# -- what a visitor types --


def no_markup(page):
    """None of NASTY has become an element or was run."""
    assert page.title() != "caught"
    for tag in ("strong:has-text('bold')", ".katex", "a[href*='a.b']", "script:has-text('caught')"):
        assert page.get_by_test_id("stMain").locator(tag).count() == 0
    assert sideways(page) <= 0


def test_a_text_to_be_read_and_an_expression_are_text_and_never_markup(page, address):
    go(page, address, "task=Read+its+memory&reads=my+own+text&rule=regular+expression")
    page.get_by_label(re.compile("^Your text")).fill(NASTY)
    page.get_by_label(re.compile("^Your text")).press("Control+Enter")
    expect(paper(page)).to_contain_text("bold")
    expect(page.get_by_test_id("stCode").first).to_contain_text("🦊")
    expect(page.locator("canvas")).to_have_count(1)
    page.get_by_label("Expression").fill("(?P<**bold**>$x^2$)")
    page.keyboard.press("Enter")
    page.get_by_test_id("stBaseButton-primary").get_by_text("Hunt").click()
    expect(page.get_by_text("The hunt could not begin")).to_be_visible()
    expect(page.get_by_text("**bold**", exact=False).last).to_be_visible()
    no_markup(page)


@pytest.mark.parametrize("part", ["Write", "Gate surgery"])
def test_what_a_visitor_types_is_text_and_never_markup(page, address, part):
    go(page, address, f"task={part.replace(' ', '+')}&n=100")
    page.get_by_label("Prompt").fill(NASTY)
    page.keyboard.press("Enter")
    settled(page)
    expect(page.get_by_text("has never seen these")).to_be_visible()
    expect(page.get_by_test_id("stCode").first).to_contain_text("🦊")
    where = page.locator(".from .paper") if part == "Gate surgery" else paper(page)
    expect(where).to_contain_text("script")
    no_markup(page)


# -- Read its memory --


def test_the_map_is_walked_by_pointer_and_key_and_the_text_takes_its_colours(page, address, sent):
    go(page, address, "task=Read+its+memory&network=brackets&n=300&unit=5&at=10&order=by+number")
    frame, status = page.locator(".frame"), page.locator(".maps .status")
    expect(status).to_contain_text("unit 5, character 10")
    tints = "(spans) => spans.map((span) => span.style.backgroundColor).join()"
    before = page.locator(".paper span").evaluate_all(tints)
    sent.clear()
    frame.press("ArrowDown")
    expect(status).to_contain_text("unit 6, character 10")
    frame.press("ArrowRight")
    expect(status).to_contain_text("unit 6, character 11")
    assert page.locator(".paper span").evaluate_all(tints) != before
    page.wait_for_url(re.compile("unit=6"))
    expect(page.get_by_text("Unit 6 of C: mean")).to_be_visible()
    size = frame.bounding_box()
    frame.click(position={"x": size["width"] * 0.5, "y": 2})
    expect(status).to_contain_text("unit 0, character 15")
    page.wait_for_url(re.compile("unit=0"))
    assert sent == []


def test_the_readout_is_the_librarys_number(page, address):
    chosen = network_named("brackets")
    C = gates_and_states(chosen, write(chosen, Draw(length=100)))["C"]
    for unit, at in ((0, 1), (64, 50), (127, 100)):
        go(page, address, f"task=Read+its+memory&network=brackets&n=100&unit={unit}&at={at}")
        expect(page.locator(".maps .status")).to_contain_text(f"C = {number(C[at - 1, unit])}")


def test_a_found_unit_is_looked_at_and_cut_out(page, address):
    go(page, address, "task=Read+its+memory&network=brackets&n=100&rule=bracket+depth&by=h")
    hunt = page.get_by_test_id("stBaseButton-primary").get_by_text("Hunt")
    hunt.click()
    expect(page.get_by_text("Unit 64 follows the rule")).to_be_visible()
    page.get_by_role("radio", name="43", exact=True).or_(
        page.get_by_role("button", name="43", exact=True)
    ).click()
    expect(page.locator(".maps .status")).to_contain_text("unit 43")
    page.get_by_role("button", name="Ablate unit 64").click()
    expect(page.get_by_role("textbox", name="Units")).to_have_value("64")
    expect(page.get_by_text("close every bracket").last).to_be_visible()
    page.wait_for_url(re.compile("task=Gate"))


# -- Gate surgery --


def test_the_second_text_follows_the_clamped_gate_under_the_keys_and_sends_nothing(page, address, sent):
    go(page, address, "task=Gate+surgery&n=100&at=20&gate=o")
    chosen, draw = network_named("fables"), Draw(length=100)
    passage = write(chosen, draw)
    sent.clear()
    control(page, "clamp").focus()
    for value in (0.05, 0.1, 0.15):
        page.keyboard.press("ArrowRight")
        outcome = carry_out(chosen, passage, 19, draw, Operation(Clamp("o", value)))
        after = page.locator(".two .paper").nth(1)
        expect(after).to_have_text(re.compile(re.escape(outcome.texts[1][:20])))
        assert after.evaluate("(paper) => paper.textContent").replace("⏎", "") == outcome.texts[1]
        assert page.locator(".outcome > .bars .says").first.inner_text()
    expect(page.locator(".price")).to_contain_text("carried out at every character")
    expect(page.locator(".outcome canvas")).to_have_count(2)
    page.wait_for_url(re.compile("clamp=0.15"))
    assert sent == []


def test_the_maps_change_while_the_clamped_gate_is_dragged_and_have_numbers_when_it_rests(page, address):
    go(page, address, "task=Gate+surgery&network=brackets&n=100&at=20")
    picture = "(canvas) => [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data]"
    open_fold(page)
    second = page.locator(".outcome canvas").nth(1)
    pictures = [second.evaluate(picture)]
    control(page, "clamp").focus()
    for key in ("End", "ArrowLeft"):
        page.keyboard.press(key)
        wait_until(lambda: second.evaluate(picture) != pictures[-1])
        pictures.append(second.evaluate(picture))
    page.locator(".outcome .frame").nth(1).hover()
    expect(page.locator(".maps .status").nth(1)).to_contain_text("C = ")
    apart = np.abs(
        np.subtract(second.evaluate(picture), pictures[-1])
    )  # of 255; rounding moves it by a shade
    assert apart.max() < 20, "the colours of the numbers are those of the drag"


def test_surgery_shows_both_continuations_and_the_link_restores_it(page, address):
    link = "task=Gate+surgery&network=brackets&gate=o&clamp=0.5&units=3%2C+8&at=20&n=100"
    go(page, address, link)
    expect(page.locator("canvas")).to_have_count(2)
    expect(page.locator(".first")).to_have_count(2)
    texts = page.locator(".two .paper").all_inner_texts()
    open_fold(page)
    page.get_by_role("button", name="f = 1: forget nothing").click()
    page.wait_for_url(re.compile("clamp=1"))
    expect(page.locator(".two .paper").nth(1)).not_to_have_text(texts[1], use_inner_text=True)
    url = page.url
    page.goto("about:blank")
    page.goto(url)
    settled(page)
    open_fold(page)
    expect(page.get_by_role("textbox", name="Units")).to_have_value("all")
    expect(page.locator("[data-control=clamp] output")).to_have_text("1")
    page.get_by_role("button", name="Check this operation").click()
    expect(page.get_by_text("Checked: f clamped at 1 for all units.")).to_be_visible()
    expect(page.get_by_text("Solved.")).to_be_visible()
    assert sideways(page) <= 0


def test_another_network_brings_its_own_gates(page, address):
    go(page, address, "task=Gate+surgery&n=100")
    networks = page.get_by_role("combobox", name="Network")
    networks.scroll_into_view_if_needed()
    settle(page)  # a run that goes on would close the list, and so would the page while it is scrolled
    networks.click()
    page.get_by_role("option", name="fables_gru").click()
    expect(page.locator("[data-control=gate]")).to_contain_text("z")
    open_fold(page)
    expect(page.get_by_role("button", name="z = 1: keep h, write nothing")).to_be_visible()
    expect(page.locator(".outcome canvas")).to_have_count(2)
    ablate, words = page.get_by_role("radio", name="ablate units"), page.get_by_text("Name the units")

    def choose():  # again, if a run that was on its way has drawn the buttons anew
        ablate.click(force=True)
        page.wait_for_timeout(200)
        return words.is_visible()

    wait_until(choose)
    expect(page.locator("[data-control=clamp]")).to_be_hidden()
