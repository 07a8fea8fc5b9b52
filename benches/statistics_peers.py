"""The work of benches/statistics.rs with Python's packages, timed inside the process.

    statistics_peers.py FOLDER

FOLDER holds series.f64 (1,000 rows of 1,000 values), times.f64 and events.u8 as
`statistics --write FOLDER` leaves them. Prints one line a stage: stage, peer, milliseconds, and a
sum of what was computed, so that no work can be left out unseen.
"""

import sys
import time
from pathlib import Path

import numpy as np
from scipy import stats

POINTS = 1000
LOWER, UPPER, TARGET = -4.0, 4.0, 0.0
D2, D4 = 1.1283791670955126, 3.2665319192751


def stage(name, peer, work):
    start = time.perf_counter()
    check = work()
    print(name, peer, f"{(time.perf_counter() - start) * 1000:.3f}", f"{check:.6f}", flush=True)


def limits(series):
    """Limits of individuals and moving ranges, a series a row."""
    center = series.mean(axis=1)
    ranges = np.abs(np.diff(series, axis=1))
    mean_range = ranges.mean(axis=1)
    sigma = mean_range / D2
    return center, sigma, D4 * mean_range


def windows(flags, width):
    return np.lib.stride_tricks.sliding_window_view(flags, width, axis=1)


def rules(series, center, sigma):
    """Nelson's eight, vectorised over all series at once."""
    z = (series - center[:, None]) / sigma[:, None]
    up, down = z > 0, z < 0
    rise, fall = np.diff(z) > 0, np.diff(z) < 0
    total = (np.abs(z) > 3).sum()
    for side in (up, down):
        total += windows(side, 9).all(axis=2).sum()
    for way in (rise, fall):
        total += windows(way, 5).all(axis=2).sum()
    turns = (rise[:, 1:] & fall[:, :-1]) | (fall[:, 1:] & rise[:, :-1])
    total += windows(turns, 12).all(axis=2).sum()
    for side in (z > 2, z < -2):
        total += ((windows(side, 3).sum(axis=2) >= 2) & side[:, 2:]).sum()
    for side in (z > 1, z < -1):
        total += ((windows(side, 5).sum(axis=2) >= 4) & side[:, 4:]).sum()
    inside = np.abs(z) < 1
    total += windows(inside, 15).all(axis=2).sum()
    total += windows(np.abs(z) > 1, 8).all(axis=2).sum()
    return float(total)


def capability(series, sigma):
    """Cp, Cpk, Pp, Ppk with the interval of Pp and Bissell's of Ppk."""
    n = series.shape[1]
    mean, sd = series.mean(axis=1), series.std(axis=1, ddof=1)
    cp = (UPPER - LOWER) / (6 * sigma)
    cpk = np.minimum(UPPER - mean, mean - LOWER) / (3 * sigma)
    pp = (UPPER - LOWER) / (6 * sd)
    ppk = np.minimum(UPPER - mean, mean - LOWER) / (3 * sd)
    chi = stats.chi2.ppf([0.025, 0.975], n - 1)
    half = stats.norm.ppf(0.975) * np.sqrt(1 / (9 * n) + ppk**2 / (2 * (n - 1)))
    interval = pp * np.sqrt(chi[1] / (n - 1)) - pp * np.sqrt(chi[0] / (n - 1))
    return float((cp + cpk + pp + ppk + interval + half).sum())


def numpy_stages(series):
    center, sigma, _ = limits(series)
    stage("limits", "numpy", lambda: float(sum(x.sum() for x in limits(series))))
    stage("rules", "numpy", lambda: rules(series, center, sigma))
    stage("capability", "numpy+scipy", lambda: capability(series, sigma))


def pccpy_stages(series):
    import pccpy

    def charts():
        found = (pccpy.imr_chart(x, tests=(1, 2, 3, 4, 5, 6, 7, 8)) for x in series)
        return float(sum(len(chart.violations()) for chart in found))

    def indices():
        found = (pccpy.capability_analysis(x, LOWER, UPPER, TARGET) for x in series)
        return float(sum(c.cp + c.cpk + c.pp + c.ppk for c in found))

    stage("limits+rules", "pccpy", charts)
    stage("capability", "pccpy", indices)


def kaplan_meier_stages(times, events):
    import lifelines as life
    from statsmodels.duration.survfunc import SurvfuncRight

    def lifelines():
        return float(life.KaplanMeierFitter().fit(times, events).median_survival_time_)

    def statsmodels():
        return float(SurvfuncRight(times, events).quantile(0.5))

    def scipy():
        done, open_ = times[events == 1], times[events == 0]
        curve = stats.ecdf(stats.CensoredData(done, right=open_)).sf
        return float(curve.quantiles[np.argmax(curve.probabilities <= 0.5)])

    for name, work in {"lifelines": lifelines, "statsmodels": statsmodels, "scipy": scipy}.items():
        stage("kaplan-meier", name, work)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    series = np.fromfile(folder / "series.f64").reshape(-1, POINTS)
    numpy_stages(series)
    pccpy_stages(series)
    events = np.fromfile(folder / "events.u8", dtype=np.uint8)
    kaplan_meier_stages(np.fromfile(folder / "times.f64"), events)
