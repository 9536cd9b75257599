"""What the part says beside its pictures; its numbers come from the tables."""

from lesson.sampling.own_mistakes.free_sentences import CLEAR, change_of, judges_in_words
from lesson.sampling.own_mistakes.measured import (
    ANY,
    LIKELIEST,
    NETWORKS,
    count_of_places,
    count_of_texts,
    mistakes,
    ranges,
    written,
)
from lesson.sampling.own_mistakes.sentences import SOON, share_in_words
from lesson.sampling.parameters import BY_SURPRISE, BY_WORDS, FREE_TEMPERATURE
from visualization.numbers import number
from visualization.text import join_words

_LATE = 40  # characters after the wrong one


def about_mistakes() -> str:
    """Say what one wrong character costs in the mean, in each network, and by which kind."""
    rows = {name: mistakes()[name, LIKELIEST] for name in NETWORKS}
    lines = [
        f"| {name} | {number(row.mean[0], 1)} | {number(row.mean[1], 1)} | {number(row.mean[4], 1)} | "
        f"{number(row.mean[9], 2)} | {number(row.total, 1)}\u00a0±\u00a0"
        f"{number(CLEAR * row.total_error, 1)} |"
        for name, row in rows.items()
    ]
    head = "| extra bits at | 1 | 2 | 5 | 10 | 1 to 60 |\n|:--|--:|--:|--:|--:|--:|"
    table = "\n".join([head, *lines])
    return (
        f"**In the mean of {count_of_places():,} places**, so many characters after the likeliest wrong one; "
        "at the end the sum, with two standard errors.\n\n"
        f"{table}\n\n{_fastest()} {_likely_against_any()}\n\n{_memory()}\n\n{_task()}"
    )


def _fastest() -> str:
    """Say in which network the mistake costs least in all, and whether the others differ from it."""
    order = sorted(NETWORKS, key=lambda name: mistakes()[name, LIKELIEST].total)
    first, *others = (mistakes()[name, LIKELIEST] for name in order)
    clear = [
        name
        for name, row in zip(order[1:], others, strict=True)
        if row.total - first.total > CLEAR * (row.total_error**2 + first.total_error**2) ** 0.5
    ]
    if len(clear) == len(others):
        return (
            f"**The {order[0]} recovers fastest**, though not by much. (Without a mistake it predicts worst: "
            f"{number(mistakes()[order[0], LIKELIEST].intact)} bits per character.)"
            if _is_worst(order[0])
            else f"**The {order[0]} recovers fastest**, though not by much."
        )
    return "The three networks recover about equally fast."


def _is_worst(name: str) -> bool:
    """Return whether a network predicts the true text worse than the other two."""
    return mistakes()[name, LIKELIEST].intact == max(mistakes()[one, LIKELIEST].intact for one in NETWORKS)


def _likely_against_any() -> str:
    """Compare a likely wrong character with any other one, at the first character after it."""
    costs = {name: (mistakes()[name, LIKELIEST].mean[0], mistakes()[name, ANY].mean[0]) for name in NETWORKS}
    likely, other = (join_words(number(cost[k], 1) for cost in costs.values()) for k in (0, 1))
    if all(one > two for one, two in costs.values()):
        return (
            f"**A likely mistake costs more than an absurd one**: {likely} bits at the next character. If "
            f"the wrong character is drawn from all 58 alike, it is only {other} bits."
        )
    return f"With any wrong character instead of the likeliest one it is {other} bits ({', '.join(costs)})."


def _memory() -> str:
    """Say how long the states differ, in the LSTM."""
    row = mistakes()["LSTM", LIKELIEST]
    h, C = (share_in_words(row.distance[name][_LATE]) for name in "hC")
    return (
        f"**The cell state remembers the mistake much longer than the predictions show.** {_LATE} characters "
        f"later |ΔC| of the LSTM is still {C} of the distance between two random places, and |Δh| is {h} of "
        "it (medians of all places)."
    )


def _task() -> str:
    """Set a task, and say how rare its solutions are."""
    helps = mistakes()["LSTM", LIKELIEST].helps
    return (
        f"**Task:** find a mistake that helps: the next {SOON} characters together surprise the network "
        f"*less* than without it. With the likeliest wrong character this is so at {helps:.0%} of the LSTM's "
        "places."
    )


def about_free_running() -> str:
    """Say what the second picture shows."""
    return (
        "In training a network always reads the true characters: *teacher forcing*. When it writes, it reads "
        "what was drawn, mistakes and all: *free running*. Each network read 200 characters of held-out text "
        f"and wrote {ranges()[-1][1]} more, {count_of_texts()} times at each temperature. Do mistakes pile "
        f"up? A judge reads what was written: {judges_in_words()}. **Drag the temperature.**"
    )


def what_follows() -> str:
    """Say what the second picture means."""
    own, true = (change_of(written()["LSTM", key], BY_SURPRISE) for key in (1.0, None))
    words, true_words = (change_of(written()["LSTM", key], BY_WORDS) for key in (1.0, None))
    if own.rises:
        return ""
    return (
        f"**At temperature 1 mistakes do not pile up{_cold()}** At temperature 1 the LSTM's text is worse "
        f"than true text from the first characters on ({number(own.first)} bits per character against "
        f"{number(true.first)}; {words.first:.0%} known words against {true_words.first:.0%}), but no worse "
        f"after {ranges()[-1][0] - 1} characters. A judge of single characters can't see whether a story "
        "keeps its thread."
    )


def _cold() -> str:
    """Say up to which lower temperature, and in which texts, the surprise rises with distance."""
    low = [temperature for temperature in FREE_TEMPERATURE.grid if temperature < 1]
    rising = {name: [t for t in low if change_of(written()[name, t], BY_SURPRISE).rises] for name in NETWORKS}
    highest = {name: max(temperatures) for name, temperatures in rising.items() if temperatures}
    if not highest:
        return ", and at lower temperatures they do not either."
    parts = join_words(
        f"in the {name}'s text at {temperature:g}" + (" and less" if temperature > 0 else "")
        for name, temperature in highest.items()
    )
    return f". At low temperatures the surprise does rise with distance: {parts}."


def how_it_was_measured(is_covered: bool) -> str:
    """Give the terms with their sources, and the experiment.

    is_covered: whether what others have measured would answer a question above.
    """
    others = (
        "In the networks of He et al. 2021 mistakes did not pile up either: they recovered by themselves."
    )
    return (
        "**Exposure bias** (Ranzato et al. 2016): a network trained with teacher forcing has never read its "
        "own mistakes. *Scheduled sampling* (Bengio et al. 2015) lets it read more and more of its "
        "own characters during training; *professor forcing* (Lamb et al. 2016) trains it so that its states "
        f"look alike in both cases. {'' if is_covered else others}\n\n"
        "**One wrong character.** Held-out text is read twice, the second time with one wrong character. "
        "Extra surprise is how much more the second reading is surprised. |ΔC| and |Δh| are the "
        "lengths of the differences of the states, as shares of the mean distance between two random places: "
        "at 100% both readings have no more in common than these.\n\n"
        "**Known words** are words of the training text; true held-out text has others, too."
    )
