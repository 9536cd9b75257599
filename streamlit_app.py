"""The frame: page configuration, navigation and warm-up.  The lessons are in pages/."""

from lesson.frame.navigation import open_frame
from lesson.warm_up import warm_up

open_frame(warm_up)
