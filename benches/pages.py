#!/usr/bin/env python3
"""How long a page takes and how large it is: 95 counties, 18 items, 40 periods.

    cargo build --release
    python3 benches/pages.py target/release/casereview --keep /tmp/pages

A workspace is built, or taken from --keep where it lies already: ratings of all 18 items in
every county and half-year of twenty years. Each page is written by a whole process; the time is
the best of --runs. The script fails where a page takes more than --seconds or --bytes.
"""

import argparse
import csv
import os
import random
import subprocess
import sys
import tempfile
import time

COUNTIES, PERIODS, REGIONS = 95, 40, 12
ITEMS = [str(item) for item in range(1, 19)]
COLUMNS = ["case", "region", "county", "case_type", "period", "instrument", "item", "rating"]


def run(*command):
    begin = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    took = time.perf_counter() - begin
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr.decode()}")
    return took, done.stdout


def build(program, folder, cases):
    """A workspace with `cases` readings in each county and period."""
    workspace = f"{folder}/pages.db"
    if os.path.exists(workspace):
        return workspace
    rng = random.Random(95)
    with open(f"{folder}/ratings.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        number = 0
        for half in range(PERIODS):
            for county in range(COUNTIES):
                for _ in range(cases):
                    number += 1
                    facts = [f"C-{number:06}", f"Region {county % REGIONS + 1}",
                             f"County {county + 1}", rng.choice(["foster-care", "in-home"]),
                             f"{2006 + half // 2}-H{half % 2 + 1}", "cfsr-r3"]
                    for item in ITEMS:
                        rating = rng.choices(["strength", "ani", "na"], (6, 3, 1))[0]
                        out.writerow(facts + [item, rating])
    run(program, "--workspace", workspace, "init", "--instrument", "cfsr-r3", "--name", "Years")
    took, _ = run(program, "--workspace", workspace, "import", "ratings", f"{folder}/ratings.csv")
    print(f"import of {number} x {len(ITEMS)} ratings: {took:.1f} s", flush=True)
    return workspace


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--keep", help="a folder for the workspace")
    parser.add_argument("--cases", type=int, default=2, help="readings in each county and period")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--bytes", type=int, default=2_000_000)
    asked = parser.parse_args()
    folder = asked.keep or tempfile.mkdtemp()
    os.makedirs(folder, exist_ok=True)
    workspace = build(asked.program, folder, asked.cases)
    failed = False
    for page in (
        ["page", "results", "--by", "county"],
        ["page", "results"],
        ["report", "state", "--from", "2025-01-01", "--to", "2025-12-31", "--by", "county",
         "--format", "html"],
        ["report", "trend", "--by", "county", "--format", "html"],
    ):
        runs = [run(asked.program, "--workspace", workspace, *page) for _ in range(asked.runs)]
        took, size = min(took for took, _ in runs), len(runs[0][1])
        # The table of one report alone has every cell once and no bound on its length.
        bound = page[:2] != ["report", "trend"]
        wrong = bound and (took > asked.seconds or size > asked.bytes)
        failed |= wrong
        print(f"{'TOO MUCH' if wrong else 'ok':8} {took * 1000:7.0f} ms {size / 1e6:6.2f} MB  {' '.join(page)}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
