"""A soak of a minute, so that the hour works when it is wanted; what it finds left behind holds here, too."""

import csv

import pytest

from tests.load.soak.run import soak
from tests.load.soak.verdicts import verdicts

MINUTES = 1.0


@pytest.mark.slow
def test_nothing_is_left_behind_after_a_minute_of_coming_and_going(tmp_path):
    file = tmp_path / "soak.csv"
    outcome = soak(MINUTES, file, hurry=True)
    assert [row for row in verdicts(outcome) if not row.holds] == [], outcome.tracebacks
    # It was no soak if nobody was there.
    assert max(each.held["sessions"] for each in outcome.figures) >= 20
    assert max(each.held["streams"] for each in outcome.figures) >= 10
    assert max(each.held["visitors_runs"] for each in outcome.figures) >= 1
    assert max(each.rows["room_events"] for each in outcome.figures) >= 50
    rows = list(csv.DictReader(file.open()))
    assert len(rows) == len(outcome.figures) + 2
    assert {"minute", "rss", "pss", "threads", "files.socket", "held.streams", "rows.room_events"} <= rows[
        0
    ].keys()
