"""What a person can do wrong, as opposed to what a program can."""


class InputError(ValueError):
    """A text, a file, a setting or a size that cannot be used.

    The message is one sentence for whoever gave it: what is wrong and what to do.  The command line
    prints it and the pages show it; programming errors are never turned into one.
    """
