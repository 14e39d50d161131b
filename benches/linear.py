#!/usr/bin/env python3
"""Reports over 10,000, 100,000 and 1,000,000 readings: time for each, and what a reading costs.

    cargo build --release
    python3 benches/linear.py target/release/casereview --keep /tmp/linear

Workspaces of imported ratings, six items a reading, are made once and kept in --keep (a million
readings take about half a gigabyte). Every command is a whole process, the best of --runs. The
script fails where a reading costs more among ten times as many, a third allowed for noise:
reports are linear at most. Only Python's standard library is used.

Measured on two cores, milliseconds for 10,000, 100,000 and 1,000,000 readings: items by region 31,
83, 653; items by county and case type of one region 33, 47, 373; the trend by region 52, 89, 471;
pip status 24, 68, 499.
"""

import argparse
import os
import random
import subprocess
import sys
import time

SIZES = [10_000, 100_000, 1_000_000]
ITEMS = ["1", "4", "12", "13", "14", "15"]
RATINGS = ["strength", "ani", "na"]
HEADER = "case,region,county,case_type,period,instrument,item,rating,review_kind,sample_id\n"
PLAN = """
[plan]
title = "Bench"
instrument = "cfsr-r3"
effective = "2024-01-01"
ends = "2025-12-31"
[method]
baseline = "2023"
""" + "".join(f'[[item]]\nitem = "{item}"\n' for item in ITEMS[2:])
REPORTS = {
    "report items --by region": ["report", "items", "--by", "region"],
    "report items, two columns, a filter": [
        "report", "items", "--by", "county", "--by", "case_type", "--where", "region=Region 3"],
    "report trend --by region": ["report", "trend", "--by", "region"],
    "pip status": ["pip", "status"],
}
SLACK = 4 / 3


def run(*command):
    begin = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    return time.perf_counter() - begin


def make(program, folder, readings):
    """A workspace of so many readings, in order of time as they come in."""
    file, ratings = f"{folder}/{readings}.db", f"{folder}/{readings}.csv"
    if os.path.exists(file):
        return file
    rng = random.Random(7)
    with open(ratings, "w", encoding="utf-8") as out:
        out.write(HEADER)
        for number in range(readings):
            region = rng.randrange(12)
            half = number * 40 // readings
            year = 2006 + half // 2
            kind = "baseline" if year == 2023 else "pip" if year > 2023 else "regular"
            facts = (f"C-{number:07},Region {region},County {region * 8 + rng.randrange(8)},"
                     f"{rng.choice(['foster-care', 'in-home'])},{year}-H{half % 2 + 1},cfsr-r3")
            for item, rating in zip(ITEMS, rng.choices(RATINGS, (6, 3, 1), k=len(ITEMS))):
                out.write(f"{facts},{item},{rating},{kind},s{year}\n")
    part = file + ".part"
    run(program, "--workspace", part, "init", "--instrument", "cfsr-r3", "--name", "Years",
        "--as", "lead")
    took = run(program, "--workspace", part, "--as", "lead", "import", "ratings", ratings)
    print(f"import of {readings} readings x {len(ITEMS)} ratings: {took:.1f} s", flush=True)
    with open(f"{folder}/plan.toml", "w", encoding="utf-8") as out:
        out.write(PLAN)
    run(program, "--workspace", part, "--as", "lead", "pip", "plan", f"{folder}/plan.toml")
    os.remove(ratings)
    os.rename(part, file)
    return file


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", help="a release build of casereview")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keep", default="linear", help="folder of the workspaces")
    parser.add_argument("--most", type=int, default=SIZES[-1])
    options = parser.parse_args()
    program, folder = os.path.abspath(options.program), os.path.abspath(options.keep)
    os.makedirs(folder, exist_ok=True)
    sizes = [size for size in SIZES if size <= options.most]
    files = [make(program, folder, size) for size in sizes]
    # What every process costs before it reads a reading.
    start = min(run(program, "--version") for _ in range(options.runs))
    print(f"\n{'':38}" + "".join(f"{size:>12,}" for size in sizes))
    steep = []
    for name, command in REPORTS.items():
        best = [min(run(program, "--workspace", file, *command, "--format", "json")
                    for _ in range(options.runs)) for file in files]
        each = [(took - start) / size for took, size in zip(best, sizes)]
        print(f"{name:38}" + "".join(f"{took * 1000:9.1f} ms" for took in best))
        print(f"{'  a reading':38}" + "".join(f"{one * 1e6:9.2f} us" for one in each))
        steep += [name for less, more in zip(each, each[1:]) if more > less * SLACK]
    if steep:
        sys.exit(f"more than linear: {', '.join(steep)}")


if __name__ == "__main__":
    main()
