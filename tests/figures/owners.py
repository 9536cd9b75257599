"""Who measures which figures of the README, how long that takes, and what is asked of them.

An owner's function measures (quickly, if it is only to be tried) and returns values by name; its blocks stand
in the README between marks of the same names.
"""

from typing import NamedTuple

from tests.figures.table import Cell, Line, Table, line

CONDITIONS = "conditions"  # in a block: the sentence about date, load and machine


class Owner(NamedTuple):
    """measure: module:function of `is_quick`.  minutes: of two cores.  packages: whose versions are named.

    is_steady: whether it is measured on a quiet machine only, because it takes processor time, or fits a
    model, or needs two free cores.
    """

    measure: str
    minutes: float
    packages: tuple[str, ...]
    is_steady: bool
    blocks: dict[str, tuple[Table | str, ...]]


def _text(what: str, name: str, most: float | None, words: float | None) -> Line:
    return line(
        what,
        Cell(f"{{{name}_lstm:.3f}}", most=most),
        f"{{{name}_pytorch:.3f}}",
        Cell(f"{{{name}_gap:+.3f}}", most=0.02),
        f"batch {{{name}_batch:.0f}}, rate {{{name}_rate:g}}",
        Cell(f"{{{name}_words:.0f}} %", least=words),
        Cell(f"{{{name}_saved:+.3f}}", most=0),
    )


QUALITY = Table(
    (
        "",
        "lstm",
        "PyTorch",
        "difference",
        "its best of six",
        "known words",
        "the saved model − its best epoch",
    ),
    (
        _text("plays: the beginning of *tiny Shakespeare*", "plays", 1.58, 75),
        _text("the first names of *makemore*", "names", None, None),
        _text("Python's `argparse.py`", "code", None, None),
    ),
)


def _step(what: str, key: str, most: float | None = 1.0, spec: str = ".1f") -> Line:
    return line(what, f"{{{key}_ms:{spec}}} ms", Cell(f"{{{key}_ratio:.2f}}", most=most))


def _two(B: int, H: int) -> Line:
    key = f"two_{B}_{H}"
    return line(
        f"training step, B = {B}, H = {H}, Adam",
        f"{{{key}_ms:.1f}} ms", Cell(f"{{{key}_ratio:.2f}}", most=1.1), f"{{{key}_gain:.2f}}",
    )  # fmt: skip


SIZES = [(B, H) for H in (128, 256) for B in (32, 64)]
SPEED = Table(
    ("", "lstm", "÷ PyTorch"),
    (
        _step("training step, B = 1, H = 128, SGD", "step_1_128", None),
        *(_step(f"training step, B = {B}, H = {H}, Adam", f"step_{B}_{H}") for B, H in SIZES),
        _step("2,000 sampled characters, H = 128", "sampling_128", 0.15, ".0f"),
        _step("2,000 sampled characters, H = 256", "sampling_256", 0.2, ".0f"),
        line(
            "gradient norms of an RNN, a GRU and an LSTM, 100 steps, H = 64",
            Cell("{norms_ms:.1f} ms", most=3),
            "{norms_ratio:.2f}",
        ),
    ),
)
TWO = Table(("", "lstm", "÷ PyTorch", "times as fast as one process"), tuple(_two(B, H) for B, H in SIZES))
START = Table(
    ("processor time", "measured"),
    (
        line("`import lstm`, beyond NumPy's", Cell("{import_s:.2f} s", most=0.15)),
        line("`train_minimal.py --help`", Cell("{help_s:.2f} s", most=0.4)),
    ),
)
STORY = """1. Naive, in float64, gate by gate with one-hot inputs: {naive_ms:.1f} ms.
2. The same in float32: × {float32:.2f}.
3. One product for each weight gradient, after the loop: × {after:.2f}.
4. Characters looked up, their gradients summed by sorting, instead of one-hot products: × {gather:.2f}.
5. Narrow blocks for the products, one tanh for all gates, little memory and always the same: × {library:.2f}.

What is left is {limit:.1f} times the time of the matrix products alone."""
LIVE = (
    "One run reaches {share:.0f} % of the loop's {loop:.0f} steps a second (H = 64), three reach "
    "{three:.0f} % each, and the first step is there {first:.2f} s after the start."
)

