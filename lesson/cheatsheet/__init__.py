"""The cheat sheet page: on screen, printed, compared, and what is half true."""
