"""Charts that are kept as they are drawn."""

from streamlit.testing.v1 import AppTest

from lesson.gates.cell_variants.results import recall_and_text
from lesson.widgets.display import ready
from visualization.charts.variants import plot_variant_losses


def draw_three_times():
    import altair as alt

    from lesson.gates.cell_variants.results import recall_and_text
    from lesson.widgets.display import draw, ready
    from visualization.charts.variants import plot_variant_losses

    chart = plot_variant_losses(recall_and_text()[1])
    assert isinstance(chart, alt.Chart)
    kept = ready(chart, "light")
    draw(chart, "As it is made.", key="made")
    draw(kept, "As it is kept.", key="kept")
    draw(kept, "And once more.", key="again")


def test_a_chart_that_is_kept_is_drawn_like_one_that_is_made_as_often_as_it_is_asked_for():
    app = AppTest.from_function(draw_three_times).run()
    assert not app.exception
    made, kept, again = (chart.proto for chart in app.get("vega_lite_chart"))
    assert kept.spec == again.spec and kept.datasets == again.datasets
    named = [[dataset.name for dataset in proto.datasets] for proto in (made, kept)]
    assert made.spec.replace(named[0][0], named[1][0]) == kept.spec


def test_what_is_kept_has_the_rows_of_the_chart():
    rows = recall_and_text()[1]
    spec = ready(plot_variant_losses(rows), "dark")
    (frame,) = spec["datasets"].values()
    assert list(frame.loss) == list(rows.loss) and list(frame.row) == list(rows.row)
