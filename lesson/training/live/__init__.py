"""Live training: what is chosen, the run, its losses, what is wrong with it, what is taken away."""
