"""The report with polars: report_polars.py FILE.xlsx FOLDER"""

import sys

import figures
import polars as pl


def rows(frame, *keys, **values):
    """One row a group, in the order of its keys."""
    grouped = frame.group_by(list(keys)).agg(**values).sort(list(keys))
    return [list(row) for row in grouped.iter_rows()]


def sums(path):
    frame = pl.read_excel(path)
    opened = pl.col("opened_at")
    wait = (pl.col("closed_at") - opened).dt.total_minutes() / 1440
    frame = frame.with_columns(
        month=opened.dt.strftime("%Y-%m"),
        day=opened.dt.date(),
        defective=(pl.col("defects") > 0).cast(pl.Int64),
        wait=wait,
    )
    work = {"units": pl.col("units").sum(), "defects": pl.col("defects").sum()}
    outcome = {
        name: (pl.col("outcome") == label).sum()
        for name, label in [("won", "Won"), ("lost", "Lost"), ("open", "Open")]
    }
    quantile = {
        name: pl.col("wait").quantile(q, interpolation="linear")
        for name, q in [("median", 0.5), ("upper", 0.9)]
    }
    return figures.Sums(
        months=rows(frame, "month", **work),
        teams=rows(frame, "team", **work),
        month_teams=rows(frame, "month", "team", **work),
        categories=rows(frame, "category", **work),
        days=rows(frame, "day", records=pl.len(), defective=pl.col("defective").sum()),
        stages=rows(frame, "stage", records=pl.len()),
        outcomes=rows(frame, "month", **outcome),
        waits=rows(frame, "team", **quantile),
    )


if __name__ == "__main__":
    path, folder = sys.argv[1:]
    figures.write(sums(path), folder)
