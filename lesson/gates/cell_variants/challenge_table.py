"""The table of challenges and cells: what passes, with buttons that load a setting."""

from lesson.gates.cell_variants.kinds import KINDS
from lesson.gates.cell_variants.runs import sliders_of
from lesson.gates.cell_variants.solutions import short_reasons
from lesson.gates.cell_variants.tables import challenge_row, table
from lesson.gates.challenges.catalogue import CHALLENGES
from lesson.gates.parameters import NO_CHALLENGE, VARIANT_BIASES
from lstm.variants.scalar import LSTM

Sliders = dict[str, str]  # by the names of their parameters, as the address has them


def challenge_table() -> str:
    """Return the table as HTML: a row for each challenge, a column for each cell."""
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("the challenge", "LSTM", *KINDS))
    rows = "".join(
        f'<tr><th scope="row">{challenge.title}</th><td>{_mark(LSTM, challenge.name)}</td>'
        + "".join(f"<td>{_button(option, challenge.name)}</td>" for option in KINDS)
        + "</tr>"
        for challenge in CHALLENGES.values()
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _mark(kind: str, challenge: str) -> str:
    passes = challenge_row(kind, challenge)["passes"]
    return '<span class="passes">✓</span>' if passes else '<span class="fails">✗</span>'


def _button(option: str, challenge: str) -> str:
    kind = KINDS[option].name
    passes = challenge_row(kind, challenge)["passes"]
    says = "passes" if passes else f"can’t pass: {short_reasons()[kind, challenge]}"
    why = "" if passes else f'<span class="why">{short_reasons()[kind, challenge]}</span>'
    return (
        f'<button type="button" data-cell="{option}" data-challenge="{challenge}" aria-pressed="false" '
        f'aria-label="{CHALLENGES[challenge].title}, {option}: {says}; load it">'
        f"{_mark(kind, challenge)}{why}</button>"
    )


def settings() -> dict[str, dict[str, Sliders]]:
    """Return where the sliders stand in each challenge, by cell; without one they stand as at first."""
    at_first = {name: parameter.start for name, parameter in VARIANT_BIASES.items()}
    return {
        option: {NO_CHALLENGE: _as_sliders(at_first)}
        | {challenge: _as_sliders(sliders_of(kind.name, challenge)) for challenge in CHALLENGES}
        for option, kind in KINDS.items()
    }


def _as_sliders(values: dict[str, float]) -> Sliders:
    return {parameter.name: f"{values[name]:g}" for name, parameter in VARIANT_BIASES.items()}


def what_a_press_loads() -> str:
    """Say what the table's buttons do, and how far off the best setting is where none passes."""
    outside = [row["outside"] for row in table("variant_challenges")["rows"] if not row["passes"]]
    return (
        "The challenges are those of the part *Challenges*. Press ✓ to load a setting that passes. Press ✗ "
        f"to load the best setting that we found; its worst value is {min(outside):.2f} to "
        f"{max(outside):.2f} outside the allowed range, depending on the challenge."
    )


def how_it_was_found() -> str:
    """Say where the marks come from, and how many settings the searches tried."""
    measured = table("variant_challenges")
    settings, rows = measured["settings"], measured["rows"]
    (tried,) = {row["tried"] for row in rows if not row["passes"]}
    return (
        "In the table of challenges each cell may use all its weights and biases, from −8 to 8, not only "
        f"those of the challenge. ✓: the setting passes on {settings['attempts']} sets of hidden sequences. "
        "✗: there is an argument, which is shown below the picture, and a search found no setting that "
        f"passes: {tried:,} settings for each ✗, {settings['random']:,} of them random, the others small "
        "changes of the best."
    )
