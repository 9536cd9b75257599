"""What the pictures of the page *Series* ask while their controls are moved, and while a run trains."""

from collections.abc import Mapping

from lesson.frame.query import Query
from lesson.series.map_data import map_of
from lesson.series.news import series_news
from lesson.series.parameters import LENGTH, SERIES_BIAS
from lesson.series.preview import cuts, picture
from lesson.series.settings import Setting
from lesson.widgets.inline_html import inline_html
from lesson.widgets.source import Answer, Source


def series_setting(query: Query) -> Answer:
    """Answer with the series of a task, its cuts and what a state keeps, along bias or sequence length."""
    settings = [Setting.of_query(one) for one in query.positions([SERIES_BIAS, LENGTH])]
    frames, task = [cuts(setting) for setting in settings], settings[0].task
    # A series of one's own comes with the page: only the visitor's session has it.
    shared = {} if task == "own" else {"picture": picture(task)}
    return {
        "common": shared | {"map": map_of(task), "task": task},
        "frames": [
            frame | {"words": inline_html(frame["words"]), "hasGate": bool(setting.gate)}
            for frame, setting in zip(frames, settings, strict=True)
        ],
    }


ANSWERS: Mapping[str, Source] = {
    "series/setting": Source(series_setting, in_thread=True),
    "series/news": Source(series_news, in_thread=True, changes=True),
}
