"""Scripts as they travel: short names for what nobody outside them reads, and the same work."""

import subprocess
from pathlib import Path

import pytest

from lesson.classroom.pages.shorter import shorter, shorter_style
from lesson.frame.files import script

PAGES = ["phone"]
COMPARE = Path(__file__).with_name("compare_scripts.mjs")
CODE = """
const limit = 3, other = 1 // a comment
const label = "my label", isGood = true
function twice(number) { return 2 * number }
/* another one,
   of two lines */
const say = () => `${twice(limit)} is twice ${limit}: ${isGood ? `${other} · yes` : "no"}`
function key() { return { key: twice(other), twice } }
class Counter {
  constructor() { this.count = 0 }
  add({ by = 1, key: number = 2, ...rest } = {}) {
    for (let k = 0; k < limit; k++) this.#countAll(twice(by))
    return this.count + number / 2 / 1 + Object.keys(rest).length
  }
  #countAll(by) { this.count += by }
}
const parts = "a/b/c".replace(/[/"]/g, "-").split("-")
const pick = isGood ? other : limit
const minus = limit - -other
parts
  .push(pick, minus)
const { other: renamed, [label]: named } = { other, [label]: limit, }
console.log(say(), label, new Counter().add({ other }), key().key, key().twice(4), parts.join(), named)
console.log(renamed)
"""
SAID = "6 is twice 3: 1 · yes my label 8 2 8 a,b,c,1,4 3\n1\n"


def test_a_script_with_short_names_does_the_same(node, tmp_path):
    for code in (CODE, shorter(CODE)):
        path = tmp_path / "script.mjs"
        path.write_text(code, "utf-8")
        done = subprocess.run([node, str(path)], check=True, capture_output=True, text=True, encoding="utf-8")
        assert done.stdout == SAID


def test_a_function_needs_no_line_of_its_own():
    code = "function f() {\n  g({})\n}\nasync function h() {}\nconst k = {}\nfunction i() {}\n;[f, h]"
    assert shorter(code) == "function f(){g({})}async function h(){}let k={}\nfunction i(){};[f,h]"


def test_what_only_helps_to_read_is_left_out():
    code = "let a = (b) => b * 0.5, c = async (b) => b, d = (b, e) => b\nif (a) {\n  d()\n}\nd()"
    assert shorter(code) == "let a=b=>b*.5,c=async(b)=>b,d=(b,e)=>b\nif(a){d()}d()"
    assert shorter("function f() {\n  if (1) return true\n}") == "function f(){if(1)return!0}"
    assert shorter("const a = () => {\n  f()\n}\nf()") == "let a=()=>{f()}\nf()"


def test_a_style_has_short_names_for_its_own_properties():
    style = ":root{--ink:#000;--paper:#fff;--size:2}p{color:var(--paper);background:var(--paper)}"
    short = ":root{--b:#000;--a:#fff;--size:2}p{color:var(--a);background:var(--a)}"
    assert shorter_style(style, 'root.style.setProperty("--size", "4")') == short


def differences(node, folder, before, after):
    """What TypeScript's parser finds different in two scripts, beside the names of variables."""
    paths = [folder / "before.mjs", folder / "after.mjs"]
    for path, code in zip(paths, (before, after), strict=True):
        path.write_text(code, "utf-8")
    command = [node, str(COMPARE), *map(str, paths)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    variables, *lines = done.stdout.strip().splitlines()
    return int(variables), lines


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_a_page_s_script_differs_in_the_names_of_its_variables_alone(node, tmp_path, name):
    code = script(f"classroom/{name}/{name}.js")
    variables, lines = differences(node, tmp_path, code, shorter(code))
    assert lines == []
    assert variables > 300


@pytest.mark.slow
@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("this.count = 0", "this.c = 0"),  # a property
        ("key: twice(other), twice", "k: twice(other), twice"),
        ("twice(limit)", "twice(other)"),  # a variable is not another one
        ("Object.keys", "A.keys"),  # what the browser has
        ("function twice(number)", "function Object(number)"),
        ("is twice", "is  twice"),
        ("k < limit", "k <= limit"),
        ("number / 2 / 1", "number / 2"),
        ("isGood = true", "isGood = false"),
        ('/[/"]/g', '/["]/g'),
    ],
)
def test_what_differs_is_seen(node, tmp_path, part, other):
    assert part in CODE
    assert differences(node, tmp_path, CODE, shorter(CODE))[1] == []
    assert differences(node, tmp_path, CODE, CODE.replace(part, other))[1] != []


def test_only_what_is_nothing_but_a_variable_gets_a_short_name():
    code = shorter(CODE)
    assert "limit" not in code and "Counter" not in code and "countAll" not in code and "comment" not in code
    assert "twice:" in code and "key:" in code and "Object.keys" in code and "my label" in code
    assert len(code) < 0.75 * len(CODE)
