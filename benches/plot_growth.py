"""Draws the growth of cost and memory: plot_growth.py FILE.svg ROWS CHECK_US CHECK_MIB REPORT_US REPORT_MIB …"""

import sys

from matplotlib import rc_context
from matplotlib.figure import Figure


def main():
    path, *words = sys.argv[1:]
    numbers = [float(word) for word in words]
    points = [numbers[i : i + 5] for i in range(0, len(numbers), 5)]
    rows = [point[0] for point in points]
    figure = Figure(figsize=(8, 3.2), layout="constrained")
    panels = [("CPU, µs a row", 1, 3), ("peak memory, MiB", 2, 4)]
    for axes, (title, check, report) in zip(figure.subplots(1, 2), panels):
        axes.plot(rows, [point[check] for point in points], "o-", label="gemba check")
        axes.plot(rows, [point[report] for point in points], "s--", label="gemba report")
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
