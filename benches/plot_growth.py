"""Draws the growth of cost and memory: plot_growth.py FILE.svg, then rows, µs and MiB of check,
the same of report, and so on."""

import sys

from matplotlib import rc_context
from matplotlib.figure import Figure


def main():
    path, *words = sys.argv[1:]
    numbers = [float(word) for word in words]
    points = [numbers[i : i + 3] for i in range(0, len(numbers), 3)]
    works = {"gemba check": points[0::2], "gemba report": points[1::2]}
    rows = [point[0] for point in points[0::2]]
    figure = Figure(figsize=(8, 3.2), layout="constrained")
    titles = ["CPU, µs a row beyond the first 1,000", "peak memory, MiB"]
    for i, (axes, title) in enumerate(zip(figure.subplots(1, 2), titles), 1):
        for (name, work), style in zip(works.items(), ("o-", "s--")):
            axes.plot(rows, [point[i] for point in work], style, label=name)
        axes.set_xscale("log")
        axes.set_xticks(rows, [f"{row:,.0f}" for row in rows], rotation=30, minor=False)
        axes.set_xticks([], minor=True)
        axes.set_ylim(bottom=0)
        axes.set(title=title, xlabel="rows")
        axes.grid(alpha=0.3)
        axes.legend()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "gemba"}):
        figure.savefig(path, format="svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
