r"""What the challenges say: statements, hints, worked solutions.  Markdown, with maths between `$`.

Numbers are written as `\sigma(7) \approx 0.999` or `0.9933^{20} \approx 0.87`; a test computes each again.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stage:
    """One step of a worked solution: the sliders it moves, and why."""

    change: dict[str, float]
    why: str


@dataclass(frozen=True)
class Text:
    """All words of a challenge; the hints go from a nudge to almost the answer."""

    title: str
    statement: str
    hints: tuple[str, str, str]
    solution: tuple[Stage, ...]
    ending: str


KEEP = Text(
    title="Keep",
    statement=r"""The cell starts with some $C_0$ and has to hold it for 20 steps while noise comes in:
every $x_t$ is a random number around 0 (standard deviation 1, never beyond ±2).

**Asked:** $C_t$ stays within 0.1 of $C_0$ at every step, whether $C_0$ is 1, −1, 0, 0.5 or −0.5.

You have $b_f$ and $b_i$.""",
    hints=(
        r"Two things spoil the memory: one gate throws away what is held, another lets the noise in. Which "
        r"gate does which?",
        r"You need $f_t$ near 1 and $i_t$ near 0 whatever comes in. Both read the noise, since "
        r"$f_t = \sigma(x_t + b_f)$ and $i_t = \sigma(x_t + b_i)$: at $x_t = -2$ the start keeps only "
        r"$\sigma(-2 + 1) \approx 0.27$.",
        r"Small losses add up over 20 steps: keeping $\sigma(5) \approx 0.9933$ each time leaves "
        r"$0.9933^{20} \approx 0.87$. Push $b_f$ beyond 6.5, and $b_i$ as far to the other side.",
    ),
    solution=(
        Stage(
            {"b_f": 7.0},
            r"Keep first. Without noise the cell now keeps $\sigma(7) \approx 0.999$ of what it holds, and "
            r"even at $x_t = -2$ still $\sigma(-2 + 7) \approx 0.993$. But the input gate is half open, "
            r"and the noise is added to $C$.",
        ),
        Stage(
            {"b_i": -7.0},
            r"Now shut the input gate: $\sigma(-7) \approx 0.001$, and at most "
            r"$\sigma(2 - 7) \approx 0.007$. Nearly all of $C_{t-1}$ stays and nearly nothing is added, so "
            r"$C_t \approx C_0$.",
        ),
    ),
    ending=r"You have built the **constant error carousel**, the idea the LSTM started from: with "
    r"$f_t \approx 1$ and $i_t \approx 0$ the cell state passes through time almost unchanged, and so does "
    r"its gradient.",
)

HALF_LIFE = Text(
    title="Half-life five",
    statement=r"""Nothing comes in: $x_t = 0$ for 15 steps. What the cell holds is to fade: half is left
after five steps, a quarter after ten, an eighth after fifteen.

**Asked:** at every step $C_t$ differs from $C_0 \cdot 0.5^{t/5}$ by at most 5 % of $C_0$, for $C_0$ = 1, 2
and −1.

