"""G2: every hostile case ends as it should. The cases come from a generator beside the corpus."""

import json
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from probe import SECONDS, check, faults


def gate(asked):
    with tempfile.TemporaryDirectory() as folder:
        tool = asked.shared / "tools" / "hostile" / "cases.py"
        subprocess.run([sys.executable, tool, folder], check=True, stdout=subprocess.DEVNULL)
        cases = json.loads((Path(folder) / "cases.json").read_text())
        verdicts = [(case, *verdict(asked, case, Path(folder))) for case in cases]
    failures = []
    for case, done, wrong in verdicts:
        rows = f"{done.used()} used, {done.rejected()} rejected"
        cost = f"{done.seconds:.2f} s, {done.mib:.0f} MiB"
        print(f"{case['id']:17} {rows:24} {cost:16} {'; '.join(wrong) or 'ok':12} {done.said()}")
        failures += [f"{case['id']}: {fault}" for fault in wrong]
    return len(cases), failures


def verdict(asked, case, folder):
    done = check(asked.gemba, folder / case["file"])
    expected = EXPECTED.get(case["id"], reads_truth if case["truth"] else clear)
    seconds, mib = COST.get(case["id"], (SECONDS, 500.0))
    wrong = faults(done, seconds, mib)
    if done.json:
        wrong += expected(done, case)
    return done, wrong


def says(condition, text):
    return [] if condition else [text]


def reads_truth(done, case):
    rows = case["truth"]["rows"]
    return says((done.used(), done.rejected()) == (rows, 0), f"expected {rows} rows used")


def reads(rows):
    return lambda done, _: says(done.used() == rows, f"expected {rows} rows used")


def clear(done, _):
    """Something is said about it, or all of it was used."""
    return says(done.issues or done.used() == sum(s["seen"] for s in done.sheets), "nothing is said")


def refused(*words):
    """Refused whole, in words that hold one of these."""

    def judge(done, _):
        said = " ".join(str(i["args"]) for i in done.refusals()).lower()
        named = not words or any(word.lower() in said for word in words)
        return says(done.refusals(), "not refused") + says(named, f"no word of {words}: {said}")

    return judge


def keeps_local_text(done, case):
    leaked = socket.gethostname() in done.out
    return refused()(done, case) + says(not leaked, "text of a local file in the output")


def cell_or_sheet_refused(done, _):
    used = done.used()
    cell = used in (39, 40) and "A41" in done.cells()
    return says(cell or (used == 0 and done.refusals()), f"{used} used and no word about A41")


def bad_dates(done, _):
    """-1, the day after 9999 and 1e10 are no dates; the first by address, all by count."""
    missing = {"B2", "B10"} - done.cells()
    fine = done.used() + done.rejected() == 10 and done.rejected() >= 3
    return says(fine, "expected 10 rows, at least 3 of them rejected") + [
        f"{cell} is not named" for cell in sorted(missing)
    ]


def error_cells(done, _):
    fine = (done.used(), done.rejected()) in ((47, 0), (40, 7))
    return says(fine, "expected 47 rows, or 40 and 7 rejected")


def uncalculated(done, _):
    fine = done.used() == 40 or "E206" in done.codes()
    return says(fine, "expected 40 rows, or each named as never calculated")


def totals_ignored(done, case):
    ignored = sum(sheet["ignored"].get("total", 0) for sheet in done.sheets)
    return reads_truth(done, case) + says(ignored == 1, "the totals row is not ignored as one")


def doubled_header(done, _):
    unmapped = [name for m in done.json["mapping"] for name in m["unmapped"]]
    return says("W121" in done.codes() or unmapped.count("Amount") == 2, "second Amount unseen")


def mixed_dates(done, _):
    """Blank dates and 2025-13-40 are rejected by address, the others read or rejected."""
    fine = done.used() + done.rejected() == 40 and done.rejected() >= 12
    return says(fine, "rows are missing") + says(done.cells() - {""}, "no address")


def hidden_counted(done, _):
    left_out = [s for s in done.sheets if s["ignored"].get("hidden")]
    return says(done.used() in (30, 40), "expected 40 rows (30 without the hidden ones)") + says(
        len(left_out) >= 2, "hidden sheets are not counted"
    )


def nothing_used(done, _):
    fine = done.used() == 0 and done.code == 1
    return says(fine, "not refused") + says(done.issues, "nothing is said")


def named_note(done, _):
    return says(done.issues, "nothing is said") + says(
        not any(i["code"].startswith("E") for i in done.issues), "an error instead of a note"
    )


def read_or_refused(done, case):
    replaced = "\ufffd" in done.out
    fine = done.used() == case["truth"]["rows"] or done.refusals()
    return says(fine, "neither read nor refused") + says(not replaced, "replacement characters")


def ragged(done, _):
    rows = {cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for cell in done.cells()}
    fine = (done.used(), done.rejected()) == (30, 2)
    return says(fine, "expected 30 used, 2 rejected") + says(
        {"32", "33"} <= rows, "the lines 32 and 33 are not named"
    )


def open_quote(done, _):
    named = any("6" in i["args"].values() or i["place"]["cell"] == "line 6" for i in done.issues)
    return says(named, "line 6, where the quote opens, is not named")


def noted(rows, code):
    return lambda done, case: reads(rows)(done, case) + says(code in done.codes(), f"no {code}")


EXPECTED = {
    "bomb-sheet-ws": refused("unpack", "ratio", "sheet1"),
    "bomb-sheet-cells": refused(),
    "bomb-sst-one": refused(),
    "bomb-sst-many": refused(),
    "ref-overflow": refused("A99999999999"),
    "sparse-corners": clear,
    "xml-laughs": refused("doctype", "document type", "entit"),
    "xml-xxe": keeps_local_text,
    "sst-oob": cell_or_sheet_refused,
    "date-range": bad_dates,
    "date-1904": reads(40),
    "cell-errors": error_cells,
    "formula-nocache": uncalculated,
    "totals-row": totals_ignored,
    "dup-headers": doubled_header,
    "mixed-types": mixed_dates,
    "hidden": hidden_counted,
    "zero-rows": nothing_used,
    "empty-sheet": nothing_used,
    "cols-16384": reads(2),
    "inject-values": reads(23),
    "inject-headers": noted(40, "W132"),  # the same records on three sheets
    "unicode": reads(13),
    "truncated-50": refused(),
    "empty-file": refused(),
    "wrong-ext-csv": noted(1, "W104"),
    "wrong-ext-html": refused("html"),
    "wrong-ext-xlsx": noted(40, "W104"),
    "lockfile": named_note,
    "ods-noend": refused(),
    "csv-gbk": read_or_refused,
    "csv-ragged": ragged,
    "csv-openquote": open_quote,
}

COST = {
    "bomb-sheet-ws": (1.0, 100.0),
    "bomb-sst-one": (1.0, 100.0),
    "sparse-corners": (1.0, 100.0),
    "xml-laughs": (1.0, 100.0),
    "styles-million": (5.0, 500.0),
    "cols-16384": (2.0, 500.0),
    "ods-noend": (1.0, 100.0),
}
"""Processor seconds and MiB where a case has its own bounds."""
