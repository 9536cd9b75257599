"""Live training: one worker process does the work of every visitor's runs, a registry shares them out.

    settings.py   what a run is: its settings, and the one key under which visitors share it
    work.py       a run as the worker does it, a little at a time
    messages.py   what server and worker send each other
    worker.py     the worker: `python -m lesson.training.engine.worker`
    speed.py      how fast training is here, one setting changed at a time
    process.py    the worker's process, as the server sees it
    recording.py  what is known of a run: every step's numbers, samples, probes
    registry.py   the runs of this server: who looks on, which one works, which one waits
    viewer.py     a visitor's own cursor on one run or two

Nothing of it imports Streamlit.
"""