You have $b_f$ alone.""",
    hints=(
        r"With $x_t = 0$ the candidate is $\tanh(0) = 0$ and nothing is ever added. What is the one number "
        r"that $C_{t-1}$ is multiplied by at every step?",
        r"$C_t = f^t \cdot C_0$ with the same $f = \sigma(b_f)$ at every step. Half is left after five "
        r"steps if $f^5 = 0.5$, that is $f = 0.5^{1/5} \approx 0.871$.",
        r"So $b_f$ has to give $\sigma(b_f) = 0.871$. Too little is $\sigma(1.5) \approx 0.818$, too much "
        r"is $\sigma(2.5) \approx 0.924$.",
    ),
    solution=(
        Stage(
            {"b_f": 1.75},
            r"Only $f$ matters: $C_t = f^t \cdot C_0$, and five steps halve it if "
            r"$f = 0.5^{1/5} \approx 0.871$. That is $b_f = \ln(0.871 / 0.129) \approx 1.91$, between two "
            r"positions of the slider. The lower one: $\sigma(1.75) \approx 0.852$, a half-life of "
            r"$\ln 0.5 / \ln 0.852 \approx 4.3$ steps. Just too short: after five steps "
            r"$0.852^{5} \approx 0.449$ of $C_0$ is left, and 0.45 is the least that is allowed.",
        ),
        Stage(
            {"b_f": 2.0},
            r"The upper one: $\sigma(2) \approx 0.881$, a half-life of $\ln 0.5 / \ln 0.881 \approx 5.5$ "
            r"steps. After five steps $0.881^{5} \approx 0.531$ is left, close enough to 0.5. A gate of "
            r"0.88 sounds like keeping, yet half is gone after a handful of steps.",
        ),
    ),
    ending=r"You have built the memory of a **leaky integrator**, an exponential decay whose time constant "
    r"is set by the forget bias: its half-life is $\ln 0.5 / \ln f$ steps.",
)

RESET = Text(
    title="Reset on a signal",
    statement=r"""The cell holds $C_0$. The input is 0, except for a signal $x_t = 1$ that says: erase. In
20 steps the signal comes once, three times in a row, or never.

**Asked:** before the signal $C_t$ stays within 0.2 of $C_0$; from the step of the signal on it lies between
−0.1 and 0.1. $C_0$ is 1, −1 or 0.5.

You have $w_{fx}$, $b_f$ and $b_i$.""",
    hints=(
        r"The forget gate has to do two things: stay open at $x_t = 0$ and shut at $x_t = 1$. Which of "
        r"your sliders acts only when there is a signal?",
        r"At $x_t = 0$ the gate is $\sigma(b_f)$, at the signal it is $\sigma(w_{fx} + b_f)$. So $b_f$ is "
        r"to be large, and $w_{fx}$ so negative that it outweighs it. And what does the input gate write "
        r"when the signal comes?",
        r"Keeping 0.8 of $C_0$ over 20 steps takes a $b_f$ of 4.5 or more: $\sigma(4.5) \approx 0.9890$ "
        r"and $0.9890^{20} \approx 0.80$. With $w_{fx} = -8$ a signal then leaves only "
        r"$\sigma(-8 + 4.5) \approx 0.03$. Shut the input gate with a strongly negative $b_i$.",
    ),
    solution=(
        Stage(
            {"b_f": 5.0},
            r"Keep while nothing comes: $\sigma(5) \approx 0.9933$ at every step, after 20 steps "
            r"$0.9933^{20} \approx 0.87$. But at the signal the gate opens even wider, "
            r"$\sigma(1 + 5) \approx 0.998$: nothing is erased.",
        ),
        Stage(
            {"w_fx": -8.0},
            r"Let the signal shut the gate: at $x_t = 1$ it is $\sigma(-8 + 5) \approx 0.047$, at "
            r"$x_t = 0$ as before, since $w_{fx}$ is multiplied by 0. The old value is gone. But the "
            r"signal itself is written: the input gate lets $\sigma(1) \approx 0.73$ of "
            r"$\tanh(1) \approx 0.76$ in.",
        ),
        Stage(
            {"b_i": -8.0},
            r"Shut the input gate: $\sigma(1 - 8) \approx 0.0009$ at the signal. Now the signal only "
            r"erases.",
        ),
    ),
    ending=r"You have built a **resettable memory**, the very job for which the forget gate was added to the "
    r"LSTM (Gers, Schmidhuber and Cummins 2000, *Learning to forget*).",
)

COUNT = Text(
    title="Count",
    statement=r"""For 30 steps the input is 0, a pulse $x_t = 1$ or a distractor $x_t = -1$, at most ten
of each, in any order. The cell starts empty, $C_0 = 0$.

**Asked:** at every step $C_t$ is within 0.4 of the number of pulses so far, one that comes at this step
included. Distractors do not count.

