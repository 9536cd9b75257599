"""The cheat sheet: equations, advice, problems; half-true claims; cells compared; terms; sources."""

import streamlit as st

from lesson.cheatsheet import after_lstm, compared, half_true, printed, sheet, sources, words
from lesson.cheatsheet.parameters import PARAMETERS, PART
from lesson.frame.links import choose_part
from lesson.frame.navigation import begin, page_link

begin(__file__, PARAMETERS)
st.title("Cheat sheet")
part = choose_part(PART)

if part == "Sheet":
    sheet.show()
    printed.show()
elif part == "True, half true":
    half_true.show()
elif part == "Compared":
    compared.show()
elif part == "After the LSTM":
    after_lstm.show()
elif part == "Words":
    words.show()
else:
    sources.show()

page_link("9_pytorch.py", "Next: the same weights in PyTorch")
