"""Write observed_runs.npz: what is observed of the trainings in tests/lstm/diagnosis/observing.py.

python -m tests.data.make_observed_runs, after those trainings have changed.  The slow tests train all of them
anew and ask the same of them as of these.
"""

from tests.lstm.diagnosis.observing import RECORDED, RUNS, record, trained

if __name__ == "__main__":
    record({name: trained(**made) for name, made in RUNS.items()}, RECORDED)
