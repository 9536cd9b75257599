"""Words in drawings: what belongs together stays in one line."""


def test_a_fraction_of_a_text_is_kept_in_one_line_and_one_of_an_attribute_is_left_alone(run):
    markup = '<p title="∂L/∂h">Of ∂L/∂h<sub>3</sub> and ∂L/∂C</p>'
    shown = run("panel/look.js", "(m, markup) => m.unbroken(markup)", markup)
    one, two = ('<span class="unbroken">' + text + "</span>" for text in ("∂L/∂h<sub>3</sub>", "∂L/∂C"))
    assert shown == f'<p title="∂L/∂h">Of {one} and {two}</p>'
