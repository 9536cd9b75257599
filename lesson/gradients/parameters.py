"""Everything the address of the gradients page can say: its part, and the settings of its networks."""

from lesson.frame.parameters import Choice, Number, Text

VIEW = Choice("view", "Part", options=("The race", "Two roads", "Explosion", "Does it matter?", "Challenges"))

# -- the networks of the race and of the two paths --

FORGET_BIAS = Number("bf", "Forget bias $b_f$ of the LSTM", 0.0, 8.0, 1.0, 0.25)
STEPS = Number("T", "Steps T", 5, 200, 100)
MEASURED = Choice(
    "gradient_of", "Measured (the RNN and the GRU have no C)", options=("dL/dh", "dL/dC"), former=("of",)
)
RADIUS = Number(
    "radius", "RNN: spectral radius of the recurrent weights", 0.1, 3.0, 0.9, 0.05,
    help="The largest absolute eigenvalue: by how much the weights can stretch a state at each step.",
)  # fmt: skip
KEEP_BIAS = Number(
    "keep", "GRU: keep bias $b_z$", 0.0, 8.0, 0.0, 0.25,
    help="z is the share of h that a GRU keeps; its bias is to it what $b_f$ is to an LSTM.",
)  # fmt: skip
INPUT_SCALE = Number("scale", "Size of the input (standard deviation)", 0.0, 2.0, 0.5, 0.1)
HIDDEN_UNITS = Choice("H", "Hidden units H", options=("16", "32", "64", "128"), start="32")
SEED = Number("seed", "Seed of weights and noise", 0, 999, 0)
FLOW_CELL = Choice("flow_cell", "Cell", options=("LSTM", "GRU", "RNN"), former=("cell",))

# -- the network that explodes --

EXPLOSION_RADIUS = Number("explode", "Spectral radius of the RNN", 0.5, 3.0, 3.0, 0.1)
SGD_RATE = Choice(
    "sgd_rate", "Learning rate", options=("0.001", "0.01", "0.1", "1"), start="0.1", former=("rate",)
)

# -- the challenges: an answer by hand, two windows, and where a window moves --

BY_HAND = Text("by_hand", "Your $b_f$", longest=12)
BIAS_FROM = Number("bias_from", "Window of $b_f$, from", 0.0, 6.0, 0.0, 0.25)
BIAS_TO = Number("bias_to", "to", 0.0, 6.0, 6.0, 0.25)
RADIUS_FROM = Number("radius_from", "Window of the radius, from", 0.5, 3.0, 0.5, 0.05)
RADIUS_TO = Number("radius_to", "to", 0.5, 3.0, 3.0, 0.05)

MOVES = ("to smaller radii", "it stays", "to larger radii")
_OPTIONS = ("not said yet", *MOVES)
MOVES_WITHOUT = Choice("moves_without", "without any input?", options=_OPTIONS)
MOVES_LARGER = Choice("moves_larger", "with inputs twice as large?", options=_OPTIONS)

SETTINGS = (FORGET_BIAS, STEPS, RADIUS, KEEP_BIAS, INPUT_SCALE, HIDDEN_UNITS, SEED, MEASURED)
_CHALLENGES = (BY_HAND, BIAS_FROM, BIAS_TO, RADIUS_FROM, RADIUS_TO, MOVES_WITHOUT, MOVES_LARGER)
PARAMETERS = (VIEW, *SETTINGS, FLOW_CELL, EXPLOSION_RADIUS, SGD_RATE, *_CHALLENGES)
