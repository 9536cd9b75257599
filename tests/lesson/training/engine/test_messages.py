"""Messages arrive as they were sent, and half a message is none."""

import io
import math

from lesson.training.engine.messages import receive, send


def test_messages_arrive_as_they_were_sent_in_their_order():
    stream = io.BytesIO()
    sent = [({"loss": [0.1 + 0.2, math.inf], "text": "ü\u0000\n"}, b"\x00file"), ({}, b"")]
    for message, data in sent:
        send(stream, message, data)
    stream.seek(0)
    assert [receive(stream), receive(stream)] == sent
    assert receive(stream) is None


def test_numbers_arrive_to_the_last_bit_and_nan_arrives():
    stream = io.BytesIO()
    send(stream, {"x": [1 / 3, math.nan]})
    stream.seek(0)
    third, nan = receive(stream)[0]["x"]
    assert third == 1 / 3 and math.isnan(nan)


def test_a_message_that_breaks_off_is_none():
    whole = io.BytesIO()
    send(whole, {"a": 1}, b"file")
    data = whole.getvalue()
    for length in range(len(data)):
        assert receive(io.BytesIO(data[:length])) is None
