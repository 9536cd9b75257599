"""The questions of the part *Two layers*; their numbers are computed."""

from lesson.frame.memo import memo
from lesson.sampling.two_layers.properties import JUST_READ
from lesson.sampling.two_layers.results import TWO, judged_characters, knowledge, model_of
from lesson.widgets.question import Question, answers_with
from lstm.interpret.probes import NEXT
from visualization.numbers import difference

KNOWLEDGE, LOSSES = "layer_knowledge", "layer_losses"  # what is covered


@memo()
def questions() -> list[Question]:
    """Return the questions of this part."""
    return [_which_layer(), _which_memory()]


def _which_layer() -> Question:
    read, comes = knowledge()[JUST_READ], knowledge()[NEXT]
    result = (
        f"Probes on {judged_characters():,} characters of held-out text. Just read: layer 1 "
        f"{read.first:.0%}, layer 2 {read.second:.0%}. Next: {comes.first:.0%} and {comes.second:.0%}. Layer "
        "2 can drop what the output layer does not need; and what that needs is the next character."
    )
    best = {(True, False): "apart", (True, True): "first", (False, False): "second"}
    right = best.get((read.first > read.second, comes.first > comes.second), "other")
    texts = {
        "apart": "Layer 1 what was just read, layer 2 what comes next",
        "second": "Layer 2 both: it has all of layer 1, and adds to it",
        "first": "Layer 1 both: it is nearer to the text",
        "other": "Layer 1 what comes next, layer 2 what was just read",
    }
    is_right = f"It is: {texts[right].split(':')[0].replace('Layer', 'layer')}. "
    return Question(
        "which_layer",
        "layer 1 of a network reads the characters, layer 2 only the h of layer 1; the output layer reads "
        "the h of layer 2. Which h says better which character was just read, and which one what comes next?",
        answers_with(texts, right, result, is_right),
        right=right,
        covers=(KNOWLEDGE, LOSSES),  # the losses answer the second question
    )


def _which_memory() -> Question:
    two = model_of(TWO)
    costs = [loss - two.loss for loss in two.forgets]
    rises = [difference(loss, two.loss) for loss in two.forgets]
    result = (
        f"Measured on held-out text: with f = 0 in layer 1 the loss rises by {rises[0]} nats per "
        f"character, with f = 0 in layer 2 by {rises[1]}."
    )
    ratio = costs[0] / costs[1]
    right = "first" if ratio > 1.5 else "second" if ratio < 1 / 1.5 else "same"
    texts = {
        "first": "Much worse in layer 1 than in layer 2",
        "second": "Much worse in layer 2: the output layer reads its h",
        "same": "About as much in both: either of them can remember",
    }
    is_right = f"{texts[right].split(':')[0]}. "
    return Question(
        "which_memory",
        "we clamp f at 0 in one of the two layers, so that its C keeps nothing from one character to the "
        "next. In which layer does this make the predictions worse?",
        answers_with(texts, right, result, is_right),
        right=right,
        covers=(LOSSES,),
    )
