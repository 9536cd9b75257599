"""The part *After the LSTM*: six topics, half a page each: what came of it, and what came after it."""

from collections.abc import Callable, Mapping

from lesson.cheatsheet.parameters import TOPIC
from lesson.frame.files import ROOT
from lesson.frame.glossary import note, prose
from lesson.frame.links import complain, mend
from lesson.frame.memo import memo
from lesson.frame.navigation import page_link
from lstm import LSTM
from lstm.text import read_text

_V, _H = 65, 128  # characters and units of the examples
_LONG = 1_000  # characters of a long text
_VOCABULARY = 50_000  # tokens, as a large language model may have them


def show() -> None:
    """Show the part: one topic at a time."""
    complain(mend(TOPIC))
    text, link = _TOPICS[TOPIC.pills(label_visibility="collapsed")]
    prose(text())
    if link:
        page_link(*link)
    note("No network is run in this part. Its numbers are sizes of networks and counts of a text.")


def _today() -> str:
    net = LSTM(_V, _H, _V, seed=0)
    state = sum(array.size for array in net.zero_state(1))
    return f"""
**Most large language models are Transformers today.** In some of them, part of the layers carry a state
instead, as in the topic *State-space models, xLSTM*. LSTMs are used where a small network reads a series step
by step, where memory is scarce, or where there is little data. Four examples:

- **Rivers.** From the weather so far an LSTM predicts how much water a river carries (Kratzert et al.
  2018). A later system warns of floods, also on rivers that nobody measures (Nearing et al. 2024).
- **Keyboards.** A phone suggests the next word with an LSTM that runs on the phone itself. It is the variant
  in which the input gate is 1 − f (Hard et al. 2018).
- **Handwriting.** The path of a finger on the screen is a series of numbers. An LSTM reads it in both
  directions and writes the letters (Carbune et al. 2020).
- **Games.** The network that beat the world champions in the game Dota 2 had one LSTM layer with 4,096 units
  as its memory (Berner et al. 2019).

**Why there?** The state of an LSTM has the same size, however much it has read. With {_H} units it is
{state:,} numbers. A Transformer keeps two vectors for each character that it has read, in each of its layers:
with vectors of {_H} numbers and a text of {_LONG:,} characters these are {2 * _H * _LONG:,} numbers a layer.
"""


def _attention() -> str:
    return """
**The problem.** An LSTM has to put all that it has read into one state of a fixed size. What stood 100 steps
ago has been multiplied by a forget gate 100 times.

**Attention** looks back instead. The network keeps the hidden states $h_1, h_2, …$ of all steps, and makes
three vectors of each, by three learned matrices: a *query* q, a *key* k and a *value* v. At step t it
compares its query with the keys of all steps s up to t, makes weights $a_{ts}$ of the results, and reads the
weighted mean $m_t$ of the values:

$$a_{ts} = \\mathrm{softmax}_s\\left(q_t \\cdot k_s / \\sqrt{d}\\right)$$

$$m_t = \\sum_s a_{ts}\\, v_s$$

The weights of a step are positive, and their sum is 1; d is how many numbers q and k have. Attention was
first added to recurrent networks, for translation. There a small network made the comparison, not this
product (Bahdanau, Cho & Bengio 2015).

**The Transformer** leaves the recurrence out (Vaswani et al. 2017). Two things follow:

- Between any two steps the gradient has a path of length one through attention. It does not have to pass
  every step in between, so its length does not depend on the distance.
- In training all steps are computed at the same time. An LSTM has to wait for $h_{t-1}$.

**The price.** Every step is compared with every earlier one. Over T steps the number of comparisons grows
with T². When it writes, it has to keep the keys and the values of all that it has read.
"""


def _residual() -> str:
    return """
**The same sum, over layers instead of steps.** A deep network has many layers above each other. Its gradient
passes every layer on its way down, and it can vanish or explode as an RNN's can on its way back in time.

- A layer of a **residual network** adds to what it gets: $y = x + F(x)$ (He et al. 2016). Compare it with
  $C_t = f_t \\odot C_{t-1} + i_t \\odot \\tilde C_t$ where f is 1: what is there stays, and something is
  added. Going back, the derivative of the layer is $1 + \\partial F/\\partial x$, so part of the gradient
  passes unchanged.
- A layer of a **highway network** has a gate for it: $y = (1 - g) \\odot x + g \\odot F(x)$, where g is
  computed from x (Srivastava, Greff & Schmidhuber 2015). This is a GRU's update, from layer to layer. Its
  authors took the gates from the LSTM.

**Not a cure for everything.** A product of factors $1 + \\partial F/\\partial x$ can grow. So deep residual
networks need normalisation, or small first weights in F, just as LSTMs need clipping.

Transformers have residual paths too: one around attention, and one around the layer after it.
"""


