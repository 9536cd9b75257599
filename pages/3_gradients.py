"""What really happens to an error on its way back through time."""

import streamlit as st

from lesson.course.worksheet import take_away
from lesson.frame.glossary import note, prose
from lesson.frame.links import choose_part
from lesson.frame.navigation import begin, page_link
from lesson.gradients import questions
from lesson.gradients.challenges import gradient_challenges
from lesson.gradients.controls import choose, mend_link
from lesson.gradients.curves import draw_curves
from lesson.gradients.flows import digits, halving, race, roads
from lesson.gradients.parts import WORDS, chain, explosion, half_life_row, verdicts, where_it_flows
from lesson.gradients.recall_experiment import does_it_matter
from lesson.widgets.display import draw, show_source, theme
from lesson.widgets.questions import ask
from lstm.cells import LSTMCell
from visualization.charts.gradients import (
    describe_flow,
    gradient_frame,
    left_after,
    plot_gradient_paths,
)
from visualization.numbers import scientific

begin(__file__)

PARTS = ("The race", "Two roads", "Explosion", "Does it matter?", "Challenges")
st.title("Gradients through time")
part = choose_part(PARTS, "view")

if part == "The race":
    prose(
        "A network learns by sending its errors back through the steps that led to them, and every step "
        f"multiplies: {chain()} Here an error is put in at the last step, and the curves show how much of "
        "its **gradient** (the length of the vector ∂L/∂h, or ∂L/∂C) arrives at every earlier one."
    )
    ask(questions.about_the_race(), "race")
    mend_link()

    @st.fragment
    def run_the_race() -> None:
        """The controls, the curves, and what is left in words."""
        setup = choose("T", "of", "radius", "keep", "scale", "H", "seed")
        curves, back = race(setup), min(50, setup.T - 1)
        norms = {"LSTM": curves.lstm, "GRU": curves.gru, "RNN": curves.rnn}
        words = describe_flow(norms, back)
        draw_curves(gradient_frame({**norms, **curves.ghosts}), setup.T, words, key="race")
        prose(
            f"**{words}** RNN of radius {setup.radius:g}, GRU with keep bias {setup.keep_bias:g}, inputs of "
            f"size {setup.scale:g}, {setup.H} units, T = {setup.T}, seed {setup.seed}; all untrained."
        )
        found = halving(curves.flow)
        half_life_row(found, setup.forget_bias)
        verdicts(setup, curves.flow, found.f)

    run_the_race()
    note(
        "Below the lower dotted line an update is smaller than float32 can add to a weight of the size of 1. "
        "A triangle marks where a curve leaves the picture; its tooltip says what is there."
    )

elif part == "Two roads":
    prose(
        "dL/dC has two roads to the past: along the belt, where every step multiplies by f, and through the "
        "gates and h, which C changes too. Both are computed here. As vectors they add up to the whole; "
        "their lengths, which are drawn, need not."
    )
    ask(questions.about_the_roads(), "roads")
    mend_link()

    @st.fragment
    def show_roads() -> None:
        """Both roads, the check, and where the gradient flows."""
        setup = choose("T", "scale", "H", "seed")
        flow, back = setup.flow("lstm"), min(50, setup.T - 1)
        norms = roads(flow)
        alone = float(norms.alone[-1 - back] / norms.whole[-1])
        words = (
            f"{back} steps back {scientific(left_after(norms.whole, back))} of dL/dC is left; the cell state "
            f"alone would leave {scientific(alone)}."
        )
        draw(plot_gradient_paths(*norms, theme()), words, key="roads")
        prose(
            f"**{words}** :green-badge[:material/check: agrees with a finite difference to "
            f"{digits(setup._replace(measured='h')):.0f} digits]"
        )
        where_it_flows(setup, flow)

    show_roads()
    show_source(LSTMCell.backward, "The LSTM's backward pass as it runs: ◀ marks the road along the belt",
                "the path through the cell state")  # fmt: skip

elif part == "Explosion":
    prose("With large recurrent weights the same product grows instead. How large is one update then?")
    ask(questions.about_clipping(), "clipping")
    explosion()

elif part == "Does it matter?":
    ask(questions.about_learning(), "learning")
    does_it_matter()

else:
    gradient_challenges()

with st.expander("The words, once", icon=":material/menu_book:"):
    prose(WORDS)
take_away("Gradients")
page_link("4_training.py", "Next: watch a network learn")
