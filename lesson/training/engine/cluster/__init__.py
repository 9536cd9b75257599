"""Trainings on a Dask cluster: `COURSE_DASK=tcp://host:8786`.

    machines.py   the cluster as the registry sees it: how many workers, begin one; what happens without it
    remote.py     one of its workers, in the place of a process of this machine
    actor.py      what is on the other side: the same worker that a process has, a few slices at a time

Only `machines.py` is imported where a server starts; `distributed` is imported by its thread.
"""
