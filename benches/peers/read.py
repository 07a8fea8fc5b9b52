"""Reads a workbook whole with one of the usual Python stacks: read.py STACK FILE.xlsx"""

import sys


def openpyxl_rows(path):
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    return sum(1 for _ in book.active.iter_rows(values_only=True)) - 1


def pandas_rows(path):
    import pandas

    return len(pandas.read_excel(path, engine="calamine"))


def polars_rows(path):
    import polars

    return polars.read_excel(path).height


STACKS = {"openpyxl": openpyxl_rows, "pandas": pandas_rows, "polars": polars_rows}

if __name__ == "__main__":
    stack, path = sys.argv[1:]
    print(STACKS[stack](path), "records")
