"""The frame: page configuration, navigation and warm-up.  The lessons are in pages/."""

from lesson.frame import open_frame

open_frame()