VISITORS = Table(
    ("", "measured"),
    (
        line(
            "300 on the gates page, a move a second: 95 % are answered within",
            Cell("{gates_300_p95:,.0f} ms", most=20),
        ),
        line("… and the server takes, of a core", Cell("{gates_300_core:.0f} %", most=30)),
        line("… and of memory", Cell("{gates_300_mb:.0f} MB", most=300)),
        line("1,000 likewise", Cell("{gates_1000_p95:,.0f} ms", most=250)),
        line(
            "the same on a bare Streamlit page with one slider and one chart, 30 visitors",
            "{bare_p95:,.0f} ms",
        ),
        line(
            "60 over all pages, three trainings, as soon as the server answers: 95 % of moves within",
            Cell("{lesson_p95:,.0f} ms", most=100, busy=300),
        ),
        line("… and the slowest", Cell("{lesson_worst:.1f} s", most=1)),
        line(
            "the same once the server has prepared itself (`/healthz` says so)",
            Cell("{prepared_p95:,.0f} ms", most=100, busy=300),
        ),
        line("… and the slowest", Cell("{prepared_worst:.1f} s", most=1)),
        line(
            "100 open the course within five seconds while 60 move sliders: 95 % of the moves within",
            Cell("{arrival_p95:,.0f} ms", most=300),
        ),
        line("cold start to the first text, against `streamlit hello`", Cell("{cold:.2f} times", most=1.1)),
    ),
)

OVER = """\
In the lesson of sixty, 95 % of the moves take more than 100 ms on: {lesson_over}. Once the server has \
prepared itself: {prepared_over}."""

PAGES = ("gates", "time", "gradients", "replay", "sampling")


def _moves(what: str, template: str, most: tuple[float | None, ...] | float | None, bare: str) -> Line:
    limits = most if isinstance(most, tuple) else (most,) * len(PAGES)
    cells = [Cell(template.replace("PAGE", page), most=m) for page, m in zip(PAGES, limits, strict=True)]
    return line(what, *cells, bare)


MOVES = Table(
    ("", "gates", "over time", "gradients", "replay", "sampling", "a bare page, an almost empty component"),
    (
        _moves(
            "processor time of the server for a key press (ten that follow one another, at settings drawn at "
            "random)",
            "{press_PAGE:.1f} ms", (0.6, None, 2, 0.5, 4), "{press_bare:.0f} ms",
        ),
        _moves(
            "messages through Streamlit's socket for ten of them",
            "{frames_PAGE:.0f}", 0, "{frames_bare:.0f}",
        ),
        _moves("drag to paint, median", "{drag50_PAGE:.1f} ms", None, "{drag50_empty:.1f} ms"),
        _moves("drag to paint, 95 % within", "{drag95_PAGE:.1f} ms", 16.7, "{drag95_empty:.1f} ms"),
        _moves("… ÷ the almost empty component's", "{ratio_PAGE:.1f}", 1.2, "1"),
        _moves("key press to everything repainted, median", "{key_PAGE:.0f} ms", 30, "{key_bare:.0f} ms"),
    ),
)  # fmt: skip
FIRST_VISIT = Table(
    ("", "measured"),
    (
        line(
            "a first visit of a page brings at most, of ours, beside Streamlit's {visit_streamlit:.1f} MB",
            Cell("{visit_most:.0f} kB", most=150),
        ),
    ),
)

