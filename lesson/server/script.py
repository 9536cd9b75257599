"""What is run for every visitor."""

from lesson.answers import answers
from lesson.frame.navigation import open_frame
from lesson.warm_up import warm_up
from lesson.widgets.channel import open_channel


def show() -> None:
    """Show the page that the visitor asks for."""
    open_frame(warm_up)
    open_channel(answers)  # last, where it takes no room between other things


if __name__ == "__main__":  # under st.App this file is the script; a launcher without it imports this one
    show()
