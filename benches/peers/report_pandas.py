"""The report with pandas and calamine: report_pandas.py FILE.xlsx FOLDER"""

import sys

import figures
import pandas as pd


def rows(frame):
    """One row a group, as plain Python values, the index first."""
    return [list(row) for row in frame.reset_index().itertuples(index=False, name=None)]


def sums(path):
    frame = pd.read_excel(path, engine="calamine")
    opened = frame["opened_at"]
    frame["month"] = opened.dt.strftime("%Y-%m")
    frame["day"] = opened.dt.date
    frame["defective"] = frame["defects"] > 0
    frame["wait"] = (frame["closed_at"] - opened).dt.total_seconds() / 86400
    work = lambda *keys: rows(frame.groupby(list(keys))[["units", "defects"]].sum())
    outcomes = frame.groupby(["month", "outcome"]).size().unstack(fill_value=0)
    waits = frame.groupby("team")["wait"].quantile([0.5, 0.9]).unstack()
    days = frame.groupby("day")["defective"].agg(["size", "sum"])
    return figures.Sums(
        months=work("month"),
        teams=work("team"),
        month_teams=work("month", "team"),
        categories=work("category"),
        days=rows(days),
        stages=rows(frame.groupby("stage").size()),
        outcomes=rows(outcomes[["Won", "Lost", "Open"]]),
        waits=rows(waits),
    )


if __name__ == "__main__":
    path, folder = sys.argv[1:]
    figures.write(sums(path), folder)
