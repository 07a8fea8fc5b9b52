"""What a program costs: meter.py COMMAND… prints CPU seconds, wall seconds and peak MiB.

Run in a process of its own, so that it has no other child. CPU is user and system time with all
child processes; the peak is what the process and its children hold together.
"""

import json
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path

# Seconds between two looks at the memory of several processes.
LOOK = 0.01


def look(pid, field):
    """KiB in a field of /proc, summed over a process and its children; 0 once it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0
    own = [int(line.split()[1]) for line in status.splitlines() if line.startswith(field)]
    return sum(own) + sum(look(child, field) for child in children)


def meter(command):
    start = time.perf_counter()
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peak, done = 0, threading.Event()

    def watch():
        nonlocal peak
        while not done.is_set():
            peak = max(peak, look(run.pid, "VmRSS"))
            done.wait(LOOK)

    watcher = threading.Thread(target=watch)
    watcher.start()
    said = run.communicate()[1]
    wall = time.perf_counter() - start
    done.set()
    watcher.join()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    # The kernel's own peak misses nothing, but it begins with this process' size before the
    # program took its place, so a smaller one says nothing.
    if used.ru_maxrss > resource.getrusage(resource.RUSAGE_SELF).ru_maxrss:
        peak = max(peak, used.ru_maxrss)
    # 3: read, with remarks about some inputs.
    if run.returncode not in (0, 3):
        sys.exit(said.decode(errors="replace"))
    print(json.dumps([used.ru_utime + used.ru_stime, wall, peak / 1024]))


def measure(command):
    """CPU seconds, wall seconds and peak MiB of a command."""
    line = [sys.executable, __file__, *map(str, command)]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stderr.strip()}")
    return json.loads(done.stdout)


if __name__ == "__main__":
    meter(sys.argv[1:])