ROOM = Table(
    ("", "measured"),
    (
        line(
            "300 join within ten seconds, page and all: 95 % are in within",
            Cell("{join_p95:.0f} ms", most=700),
        ),
        line("600 votes within five seconds: 95 % are stored within", Cell("{votes_p95:.0f} ms", most=300)),
        line("… while sixty networks train", Cell("{votes_training_p95:.0f} ms", most=300)),
        line("… acknowledged votes that are lost", Cell("{votes_lost:.0f}", most=0)),
        line("a stage is on 300 phones with events: 95 % within", Cell("{stage_p95:.0f} ms", most=150)),
        line("… all within", Cell("{stage_worst:,.0f} ms", most=1000)),
        line("… if all of them can only ask: all within", Cell("{asking_worst:.1f} s", most=4)),
        line(
            "thirty pairs of networks that learn to recall, while all vote and the sixty move: all are done "
            "within",
            Cell("{networks_done:.0f} s", most=180),
        ),
        line("… the first curves are there within", Cell("{networks_first:.1f} s", most=3)),
        line("… the same in a room of thirty phones alone", Cell("{alone_first:.1f} s", most=3)),
        line("300 phones wake at one moment: all are back within", Cell("{wake_worst:.2f} s", most=5)),
        line(
            "processor time of the server for a waiting phone, each second",
            Cell("{waiting:.3f} ms", most=0.05),
        ),
        line(
            "a slider is dragged for 100 followers: 95 % of the positions are there within",
            "{drag_p95:.0f} ms",
        ),
        line(
            "… three of them in Chromium on the same two cores: 95 % of the pointer's moves are painted "
            "within",
            Cell("{paint_p95:.0f} ms", most=400),
        ),
        line("… the same while the sixty move as well", Cell("{paint_moving_p95:.0f} ms", most=400)),
        line(
            "killed (`kill -9`) in a burst of votes: acknowledged votes that are lost",
            Cell("{killed_lost:.0f}", most=0),
        ),
        line("… started again: all phones listen, after it is up", "{back_listen:.1f} s"),
        line("… and all votes are in", "{back_votes:.1f} s"),
        line(
            "two of the lecturer's devices act at the same moment, 20 times: one wins, the other is told",
            Cell("{fair:.0f} times", most=20, least=20),
        ),
        line(
            "meanwhile, sixty in the course: 95 % of their moves within", Cell("{moves_p95:.0f} ms", most=150)
        ),
        line("… of their whole pages", "{pages_p95:.0f} ms"),
    ),
)
ROOM_MOVES = (
    "In the ten seconds in which 300 join, 95 % of the sixty's moves take up to {moves_join_p95:.0f} ms; "
    "while the networks train, {moves_networks_p95:.0f} ms."
)
AMISS = "What does not hold, in full: {amiss}."  # not only too slow: lost, or not there for everybody

DOTS = Table(
    ("300 dots fall onto the projector, in Chromium without a graphics card", "measured"),
    (
        line(
            "frames a second, the least of a curve and a map, at 1280 × 720 and 2560 × 1440",
            Cell("{least:.0f}", least=30),
        ),
        line("… the most", "{most:.0f}"),
    ),
)

CLUSTER = Table(
    ("", "measured"),
    (
        line("300 join within ten seconds: 95 % are in within", "{join_p95:.0f} ms"),
        line("a stage is on 300 phones: 95 % within", Cell("{stage_p95:.0f} ms", most=1000)),
        line("… all within", "{stage_worst:.0f} ms"),
        line("600 votes within five seconds: 95 % are stored within", Cell("{votes_p95:.0f} ms", most=600)),
        line("… that are lost, or stored twice", Cell("{votes_amiss:.0f}", most=0)),
        line(
            "one of three servers killed (`kill -9`) in such a burst: acknowledged votes that are lost",
            Cell("{killed_lost:.0f}", most=0),
        ),
        line("… 95 % of its students are back within", Cell("{killed_back_p95:.1f} s", most=5)),
        line("… 95 % of the burst's votes within", "{killed_votes_p95:.0f} ms"),
        line(
            "PostgreSQL stopped for {down:.1f} s in such a burst: votes that are lost",
            Cell("{down_lost:.0f}", most=0),
        ),
        line("… the last one is stored, after it is up", "{down_last:.1f} s"),
        line("… screens that said so, of 300", Cell("{down_screens:.0f}", most=300, least=300)),
        line(
            "a room of 1,000, 1,500 votes within ten seconds: 95 % are stored within",
            Cell("{large_p95:.0f} ms", most=1000),
        ),
        line("… that are lost, or stored twice", Cell("{large_amiss:.0f}", most=0)),
    ),
)
TRAININGS = Table(
    ("twelve runs", "measured"),
    (
        line("on two Dask workers, steps a second against one process", Cell("{dask:.2f} times", least=1.7)),
        line("… two processes of these two cores, without Dask", "{processes:.2f} times"),
        line(
            "a Dask worker killed (`kill -9`): all work again elsewhere, with the same numbers, after",
            Cell("{works:.1f} s", most=10),
        ),
        line(
            "… are further than before, after (what was known is computed again: {steps:.0f} steps each, on "
            "the worker that is left)",
            "{further:.0f} s",
        ),
    ),
)


