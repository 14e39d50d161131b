#!/usr/bin/env python3
"""Reads tables back through LibreOffice, without a screen.

    python3 tests/office/read_back.py FOLDER FILE...

Each CSV or XLSX file is opened by LibreOffice Calc as a person would open it and saved as flat
OpenDocument, in which a formula is an attribute of its cell and everything else is plain text.
Prints one JSON object: by file its sheets, each a list of rows of cells, a cell its text; and the
formulas found. FOLDER takes LibreOffice's own files. Only Python's standard library is used.
"""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as tree

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
# Commas, double quotes, UTF-8, from the first line on: what the import dialog offers for CSV.
AS_CSV = "CSV:44,34,76,1"


def convert(folder, files):
    for kind, options in ((".csv", [f"--infilter={AS_CSV}"]), (".xlsx", [])):
        these = [name for name in files if name.endswith(kind)]
        if these:
            command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
                       *options, "--convert-to", "fods", "--outdir", f"{folder}/{kind[1:]}", *these]
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  text=True, timeout=300)
            if done.returncode != 0:
                sys.exit(f"soffice ended with {done.returncode}:\n{done.stdout}")


def words(element):
    """The text of a paragraph, with its tabs, spaces and line breaks."""
    out = element.text or ""
    for part in element:
        if part.tag == TEXT + "tab":
            out += "\t"
        elif part.tag == TEXT + "s":
            out += " " * int(part.get(TEXT + "c", "1"))
        elif part.tag == TEXT + "line-break":
            out += "\n"
        else:
            out += words(part)
        out += part.tail or ""
    return out


def read(path):
    sheets, formulas = {}, []
    for table in tree.parse(path).getroot().iter(TABLE + "table"):
        rows = []
        for row in table.iter(TABLE + "table-row"):
            cells = []
            for cell in row:
                if cell.get(TABLE + "formula") is not None:
                    formulas.append(cell.get(TABLE + "formula"))
                text = "\n".join(words(line) for line in cell.findall(TEXT + "p"))
                cells += [text] * min(int(cell.get(TABLE + "number-columns-repeated", "1")), 64)
            while cells and not cells[-1]:
                cells.pop()
            rows.append(cells)
        while rows and not rows[-1]:
            rows.pop()
        sheets[table.get(TABLE + "name")] = rows
    return {"sheets": sheets, "formulas": formulas}


def main():
    folder, files = os.path.abspath(sys.argv[1]), sys.argv[2:]
    convert(folder, files)
    found = {}
    for name in files:
        stem, kind = os.path.splitext(os.path.basename(name))
        found[os.path.basename(name)] = read(f"{folder}/{kind[1:]}/{stem}.fods")
    print(json.dumps(found))


main()
