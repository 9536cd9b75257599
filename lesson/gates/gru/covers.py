"""What stays covered in the drawing of the GRU while a question above it stands unanswered."""

from collections.abc import Collection

# Numbers by the names of `cell_answer.QUANTITIES`; "minus" is the block that makes 1 − z.
_NUMBERS: dict[str, tuple[str, ...]] = {
    "gru_keep_numbers": ("one_minus_z", "added_h", "kept_h", "h", "minus"),
    "gru_reset_numbers": ("seen_h", "kept_h", "added_h", "h", "h_tilde"),
}


def hidden_numbers(covered: Collection[str]) -> list[str]:
    """Return the names of the numbers that stay hidden; covered: as `ask` returns it."""
    return sorted({name for cover in covered for name in _NUMBERS.get(cover, ())})
