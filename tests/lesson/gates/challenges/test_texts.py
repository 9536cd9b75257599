"""What the challenges say is true: every number is computed again, every verdict's sentence is helpful."""

import re
from pathlib import Path

import numpy as np
import pytest

from lesson.gates.challenges import catalogue
from lesson.gates.challenges.catalogue import CHALLENGES
from lesson.gates.challenges.challenge import example
from lesson.gates.challenges.checker import _complaint, check, judge
from lesson.gates.parameters import CHALLENGE
from lstm.equations import sigmoid
from tests.tiers import first_fast
from visualization.numbers import number

EACH = pytest.mark.parametrize("name", CHALLENGES)


@pytest.fixture
def challenge(name):
    return CHALLENGES[name]


def texts(challenge):
    """Every text of a challenge that a student reads."""
    whys = [stage.why for stage in challenge.solution]
    return [challenge.title, challenge.statement, *challenge.hints, *whys, challenge.ending]


def maths(text):
    return re.findall(r"\$([^$]*)\$", text)


def evaluate(formula):
    """A formula of numbers, σ, tanh and ln as its value; None if it has a symbol in it."""
    code = formula.replace(r"\cdot", "*").replace("{", "(").replace("}", ")").replace("^", "**")
    code = re.sub(r"\\ln ([\d.]+)", r"\\ln(\1)", code)
    code = re.sub(r"\\(sigma|tanh|ln)", r"\1", code)
    if set(re.findall(r"[A-Za-z_\\]+", code)) - {"sigma", "tanh", "ln"}:
        return None
    return float(eval(code, {"__builtins__": {}}, {"sigma": sigmoid, "tanh": np.tanh, "ln": np.log}))


def claims(text):
    """(formula, its value, the number that is claimed) for every a = b and a ≈ b of numbers."""
    for formula in maths(text):
        parts = re.split(r"=|\\approx", formula)
        for left, right in zip(parts, parts[1:], strict=False):
            if (value := evaluate(left)) is not None and re.fullmatch(r"\s*-?[\d.]+\s*", right):
                yield formula, value, right.strip()


@EACH
def test_every_number_is_computed_again(challenge):
    for text in texts(challenge):
        for formula, value, claimed in claims(text):
            digits = len(claimed.partition(".")[2])
            assert number(value, digits).replace("−", "-") == claimed, formula


@EACH
def test_the_numbers_are_found(challenge):
    """Of the numbers said to be about something, none is overlooked but those of a symbol, like h ≈ 0.7."""
    for text in texts(challenge):
        about = re.findall(r"\\(?:sigma|tanh|ln)\([-\d. +\\cdot]*\)[^$=]*\\approx", text)
        assert len(about) <= len(list(claims(text))), text
    assert sum(len(list(claims(text))) for text in texts(challenge)) >= 5


@pytest.mark.parametrize("wrong", [r"$\sigma(5) \approx 0.98$", r"$f = 0.5^{1/5} \approx 0.872$"])
def test_a_wrong_number_is_noticed(wrong):
    [(_, value, claimed)] = claims(wrong)
    assert number(value, len(claimed) - 2) != claimed


def named_values(text):
    """{"b_f": -4.0, …} for every slider of which a text says what it is."""
    found = re.findall(r"(?:w_\{(\w\w)\}|b_(\w)) = (-?[\d.]+)", text)
    return [(f"w_{weight}" if weight else f"b_{bias}", float(value)) for weight, bias, value in found]


@EACH
def test_what_a_hint_gives_away_is_in_the_solution(challenge):
    values = {name: value for stage in challenge.solution for name, value in stage.change.items()}
    for hint in challenge.hints:
        for name, value in named_values(hint):
            assert values[name] == value


def test_hints_give_values_away_only_at_the_end():
    said = {name: [len(named_values(hint)) for hint in c.hints] for name, c in CHALLENGES.items()}
    assert all(first == second == 0 for first, second, _ in said.values())
    assert said["count"][2] == 3
    assert said["light-switch"][2] == 3


@EACH
def test_a_statement_says_what_is_given(challenge):
    statement = challenge.statement.replace("\n", " ").replace("−", "-").replace("$", "")
    trials = challenge.hidden(np.random.default_rng(0))
    assert re.search(rf"\b{len(example(challenge).x)} steps", statement)
    assert f"{example(challenge).quantity}_t" in statement
    assert "**Your goal:**" in statement
    for trial in trials:
        assert re.search(rf"(?<![\d.-]){re.escape(f'{trial.C_0:g}')}(?![\d.]*\d)", statement), trial.C_0


