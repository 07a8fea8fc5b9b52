"""G7: strings that want to become markup, formulas, templates or paths stay text.

The same tables are reported twice, once with harmless strings of the same shape: the hostile run
may show no element, handler, address or formula cell that the harmless one does not have.
"""

import json
import re
import tempfile
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.sax.saxutils import quoteattr, escape
from xml.etree import ElementTree

from probe import run

STRINGS = [
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1", "\uff1d1+1", "\uff0b1+1",
    '=HYPERLINK("http://127.0.0.1/","x")', "=cmd|' /C calc'!A0", "=DDE(\"cmd\";\"/C\")",
    "=WEBSERVICE(\"http://127.0.0.1/\")", "=IMPORTXML(CONCAT(\"http://127.0.0.1/\"),\"//a\")",
    "<script>alert(1)</script>", "</script><script>alert(2)</script>", "<!--<script>",
    "</svg><svg onload=alert(3)>", "</title><img src=x onerror=alert(4)>",
    '"><img src=x onerror=alert(5)>', "'><b onclick='alert(6)'>", "</style><style>*{color:red}",
    "</td></tr></table><h1>pwned", "<iframe src=//127.0.0.1>", "<a href=javascript:alert(7)>x</a>",
    "javascript:alert(8)", "data:text/html,<script>alert(9)</script>", "<math><mi xlink:href=x>",
    "{{ 7919*7919 }}", "{% for x in y %}", "{# note #}", "${7919*7919}", "#{7919*7919}", "<%= 7919*7919 %>",
    "<!--", "-->", "]]>", "<![CDATA[x]]>", "&lt;b&gt;", "&#60;i&#62;", "&amp;amp;",
    "\u2028\u2029", "\u202egnp.exe", "'; DROP TABLE x; --", "../../../outside/pwned",
    "..\\..\\outside\\pwned", "/etc/passwd", "a\r\nBcc: x@example.org",
]  # fmt: skip
COMPUTED = str(7919 * 7919)
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def gate(asked):
    failures = []
    for place in ("values", "ids", "headers", "sheet names"):
        with tempfile.TemporaryDirectory() as folder:
            hostile = report(asked.gemba, Path(folder) / "hostile", place, STRINGS)
            mild = [f"plain {i:02}" for i in range(len(STRINGS))]
            harmless = report(asked.gemba, Path(folder) / "harmless", place, mild)
        wrong = judge(hostile, harmless)
        print(f"{len(STRINGS)} strings as {place}: {len(hostile['files'])} outputs")
        failures += [f"{place}: {fault}" for fault in wrong]
    return 4 * len(STRINGS), failures


def judge(hostile, harmless):
    """What the hostile run has and the harmless one has not."""
    wrong = [] if hostile["code"] == 0 else [f"exit code {hostile['code']}: {hostile['said']}"]
    wrong += [f"outside the output folder: {name}" for name in hostile["outside"]]
    for what in ("elements", "formulas"):
        new = sorted(hostile[what] - harmless[what])
        wrong += [f"new in {what}: {item}" for item in new[:5]]
    wrong += [f"computed by a template: {name}" for name in hostile["computed"]]
    if not any(name.endswith(".html") for name in hostile["files"]):
        wrong.append("no page was written")
    return wrong


def report(program, folder, place, strings):
    """Reports a company whose words are the strings, and reads what came out."""
    inputs = folder / "in"
    inputs.mkdir(parents=True)
    workbook(inputs / "company.xlsx", sheets(place, strings))
    before = everything(folder)
    words = ["report", "in", "-o", "out", "--lang", "en,zh-Hant,zh-Hans", "--max-reject-share", "1"]
    done = run(program, words, folder)
    outputs = [p for p in (folder / "out").glob("*") if p.is_file()] if (folder / "out").exists() else []
    pages = [p.read_text("utf-8") for p in outputs if p.suffix == ".html"]
    return {
        "code": done.code,
        "said": done.err[-300:],
        "files": [p.name for p in outputs],
        "outside": sorted(everything(folder) - before - {f"out/{p.name}" for p in outputs} - {"out"}),
        "elements": set().union(*map(elements, pages)),
        "formulas": set().union(*(formulas(p) for p in outputs if p.suffix == ".xlsx")),
        "computed": [p.name for p in outputs if COMPUTED in text_of(p)],
    }


