"""The questions of the part *Truncation*; their numbers are those of the part's pictures."""

from lesson.training.truncation.measured import gradient_costs, settings, trained
from lesson.training.truncation.pictures import mean_losses, mean_whole, spread
from lesson.widgets.question import Answer, Question
from visualization.numbers import number

# What is covered: in the panels the cut gradient and what is used from further back, the page's half page.
GRADIENT, MEMORY, EXPLANATION = "gradient", "memory", "explanation"
_MODEL, _CUT = "fables", 5
_TEXT, _LENGTH = "brackets", 5


def questions() -> list[Question]:
    """Ask how alike a cut gradient is, and whether a network uses what no error came back to."""
    return [_cut_gradient(), _further_back()]


def _cut_gradient() -> Question:
    cosine = gradient_costs()[_MODEL].cosine["cell"][_CUT]
    stretch, places = settings()["stretch"], settings()["places"]
    measured = (
        f"The median of {places} places is {number(cosine.median)} ({spread(cosine)}). An error has most of "
        "its effect within a few steps: the last characters matter most for the next one."
    )
    is_right = f"It is about {number(cosine.median, 1)}: "
    return Question(
        "cut_gradient",
        f"we take the gradient of the fables' LSTM over {stretch} characters twice: once whole, once cut "
        f"into sequences of {_CUT} characters, the state carried on. The cosine of the two is 1 for the same "
        "direction and 0 for a right angle. What is it?",
        (
            Answer(
                "none",
                f"About {number(_CUT / stretch)}: only {_CUT} of {stretch} steps are left",
                f"{is_right}the share of the steps is not the cosine. {measured}",
            ),
            Answer("most", f"About {number(cosine.median, 1)}: most of the direction is left", measured),
            Answer(
                "all",
                "1: the state is carried on, so nothing is lost",
                f"{is_right}the state is carried on, but no error gets back over more than {_CUT} steps. "
                f"{measured}",
            ),
        ),
        right="most",
        covers=(GRADIENT, MEMORY, EXPLANATION),
    )


def _further_back() -> Question:
    runs = trained(_TEXT, _LENGTH)
    last_only, whole = mean_losses(runs)[_LENGTH], mean_whole(runs)
    measured = (
        f"Over {len(runs)} seeds the mean loss is {number(last_only)} if only the last {_LENGTH} characters "
        f"can be seen, and {number(whole)} with everything before."
    )
    return Question(
        "further_back",
        f"an LSTM was trained on brackets with sequences of {_LENGTH} characters, the state carried on. So "
        f"no error ever went back more than {_LENGTH} steps. Now it reads a new text: once it sees only the "
        f"last {_LENGTH} characters before each prediction, once everything before. How do the two losses "
        "compare?",
        (
            Answer(
                "same",
                "They are equal: it could not learn to use what lies further back",
                f"With everything before it is clearly lower. {measured} The gradient did not go further "
                "back, but the state did: in training, too, it came from all that had been read.",
            ),
            Answer(
                "lower",
                "With everything before, the loss is clearly lower",
                f"{measured} In training, too, the state came from all that had been read.",
            ),
            Answer(
                "higher",
                "With everything before, the loss is higher: the rest is only noise",
                f"With everything before it is clearly lower. {measured} What lies further back helps, "
                "though no error ever came so far.",
            ),
        ),
        right="lower",
        covers=(MEMORY, EXPLANATION),
    )