def _state_space() -> str:
    return """
**The goal:** a state of a fixed size, as an LSTM has it, and training on all steps at once, as a Transformer
has it. The trick is a step that is *linear* in the state:

$$h_t = A_t\\, h_{t-1} + B_t\\, x_t$$

Then two steps can be joined to one without knowing the state in between. Pairs of steps are joined, then
pairs of pairs, and so on: T steps need only about $\\log_2 T$ rounds. This is a *scan*. Steps can't be joined
so if the gates read $h_{t-1}$, or if tanh stands between two steps.

- **State-space models** have the same A and B at every step, chosen such that the state remembers long
  stretches of the input (Gu, Goel & Ré 2022). With the same A at every step the state fades at the same
  rates, whatever is read: there is no forget gate.
- **Mamba** computes from $x_t$ how much of the state stays and what is added (Gu & Dao 2023). That is a
  forget gate again, one which reads only x.
- **minLSTM** is the same idea, starting from the LSTM (Feng et al. 2024).
- **xLSTM** comes from one of the LSTM's authors and his group (Beck et al. 2024). It has two kinds of cells.
  In one the memory is a matrix, and the gates do not read h: it can be computed in parallel. In the other
  they do read h: it is computed step by step, and can follow things that the first can't. Input gates are
  exponential, so a new value can outweigh all that was stored before.
"""


def _layer_norm() -> str:
    return """
**What it does.** Take the sums z that a layer computes before the bias, σ and tanh. Subtract their mean,
divide by their standard deviation, then multiply by g and add the bias b, both learned (Ba, Kiros & Hinton
2016):

$$\\mathrm{LN}(z) = g \\odot \\frac{z - \\mathrm{mean}(z)}{\\mathrm{std}(z)} + b$$

**Why.** If the weights grow during training, the sums z grow too, the gates saturate, and their slope is
nearly 0. After layer normalisation the sums have the same size at every step, whatever the size of the
weights: multiply the weights before it by 10, and nothing changes.

**In an LSTM** it stands before σ and tanh, once for the sums from h and once for those from x, and often also
before the tanh of C. The cell-state path itself stays a plain sum.

**Batch normalisation** uses the mean over a batch instead of a layer (Ioffe & Szegedy 2015). In a recurrent
network these means differ from step to step, and at the end of a long sequence there may be few sequences
left. Layer normalisation needs no other sequence: it does the same in training and in writing. Most
Transformers have it, or a simpler form of it.

This course's networks do without: they are small, and clipping is enough for them.
"""


@memo()
def text_sizes() -> dict[str, int]:
    """Count the characters and words of the fables, and how many different ones there are."""
    text = read_text(ROOT / "sample_texts" / "fables.txt")
    words = text.split()
    return {
        "characters": len(text),
        "alphabet": len(set(text)),
        "words": len(words),
        "different words": len(set(words)),
    }


def _tokens() -> str:
    size = text_sizes()
    a_word = size["characters"] / size["words"]
    rows, small = _VOCABULARY * _H, size["alphabet"] * _H
    return f"""
**Characters are one choice among three.** This course reads characters. Its fables have
{size["characters"]:,} characters, but only {size["alphabet"]} different ones. They have {size["words"]:,}
words, and {size["different words"]:,} different ones (with the punctuation that touches them).

- **Characters**: the alphabet is small, and no word is unknown. But sequences are long: 100 steps are only
  about {100 / a_word:.0f} words. What stood a sentence ago is far back.
- **Words**: 100 steps are 100 words, about {100 * a_word:.0f} characters. But every name that is not in
  the list is unknown, and the list is long.
- **Tokens** are pieces in between, and what large language models read. *Byte-pair encoding* finds them:
  begin with characters, join the pair that is the most frequent to a new symbol, and begin again, until the
  list is as long as you like (Sennrich, Haddow & Birch 2016). A frequent word becomes one token; a rare one
  is spelled with several.

**What it costs.** The output layer has one row for each symbol. With {_H} units and {_VOCABULARY:,} tokens
these are {rows / 1e6:.1f} million weights. For the {size["alphabet"]} characters of the fables they are
{small:,}.

**Losses can't be compared** between the three as they stand: a loss *per token* is larger because a token is
longer. Divide it by the mean number of characters in a token, which makes it a loss per character.
"""


_Link = tuple[str, str, dict[str, str]]
_TOPICS: Mapping[str, tuple[Callable[[], str], _Link | None]] = {
    TOPIC.options[0]: (_today, ("6_series.py", "See it: an LSTM that reads numbers", {})),
    TOPIC.options[1]: (
        _attention, ("3_gradients.py", "See it: what is left of a gradient after 100 steps", {"bf": "1"}),
    ),
    TOPIC.options[2]: (
        _residual, ("3_gradients.py", "See it: the cell-state path", {"view": "Two gradient paths"}),
    ),
    TOPIC.options[3]: (_state_space, ("2_gates.py", "See it: minLSTM and a scan", {"part": "Variants"})),
    TOPIC.options[4]: (_layer_norm, ("3_gradients.py", "See it: clipping", {"view": "Explosion"})),
    TOPIC.options[5]: (_tokens, ("4_training.py", "See it: how far back is read", {"tab": "Truncation"})),
}  # fmt: skip
