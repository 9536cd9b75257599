"""The cheat sheet: equations, advice, troubles; which lines are half true; cells compared; the words."""

import streamlit as st

from lesson.cheatsheet.compared import compared
from lesson.cheatsheet.half_true import FALSE, HALF, TRUE, lines
from lesson.cheatsheet.printed import printed
from lesson.cheatsheet.sheet import sheet
from lesson.frame.glossary import glossary, note, prose
from lesson.frame.links import choose_part
from lesson.frame.navigation import begin, page_link

begin(__file__)

PARTS = ("Sheet", "True, half true", "Compared", "Words")
st.title("Cheat sheet")
part = choose_part(PARTS, "sheet")

if part == "True, half true":
    prose(
        "Lines that everybody copies. Each stands with its verdict and with numbers that were computed here, "
        "by the library that this course runs on."
    )
    marks = {TRUE: ":green-badge[true]", HALF: ":orange-badge[half true]", FALSE: ":red-badge[not so here]"}
    for line in lines():
        with st.container(border=True):
            prose(f"**“{line.says}”** {marks[line.verdict]}  \n{line.found}")
            page_link(line.file, "See it", line.query)
elif part == "Compared":
    compared()
elif part == "Words":
    glossary()
else:
    sheet()
    with st.expander(
        "Print it: two pages", icon=":material/print:", key="print_sheet", on_change="rerun"
    ) as opened:
        if opened.open:
            st.download_button(
                "The sheet as a file for the browser", printed(), "lstm_cheat_sheet.html", "text/html",
                icon=":material/download:", on_click="ignore",
            )  # fmt: skip
            note("Open it and print; it fits two pages of A4.")

page_link("1_start.py", "Back to the start: the way through the course")
