"""The report with openpyxl and plain Python: report_openpyxl.py FILE.xlsx FOLDER"""

import math
import sys
from collections import defaultdict

import figures
import openpyxl


def quantile(values, q):
    """Of sorted values, between neighbours in proportion."""
    at = (len(values) - 1) * q
    low = math.floor(at)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (at - low)


def rows(groups):
    """One row a group, in the order of its keys."""
    keyed = lambda key: key if isinstance(key, tuple) else (key,)
    return [[*keyed(key), *groups[key]] for key in sorted(groups)]


def sums(path):
    sheet = openpyxl.load_workbook(path, read_only=True).active
    records = sheet.iter_rows(values_only=True)
    place = {name: i for i, name in enumerate(next(records))}
    names = ["opened_at", "closed_at", "team", "category", "stage", "outcome", "units", "defects"]
    places = [place[name] for name in names]
    work = {kind: defaultdict(lambda: [0, 0]) for kind in ["month", "team", "both", "category"]}
    days, stages = defaultdict(lambda: [0, 0]), defaultdict(lambda: [0])
    outcomes, waits = defaultdict(lambda: [0, 0, 0]), defaultdict(list)
    labels = {"Won": 0, "Lost": 1, "Open": 2}
    for record in records:
        opened, closed, team, category, stage, outcome, units, defects = (record[i] for i in places)
        month = f"{opened.year}-{opened.month:02}"
        keys = {"month": month, "team": team, "both": (month, team), "category": category}
        for kind, key in keys.items():
            group = work[kind][key]
            group[0] += units
            group[1] += defects
        day = days[opened.date()]
        day[0] += 1
        day[1] += defects > 0
        stages[stage][0] += 1
        outcomes[month][labels[outcome]] += 1
        if closed is not None:
            waits[team].append((closed - opened).total_seconds() / 86400)
    for values in waits.values():
        values.sort()
    quantiles = {team: [quantile(values, q) for q in (0.5, 0.9)] for team, values in waits.items()}
    return figures.Sums(
        months=rows(work["month"]),
        teams=rows(work["team"]),
        month_teams=rows(work["both"]),
        categories=rows(work["category"]),
        days=rows(days),
        stages=rows(stages),
        outcomes=rows(outcomes),
        waits=rows(quantiles),
    )


if __name__ == "__main__":
    path, folder = sys.argv[1:]
    figures.write(sums(path), folder)
