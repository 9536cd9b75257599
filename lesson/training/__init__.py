"""The training page: live trainings, replays, and troubles with their cures."""
