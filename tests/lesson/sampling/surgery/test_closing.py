"""The challenge of the open bracket: solvable, not by luck, and not without holding something."""

from collections import Counter

import numpy as np
import pytest

from lesson.sampling.surgery.closing_rules import ENOUGH, LETTERS, LINES, hidden_lines, judge_lines
from lesson.sampling.surgery.operation import Clamp, Operation
from lesson.widgets.catalogue import model, sample_text
from lstm.interpret.brackets import CLOSER

NET, VOCABULARY = model("brackets").net, model("brackets").vocabulary


def right(operation, seed):
    return sum(line.right for line in judge_lines(NET, VOCABULARY, operation, hidden_lines(seed)))


def test_the_lines_are_new_each_time_and_of_every_kind():
    assert hidden_lines(1) == hidden_lines(1) != hidden_lines(2)
    for seed in range(20):
        lines = hidden_lines(seed)
        assert len(lines) == LINES and len({len(line) for line in lines}) == 1
        assert LETTERS[0] < len(lines[0]) <= LETTERS[1] + 1
        counts = Counter(line[0] for line in lines)
        assert set(counts) == set(CLOSER) and max(counts.values()) == 4  # always the same answer: at most 4


def test_the_model_has_never_read_so_many_letters_in_a_row():
    runs = "".join(c if c in "abc" else " " for c in sample_text("brackets")).split()
    assert max(map(len, runs)) == 3


def test_left_alone_it_does_not_close_and_with_nothing_erased_it_does():
    alone = [right(Operation(), seed) for seed in range(40)]
    kept = [right(Operation(Clamp("f", 1.0)), seed) for seed in range(40)]
    assert max(alone) < ENOUGH - 2 and min(kept) >= ENOUGH


@pytest.mark.parametrize(
    "hold", [("f", 0.0), ("f", 0.5), ("f", 0.9), ("i", 0.0), ("i", 0.5), ("i", 1.0), ("o", 0.0), ("o", 1.0)]
)
def test_other_gates_do_not_do_it(hold):
    assert sum(right(Operation(Clamp(*hold)), seed) >= ENOUGH for seed in range(20)) <= 1


def test_hardly_any_single_unit_does_it_by_luck():
    rng = np.random.default_rng(0)
    tried = [
        Operation(Clamp(str(rng.choice(list("fio"))), float(rng.choice([0, 0.5, 1]))), units=(int(unit),))
        for unit in rng.integers(0, 128, 60)
    ]
    assert sum(right(operation, 7) >= ENOUGH for operation in tried) <= 2


def test_what_is_judged_is_the_likeliest_next_character_of_the_operated_network():
    operation = Operation(Clamp("f", 1.0))
    line = hidden_lines(3)[0]
    (judged,) = judge_lines(NET, VOCABULARY, operation, [line])
    ids = VOCABULARY.encode("\n" + line)
    state = NET.run(ids[:2]).state
    p = operation.apply(NET).run(ids[2:], state).probabilities[-1, 0]
    assert judged.likeliest == VOCABULARY.chars[p.argmax()] and judged.probability == pytest.approx(
        p.max(), rel=1e-4
    )
