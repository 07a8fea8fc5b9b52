"""The gates: what gemba is held to on files that mean it no good.

    python3 tests/gates/run.py [GATE …] --gemba PROGRAM --shared FOLDER [--sample N]

`--shared` names the folder with `corpus/` and `tools/`. Prints the counts and every failure;
exit code 1 where a gate fails. The same input gives the same verdicts.
"""

import argparse
import sys
import time
from pathlib import Path

import corpus
import hostile
import injection
import mutants

GATES = {"corpus": corpus, "hostile": hostile, "mutants": mutants, "injection": injection}


def main():
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("gates", nargs="*", choices=[[], *GATES])
    ask.add_argument("--gemba", type=Path, required=True)
    ask.add_argument("--shared", type=Path, required=True)
    ask.add_argument("--sample", type=int, default=0, help="files of the corpus, and mutants a format; all when 0")
    ask.add_argument("--keep", type=Path, help="folder for damaged files that fail")
    ask.add_argument("--verbose", action="store_true", help="name every refused file")
    asked = ask.parse_args()
    asked.gates = asked.gates or list(GATES)
    asked.gemba, asked.shared = asked.gemba.resolve(), asked.shared.resolve()
    passed = failed = 0
    for name in asked.gates:
        start = time.monotonic()
        print(f"-- {name}", flush=True)
        count, failures = GATES[name].gate(asked)
        print(*(f"FAIL {failure}" for failure in failures), sep="\n", end="\n" if failures else "")
        print(f"{name}: {count} cases, {len(failures)} failures, {time.monotonic() - start:.0f} s")
        failed += len(failures)
        passed += count - min(count, len(failures))
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
