"""One LSTM cell, alive: one step, over time, as vectors, and six challenges."""

import streamlit as st

from lesson.course.worksheet import take_away
from lesson.frame.glossary import prose
from lesson.frame.links import choose_part, complain
from lesson.frame.navigation import begin, page_link
from lesson.gates import live_cell
from lesson.gates import questions as gate_questions
from lesson.gates.challenges.part import challenges
from lesson.gates.input_controls import choose_input
from lesson.gates.live_cell import ONE_STEP, OVER_TIME
from lesson.gates.tables import Run
from lesson.gates.vectors import vectors
from lesson.widgets.questions import ask
from lstm.equations import LSTMStep
from lstm.scalar import half_life, scalar_rnn_run
from visualization.gates import number, steps

begin(__file__)

PARTS = ("One step", "Over time", "Vectors", "Challenges")
st.title("One LSTM cell")
part = choose_part(PARTS, "part")

if part == "One step":
    prose(
        "An LSTM reads a sequence step by step and takes a memory along. At step t it gets an input $x_t$. "
        "What it holds is its **cell state** C, what it shows of it is its **hidden state** h, and three "
        "**gates**, numbers from 0 (shut) to 1 (open), decide what is kept, written and shown. Drag a slider."
    )
    ask(gate_questions.one_step(), "step", lambda question: live_cell.show(ONE_STEP, question))
    complain(live_cell.from_link(ONE_STEP))
    live_cell.mount(ONE_STEP)

    def say(kept: live_cell.Held, step: LSTMStep) -> str:
        C_prev = kept.setting["C_prev"]
        return (
            f"It keeps {number(step.f)} of what it held ({number(C_prev)} becomes {number(step.kept)}), adds "
            f"{number(step.added)} and holds {number(step.C)}. It shows {number(step.o)} of tanh C, which is "
            f"{number(step.h)}. If f stayed like this, half of C would be gone after "
            f"{steps(half_life(step.f))}."
        )

    st.fragment(live_cell.feed)(ONE_STEP, say=say)
elif part == "Over time":
    ask(gate_questions.over_time(), "time", lambda question: live_cell.show(OVER_TIME, question))
    x, typed, rnn = choose_input()
    complain(live_cell.from_link(OVER_TIME, len(x)))
    live_cell.mount(OVER_TIME)

    def say_in_time(kept: live_cell.Held, run: LSTMStep) -> str:
        t = kept.t - 1
        words = (
            f"At step {kept.t} the cell keeps {number(run.f[t])} of what it held, which is "
            f"{number(run.kept[t])}, adds {number(run.added[t])} and holds {number(run.C[t])}. If f stayed "
            f"like this, half of C would be gone after {steps(half_life(run.f[t]))}."
        )
        if not rnn:
            return words
        h = scalar_rnn_run(kept.setting, x)
        return words + (
            " The RNN has the candidate's weights and no gates: it writes its whole state anew at every "
            f"step, and shows {number(h[t])} where the LSTM shows {number(run.h[t])}."
        )

    st.fragment(live_cell.feed)(OVER_TIME, Run(x, rnn, draw=True, typed=typed), say_in_time, live_cell.drawn)

elif part == "Vectors":
    vectors()

else:
    challenges()

with st.expander("The words, once", icon=":material/menu_book:"):
    prose(
        """
- **Cell state** $C_t$: what the cell holds, on the belt along the top. It reaches only the next step.
- **Hidden state** $h_t$: what the cell shows, to the next step's gates and to the layer above.
- **Gate**: a number from 0 (shut) to 1 (open) that something is multiplied by. It is computed at every
  step from $x_t$ and $h_{t-1}$; only its weights and its bias are learned. σ, the logistic function,
  brings it between 0 and 1.
- **Forget gate** $f_t$: the share of $C_{t-1}$ that is *kept*. **Input gate** $i_t$: the share of the
  candidate that is added. **Output gate** $o_t$: the share of tanh C that is shown.
- **Candidate** $\\tilde C_t$: what would be written, from −1 to 1. Three gates and a candidate make the
  four blocks of weights.
- **Bias** $b$: what a gate does when nothing else speaks. $b_f = 1$ is the usual start: keep more than
  you lose (Gers et al. 2000; Jozefowicz et al. 2015).
- **Saturated**: so far out on σ or tanh that the curve is flat and small changes do nothing.
- ⊙: number by number. With one unit it is plain multiplication; *Vectors* shows what it is with more.
- **Half-life**: after how many steps half of C is gone if f stays as it is, $\\ln 0.5 / \\ln f$.
- **RNN**: a plain recurrent network, with one state that is written anew at every step. A **GRU** is
  something in between: gates, but no cell state.
- **One-hot**: a character as a vector of zeros with one 1. **Logits**: what the network says of every
  character, any numbers; **softmax** turns them into probabilities. **Loss**: −ln of the probability that
  the right character got, in *nats*; 0 is certain, ln D is guessing among D.
"""
    )
take_away("Gates")
page_link("3_gradients.py", "Next: what this is good for when a network learns")