def _point(servers: int, visitors: int, rate: str) -> Line:
    cells = [
        "{votes_KEY:.0f}", "{servers_KEY:.0f} %", "{nginx_KEY:.0f} %", "{postgres_KEY:.0f} %",
        "{vote50_KEY:.0f} and {vote95_KEY:.0f} ms", "{move50_KEY:.0f} and {move95_KEY:.0f} ms",
    ]  # fmt: skip
    key = f"{servers}_{visitors}_{rate}"
    return line(f"{servers}", f"{visitors}", *(cell.replace("KEY", key) for cell in cells))


POINTS = Table(
    ("servers", "visitors", "votes a second", "the servers together, of a core", "nginx", "PostgreSQL",
     "a vote takes, 50 % and 95 %", "a slider's range"),
    (_point(1, 100, "busy"), *(_point(s, 400, rate) for s in (1, 2, 3) for rate in ("calm", "busy"))),
)  # fmt: skip


def _term(what: str, key: str) -> Line:
    return line(
        what, *(f"{{{part}_{key}:g}} ± {{{part}_{key}_error:g}}" for part in ("servers", "nginx", "postgres"))
    )


MODEL = Table(
    ("processor time, ms a second", "servers", "nginx", "PostgreSQL"),
    (
        _term("a server", "server"),
        _term("a visitor", "visitor"),
        _term("a vote a second", "vote"),
        _term("a vote a second, for each server that hears of it", "hearing"),
    ),
)


def _plan(visitors: int, rate: str, seconds: int) -> Line:
    key = f"{visitors}_{rate}"
    return line(
        f"{visitors:,}", f"{seconds} s", f"{{count_{key}:.0f}}",
        f"{{cores_{key}:.1f}} ({{low_{key}:.1f}} to {{high_{key}:.1f}})",
    )  # fmt: skip


PLANS = Table(
    ("visitors", "each votes once in", "servers", "cores in all"),
    tuple(
        _plan(visitors, rate, s) for rate, s in (("calm", 20), ("busy", 4)) for visitors in (1000, 2000, 5000)
    ),
)
COST_ERROR = (
    "The model misses the servers' points by {missing:.0f} ms a second (root mean square), and beyond 400 "
    "visitors it is a guess."
)

_SERVER = ("streamlit", "uvicorn", "numpy")
_CLUSTER = (*_SERVER, "psycopg", "nginx", "PostgreSQL")
OWNERS = {
    "quality": Owner(
        "tests.benchmarks.quality:figures", 50, ("numpy", "torch"), True,
        {"quality": (QUALITY, CONDITIONS)},
    ),
    "speed": Owner(
        "tests.benchmarks.speed:figures", 4, ("numpy", "torch"), True,
        {"speed": (SPEED, CONDITIONS), "speed of two processes": (TWO,)},
    ),
    "start": Owner("tests.benchmarks.start:figures", 1, ("numpy",), True, {"start": (START, CONDITIONS)}),
    "story": Owner(
        "tests.benchmarks.speed:story_figures", 1, ("numpy",), True, {"story": (STORY, CONDITIONS)}
    ),
    "live": Owner(
        "tests.benchmarks.live_training:figures", 2, ("numpy",), False, {"live": (LIVE, CONDITIONS)}
    ),
    "visitors": Owner(
        "tests.load.__main__:figures", 8, _SERVER, False, {"visitors": (VISITORS, OVER, AMISS, CONDITIONS)}
    ),
    "moves": Owner(
        "tests.benchmarks.moves:figures", 7, ("streamlit", "playwright"), False,
        {"moves": (MOVES, FIRST_VISIT, CONDITIONS)},
    ),
    "room": Owner(
        "tests.load.room:figures", 8, _SERVER, False,
        {"room": (ROOM, ROOM_MOVES, AMISS, CONDITIONS)},
    ),
    "dots": Owner(
        "tests.benchmarks.dots:figures", 1, ("playwright",), False, {"dots": (DOTS, CONDITIONS)}
    ),
    "cluster": Owner(
        "tests.load.cluster:figures", 3, _CLUSTER, False, {"cluster": (CLUSTER, AMISS, CONDITIONS)}
    ),
    "trainings": Owner(
        "tests.benchmarks.cluster:figures", 4, ("numpy", "distributed"), True,
        {"trainings": (TRAININGS, CONDITIONS)},
    ),
    "cost": Owner(
        "tests.load.cost:figures", 4, _CLUSTER, True,
        {"cost": (POINTS, CONDITIONS), "cost, the model": (MODEL,), "cost, plans": (PLANS, COST_ERROR)},
    ),
}  # fmt: skip
