"""G1 and the account of G8: real weird workbooks are read, or refused with their cause."""

import csv
from collections import Counter

from probe import all_of, check, faults, sample

READ_SHARE = 0.956
"""Of the files that any reader reads: the rest is locked, cut off or damaged on purpose."""


def gate(asked):
    folder = asked.shared / "corpus" / "workbooks"
    files = sample(sorted(folder.iterdir()), asked.sample)
    readable = manifest(asked.shared / "corpus" / "MANIFEST.tsv")
    runs = all_of(lambda path: check(asked.gemba, path), files)
    failures, lost, unread = [], [], Counter()
    known = [path for path in files if path.name in readable]
    for path, done in zip(files, runs):
        failures += [f"{path.name}: {fault}" for fault in faults(done)]
        if done.refusals():
            unread["refused" if done.file_refused() else "partly"] += 1
            mark = "readable" if path.name in readable else "-"
            lost.append(f"{path.name}\t{mark}\t{done.said()}")
    read = len(files) - sum(unread.values())
    print(f"read {read} of {len(files)} ({read / len(files):.1%}), partly {unread['partly']}, refused {unread['refused']}")
    print(f"slowest {max(r.seconds for r in runs):.1f} s, largest {max(r.mib for r in runs):.0f} MiB")
    if asked.verbose:
        print(*lost, sep="\n")
    missed = sum("\treadable\t" in line for line in lost)
    print(f"of {len(known)} that any reader reads, {1 - missed / len(known):.1%} read")
    if missed > (1 - READ_SHARE) * len(known):
        failures.append(f"{missed} of {len(known)} readable files not read")
    return len(files), failures


def manifest(path):
    """The files that calamine or an independent reader reads to the end."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {
            row["file"]
            for row in rows
            if row["calamine_0.38_outcome"].startswith("OK")
            or "ORACLEOK" in (row["difference_from_oracle"] or "")
        }
