"""Runs gemba on hostile input and judges the run itself: ended, in time, in words, in balance."""

import json
import os
import signal
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

SECONDS = 10.0
"""Processor time of one file; a clock would judge how busy the machine is."""
MIB = 2_200.0
"""Peak of one file: the reading process may ask for 2 GiB."""
HANG = 180.0
"""Seconds on the clock until a run is ended and counted as hanging; gemba's own limits come first
on a processor of its own."""


@dataclass
class Run:
    """What one run left behind."""

    code: int
    out: str
    err: str
    seconds: float
    mib: float
    hung: bool
    json: dict = field(default_factory=dict)

    @property
    def issues(self):
        return self.json.get("issues", [])

    @property
    def sheets(self):
        return self.json.get("account", {}).get("sheets", [])

    def used(self):
        return sum(sheet["used"] for sheet in self.sheets)

    def refusals(self):
        """Errors about a whole file or sheet. A workbook whose sheets were all seen to hold no
        cell (E102) has been read."""
        whole = [i for i in self.issues if i["code"].startswith("E1") and not i["place"]["cell"]]
        return [i for i in whole if i["code"] != "E102" or not self.sheets]

    def file_refused(self):
        return [i for i in self.refusals() if not i["place"]["sheet"]]

    def codes(self):
        return {issue["code"] for issue in self.issues}

    def rejected(self):
        return sum(sum(sheet["rejected"].values()) for sheet in self.sheets)

    def cells(self):
        """Addresses named by issues."""
        return {issue["place"]["cell"] for issue in self.issues}

    def said(self):
        """The first refusal in short, for a person."""
        for issue in self.refusals() or self.issues:
            return " ".join([issue["code"], *map(str, issue["args"].values())])[:110]
        return ""


def run(program, words, folder=None):
    """Runs the program in a process group of its own, ended where it hangs."""
    pipe = subprocess.PIPE
    words = [str(word) for word in (program, *words)]
    process = subprocess.Popen(words, stdout=pipe, stderr=pipe, cwd=folder, start_new_session=True)
    hung = threading.Event()

    def end():
        hung.set()
        os.killpg(process.pid, signal.SIGKILL)

    clock = threading.Timer(HANG, end)
    clock.start()
    texts = {}
    readers = [
        threading.Thread(target=lambda n=name, p=end_: texts.update({n: p.read()}))
        for name, end_ in (("out", process.stdout), ("err", process.stderr))
    ]
    for reader in readers:
        reader.start()
    _, status, usage = os.wait4(process.pid, 0)
    clock.cancel()
    for reader in readers:
        reader.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    out, err = (texts[name].decode("utf-8", "replace") for name in ("out", "err"))
    seconds = usage.ru_utime + usage.ru_stime
    return Run(process.returncode, out, err, seconds, usage.ru_maxrss / 1024, hung.is_set())


def check(program, path):
    """`gemba check` of one file, its answer read."""
    done = run(program, ["check", "--format", "json", path], folder=Path(path).parent)
    try:
        done.json = json.loads(done.out)
    except ValueError:
        pass
    return done


def faults(done, seconds=SECONDS, mib=MIB):
    """What is wrong with a run whatever its input: the empty list where nothing is."""
    wrong = []
    if done.hung:
        return ["hangs"]
    if done.code < 0:
        wrong.append(f"ended by signal {-done.code}")
    if done.code == 70:
        wrong.append("internal error")
    if "panicked" in done.err or "panicked" in done.out:
        wrong.append("panic text")
    if done.seconds > seconds:
        wrong.append(f"{done.seconds:.1f} s")
    if done.mib > mib:
        wrong.append(f"{done.mib:.0f} MiB")
    return wrong + (unaccounted(done) if done.json else ["no answer in JSON"])


def unaccounted(done):
    """Rows without a fate, or a file that left no trace at all."""
    wrong = []
    for sheet in done.sheets:
        fates = sum(sheet["rejected"].values()) + sum(sheet["ignored"].values())
        known = sheet["header"] + sheet["title"] + sheet["blank"] + sheet["used"] + fates
        if known != sheet["seen"]:
            wrong.append(f"sheet {sheet['source']['sheet']!r}: {sheet['seen']} rows, {known} accounted for")
    if not done.sheets and not done.issues:
        wrong.append("neither read nor refused")
    return wrong


def all_of(work, items):
    """Work on every item, as many at a time as there are cores; results in order."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(work, items))


def sample(items, count):
    """`count` items spread evenly; all where it is 0."""
    items = list(items)
    step = max(1, len(items) // count) if count else 1
    return items[::step][: count or None]
