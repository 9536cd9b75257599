"""Our own Markdown as HTML: what is no markup is escaped."""

import pytest

from lesson.widgets.inline_html import inline_html, plain_text


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("**0.3** is *left*, see `f`", "<b>0.3</b> is <em>left</em>, see <code>f</code>"),
        ("$b_f$ and $h_{t-1}$", "<i class=symbol>b<sub>f</sub></i> and <i class=symbol>h<sub>t−1</sub></i>"),
        ("$H$, 3 * 4 * 5", "<i class=symbol>H</i>, 3 * 4 * 5"),
        ("a < b & <script>", "a &lt; b &amp; &lt;script&gt;"),
    ],
)
def test_a_line_becomes_html(markdown, expected):
    assert inline_html(markdown) == expected


def test_what_is_read_aloud_has_no_markup():
    assert plain_text("Forget bias $b_f$ of the **LSTM**") == "Forget bias b f of the LSTM"
