"""G3: workbooks damaged at random, the same ones each time, never end the run."""

import io
import random
import re
import tempfile
import zipfile
import zlib
from collections import Counter
from pathlib import Path

from probe import all_of, check, faults

MUTANTS = 1_000
"""Damaged files a format."""
LARGEST = 200_000
"""Bytes of a good file that is damaged."""
WORDS = [b"\0", b"\xff", b"\x80", b"\0" * 4, b"\xff" * 4, b"\xff\xff\xff\x7f", b"\0\0\0\x80"]
VALUES = [
    b"", b"-1", b"0", b"4294967296", b"9" * 20, b"XFD1048577", b"A99999999999", b"A1:XFD1048576",
    b"NaN", b"1e999", b"\xff\xfe", b"rId999", b"../../../etc/x", b"&#0;", b"&x;", b"<", b"\0",
]  # fmt: skip
PART = re.compile(r"(sheet|shared|workbook|styles|content|rels|table).*\.(xml|bin|rels)$", re.I)
EPOCH = (1980, 1, 1, 0, 0, 0)


def gate(asked):
    count = asked.sample or MUTANTS
    failures, total = [], 0
    corpus = sorted((asked.shared / "corpus" / "workbooks").iterdir())
    for extension in ("xlsx", "xls", "xlsb", "ods"):
        seeds = [p for p in corpus if p.suffix == f".{extension}" and p.stat().st_size < LARGEST]
        with tempfile.TemporaryDirectory() as folder:
            jobs = [(number, seeds, Path(folder)) for number in range(count)]
            runs = all_of(lambda job: damaged_run(asked, *job), jobs)
        counts = Counter(kind(done) for done, _ in runs)
        print(f"{extension}: {dict(counts)}, slowest {max(r.seconds for r, _ in runs):.1f} s")
        total += len(runs)
        failures += [f"{name}: {fault}" for done, name in runs for fault in faults(done)]
    return total, failures


def kind(done):
    return "refused" if done.file_refused() else "partly" if done.refusals() else "read"


def damaged_run(asked, number, seeds, folder):
    seed = seeds[number % len(seeds)]
    name = f"{number}-{seed.name}"
    path = folder / name
    path.write_bytes(damage(seed.read_bytes(), random.Random(name)))
    done = check(asked.gemba, path)
    if asked.keep and faults(done):
        asked.keep.mkdir(parents=True, exist_ok=True)
        (asked.keep / name).write_bytes(path.read_bytes())
    path.unlink()
    return done, name


def damage(data, rnd):
    """A damaged copy. Of most zip files one part is damaged inside, so that the parser of its
    markup is reached."""
    if data[:2] != b"PK" or rnd.random() < 0.1:
        return damage_bytes(data, rnd)
    try:
        return damage_part(data, rnd)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError, LookupError):
        return damage_bytes(data, rnd)


def damage_part(data, rnd):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        victim = rnd.choice([n for n in names if PART.search(n)] or names)
        for name in names:
            part = old.read(name)
            if name == victim:
                binary = name.endswith(".bin") or rnd.random() < 0.3
                part = (damage_bytes if binary else damage_markup)(part, rnd)
            new.writestr(zipfile.ZipInfo(name, EPOCH), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def damage_bytes(data, rnd):
    data = bytearray(data)
    for _ in range(rnd.choice([1, 1, 2, 4, 8, 16])):
        at = rnd.randrange(len(data) or 1)
        how = rnd.randrange(6)
        if how == 0 and data:
            data[at] ^= 1 << rnd.randrange(8)
        elif how == 1:
            word = rnd.choice(WORDS)
            data[at : at + len(word)] = word
        elif how == 2:
            del data[at : at + rnd.choice([1, 2, 4, 16, 64])]
        elif how == 3:
            start = rnd.randrange(len(data) or 1)
            data[at:at] = data[start : start + rnd.choice([2, 8, 32, 256])]
        elif how == 4:
            data[at:at] = rnd.randbytes(rnd.choice([1, 4, 16]))
        elif rnd.random() < 0.3:
            del data[at:]
    return bytes(data)


def damage_markup(text, rnd):
    """Attribute values and texts replaced, tags dropped or repeated."""
    for _ in range(rnd.choice([1, 1, 2, 4])):
        pattern, group = rnd.choice([(rb'="([^"]*)"', 1), (rb">([^<]+)<", 1), (rb"<[^>]*>", 0)])
        found = list(re.finditer(pattern, text))
        if not found:
            return damage_bytes(text, rnd)
        spot = rnd.choice(found)
        repeated = spot.group() * rnd.choice([0, 2, 200])
        new = rnd.choice(VALUES) if group else repeated
        text = text[: spot.start(group)] + new + text[spot.end(group) :]
    return text
