"""What the reports of all stacks share: figures from sums, the page and the workbook.

A stack reads and groups; it hands over a `Sums` of plain numbers, a few thousand at most.
"""

import math
from collections import namedtuple
from pathlib import Path
from statistics import NormalDist

# months, teams, month_teams and categories hold [label…, units, defects]; days hold
# [day, records, defective]; stages [stage, records]; outcomes [month, won, lost, open];
# waits [team, median, 90th percentile], in days.
Sums = namedtuple("Sums", "months teams month_teams categories days stages outcomes waits")
Table = namedtuple("Table", "title kind head rows series")

NORMAL = NormalDist()
SHIFT = 1.5


def rate(row):
    """A row of labels, units and defects with its DPMO and sigma level, where there is one."""
    share = row[-1] / row[-2]
    sigma = NORMAL.inv_cdf(1 - share) + SHIFT if 0 < share < 1 else None
    return [*row, share * 1e6, sigma]


def p_chart(days):
    """Day, share of defective records, center and limits."""
    center = sum(row[2] for row in days) / sum(row[1] for row in days)
    rows = []
    for day, records, defective in days:
        width = 3 * math.sqrt(center * (1 - center) / records)
        limits = [max(center - width, 0.0), min(center + width, 1.0)]
        rows.append([day, defective / records, center, *limits])
    return rows


def pareto(categories):
    rows, so_far = [], 0
    total = sum(row[2] for row in categories)
    for category, _, defects in sorted(categories, key=lambda row: (-row[2], row[0])):
        so_far += defects
        rows.append([category, defects, so_far / total])
    return rows


def tables(sums):
    """Eight tables, a chart each."""
    rates = ["units", "defects", "DPMO", "sigma"]
    months, teams = [rate(row) for row in sums.months], [rate(row) for row in sums.teams]
    by_both = [rate([f"{month} {team}", *rest]) for month, team, *rest in sums.month_teams]
    limits = ["share", "center", "lower limit", "upper limit"]
    return [
        Table("DPMO by month", "line", ["month", *rates], months, [3]),
        Table("Sigma by month and team", "line", ["month and team", *rates], by_both, [4]),
        Table("DPMO by team", "column", ["team", *rates], teams, [3]),
        Table("Defective by day", "line", ["day", *limits], p_chart(sums.days), [1, 2, 3, 4]),
        Table("Pareto", "pareto", ["category", "defects", "cumulative"], pareto(sums.categories), [1, 2]),
        Table("Stages", "bar", ["stage", "records"], sums.stages, [1]),
        Table("Outcomes by month", "stacked", ["month", "won", "lost", "open"], sums.outcomes, [1, 2, 3]),
        Table("Days to close", "column", ["team", "median", "90 %"], sums.waits, [1, 2]),
    ]


def svg(table):
    """The chart of a table, drawn by matplotlib."""
    import io

    from matplotlib import rc_context
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 3.2))
    axes = figure.subplots()
    labels = [str(row[0]) for row in table.rows]
    places = range(len(labels))
    base = [0] * len(labels)
    for i, column in enumerate(table.series):
        values = [row[column] for row in table.rows]
        name = table.head[column]
        if table.kind == "line":
            axes.plot(places, values, label=name, linewidth=1)
        elif table.kind == "bar":
            axes.barh(places, values, label=name)
        elif table.kind == "stacked":
            axes.bar(places, values, bottom=base, label=name)
            base = [a + b for a, b in zip(base, values)]
        elif table.kind == "pareto" and i == 1:
            axes.twinx().plot(places, values, color="black", label=name)
        else:
            axes.bar([p + 0.4 * i for p in places], values, width=0.4, label=name)
    step = max(1, len(labels) // 12)
    ticks = (axes.set_yticks, {}) if table.kind == "bar" else (axes.set_xticks, {"rotation": 30})
    ticks[0](places[::step], labels[::step], **ticks[1])
    axes.set_title(table.title)
    axes.legend(loc="upper right")
    out = io.StringIO()
    with rc_context({"svg.fonttype": "none"}):
        figure.savefig(out, format="svg")
    text = out.getvalue()
    return text[text.index("<svg") :]


def page(tables):
    """One page with every chart and table."""
    import html

    parts = ["<!doctype html><meta charset=utf-8><title>Report</title><h1>Report</h1>"]
    for table in tables:
        parts.append(f"<section><h2>{html.escape(table.title)}</h2>{svg(table)}<table><tr>")
        parts.extend(f"<th>{html.escape(name)}" for name in table.head)
        for row in table.rows:
            parts.append("<tr>")
            parts.extend(f"<td>{html.escape(shown(value))}" for value in row)
        parts.append("</table></section>")
    return "\n".join(parts)


def shown(value):
    if value is None:
        return "–"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def workbook(tables, path):
    """A sheet a table, each with its native chart."""
    import xlsxwriter

    kinds = {"line": "line", "column": "column", "pareto": "column", "bar": "bar", "stacked": "column"}
    with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
        for table in tables:
            sheet = book.add_worksheet(table.title)
            sheet.write_row(0, 0, table.head)
            for i, row in enumerate(table.rows):
                sheet.write_row(i + 1, 0, row)
            options = {"subtype": "stacked"} if table.kind == "stacked" else {}
            chart = book.add_chart({"type": kinds[table.kind], **options})
            for i, column in enumerate(table.series):
                target, second = chart, table.kind == "pareto" and i == 1
                if second:
                    target = book.add_chart({"type": "line"})
                last = len(table.rows)
                series = {"name": [table.title, 0, column]}
                series["categories"] = [table.title, 1, 0, last, 0]
                series["values"] = [table.title, 1, column, last, column]
                target.add_series({**series, "y2_axis": True} if second else series)
                if second:
                    chart.combine(target)
            chart.set_title({"name": table.title})
            sheet.insert_chart(1, len(table.head) + 1, chart)


def write(sums, folder):
    """Writes report.html and report.xlsx, and says what was counted."""
    made = tables(sums)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.html").write_text(page(made), encoding="utf-8")
    workbook(made, folder / "report.xlsx")
    records, defective = (sum(row[i] for row in sums.days) for i in (1, 2))
    defects = sum(row[2] for row in sums.categories)
    dpmo = sum(row[3] for row in made[0].rows)
    waits = sum(row[1] + row[2] for row in sums.waits)
    print(f"{records} records, {defective} defective, {defects} defects, {dpmo:.3f}, {waits:.4f}")