You have the four weights on the input and the four biases.""",
    hints=(
        r"To count, the cell must keep what it has and add 1 at each pulse. Which gate keeps, which gate "
        r"decides *when* to add, and what decides *how much*?",
        r"Keep always: a large $b_f$, and no dependence on the input. Add about 1: at a pulse "
        r"$i_t \cdot \tilde{C}_t$ has to be close to 1, so both have to be. Add nothing at a distractor: "
        r"shut the input gate there.",
        r"Take $b_f = 8$ and $w_{fx} = 0$, and $w_{Cx} = 5$, so that the candidate is 1 at a pulse. The "
        r"input gate is to be open at 1 and shut at 0 and $-1$: a large $w_{ix}$, and a negative $b_i$ "
        r"that only a pulse can overcome.",
    ),
    solution=(
        Stage(
            {"b_f": 8.0, "w_fx": 0.0},
            r"Keep, whatever comes: $f_t = \sigma(8) \approx 0.9997$ at every step. Even ten pulses lose "
            r"little: $0.9997^{30} \approx 0.99$.",
        ),
        Stage(
            {"w_Cx": 5.0},
            r"Propose whole steps: $\tanh(5) \approx 0.9999$ at a pulse, 0 at 0, and "
            r"$\tanh(-5) \approx -0.9999$ at a distractor. But the input gate adds only "
            r"$\sigma(1) \approx 0.73$ of a pulse, and takes $\sigma(-1) \approx 0.27$ off for a "
            r"distractor.",
        ),
        Stage(
            {"w_ix": 8.0, "b_i": -4.0},
            r"Open the input gate at pulses only: $\sigma(8 - 4) \approx 0.98$ at 1, "
            r"$\sigma(-4) \approx 0.02$ at 0, where there is nothing to add, and "
            r"$\sigma(-8 - 4) \approx 0.00001$ at a distractor. The output gate plays no part: it can only "
            r"hide $C$, not change it.",
        ),
    ),
    ending=r"You have built a **counter**, a cell state that sums up gated inputs: what an LSTM uses to "
    r"check that $a^n b^n$ has as many $b$ as $a$ (Gers and Schmidhuber 2001).",
)

STORE = Text(
    title="Store, hide, show",
    statement=r"""For 20 steps the input is a command: $x_t = 1$ store, $x_t = 0$ wait, $x_t = -1$ show.
They come in any order and number. The cell starts empty, $C_0 = 0$.

**Asked:** $h_t$ is at least 0.6 at every show that comes after a store. At every other step $h_t$ lies
between −0.1 and 0.1: while storing, while waiting, and at a show before anything was stored.

You have the four weights on the input and the four biases.""",
    hints=(
        r"Here $h$ is judged, not $C$. One gate decides what gets into $C$, another what of it can be "
        r"seen. Which command has to open which?",
        r"Store: the input gate opens at $x_t = 1$ only, and the candidate is large there. Show: the "
        r"output gate opens at $x_t = -1$ only. Closing it erases nothing: $C$ stays behind it, as long as "
        r"$f$ is near 1.",
        r"Storing works as counting does: $w_{ix} = 8$, $b_i = -4$, $w_{Cx} = 5$, with $w_{fx} = 0$ and a "
        r"large $b_f$. The output gate is the same turned round: open at $-1$ needs a *negative* $w_{ox}$, "
        r"shut at 0 a negative $b_o$.",
    ),
    solution=(
        Stage(
            {"b_f": 6.0, "w_fx": 0.0},
            r"Keep, whatever comes: $f_t = \sigma(6) \approx 0.9975$, after 19 steps "
            r"$0.9975^{19} \approx 0.95$.",
        ),
        Stage(
            {"w_ix": 8.0, "b_i": -4.0, "w_Cx": 5.0},
            r"Write at store only: the input gate is $\sigma(8 - 4) \approx 0.98$ at 1, but "
            r"$\sigma(-4) \approx 0.02$ at 0 and $\sigma(-8 - 4) \approx 0.00001$ at $-1$; the candidate "
            r"is $\tanh(5) \approx 0.9999$. Now $C$ is right, and $h$ is not: the output gate shows the "
            r"store itself, $\sigma(1) \approx 0.73$.",
        ),
        Stage(
            {"w_ox": -8.0, "b_o": -4.0},
            r"Open the output gate at show only: $\sigma(8 - 4) \approx 0.98$ at $-1$, "
            r"$\sigma(-4) \approx 0.02$ at 0, $\sigma(-8 - 4) \approx 0.00001$ at 1. More than "
            r"$\tanh(1) \approx 0.76$ can't be shown of a $C$ of 1; that is why 0.6 is asked, and not 0.9.",
        ),
    ),
    ending=r"You have built a **memory cell with write and read access**: the input gate is the write enable "
    r"of a register, the output gate its read enable, and what is hidden is not lost.",
)

SWITCH = Text(
    title="Light switch",
    statement=r"""For 30 steps the input is 0 or a pulse $x_t = 1$, and $h_t$ is the lamp: positive is on,
