"""A run of a series in the worker: its reports are what a recording takes."""

import json
import math

import numpy as np
import pytest

from lesson.training.engine.jobs import work
from lesson.training.engine.recording import Recording
from lesson.training.engine.series.work import finite, packed_picture
from lesson.training.engine.settings import SERIES, RunSettings, from_json
from lstm import InputError

OWN_SERIES = f"{SERIES}own"
SINE = RunSettings(text=f"{SERIES}sine", hidden=4, seq=5, batch=3, amount=1)


def test_its_settings_travel_and_name_the_task():
    assert SINE.series == "sine" and from_json(SINE.key) == SINE
    assert RunSettings().series == "" == RunSettings(text="recall").series


def test_reports_become_a_recording():
    job, recording = work(SINE, ""), Recording(SINE, "")
    recording.begin(json.loads(json.dumps(job.begin())))
    while not job.finished:
        recording.add(json.loads(json.dumps(job.advance(job.step + 30, math.inf))), 0.0)
        job.release()
    history = recording.up_to(100)
    assert len(history.loss) == 100 and recording.finished and recording.seconds > 0
    assert history.validation_step.tolist() == [0, 20, 40, 60, 80, 100]
    assert len(json.loads(history.sample[1])) == 400
    assert history.validation_loss[-1] < history.validation_loss[0]


def test_it_stops_when_the_clock_says_so_after_one_update_at_least():
    job = work(SINE, "")
    assert job.advance(50, 0.0)["to"] == 1


def test_a_series_of_ones_own_comes_as_text():
    text = "\n".join(str(math.sin(k / 3)) for k in range(300))
    job = work(SINE.but(text=OWN_SERIES), text)
    assert job.advance(2, math.inf)["to"] == 2
    with pytest.raises(InputError, match="The series has 1 numbers"):
        work(SINE.but(text=OWN_SERIES), "5")


def test_there_is_no_checkpoint_and_no_other_task():
    with pytest.raises(InputError, match="nothing to keep"):
        work(SINE, "").checkpoint({})
    with pytest.raises(InputError, match="no task 'chess'"):
        work(SINE.but(text=f"{SERIES}chess"), "")


def test_what_is_no_number_travels_as_a_large_one():
    assert finite(math.nan) == finite(math.inf) == 1e9 and finite(0.5) == 0.5
    assert packed_picture(np.array([0.1234, np.nan, np.inf, -99])) == "[123,0,30000,-30000]"
