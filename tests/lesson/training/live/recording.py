"""Short runs done at once and what a visitor does with their files, for the tests of the part Live."""

import json
import math
import re

from lesson.frame.files import ROOT
from lesson.training.engine.jobs import work
from lesson.training.engine.recording import Recording
from lesson.training.engine.settings import RunSettings
from lstm import InputError
from lstm.text import read_text
from tests.app import rerun

PLACES = read_text(ROOT / "sample_texts" / "places.txt")
OWN = "Ein eigener Text: „Ümläute“, Zeichen, Zeilen.\n" * 200
SMALL = RunSettings(text="places", hidden=8, amount=1)


def recorded_run(settings, text=PLACES, steps=None, resume=b""):
    """A run done at once, as the server comes to know it, and the work that did it."""
    done = work(settings, text, resume)
    recording = Recording(settings, text, resume)
    recording.begin(json.loads(json.dumps(done.begin())))
    recording.add(json.loads(json.dumps(done.advance(steps or 2**53, math.inf))), 0.0)
    return recording, done


class Server:
    """The registry, as far as downloads need it: it has the work at hand."""

    def __init__(self, done, error=None):
        self.done, self.error, self.asked = done, error, 0

    def checkpoint(self, recording, notes):
        self.asked += 1
        if self.error:
            raise InputError(self.error)
        return self.done.checkpoint(notes)


def give(app, data, name="model.npz"):
    app.file_uploader[0].set_value((name, data, "application/octet-stream"))
    rerun(app)
    return [error.value for error in app.error]


SENTENCE = re.compile(r"The (file|text)(?!.*(Error|Traceback|numpy|lstm\.|<|\n))[^.!?]*([.,]\w[^.!?]*)*\.")


def is_a_sentence(message):
    """One sentence for a person: no class names, no markup, nothing out of the file."""
    assert SENTENCE.fullmatch(message.replace(".npz", "")) and len(message) < 170, message
    return True
