"""The sources: every work that the course cites, where it is to be found, and what it is cited for."""

from typing import NamedTuple

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


# In the order of the alphabet, then of the years.  A test finds each citation of the course here, and none
# of these uncited.
SOURCES = (
    Source(
        ("Atkins", "Boman", "Hendrickson"), "1998",
        "A spectral algorithm for seriation and the consecutive ones problem",
        "doi:10.1137/S0097539795285771", "the order of the units in the map on the page Sampling",
    ),
    Source(
        ("Ba", "Kiros", "Hinton"), "2016", "Layer normalization", "arXiv:1607.06450",
        "layer normalisation",
    ),
    Source(
        ("Bahdanau", "Cho", "Bengio"), "2015",
        "Neural machine translation by jointly learning to align and translate", "arXiv:1409.0473",
        "attention, added to recurrent networks for translation",
    ),
    Source(
        ("Beck", "Pöppel", "Spanring", "Auer", "Prudnikova", "Kopp", "Klambauer", "Brandstetter",
         "Hochreiter"),
        "2024", "xLSTM: extended long short-term memory", "arXiv:2405.04517",
        "exponential gates; a memory that is a matrix",
    ),
    Source(
        ("Bengio", "Simard", "Frasconi"), "1994",
        "Learning long-term dependencies with gradient descent is difficult",
        "doi:10.1109/72.279181", "vanishing gradients",
    ),
    Source(
        ("Berner", "Brockman", "Chan", "Cheung", "Dębiak"), "2019",
        "Dota 2 with large scale deep reinforcement learning", "arXiv:1912.06680",
        "a game that a network with one LSTM layer of 4,096 units has won",
    ),
    Source(
        ("Blelloch",), "1990", "Prefix sums and their applications",
        "technical report CMU-CS-90-190, Carnegie Mellon University",
        "computing a linear recurrence by a scan, in parallel",
    ),
    Source(
        ("Bonett", "Price"), "2012",
        "Adjusted Wald confidence interval for a difference of binomial proportions based on paired data",
        "doi:10.3102/1076998611411915", "the interval of what a class has gained from test to test",
    ),
    Source(
        ("Carbune", "Gonnet", "Deselaers", "Rowley", "Daryin", "Calvo", "Wang", "Keysers", "Feuz", "Gervais"),
        "2020", "Fast multi-language LSTM-based online handwriting recognition", "arXiv:1902.10525",
        "handwriting on phones, read by LSTMs in both directions",
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
        ("Feng", "Tung", "Ahmed", "Bengio", "Hajimirsadeghi"), "2024", "Were RNNs all we needed?",
        "arXiv:2410.01201", "minLSTM: gates that read only x, and training in parallel",
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
        ("Gu", "Goel", "Ré"), "2022", "Efficiently modeling long sequences with structured state spaces",
        "arXiv:2111.00396", "state-space models",
    ),
    Source(
        ("Gu", "Dao"), "2023", "Mamba: linear-time sequence modeling with selective state spaces",
        "arXiv:2312.00752", "a state-space model whose step depends on its input",
    ),
    Source(
        ("Hard", "Rao", "Mathews", "Ramaswamy", "Beaufays", "Augenstein", "Eichner", "Kiddon", "Ramage"),
        "2018",
        "Federated learning for mobile keyboard prediction", "arXiv:1811.03604",
        "an LSTM with coupled gates that suggests words on phones",
    ),
    Source(
        ("He", "Zhang", "Ren", "Sun"), "2016", "Deep residual learning for image recognition",
        "arXiv:1512.03385",
        "residual networks",
    ),
    Source(
        ("Hillis", "Steele"), "1986", "Data parallel algorithms", "doi:10.1145/7902.7903",
        "the scan in rounds: each entry is joined with the one 1, 2, 4, … places before it",
    ),
    Source(
        ("Hochreiter",), "1991", "Untersuchungen zu dynamischen neuronalen Netzen",
        "diploma thesis, Technische Universität München", "vanishing gradients",
    ),
    Source(
        ("Hochreiter", "Schmidhuber"), "1997", "Long short-term memory", "doi:10.1162/neco.1997.9.8.1735",
        "the LSTM, still without a forget gate; the task of recalling a symbol",
    ),
    Source(
        ("Holtzman", "Buys", "Du", "Forbes", "Choi"), "2020", "The curious case of neural text degeneration",
        "arXiv:1904.09751",
        "drawing only from the likeliest characters that together reach the probability p (top p)",
    ),
    Source(
        ("Ioffe", "Szegedy"), "2015",
        "Batch normalization: accelerating deep network training by reducing internal covariate shift",
        "arXiv:1502.03167", "batch normalisation",
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
        ("Kratzert", "Klotz", "Brenner", "Schulz", "Herrnegger"), "2018",
        "Rainfall–runoff modelling using long short-term memory (LSTM) networks",
        "doi:10.5194/hess-22-6005-2018", "an LSTM that predicts the flow of rivers",
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
        ("Nearing", "Cohen", "Dube", "Gauch", "Gilon"), "2024",
        "Global prediction of extreme floods in ungauged watersheds", "doi:10.1038/s41586-024-07145-1",
        "floods predicted by LSTMs on rivers without measurements",
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
        ("Sennrich", "Haddow", "Birch"), "2016",
        "Neural machine translation of rare words with subword units", "arXiv:1508.07909",
        "byte-pair encoding, which finds tokens",
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
        ("Srivastava", "Greff", "Schmidhuber"), "2015", "Highway networks", "arXiv:1505.00387",
        "gates between layers, after those of the LSTM",
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
