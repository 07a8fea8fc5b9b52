"""G1 and the account of G8: real weird workbooks are read, or refused with their cause."""

import csv
from collections import Counter

from probe import all_of, check, faults, sample

READ_SHARE = 0.956


def gate(asked):
    folder = asked.shared / "corpus" / "workbooks"
    files = sample(sorted(folder.iterdir()), asked.sample)
    outcomes = manifest(asked.shared / "corpus" / "MANIFEST.tsv")
    runs = all_of(lambda path: check(asked.gemba, path), files)
    failures, lost, unread = [], [], Counter()
    for path, done in zip(files, runs):
        failures += [f"{path.name}: {fault}" for fault in faults(done)]
        if done.refusals():
            unread["refused" if done.file_refused() else "partly"] += 1
            known = outcomes.get(path.name, "")
            lost.append(f"{path.name}\t{known}\t{done.said()}")
    read = len(files) - sum(unread.values())
    print(f"read {read} of {len(files)} ({read / len(files):.1%}), partly {unread['partly']}, refused {unread['refused']}")
    print(f"slowest {max(r.seconds for r in runs):.1f} s, largest {max(r.mib for r in runs):.0f} MiB")
    if asked.verbose:
        print(*lost, sep="\n")
    if not asked.sample and read < READ_SHARE * len(files):
        failures.append(f"only {read / len(files):.1%} read, {READ_SHARE:.1%} asked")
    return len(files), failures


def manifest(path):
    """What the reader gemba is built on makes of each file: OK, ERR, PANIC …"""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["file"]: row["calamine_0.38_outcome"].split(" ")[0] for row in rows}
