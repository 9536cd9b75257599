"""What the pictures of the part *Its own mistakes* ask while their controls are moved."""

from collections.abc import Mapping

from lesson.widgets.source import Source

ANSWERS: Mapping[str, Source] = {}
