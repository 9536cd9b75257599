"""What the pictures of the gradients page ask while their controls are moved."""

from lesson.gradients.paths_answers import gradient_paths, units
from lesson.gradients.race_answers import is_long, race
from lesson.widgets.source import Source

ANSWERS = {
    "gradients/race": Source(race, in_thread=True, slow=is_long),
    "gradients/paths": Source(gradient_paths, in_thread=True),
    "gradients/units": Source(units, in_thread=True),
}
