"""Everything the address of the gradients page can say: its part, and the settings of its networks."""

from lesson.frame.parameters import Choice, Number

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

SETTINGS = (FORGET_BIAS, STEPS, RADIUS, KEEP_BIAS, INPUT_SCALE, HIDDEN_UNITS, SEED, MEASURED)
PARAMETERS = (VIEW, *SETTINGS, FLOW_CELL, EXPLOSION_RADIUS, SGD_RATE)