@pytest.mark.parametrize(
    ("name", "tolerances"),
    [
        ("keep", ["within 0.1 of $C_0$", "±2"]),
        ("half-life", ["5 % of $C_0$"]),
        ("reset", ["within 0.2 of $C_0$", "−0.1 and 0.1"]),
        ("count", ["within 0.4 of the number of pulses"]),
        ("store-hide-show", ["at least 0.6", "−0.1 and 0.1"]),
        ("light-switch", ["−0.3 and 0.3", "at least 0.5", "at most −0.5"]),
    ],
)
def test_a_statement_says_what_is_tolerated(challenge, tolerances):
    """The numbers are those of the slow rules in test_challenges."""
    statement = challenge.statement.replace("\n", " ")
    assert all(tolerance in statement for tolerance in tolerances)


@EACH
def test_a_statement_names_the_sliders(challenge):
    last = challenge.statement.split("\n\n")[-1]
    if len(challenge.unlocked) <= 3:
        named = re.findall(r"\$(\w)_\{?(\w+)\}?\$", last)
        assert {f"{letter}_{index}" for letter, index in named} == set(challenge.unlocked)
    else:
        weights = sum(name.startswith("w") for name in challenge.unlocked)
        assert f"{ {4: 'four', 8: 'eight'}[weights] } weights" in last
        assert "four biases" in last
        assert len(challenge.unlocked) == weights + 4


@EACH
def test_markdown_is_closed(challenge):
    for text in texts(challenge):
        assert text == text.strip()
        assert text.count("$") % 2 == 0
        assert text.count("**") % 2 == 0
        assert not re.search(r"\$\s|:\w+:|\s\$[ .,]", re.sub(r"\$[^$]+\$", "M", text)), text
        for formula in maths(text):
            assert formula == formula.strip()
            assert "−" not in formula  # a minus sign of text is no minus in maths
            assert formula.count("{") == formula.count("}")


@EACH
def test_three_hints_and_one_sentence_at_the_end(challenge):
    assert len(challenge.hints) == 3
    assert isinstance(challenge.title, str) and len(challenge.title) < 20
    assert re.fullmatch(r"You have built .*\*\*.+\*\*.*\.", challenge.ending)


def test_every_challenge_is_in_the_catalogue_and_has_its_address():
    folder = Path(catalogue.__file__).parent
    files = [path for path in folder.glob("*.py") if "CHALLENGE = Challenge(" in path.read_text("utf-8")]
    assert len(files) == len(CHALLENGES)
    assert tuple(CHALLENGES) == CHALLENGE.options


# -- what the texts promise --


def test_beyond_six_and_a_half_keeps():
    assert "Push $b_f$ above 6.5, and $b_i$ below −6.5" in CHALLENGES["keep"].hints[2]
    for b in (6.75, 7.25, 8):
        assert all(check(CHALLENGES["keep"], {"b_f": b, "b_i": -b}, attempt).passed for attempt in range(20))
    assert not all(check(CHALLENGES["keep"], {"b_f": 6, "b_i": -6}, attempt).passed for attempt in range(20))


def test_the_first_try_at_the_half_life_fails_at_step_five():
    verdict = check(CHALLENGES["half-life"], {"b_f": 1.75}, 0)
    assert (verdict.step, verdict.failed) == (5, 3)


def test_four_and_a_half_is_the_least_that_keeps_until_the_signal():
    found = [
        b
        for b in np.arange(3, 5, 0.25)
        if check(CHALLENGES["reset"], {"b_f": b, "w_fx": -8, "b_i": -8}, 0).passed
    ]
    assert found == [4.5, 4.75]
    assert "a $b_f$ of 4.5 or more" in CHALLENGES["reset"].hints[2]


def test_without_the_last_output_no_light_switch():
    """With every w_h at 0 what a pulse does to C is a rising line: no setting can flip both ways."""
    challenge, rng = CHALLENGES["light-switch"], np.random.default_rng(0)
    solution = {name: value for stage in challenge.solution for name, value in stage.change.items()}
    assert not check(challenge, {**solution, "w_Ch": 0}, 0).passed
    for _ in range(100):
        values = {name: rng.uniform(-8, 8) for name in challenge.unlocked if name[-1] != "h"}
        assert not check(challenge, values, 0).passed


