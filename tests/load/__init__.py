"""A class of visitors without browsers, to be run by hand: python -m tests.load"""

import os

os.environ["COURSE_DATABASE"] = "sqlite://"  # never the user's own rooms
