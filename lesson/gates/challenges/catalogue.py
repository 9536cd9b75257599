"""The six challenges, in the order in which they are offered."""

from lesson.gates.challenges import count, half_life, keep, light_switch, reset, store_hide_show
from lesson.gates.challenges.challenge import Challenge

CHALLENGES: dict[str, Challenge] = {
    challenge.name: challenge
    for challenge in (
        keep.CHALLENGE,
        half_life.CHALLENGE,
        reset.CHALLENGE,
        count.CHALLENGE,
        store_hide_show.CHALLENGE,
        light_switch.CHALLENGE,
    )
}
