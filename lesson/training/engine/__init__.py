"""Live training: worker processes do the work of every visitor's runs, a registry shares them out.

    settings.py   what a run is: its settings, and the one key under which visitors share it
    jobs.py       a run as the worker does it, a little at a time
    text_work.py  a text; recall_work.py: the recall task; speed_work.py: a measurement of speed
    messages.py   what server and worker send each other
    worker.py     the worker: `python -m lesson.training.engine.worker`
    speed_benchmark.py  how fast training is here, one setting changed at a time
    process.py    a worker's process, as the server sees it, and how many of them there are
    recording.py  what is known of a run: every step's numbers, samples, probes
    presence.py   who looks at present, who is away
    line.py       the runs in their order: which work, which wait, which have a place in a worker
    places.py     the workers, the runs that each of them holds, and the orders they get
    registry.py   the runs of this server, and who looks at which of them
    viewer.py     a visitor's runs, one or two beside each other
    series/       a run that learns a series of numbers
    seeds/        experiments of a class: thirty seeds train a network each
    cluster/      workers on a Dask cluster in the place of processes of this machine

Nothing of it imports Streamlit.
"""
