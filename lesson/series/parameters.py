"""What the address of the page *Series* says: one row for each parameter."""

from lesson.frame.parameters import Choice, Number, Parameter

SPIKE, SINE, ADDING, OWN = "Spike", "Noisy sine", "Adding problem", "A series of your own"
SERIES_TASK = Choice("series_task", "Task", options=(SPIKE, SINE, ADDING, OWN))
SERIES_CELL = Choice("series_cell", "Cell", options=("LSTM", "GRU", "RNN"))
SERIES_BIAS = Number(
    "series_bf", "Forget bias $b_f$ = −$b_i$ (GRU: $b_z$)", 0, 8, 1,
    help="The input gate of the LSTM begins with b_i = −b_f here: it lets in as little as the forget gate "
    "forgets.",
)  # fmt: skip
LENGTH = Choice(
    "series_length", "Sequence length (steps)",
    options=("5", "10", "25", "50", "100", "150", "200"), start="50",
    help="So many steps the gradient goes back. The state is carried on to the next sequence.",
)  # fmt: skip
SERIES_SEED = Number("series_seed", "Seed of weights and series", 1, 9999, 1)

PARAMETERS: tuple[Parameter, ...] = (SERIES_TASK, SERIES_CELL, SERIES_BIAS, LENGTH, SERIES_SEED)
