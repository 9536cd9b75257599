"""A server that is killed, and visitors who must not see one another."""

import re
import subprocess

import pytest

from tests.browser.conftest import ROOT, free_port, serving
from tests.browser.visit import settled, start_training

expect = pytest.importorskip("playwright.sync_api").expect

MINE = "Quagmire zebras juggle. "  # what one visitor writes, and nobody else
OWN_TEXT = "training?tab=Live&text=my+own"
ADDRESSES = (
    "", "?section=My+course", "gates", "gradients", "training", "training?tab=Live", OWN_TEXT,
    "training?tab=Troubles", "sampling", "sampling?tab=Read+its+memory", "sampling?tab=Gate+surgery",
    "exercises",
)  # fmt: skip


@pytest.fixture
def visitors(browser):
    """Two who share a server and nothing else."""
    contexts = [browser.new_context() for _ in range(2)]
    for context in contexts:
        context.set_default_timeout(20_000)
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def uploader(page):
    """Where a text of one's own is given."""
    return page.get_by_role("region", name="or upload a text file")


def test_what_one_visitor_has_no_other_sees(visitors, address, tmp_path):
    one, two = visitors
    one.goto(f"{address}/{OWN_TEXT}&hidden=16&batch=8&seq=10")
    settled(one)
    file = tmp_path / "quagmire.txt"
    file.write_text(MINE * 400, "utf-8")
    uploader(one).locator("input[type=file]").set_input_files(file)
    expect(one.get_by_text("Your text has")).to_be_visible()
    one.get_by_role("button", name="Start", exact=True).click()
    expect(one.get_by_text(re.compile(r"step [\d,]+ of"))).to_be_visible()
    other = one.context.new_page()  # the same visitor's second tab has a session of its own, too
    other.goto(f"{address}/sampling?prompt=Quagmire")
    settled(other)
    expect(other.get_by_label("Prompt")).to_have_value("Quagmire")
    for where in ADDRESSES:
        two.goto(f"{address}/{where}")
        settled(two)
        seen = two.content() + " ".join(
            field.input_value() for field in two.locator("input[type=text], textarea").all()
        )
        assert "uagmire" not in seen, where
    two.goto(f"{address}/{OWN_TEXT}&hidden=16&batch=8&seq=10")
    settled(two)
    assert not two.get_by_text("looks at this run").count()


def test_a_server_that_is_killed_comes_back_whole(visitors, tmp_path):
    before = _files()
    page, port = visitors[0], free_port()
    with serving("streamlit_app.py", ROOT, port) as (address, process):
        start_training(page, address, "tab=Live&hidden=32&budget=100+epochs&run_seed=21")
        expect(page.get_by_text(re.compile(r"characters/s"))).to_be_visible()
        large = tmp_path / "large.txt"
        large.write_bytes(b"It was a long way. " * 50_000)
        page.goto(f"{address}/{OWN_TEXT}")
        settled(page)
        uploader(page).locator("input[type=file]").set_input_files(large, no_wait_after=True)
        process.kill()
        process.wait()
    with serving("streamlit_app.py", ROOT, port) as (address, _):
        for where in ADDRESSES:
            page.goto(f"{address}/{where}")
            settled(page)
            expect(page.get_by_test_id("stException")).to_have_count(0)
    assert _files() == before


def _files():
    """Everything in the repository that is no cache, with its size."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    return {name: (ROOT / name).stat().st_size for name in listed if name and (ROOT / name).exists()}
