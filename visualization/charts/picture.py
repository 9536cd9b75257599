"""An array of colours as a picture in a URL: one pixel a number."""

import base64
import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def picture_url(places: NDArray, colours: Sequence[str]) -> str:
    """A PNG as data URL; places (rows, columns) in a palette of up to 256 colours, #rrggbb each."""
    picture = Image.fromarray(places.astype(np.uint8))
    picture.putpalette(bytes.fromhex("".join(tone.removeprefix("#") for tone in colours)))
    file = io.BytesIO()
    picture.save(file, "PNG")
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
