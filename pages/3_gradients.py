"""What really happens to an error on its way back through time."""

import streamlit as st

from lesson import gradient_questions as questions
from lesson.flows import best_carrier, digits, race, roads
from lesson.frame import begin, page_link
from lesson.gradient_challenges import gradient_challenges
from lesson.gradient_controls import choose, mend_link
from lesson.gradient_parts import explosion, half_life_row, verdicts
from lesson.query import choose_part
from lesson.questions import ask
from lesson.recall import does_it_matter
from lesson.show import draw, draw_prepared, show_source, theme
from lstm.cells import LSTMCell
from visualization.gradients import (
    describe_flow,
    gradient_flow_picture,
    left_after,
    plot_gradient_units,
    plot_roads,
)
from visualization.logarithmic import scientific

begin(__file__)

PARTS = ("The race", "Two roads", "Explosion", "Does it matter?", "Challenges")
st.title("Gradients through time")
part = choose_part(PARTS, "view")

if part == "The race":
    st.markdown(
        "A network learns by sending its errors back through the steps that led to them. Here an error is "
        "put in at the last step, and the curves show how much of its **gradient**, as the length of the "
        "vector ∂L/∂h, arrives at every earlier step. All cells are untrained and read the same noise; the "
        "gradients come from the same backward pass that trains them."
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
        picture = gradient_flow_picture(*norms.values(), theme=theme(), ghosts=curves.ghosts)
        draw_prepared(*picture, words, key="race")
        st.markdown(
            f"**{words}** RNN of radius {setup.radius:g}, GRU with keep bias {setup.keep_bias:g}, inputs of "
            f"size {setup.scale:g}, {setup.H} units."
        )
        half_life_row(curves.flow, setup.forget_bias)
        verdicts(setup, curves.flow, back)

    run_the_race()
    st.caption(
        "Below the dotted line an update is smaller than float32 can add to a weight of the size of 1. A "
        "triangle marks where a curve leaves the picture; what it says there is in its tooltip."
    )

elif part == "Two roads":
    st.markdown(
        "dL/dC has two roads to the past: along the belt, where every step multiplies by f, and through the "
        "gates and h, which C changes too. Both are computed here; together they are the whole."
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
        draw(plot_roads(*norms, theme()), words, key="roads")
        st.markdown(
            f"**{words}** :green-badge[:material/check: agrees with a finite difference to "
            f"{digits(setup._replace(measured='h')):.0f} digits]"
        )
        st.subheader("Where it flows")
        kind = st.segmented_control(
            "Cell", ("LSTM", "GRU", "RNN"), default="LSTM", required=True, key="cell_kind"
        )
        shown = flow if kind == "LSTM" else setup.flow(kind.lower())
        gate = {"LSTM": "f", "GRU": "z"}.get(kind)
        unit, most = best_carrier(shown)
        far = f"Unit {unit} carries most to the first step: {scientific(most)}."
        draw(
            plot_gradient_units(shown.dh_units, shown.gates.get(gate), gate or "", theme()), far, key="units"
        )
        st.markdown(f"**{far}**" + (f" Its gate {gate} is below, in the same row." if gate else ""))

    show_roads()
    show_source(LSTMCell._backward, "The backward pass as it runs: ◀ marks the road along the belt",
                "the road through the cell state")  # fmt: skip

elif part == "Explosion":
    st.markdown("With large recurrent weights the same product grows instead. How large is one update then?")
    ask(questions.about_clipping(), "clipping")
    explosion()

elif part == "Does it matter?":
    ask(questions.about_learning(), "learning")
    does_it_matter()

else:
    gradient_challenges()

page_link("4_training.py", "Next: watch a network learn")
