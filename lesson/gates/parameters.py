"""What the address of the gates page says: one row for each parameter."""

from collections.abc import Mapping

from lesson.frame.parameters import Choice, Number, Parameter, Switch, Text
from lesson.gates.input_presets import LONGEST, LONGEST_TEXT, OWN, PRESETS
from lstm.scalar import GRU_GATES
from visualization.symbols import symbol_of_index

PART = Choice("part", "Part", options=("One step", "Over time", "Vectors", "GRU", "Variants", "Challenges"))

# The live cell.  No widget of Streamlit's is bound to these: the cell writes them into the address itself.
CELL = Parameter("cell")  # the positions of all sliders
STEP = Number("t", "Step in view", 1, LONGEST, 1)
OPEN = Parameter("open")  # the drawers that are open, with dots between them
VALUES = Text("values", "Numbers from −4 to 4", "0 1 0 0 0 0 0 0", LONGEST_TEXT)

INPUT = Choice("input", "Input $x$", options=(*PRESETS, OWN), start="pulse")
STEPS = Number("steps", "Steps T", 5, LONGEST, 20, former=("T",))
NOISE = Number("noise", "Seed", 0, 999, 0)
RNN = Switch(
    "rnn",
    "An RNN beside the LSTM",
    help="A plain recurrent network with the same input. It has one state and no gates, and it computes "
    "this state anew at every step. The RNN's curve is dotted.",
)

LETTERS = Text("letters", "Text to read", "hello hello", LONGEST_TEXT, former=("word",))
HIDDEN_UNITS = Number("hidden_units", "Hidden units $H$", 2, 8, 4, former=("H",))
TRAINED = Number("trained", "Training steps on this text", 0, 300, 0, 20)
CHARACTER = Number("char", "Character that is read", 1, 24, 4)

CHALLENGE = Choice(
    "challenge",
    "Challenge",
    options=("keep", "half-life", "reset", "count", "store-hide-show", "light-switch"),
)
# The positions of all sliders in each challenge, as in CELL.
TRIES = {name: Parameter(f"try-{name}") for name in CHALLENGE.options}
# The two biases of Keep alone, for links of a class; from the first move on the cell writes its setting.
KEEP_BIASES = {
    "b_f": Number("keep_bf", "Forget bias $b_f$ of Keep", -8.0, 8.0, 1.0, 0.25),
    "b_i": Number("keep_bi", "Input bias $b_i$ of Keep", -8.0, 8.0, 0.0, 0.25),
}

# The GRU: one step of it, and a run beside an LSTM.  A slider for each name of its setting; `count_…` are
# those of its challenge.
GRU_VIEW = Choice("gru", "GRU", options=("The cell", "Count"))


def _gru_sliders(prefix: str, start: Mapping[str, float]) -> dict[str, Number]:
    """Return a slider for each weight and bias of a GRU; what `start` does not name starts at 0."""
    sliders = {}
    for gate in (symbol_of_index(index, "gru") for index in GRU_GATES):
        name, letter = f"b_{gate.index}", gate.short
        sliders[name] = Number(
            f"{prefix}_b{gate.index}",
            f"{letter} bias $b_{gate.index}$",
            -8.0,
            8.0,
            start.get(name, 0.0),
            0.25,
        )
        for of, what in (("x", "x"), ("h", "h")):
            name = f"w_{gate.index}{of}"
            sliders[name] = Number(
                f"{prefix}_w{gate.index}{of}", f"{letter}: weight on {what}, $w_{{{gate.index}{of}}}$",
                -8.0, 8.0, start.get(name, 0.0), 0.25,
            )  # fmt: skip
    return sliders


GRU_CELL = {
    "x": Number("gru_x", "input $x_t$", -4.0, 4.0, 1.0, 0.25),
    "h_prev": Number("gru_h", "old hidden state $h_{t-1}$", -1.0, 1.0, 0.8, 0.05),
    **_gru_sliders("gru", {"b_z": 1.0, "w_zx": -0.5, "w_rx": 1.0, "w_hx": 1.0, "w_hh": 1.0}),
}
GRU_INPUT = Choice("gru_input", "Input over time", options=PRESETS, start="two pulses")
GRU_COUNT = _gru_sliders("count", {"b_z": 1.0, "w_zx": 1.0, "w_rx": 1.0, "w_hx": 1.0})
# Of which attempt, from 0, and which of its sequences, from 1; empty for the example.
GRU_SEQUENCE = Text("count_sequence", "Sequence in view", "", 12)
GRU_PULSES = Number("pulse_bz", "z at a pulse: update bias $b_z$", -2.0, 6.0, 0.0, 0.25)
_GRU = (
    GRU_VIEW, *GRU_CELL.values(), GRU_INPUT, *GRU_COUNT.values(), GRU_SEQUENCE, GRU_PULSES,
)  # fmt: skip

# The part Variants: one unit of a variant over time, and the scan.
VARIANT = Choice("variant", "Cell", options=("LSTM of 1997", "peepholes", "coupled f and i", "minLSTM"))
VARIANT_BIASES = {
    name: Number(f"variant_{name.replace('_', '')}", label, -8.0, 8.0, start, 0.25)
    for name, label, start in (
        ("b_f", "Forget bias $b_f$", 1.0),
        ("b_i", "Input bias $b_i$", 0.0),
        ("b_C", "Bias of the candidate $b_C$", 0.0),
        ("b_o", "Output bias $b_o$", 0.0),
        ("p_f", "Peephole of the forget gate $p_f$", 2.0),
        ("p_i", "Peephole of the input gate $p_i$", -2.0),
        ("p_o", "Peephole of the output gate $p_o$", 2.0),
    )
}
VARIANT_INPUT = Choice("variant_input", "Input $x$", options=PRESETS, start="two pulses")
VARIANT_STEP = Number("variant_t", "Step in view", 1, 30, 11)
NO_CHALLENGE = "none"
VARIANT_CHALLENGE = Choice("variant_challenge", "Challenge", options=(NO_CHALLENGE, *CHALLENGE.options))
SCAN_BIAS = Number("scan_bf", "Forget bias $b_f$", -8.0, 8.0, 1.0, 0.25)
SCAN_ROUND = Number("scan_round", "Round", 0, 4, 1)
SCAN_INPUT = Choice("scan_input", "Input $x$", options=PRESETS, start="noise")
SCAN_STEPS = Choice("scan_steps", "Steps T", options=("8", "16"))

PARAMETERS = (
    PART, CELL, STEP, OPEN, VALUES, INPUT, STEPS, NOISE, RNN, LETTERS, HIDDEN_UNITS, TRAINED, CHARACTER,
    CHALLENGE, *TRIES.values(), *KEEP_BIASES.values(), *_GRU,
    VARIANT, *VARIANT_BIASES.values(), VARIANT_INPUT, VARIANT_STEP, VARIANT_CHALLENGE,
    SCAN_BIAS, SCAN_ROUND, SCAN_INPUT, SCAN_STEPS,
)  # fmt: skip
