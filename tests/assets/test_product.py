"""The plane of the RNN's product: no tip is cut off at an edge."""


def test_a_tip_has_a_dot_only_if_all_of_the_dot_is_in_the_picture(run):
    side, top = 300, 19
    tips = [
        [150, 150],
        [5, 150],
        [295, 295],
        [150, 24],
        [4, 150],
        [150, 296],
        [150, 23],
        [-20, 150],
        [301, 9],
    ]
    inside = run("product/plane.js", "(m, given) => m.tipsInside(...given)", [tips, top, side])
    assert inside == tips[:4]
