"""Scripts as they travel: short names for what nobody outside them reads, and the same work."""

import re
import subprocess

import pytest
from rjsmin import jsmin

from lesson.classroom.pages.shorter import shorter
from lesson.frame.files import script

CODE = """
const limit = 3, other = 1
const label = "my label"
function twice(number) { return 2 * number }
function say() { return `${twice(limit)} is twice ${limit}` }
function key() { return { key: twice(other), twice } }
class Counter {
  constructor() { this.count = 0 }
  add() {
    for (let k = 0; k < limit; k++) this.#countAll(twice(1))
    return this.count
  }
  #countAll(by) { this.count += by }
}
console.log(say(), label, new Counter().add(), key().key, key().twice(4))
"""


def test_a_script_with_short_names_does_the_same(node, tmp_path):
    path = tmp_path / "script.mjs"
    path.write_text(shorter(CODE), "utf-8")
    done = subprocess.run([node, str(path)], check=True, capture_output=True, text=True)
    assert done.stdout == "6 is twice 3 my label 6 2 8\n"


@pytest.mark.parametrize("name", ["phone", "projector"])
def test_no_sentence_of_a_page_changes(name):
    code = script(f"classroom/{name}/{name}.js")
    before, after = (sentences(each) for each in (jsmin(code), shorter(code)))
    assert len(before) > 50 and before == after


def sentences(code):
    """Return what stands in quotes, and of templates what is no code."""
    strings = re.findall(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'", code)
    return strings + [re.sub(r"\$\{[^}]*\}", "", each) for each in re.findall(r"`[^`]*`", code)]


def test_only_what_is_nothing_but_a_variable_gets_a_short_name():
    code = shorter(CODE)
    assert "limit" not in code and "Counter" not in code and "countAll" not in code
    assert "twice(" in code and "key(" in code and "label" in code  # keys, and words of a sentence
