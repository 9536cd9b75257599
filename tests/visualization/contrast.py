"""How light a colour is."""

import numpy as np


def luminance(colour):
    """Return the relative luminance of a colour, #rrggbb, from 0 to 1 (WCAG 2.2)."""
    channels = np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.03928, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])
