"""A page whose server ends, and another one at its address: its own, begun again, or where a proxy leads."""

import signal

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, free_port, serving
from tests.browser.visit import arrive


@pytest.mark.parametrize("drain", ["0", "2"])
def test_a_page_goes_on_at_the_next_server(visitor, monkeypatch, drain):
    """Without a click, with what the visitor has set; and the first click counts."""
    monkeypatch.setenv("COURSE_DRAIN", drain)
    port, words = free_port(), []
    visitor.on("console", lambda message: words.append(message.text))
    with serving("streamlit_app.py", ROOT, port) as (address, process):
        visitor.goto(f"{address}/gates")
        arrive(visitor)
        visitor.get_by_text("The cell forgets it", exact=True).click()
        expect(visitor.get_by_text("Not quite.")).to_be_visible()
        process.send_signal(signal.SIGTERM)
        process.wait(60)
    before = len(visitor.sent)
    with serving("streamlit_app.py", ROOT, port):
        for _ in range(600):  # it runs without a click
            visitor.wait_for_timeout(100)
            if len(visitor.sent) > before:
                break
        assert len(visitor.sent) > before
        assert any("code=1012" in each for each in words)
        expect(visitor.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()
        expect(visitor.get_by_text("Not quite.")).to_be_visible()
        visitor.get_by_text("Next question", exact=True).click()
        expect(visitor.get_by_text("2 of 5")).to_be_visible()
        expect(visitor.get_by_test_id("stException")).to_have_count(0)