def test_the_second_pulse_turns_the_lamp_on_too_before_the_last_stage():
    challenge = CHALLENGES["light-switch"]
    values = {name: value for stage in challenge.solution[:-1] for name, value in stage.change.items()}
    verdict = judge(challenge, values, [example(challenge)])
    assert verdict.step == 10  # the example's second pulse
    assert verdict.value > 0.5


# -- what a verdict says --

STORING = {"b_f": 6, "w_fx": 0, "w_ix": 8, "b_i": -4, "w_Cx": 5}
FLIPPING = {"w_fx": -8, "b_f": 5, "w_ix": 8, "b_i": -5, "w_ox": 0, "b_o": 6, "w_Cx": 0, "w_Ch": -8}
WRONG = [
    ("keep", {"b_f": 8}, r"At step 1 C is .*, because C started at .* and must stay near it\."),
    ("keep", {"b_i": -8}, r"At step 1 C is .*, because C started at .* and must stay near it\."),
    ("keep", {"b_f": 5, "b_i": -8}, r"At step \d+ C is −?0\.8\d. It must be between .*"),
    (
        "half-life",
        {"b_f": 5},
        r"At step 1 C is 1\.99. It must be between 1\.64 and 1\.84, "
        r"because C started at 2\.00, and with a half-life of five steps 1\.74 is left\.",
    ),
    ("half-life", {"b_f": 1.75}, r"At step 5 C is 0\.898. It must be between 0\.900 and 1\.100, .*"),
    ("half-life", {"b_f": 2.25}, r"At step 2 C is 1\.64. It must be between 1\.42 and 1\.62, .*"),
    # Too strong a memory for the signal, a signal that writes, too weak a memory, no reset at all.
    (
        "reset",
        {"b_f": 8, "w_fx": -8, "b_i": -8},
        r".* is −?0\.\d\d\. .* −0\.10 and 0\.10, because the signal .*",
    ),
    (
        "reset",
        {"b_f": 5, "w_fx": -8},
        r".* between −0\.10 and 0\.10, because the signal to erase came at step \d+\.",
    ),
    (
        "reset",
        {"b_f": 3, "w_fx": -8, "b_i": -8},
        r"At step 5 C is 0\.78. It must be between 0\.80 and 1\.20, "
        r"because C started at 1\.00 and no signal had come\.",
    ),
    (
        "reset",
        {"b_f": 5, "b_i": -8},
        r".* between −0\.10 and 0\.10, because the signal to erase came at step \d+\.",
    ),
    # A candidate of 0.76, a gate that takes distractors, a leak.
    (
        "count",
        {"b_f": 8, "w_fx": 0, "w_ix": 8, "b_i": -4, "w_Cx": 1},
        r"At step 2 C is 1\.50. It must be between 1\.60 and 2\.40, because two pulses had come\.",
    ),
    (
        "count",
        {"b_f": 8, "w_fx": 0, "w_Cx": 8, "b_i": 8},
        r"At step 1 C is −1\.00. It must be between −0\.40 and 0\.40, "
        r"because no pulse had come \(x = −1 is a distractor\)\.",
    ),
    (
        "count",
        {"b_f": 4, "w_fx": 0, "w_ix": 8, "b_i": -4, "w_Cx": 5},
        r"At step 7 C is 6\.51. It must be between 6\.60 and 7\.40, because seven pulses had come\.",
    ),
    # Never hides, does not hide while waiting, shows what was never stored, forgets.
    (
        "store-hide-show",
        {**STORING, "b_o": 8},
        r"At step 1 h is 0\.75\. .* −0\.10 and 0\.10, because x = 1 stores and does not show\.",
    ),
    (
        "store-hide-show",
        {**STORING, "w_ox": -8},
        r"At step \d+ h is .* because x = 0 means wait, and nothing is shown\.",
    ),
    (
        "store-hide-show",
        {**STORING, "w_ix": 0, "b_i": 0, "w_ox": -8, "b_o": -4},
        r"At step 1 h is −0\.4\d\. .* because x = −1 asks the cell to show, but nothing had been stored "
        r"yet\.",
    ),
    (
        "store-hide-show",
        {**STORING, "b_f": 2, "w_ox": -8, "b_o": -4},
        r"At step \d+ h is 0\.5\d. It must be at least 0\.60, "
        r"because x = −1 asks the cell to show what was stored at step \d+\.",
    ),
    # Does not start, does not flip back.
    (
        "light-switch",
        FLIPPING,
        r"At step 1 h is 0\.00. It must be at least 0\.50, "
        r"because after one pulse, an odd number, the lamp must be on\.",
    ),
    (
        "light-switch",
        {**FLIPPING, "w_Ch": 8, "b_C": 2},
        r"At step 2 h is 0\.76. It must be at most −0\.50, "
        r"because after two pulses, an even number, the lamp must be off\.",
    ),
    (
        "light-switch",
        {**FLIPPING, "b_i": 0, "b_C": 2},
        r"At step 1 h is 0\.\d\d. It must be between −0\.30 and 0\.30, because no pulse had come\.",
    ),
]