negative is off. Every pulse flips it, 0 leaves it as it is. The cell starts with $C_0 = 0$.

**Asked:** before the first pulse $h_t$ lies between −0.3 and 0.3. From then on it is at least 0.5 after an
odd number of pulses and at most −0.5 after an even number, one that comes at this step included.

You have all eight weights and all four biases.""",
    hints=(
        r"The same pulse must turn the lamp on when it is off, and off when it is on. So the cell has to "
        r"know which it is. What does every gate and the candidate read besides $x_t$?",
        r"Without $h_{t-1}$ it can't be done: $f_t$, $i_t$ and $\tilde{C}_t$ would be the same at every "
        r"pulse, and a larger $C_{t-1}$ could never give a smaller $C_t$. Let the *candidate* propose the "
        r"opposite of $h_{t-1}$, and let a pulse replace the old value by it.",
        r"Replace at a pulse, keep at 0: a forget gate that a pulse shuts ($w_{fx} = -8$, $b_f = 5$) and "
        r"an input gate that a pulse opens (the same numbers, with the other sign). Always show: a large "
        r"$b_o$. The candidate: $w_{Ch} = -8$, and a positive $b_C$ for the first pulse, when $h$ is still "
        r"0.",
    ),
    solution=(
        Stage(
            {"w_fx": -8.0, "b_f": 5.0},
            r"Keep at 0, erase at a pulse, as in *Reset on a signal*: $\sigma(5) \approx 0.993$ and "
            r"$\sigma(-8 + 5) \approx 0.047$.",
        ),
        Stage(
            {"w_ix": 8.0, "b_i": -5.0},
            r"Write at a pulse only: $\sigma(8 - 5) \approx 0.953$, but $\sigma(-5) \approx 0.007$ at 0. "
            r"Now a pulse *replaces* $C$ by the candidate, which is $\tanh(1) \approx 0.76$ at every "
            r"pulse.",
        ),
        Stage(
            {"w_ox": 0.0, "b_o": 6.0},
            r"Always show: $o_t = \sigma(6) \approx 0.998$, so $h_t \approx \tanh(C_t)$. The first pulse "
            r"turns the lamp on. The second does too: the candidate does not know that it is on.",
        ),
        Stage(
            {"w_Ch": -8.0, "w_Cx": 0.0, "b_C": 2.0},
            r"Propose the opposite of what is shown. From the start, $h = 0$: $\tanh(2) \approx 0.96$, on. "
            r"When it is on, $h \approx 0.7$: $\tanh(2 - 8 \cdot 0.7) \approx -1.00$, off. When it is off: "
            r"$\tanh(2 + 8 \cdot 0.7) \approx 1.00$, on again.",
        ),
    ),
    ending=r"You have built a **toggle flip-flop**, a machine with two states that computes the **parity** "
    r"of the pulses, and it took a recurrent weight: the cell reads its own $h_{t-1}$.",
)
