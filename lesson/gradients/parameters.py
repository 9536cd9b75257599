"""Everything the address of the gradients page can say: its part, and the settings of its networks."""

from lesson.frame.parameters import Choice, Number, Text

VIEW = Choice(
    "view", "Part",
    options=(
        "The race", "The RNN's product", "Two gradient paths", "Explosion", "Does it matter?",
        "Where it starts", "Challenges",
    ),
    former_options={"Two roads": "Two gradient paths"},
)  # fmt: skip

# -- the networks of the race and of the two paths --

FORGET_BIAS = Number("bf", "Forget bias $b_f$ of the LSTM", 0.0, 8.0, 1.0, 0.25)
STEPS = Number("T", "Steps T", 5, 200, 100)
MEASURED = Choice(
    "gradient_of", "Gradient of the LSTM (GRU and RNN have no C)", options=("∂L/∂h", "∂L/∂C"), former=("of",),
    former_options={"dL/dh": "∂L/∂h", "dL/dC": "∂L/∂C"},
)  # fmt: skip
RADIUS = Number(
    "radius", "RNN: spectral radius of the recurrent weights", 0.1, 3.0, 0.9, 0.05,
    help="Multiply a vector by the recurrent weights again and again. In the long run each multiplication "
    "makes it longer or shorter by one and the same factor (on average). This factor is the spectral radius. "
    "(In algebra: the largest absolute eigenvalue.)",
)  # fmt: skip
UPDATE_BIAS = Number(
    "bz", "GRU: update-gate bias $b_z$", 0.0, 8.0, 0.0, 0.25, former=("keep",),
    help="The update gate z is the share of h that a GRU keeps; 1 − z is the share of new values that it "
    "writes. So a GRU that keeps all of h (z = 1) can write nothing new.",
)  # fmt: skip
START = Choice(
    "init", "Initial weights", options=("this course", "PyTorch", "Keras", "orthogonal"),
    help="The rule for the random weights before any training. Your choice also sets the sliders to the "
    "values that belong to this rule.",
)  # fmt: skip
# Names in `lstm.network.starts`.  Chrono biases are no such rule: they have T_max in place of b_f.
DRAWS = {"this course": "course", "PyTorch": "pytorch", "Keras": "keras", "orthogonal": "orthogonal"}
# What each of them starts with, on the sliders; the radius of PyTorch's RNN is about 0.6.
LIBRARIES = {
    "this course": {"bf": "1", "radius": "0.9", "bz": "0"},
    "PyTorch": {"bf": "0", "radius": "0.6", "bz": "0"},
    "Keras": {"bf": "1", "radius": "1", "bz": "0"},
    "orthogonal": {"bf": "1", "radius": "1", "bz": "0"},
}
INPUT_SCALE = Number("scale", "Size of the input noise (standard deviation)", 0.0, 2.0, 0.5, 0.1)
HIDDEN_UNITS = Choice("H", "Hidden units H", options=("16", "32", "64", "128"), start="32")
SEED = Number("seed", "Seed of weights and noise", 0, 999, 0)
FLOW_CELL = Choice("flow_cell", "Cell", options=("LSTM", "GRU", "RNN"), former=("cell",))

# -- the pair that learns to recall --

PAIR_SEED = Number("pair_seed", "Seed of weights and sequences", 0, 999, 1)

# -- the network that explodes --

EXPLOSION_RADIUS = Number("explode", "Spectral radius of the RNN", 0.5, 3.0, 2.5, 0.1)
SGD_RATE = Choice(
    "sgd_rate", "Learning rate", options=("0.001", "0.01", "0.1", "1"), start="0.1", former=("rate",)
)

# -- the LSTM that explodes: its sliders stand at the start where it does --

EXPLODES = Choice("explodes", "Which network?", options=("RNN", "LSTM"))
LSTM_BIAS = Number("explode_bf", "Forget bias $b_f$", 0.0, 8.0, 8.0, 0.25)
LSTM_INPUT = Number("explode_scale", "Size of the input noise", 0.0, 2.0, 0.0, 0.1)
LSTM_UNITS = Choice("explode_H", "Hidden units H", options=("16", "32", "64"), start="32")

# -- the RNN's product: two hidden units, and the step in view --

BACK = Number("back", "Steps back", 0, 49, 5)
# Up to 99: among more networks with two units are some whose weights the radius makes 50 times as large.
PRODUCT_SEED = Number("pair_of_units", "Seed of the RNN and its input", 0, 99, 1)

# -- the challenges: an answer by hand, two windows, and where a window moves --

BY_HAND = Text("by_hand", "Your $b_f$", longest=12)
BIAS_FROM = Number("bias_from", "Window of $b_f$, from", 0.0, 6.0, 0.0, 0.25)
BIAS_TO = Number("bias_to", "to", 0.0, 6.0, 6.0, 0.25)
RADIUS_FROM = Number("radius_from", "Window of the radius, from", 0.5, 3.0, 0.5, 0.05)
RADIUS_TO = Number("radius_to", "to", 0.5, 3.0, 3.0, 0.05)

MOVES = ("to smaller radii", "it stays", "to larger radii")
_FORMER = {"not said yet": "no answer yet"}
_OPTIONS = ("no answer yet", *MOVES)
MOVES_WITHOUT = Choice("moves_without", "Without any input", options=_OPTIONS, former_options=_FORMER)
MOVES_LARGER = Choice(
    "moves_larger",
    "With inputs twice as large (standard deviation 1)",
    options=_OPTIONS,
    former_options=_FORMER,
)

# -- where it starts --

FIRST_RULE = Choice(
    "first", "Initial weights and biases",
    options=("this course", "Keras", "PyTorch", "orthogonal", "chrono"),
    help="The rule for weights and biases before any training. Your choice also sets b_f to the value that "
    "belongs to this rule.",
)  # fmt: skip
FIRST_BIAS = Number("first_bf", "Forget bias $b_f$", 0.0, 8.0, 1.0, 0.5)
T_MAX = Choice(
    "T_max", "Longest distance $T_{max}$",
    options=("3", "5", "10", "20", "30", "50", "70", "100", "150", "200", "300", "500", "700", "1000"),
    start="100",
)  # fmt: skip
FIRST_STEPS = Choice("first_T", "Steps T", options=("50", "100", "200"), start="100")
FIRST_GRADIENT = Choice("first_of", "Gradient", options=("∂L/∂C", "∂L/∂h"))
FIRST = (FIRST_RULE, FIRST_BIAS, T_MAX, FIRST_STEPS, FIRST_GRADIENT)

SETTINGS = (FORGET_BIAS, STEPS, RADIUS, UPDATE_BIAS, START, INPUT_SCALE, HIDDEN_UNITS, SEED, MEASURED)
_CHALLENGES = (BY_HAND, BIAS_FROM, BIAS_TO, RADIUS_FROM, RADIUS_TO, MOVES_WITHOUT, MOVES_LARGER)
PARAMETERS = (
    VIEW, *SETTINGS, FLOW_CELL, PAIR_SEED, EXPLOSION_RADIUS, SGD_RATE, EXPLODES, LSTM_BIAS, LSTM_INPUT,
    LSTM_UNITS, BACK, PRODUCT_SEED, *FIRST, *_CHALLENGES,
)  # fmt: skip
