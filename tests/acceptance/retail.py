"""Writes the shared Parquet table of orders as a workbook: retail.py FILE.parquet FILE.xlsx"""

import datetime
import sys

import pyarrow.parquet
import xlsxwriter


def typed(name, value):
    """A value as Excel would hold it: dates as dates, ids of digits as numbers."""
    if name == "InvoiceDate":
        return datetime.datetime.fromisoformat(value)
    if isinstance(value, str) and value.isdigit() and not value.startswith("0"):
        return int(value)
    return value


def main(source, target):
    table = pyarrow.parquet.read_table(source).to_pydict()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        date = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet = book.add_worksheet("Year 2009-2010")
        sheet.write_row(0, 0, table)
        for number, row in enumerate(zip(*table.values()), start=1):
            for column, (name, value) in enumerate(zip(table, row)):
                if value is not None:
                    shape = [date] if name == "InvoiceDate" else []
                    sheet.write(number, column, typed(name, value), *shape)


if __name__ == "__main__":
    main(*sys.argv[1:])
