"""Experiments of a class: each of thirty seeds trains networks of its own in the registry of runs.

plan.py         what an experiment is: its setups, what is seen of a run, when it has learned
judges.py       the recall task and a text, judged
quantiles.py    many curves in three
series.py       the runs of an experiment with its seeds, and their table
experiments.py  all of them: who works, who waits and who rests
"""
