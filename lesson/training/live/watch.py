"""What a visitor sees of the runs they look at: a drawing that asks the server by itself what is new."""

from collections.abc import Collection, Mapping

import streamlit as st

from lesson.frame.files import asset
from lesson.frame.style import theme
from lesson.training.engine.recording import Recording
from lesson.training.engine.run_names import names_of
from lesson.training.engine.settings import RunRequest
from lesson.training.live.challenges import note_solved
from lesson.training.live.downloads import offer_downloads
from lesson.training.live.session import registry, viewer
from lesson.widgets.drawing import Drawing, sent_value
from lesson.widgets.questions import cover_sentence
from visualization.palette import GREY, RUNS

SENTENCES = "runs/sentences"  # the address of what is said of runs in general
_RUNS = Drawing("run", asset("losses/losses.css") + asset("shared/scroll.css"))


def start(about: str, requests: list[RunRequest], resume: bytes = b"") -> None:
    """Start these runs for a part of the page, in place of those that it has started before.

    resume: the checkpoint that they go on with, if any.
    """
    viewer().start(requests, resume, about)


def runs_of(about: str) -> list[Recording]:
    """Return the runs that this part of the page, which is shown, has started: they are looked at now."""
    return viewer().runs if viewer().turn_to(about) else []


def watch(
    about: str,
    answers: str = SENTENCES,
    also: Mapping[str, str] | None = None,
    covered: Collection[str] = (),
) -> bool:
    """Show the runs that this part of the page has started; False if there are none.

    answers: the address of what is said of them, below api/; also: what else that is asked with.  covered:
    what stays hidden, as `ask` returns it; of "picture", "progress", "samples", "verdicts", "checklist".
    """
    visitor, runs = viewer(), runs_of(about)
    names = names_of([run.settings for run in runs]) if runs else []
    key = f"watch_{about}".replace(" ", "_")
    _RUNS.draw(
        {
            "about": about,
            "visit": visitor.visit if runs else "",
            "watcher": visitor.name,
            "recall": bool(runs) and runs[0].settings.recall,
            "runs": [
                {"id": run.id, "name": name, "colours": colours[theme()]}
                for run, name, colours in zip(runs, names, RUNS, strict=False)
            ],
            "grey": GREY[theme()],
            "answers": answers,
            "also": dict(also or {}),
            "covered": sorted(covered),
            "cover": cover_sentence(),
        },
        key,
        on_back_change=lambda: come_back(about, sent_value(key, "back")),
        on_solved_change=lambda: note_solved(viewer().runs),
    )
    with st.container(horizontal=True):
        for run, name in zip(runs, names, strict=True):
            offer_downloads(run, registry(), name if len(names) > 1 else "")
    return bool(runs)


def come_back(about: str, sent: object) -> None:
    """Take up the runs again that this part of a page which was loaded anew had shown; sent: which, as its
    drawing says."""
    match sent:
        case {"runs": [str(), *_] as ids, "visit": str(visit)} if len(ids) <= 2 and len(visit) < 60:
            viewer().come_back([str(id) for id in ids], visit, about)
