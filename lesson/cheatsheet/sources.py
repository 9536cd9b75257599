"""The sources: every work that the course cites, where it is to be found, and what it is cited for."""

import tomllib
from typing import NamedTuple

from lesson.frame.files import asset
from lesson.frame.glossary import note, prose


class Source(NamedTuple):
    """A work that is cited.

    authors: surnames, as on the work; year: as it is cited; where: a DOI, an arXiv number or a place;
    cited_for: what the course says after it; earlier: the year of an earlier version, "" if there is none.
    """

    authors: tuple[str, ...]
    year: str
    title: str
    where: str
    cited_for: str
    earlier: str = ""

    @property
    def name(self) -> str:
        """The authors and the year; of more than three authors the first."""
        *others, last = self.authors
        if len(others) > 2:
            return f"{others[0]} et al. {self.year}"
        return f"{', '.join(others)} & {last} {self.year}" if others else f"{last} {self.year}"


<<<<<<< HEAD
def _read(text: str) -> tuple[Source, ...]:
    """Read the list of sources from its file."""
    rows = tomllib.loads(text)["source"]
    return tuple(Source(**{**row, "authors": tuple(row["authors"])}) for row in rows)


SOURCES = _read(asset("sources.toml"))
=======
# In the order of the alphabet, then of the years.  A test finds each citation of the course here, and none
# of these uncited.
SOURCES = (
    Source(
        ("Atkins", "Boman", "Hendrickson"), "1998",
        "A spectral algorithm for seriation and the consecutive ones problem",
        "doi:10.1137/S0097539795285771", "the order of the units in the map on the page Sampling",
    ),
    Source(
        ("Bengio", "Simard", "Frasconi"), "1994",
        "Learning long-term dependencies with gradient descent is difficult",
        "doi:10.1109/72.279181", "vanishing gradients",
    ),
    Source(
        ("Bonett", "Price"), "2012",
        "Adjusted Wald confidence interval for a difference of binomial proportions based on paired data",
        "doi:10.3102/1076998611411915", "the interval of what a class has gained from test to test",
    ),
    Source(
        ("Cho", "van Merriënboer", "Gulcehre", "Bahdanau", "Bougares", "Schwenk", "Bengio"), "2014",
        "Learning phrase representations using RNN encoder-decoder for statistical machine translation",
        "arXiv:1406.1078", "the GRU",
    ),
    Source(
        ("Chung", "Gulcehre", "Cho", "Bengio"), "2014",
        "Empirical evaluation of gated recurrent neural networks on sequence modeling",
        "arXiv:1412.3555", "GRU compared with LSTM: comparable in their experiments",
    ),
    Source(
        ("Elman",), "1990", "Finding structure in time", "doi:10.1207/s15516709cog1402_1",
        "the plain recurrent network",
    ),
    Source(
        ("Fan", "Lewis", "Dauphin"), "2018", "Hierarchical neural story generation", "arXiv:1805.04833",
        "drawing from the k likeliest characters (top k)",
    ),
    Source(
        ("Gers", "Schmidhuber"), "2000", "Recurrent nets that time and count",
        "doi:10.1109/IJCNN.2000.861302", "peepholes: gates that read the cell state",
    ),
    Source(
        ("Gers", "Schmidhuber", "Cummins"), "2000", "Learning to forget: continual prediction with LSTM",
        "doi:10.1162/089976600300015015", "the forget gate, with biases that open it at the start",
        earlier="1999",
    ),
    Source(
        ("Gers", "Schmidhuber"), "2001",
        "LSTM recurrent networks learn simple context-free and context-sensitive languages",
        "doi:10.1109/72.963769", "an LSTM that counts",
    ),
    Source(
        ("Glorot", "Bengio"), "2010",
        "Understanding the difficulty of training deep feedforward neural networks",
        "PMLR 9, pages 249–256", "the input weights with which Keras begins",
    ),
    Source(
        ("Greff", "Srivastava", "Koutník", "Steunebrink", "Schmidhuber"), "2017",
        "LSTM: a search space odyssey", "arXiv:1503.04069",
        "eight variants of the LSTM, each changed in one respect, six of them by leaving a part out (no GRU "
        "among them)",
    ),
    Source(
        ("Hochreiter",), "1991", "Untersuchungen zu dynamischen neuronalen Netzen",
        "diploma thesis, Technische Universität München", "vanishing gradients",
    ),
    Source(
        ("Hochreiter", "Schmidhuber"), "1997", "Long short-term memory", "doi:10.1162/neco.1997.9.8.1735",
        "the LSTM, still without a forget gate; the task of recalling a symbol; the adding problem",
    ),
    Source(
        ("Holtzman", "Buys", "Du", "Forbes", "Choi"), "2020", "The curious case of neural text degeneration",
        "arXiv:1904.09751",
        "drawing only from the likeliest characters that together reach the probability p (top p)",
    ),
    Source(
        ("Hyndman", "Athanasopoulos"), "2018", "Forecasting: principles and practice, second edition",
        "https://otexts.com/fpp2", "mean and last value as benchmarks, and tests on values that come later",
    ),
    Source(
        ("Jaeger", "Lukoševičius", "Popovici", "Siewert"), "2007",
        "Optimization and applications of echo state networks with leaky-integrator neurons",
        "doi:10.1016/j.neunet.2007.04.016",
        "a leaky RNN, the example of a new cell in NOTES.md, a file of the course's source code",
    ),
    Source(
        ("Jozefowicz", "Zaremba", "Sutskever"), "2015",
        "An empirical exploration of recurrent network architectures", "PMLR 37, pages 2342–2350",
        "a forget bias of 1; GRU compared with LSTM",
    ),
    Source(
        ("Jugel", "Jerzak", "Hackenbroich", "Markl"), "2014",
        "M4: a visualization-oriented time series data aggregation", "doi:10.14778/2732951.2732953",
        "drawing a long curve with only a few of its points",
    ),
    Source(
        ("Karpathy", "Johnson", "Fei-Fei"), "2015", "Visualizing and understanding recurrent networks",
        "arXiv:1506.02078", "units that follow something readable, such as quotation marks",
    ),
    Source(
        ("Kingma", "Ba"), "2015", "Adam: a method for stochastic optimization", "arXiv:1412.6980", "Adam",
    ),
    Source(
        ("Loshchilov", "Hutter"), "2017", "SGDR: stochastic gradient descent with warm restarts",
        "arXiv:1608.03983", "a learning rate that falls along a cosine",
    ),
    Source(
        ("Loshchilov", "Hutter"), "2019", "Decoupled weight decay regularization", "arXiv:1711.05101",
        "weight decay together with Adam",
    ),
    Source(
        ("Mikolov",), "2012", "Statistical language models based on neural networks",
        "PhD thesis, Brno University of Technology", "clipping a gradient by value",
    ),
    Source(
        ("Olah",), "2015", "Understanding LSTM networks",
        "colah.github.io/posts/2015-08-Understanding-LSTMs", "the drawing of the cell",
    ),
    Source(
        ("Pascanu", "Mikolov", "Bengio"), "2013", "On the difficulty of training recurrent neural networks",
        "arXiv:1211.5063", "clipping a gradient by norm; exploding gradients",
    ),
    Source(
        ("Phipson", "Smyth"), "2010", "Permutation p-values should never be zero",
        "doi:10.2202/1544-6115.1585",
        "why the hunt for a unit never says that chance has the probability 0",
    ),
    Source(
        ("Saxe", "McClelland", "Ganguli"), "2014",
        "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks",
        "arXiv:1312.6120", "the orthogonal recurrent weights with which Keras begins",
    ),
    Source(
        ("Shannon",), "1948", "A mathematical theory of communication",
        "doi:10.1002/j.1538-7305.1948.tb01338.x", "surprise and entropy",
    ),
    Source(
        ("Srivastava", "Hinton", "Krizhevsky", "Sutskever", "Salakhutdinov"), "2014",
        "Dropout: a simple way to prevent neural networks from overfitting", "JMLR 15, pages 1929–1958",
        "dropout",
    ),
    Source(
        ("Tallec", "Ollivier"), "2018", "Can recurrent neural networks warp time?", "arXiv:1804.11188",
        "a forget bias that is drawn up to ln T for a memory of T steps, and an input gate with −b_f",
    ),
    Source(
        ("Vaswani", "Shazeer", "Parmar", "Uszkoreit", "Jones", "Gomez", "Kaiser", "Polosukhin"), "2017",
        "Attention is all you need", "arXiv:1706.03762", "the Transformer",
    ),
    Source(
        ("Vickrey", "Rosien", "Rahmanian", "Pilarz", "Stains"), "2015",
        "Research-based implementation of peer instruction: a literature review",
        "doi:10.1187/cbe.14-11-0198",
        "at which share of right answers a class is advised to discuss and to vote again",
    ),
    Source(
        ("Witten", "Bell"), "1991",
        "The zero-frequency problem: estimating the probabilities of novel events in adaptive text "
        "compression",
        "doi:10.1109/18.87000",
        "what probability a table of character pairs gives to pairs that it has never seen",
    ),
    Source(
        ("Zaremba", "Sutskever", "Vinyals"), "2014", "Recurrent neural network regularization",
        "arXiv:1409.2329",
        "dropout in recurrent networks: only on what goes to the next layer, not on the state",
    ),
)  # fmt: skip
>>>>>>> series


def show() -> None:
    """Show the part: every source, with its place and what it is cited for."""
    prose(
        f"The course and its library cite {len(SOURCES)} works. Each entry says where the work can be found "
        "and what it is cited for. A DOI can be opened at doi.org, an arXiv number at arxiv.org."
    )
    prose("\n".join(f"- {_entry(source)}" for source in SOURCES))
    note(
        "The program of this course has measured or counted the results that have no source. The usual "
        "ranges of the settings on the sheet are customary values, and the minutes of the plans are "
        "estimates."
    )


def _entry(source: Source) -> str:
    earlier = f" (first version {source.earlier})" if source.earlier else ""
    return f"**{source.name}**{earlier}. *{source.title}.* {source.where}. Cited for: {source.cited_for}."


def in_short(source: Source) -> str:
    """Write a source for the printed sheet: who, when and where."""
    return f"{source.name}: {source.where}"
