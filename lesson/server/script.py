"""What is run for every visitor."""

from lesson.frame.navigation import open_frame
from lesson.warm_up import warm_up


def show() -> None:
    """Show the page that the visitor asks for."""
    open_frame(warm_up)


if __name__ == "__main__":  # under st.App this file is the script; a launcher without it imports this one
    show()