def everything(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def text_of(path):
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return " ".join(book.read(n).decode("utf-8", "replace") for n in book.namelist())
    text = path.read_text("utf-8")
    if path.suffix == ".json":
        json.loads(text)
    return text


class Elements(HTMLParser):
    """Element and attribute names of a page, and the scheme of every address."""

    def __init__(self):
        super().__init__()
        self.seen = set()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        for name, value in attrs:
            self.seen.add(f"{tag} {name}")
            if name in ("href", "src", "action", "xlink:href", "style"):
                self.seen.add(f"{tag} {name} {re.split('[#:(]', value or '')[0]}")

    def handle_comment(self, data):
        self.seen.add("comment")


def elements(page):
    parser = Elements()
    parser.feed(page)
    parser.close()
    return parser.seen


def formulas(path):
    """Functions called by the formulas of a workbook, and its links."""
    found = set()
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            if name.endswith((".xml", ".rels")):
                root = ElementTree.fromstring(book.read(name))
                for node in root.iter():
                    if node.tag.endswith("}f") and not name.startswith("xl/charts"):
                        bare = re.sub('"(?:[^"]|"")*"', '""', node.text or "")
                        found.update(re.findall(r"[A-Z][A-Z0-9.]*(?=\()", bare))
                        found.update(re.findall(r"\|", bare))
                    if node.get("TargetMode") == "External":
                        found.add(f"link {node.get('Target')}")
    return found


def sheets(place, strings):
    """Three tables; every label, id, extra heading or sheet name is one of the strings."""
    label = [s if place == "values" else f"label {i:02}" for i, s in enumerate(strings)]
    ident = [s if place == "ids" else f"id-{i:02}" for i, s in enumerate(strings)]
    extra = strings if place == "headers" else []
    pads = [1] * len(extra)
    service = [["Record ID", "Date", "Team", "Process step", "Category", "Units", "Defects", "Defect type", *extra]]
    orders = [["Order ID", "Date", "Customer ID", "Customer name", "Product name", "Sales rep", "Amount", "Profit", *extra]]
    deals = [["Opportunity ID", "Account", "Sales rep", "Product", "Stage", "Created", "Closed", "Amount", "Loss reason", *extra]]
    for n in range(8 * len(strings)):
        name, key, day = label[n % len(label)], ident[n % len(ident)], 45_300 + n % 300
        service.append([f"{key}-{n}", day, name, name, name, 40 + n % 7, n % 5, name, *pads])
        orders.append([f"{key}-{n}", day, key, name, name, name, 100 + n % 90, 20 - n % 35, *pads])
        stage = ("Won", "Lost", "Won")[n % 3]
        deals.append([f"{key}-{n}", name, name, name, stage, day, day + 5 + n % 50, 500 + n, name, *pads])
    tables = [("Service", service), ("Orders", orders), ("Deals", deals)]
    if place == "sheet names":
        head, rows = orders[0], orders[1:]
        parts = [(name[:60], [head, *rows[i :: len(strings)]]) for i, name in enumerate(strings)]
        tables = [tables[0], *parts, tables[2]]
    return tables


def workbook(path, tables):
    """A small workbook, its strings kept in their cells."""
    numbers = range(1, len(tables) + 1)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>' for n in numbers
    )
    names = "".join(
        f'<sheet name={quoteattr(name, CONTROLS)} sheetId="{n}" r:id="rId{n}"/>'
        for n, (name, _) in zip(numbers, tables)
    )
    links = "".join(relation(n, "worksheet", f"worksheets/sheet{n}.xml") for n in numbers)
    links += relation(len(tables) + 1, "styles", "styles.xml")
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}">{relation(1, "officeDocument", "xl/workbook.xml")}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOC}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{links}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    }
    for n, (_, rows) in zip(numbers, tables):
        body = "".join(f"<row>{''.join(map(cell, rows[0], row))}</row>" for row in rows)
        parts[f"xl/worksheets/sheet{n}.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, text)


CONTROLS = {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}


def relation(number, kind, target):
    return f'<Relationship Id="rId{number}" Type="{DOC}/{kind}" Target="{target}"/>'


def cell(heading, value):
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value, CONTROLS)}</t></is></c>'
    style = ' s="1"' if heading in ("Date", "Created", "Closed") else ""
    return f"<c{style}><v>{value}</v></c>"