@pytest.mark.parametrize(("name", "values", "sentence"), WRONG)
def test_a_typical_wrong_attempt_is_told_what_is_wrong(challenge, values, sentence):
    verdict = check(challenge, values, 0)
    assert re.fullmatch(sentence, verdict.sentence), verdict.sentence


def test_a_sentence_names_the_step_of_the_signal_and_of_the_store():
    reset, store = CHALLENGES["reset"], CHALLENGES["store-hide-show"]
    trial = example(reset)
    assert reset.reason(trial.x, 1.0, 10).endswith("no signal had come")
    for t in (11, 15):
        assert reset.reason(trial.x, 1.0, t) == "the signal to erase came at step 12"
    trial = example(store)
    shows = {t: store.reason(trial.x, 0.0, t) for t in np.flatnonzero(trial.x == -1)}
    assert [shows[t].rpartition(" ")[2] for t in (5, 12, 17)] == ["4", "4", "15"]


@pytest.mark.parametrize("name", first_fast(2, CHALLENGES))
def test_the_value_in_a_sentence_is_seen_to_be_outside(challenge):
    """No "C is 0.90. It must be between 0.90 and 1.10"."""
    rng = np.random.default_rng(0)
    solution = {name: value for stage in challenge.solution for name, value in stage.change.items()}
    for attempt in range(300):  # near the solution, and at the sliders' ends
        near = {n: solution.get(n, challenge.start[n]) + rng.uniform(-2, 2) for n in challenge.unlocked}
        ends = {n: rng.choice([-8.0, challenge.start[n], 8.0]) for n in challenge.unlocked}
        values = near if attempt < 200 else ends
        verdict = check(challenge, {n: np.clip(v, -8, 8) for n, v in values.items()}, attempt)
        if not verdict.passed:
            shown = re.search(r" is (.+?). It must be (.*?), because ", verdict.sentence).groups()
            value, *bounds = (float(n) for n in re.findall(r"-?\d+\.\d+", " ".join(shown).replace("−", "-")))
            low = bounds[0] if "at most" not in shown[1] else -np.inf
            high = bounds[-1] if "at least" not in shown[1] else np.inf
            assert not low <= value <= high, verdict.sentence
            assert "-" not in verdict.sentence.replace("half-life", "")
            assert "−0.00." not in verdict.sentence


def test_a_bare_miss_gets_the_digits_it_needs():
    challenge = CHALLENGES["keep"]
    for value, said in (
        (0.8, "0.80. It must be between 0.90 and"),
        (0.89996, "0.89996. It must be between 0.90000 and"),
        (1.1004, "1.1004. It must be between 0.9000 and 1.1000"),
    ):
        assert said in _complaint(challenge, example(challenge), 0, value)


@EACH
def test_praise_says_what_was_run(challenge):
    solution = {name: value for stage in challenge.solution for name, value in stage.change.items()}
    verdict = check(challenge, solution, 0)
    quantity, steps = example(challenge).quantity, len(example(challenge).x)
    rest = f"{quantity} is in the allowed range at all {steps} steps."
    assert verdict.sentence == f"On all {verdict.trials} sequences {rest}"
    assert judge(challenge, solution, [example(challenge)]).sentence == f"On this sequence {rest}"
