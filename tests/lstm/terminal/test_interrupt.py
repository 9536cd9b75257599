"""Ctrl-C and SIGTERM: noted during a training, and afterwards as they were."""

import os
import signal
import threading

import pytest

from lstm.terminal.interrupt import Interrupt

NUMBERS = [signal.SIGINT, signal.SIGTERM]


@pytest.mark.skipif(os.name == "nt", reason="a process can't send itself these signals there")
@pytest.mark.parametrize("number", NUMBERS)
def test_the_first_signal_is_noted_and_the_second_ends_it(number):
    with pytest.raises(KeyboardInterrupt), Interrupt() as interrupt:
        assert not interrupt.requested
        os.kill(os.getpid(), number)
        assert interrupt.requested
        os.kill(os.getpid(), number)


def test_what_a_signal_did_before_it_does_afterwards():
    def own(number, frame): ...

    before = {number: signal.getsignal(number) for number in NUMBERS}
    signal.signal(signal.SIGINT, own)
    try:
        with pytest.raises(ZeroDivisionError), Interrupt():
            assert signal.getsignal(signal.SIGINT) is not own
            raise ZeroDivisionError
        assert signal.getsignal(signal.SIGINT) is own
        assert signal.getsignal(signal.SIGTERM) == before[signal.SIGTERM]
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="there is no such signal")
def test_a_closed_window_stays_ignored_under_nohup():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Interrupt():
            assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_outside_the_main_thread_nothing_is_changed():
    before, requests = signal.getsignal(signal.SIGINT), []

    def work():
        with Interrupt() as interrupt:
            requests.append((interrupt.requested, signal.getsignal(signal.SIGINT) is before))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert requests == [(False, True)]
