"""A worker in a thread of the test: it does what it is ordered to, in turns, and remembers in what order."""

import json
import threading
import time

STEPS, EVERY = 100, 10


class Machine:
    """Networks with b_f = 3 have learned after 70 steps, others never; the loss tells the seeds apart.

    turns: (settings, step) of every report; most: the runs that could work at a time.
    """

    def __init__(self, answered, died, fails=lambda settings: False):
        self.answered, self.died, self.fails = answered, died, fails
        self.settings, self.done, self.limits = {}, {}, {}
        self.turns, self.most, self.closed = [], 0, False
        self.free = threading.Event()
        self.free.set()
        self._lock = threading.Condition()
        threading.Thread(target=self._serve, daemon=True).start()

    def send(self, order, data=b""):
        run = order["run"]
        with self._lock:
            if order["do"] == "start":
                self.settings[run], self.done[run] = json.loads(order["settings"]), 0
            elif order["do"] == "work":
                self.limits[run] = order["limit"]
            elif order["do"] == "drop":
                for table in (self.settings, self.done, self.limits):
                    table.pop(run, None)
            self._lock.notify_all()
        if order["do"] == "start":
            begun = {"steps": STEPS, "began": 0, "chunks": 10, "vocabulary": list("ab"), "parameters": 1}
            self.answered({"run": run, "begun": begun}, b"")

    def close(self):
        with self._lock:
            self.closed = True
            self.free.set()
            self._lock.notify_all()

    def die(self):
        """End by itself, as a process that is killed."""
        self.close()
        self.died()

    def working(self):
        return [run for run, limit in self.limits.items() if limit > self.done.get(run, STEPS)]

    def _serve(self):
        while not self.closed:
            with self._lock:
                while not (self.working() or self.closed):
                    self._lock.wait()
            self.free.wait()
            with self._lock:
                if self.closed or not self.working():
                    continue
                working = self.working()
                self.most = max(self.most, len(working))
                run = working[0]
                self.limits[run] = self.limits.pop(run)  # to the end of the line
                answer = self._step(run)
            time.sleep(0.0005)
            self.answered(answer, b"")

    def _step(self, run):
        settings, start = self.settings[run], self.done[run]
        if self.fails(settings):
            self.limits.pop(run)
            return {"run": run, "error": "It fails."}
        end = self.done[run] = min(start + EVERY, self.limits[run])
        right = {n: self._share(settings, n) for n in range(start + 1, end + 1) if n % EVERY == 0}
        finished = end == STEPS or right.get(end, 0) == 1.0 and end >= 80
        if finished:
            self.done[run] = STEPS
        self.turns.append((settings["seed"], settings["bias"], end))
        return {
            "run": run,
            "report": {
                "from": start, "to": end, "loss": [2.0 + settings["seed"]] * (end - start),
                "norm": [1.0] * (end - start), "right": list(right.items()), "finished": finished,
            },
        }  # fmt: skip

    def _share(self, settings, step):
        if settings["bias"] == 1:
            return 0.12
        return min(1.0, round(0.1 + step / 100 + settings["seed"] / 1000, 3)) if step < 70 else 1.0
