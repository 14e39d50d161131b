#!/usr/bin/env python3
"""A sample from a frame of a million cases: casereview, DuckDB and pandas side by side.

    cargo build --release
    python3 -m venv /tmp/draw && /tmp/draw/bin/pip install duckdb pandas
    /tmp/draw/bin/python benches/draw.py target/release/casereview

All three read the same CSV file, leave out the same cases, order the rest by SHA-256 of
SEED,CASE and take the first cases of each stratum; the script fails unless they take the same
ones. Each runs in a process of its own, --runs times in turn. Printed are the best time, the
fewest seconds that processors worked for it (on a busy machine the fairer figure) and the
largest peak memory of each. The time of casereview is that of the whole process, with both
hashes of the frame, the checks of every cell and the files it writes; the time of the others
is that of the work alone, without the start of Python and the import of the library.
"""

import argparse
import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta

SEED = "20261121"
FIRST, LAST = "2026-04-01", "2026-09-30"
LEAST_DAYS = 45
REGIONS = ["Davidson", "East", "Knox", "Mid-Cumberland", "Northeast", "Northwest", "Shelby",
           "Smoky Mountain", "South Central", "Southwest", "Tennessee Valley", "Upper Cumberland"]
TYPES = {"FC": ("foster-care", 10), "IH": ("in-home", 6)}
SPARES = 5

PLAN = f"""[columns]
case = "Case ID"
region = "Region"
county = "County"
case_type = "Type"
opened = "Opened"
closed = "Closed"
[values.case_type]
FC = "foster-care"
IH = "in-home"
[period]
sampling = "{FIRST}/{LAST}"
[eligible]
in-home.open_days_at_least = {LEAST_DAYS}
[strata]
by = ["case_type", "region"]
[sizes]
""" + "".join(f'"{code} | {region}" = {size}\n'
              for code, size in TYPES.values() for region in REGIONS) + f"""[spares]
per_stratum = {SPARES}
"""


def make_frame(path, cases):
    """A seeded frame of about 70 bytes a case."""
    rng = random.Random(4)
    start = date(2024, 1, 1)
    days = [(start + timedelta(days=day)).isoformat() for day in range(1200)]
    numbers = list(range(cases))
    rng.shuffle(numbers)
    with open(path, "w", newline="", encoding="utf-8") as file:
        file.write("Case ID,Region,County,Type,Worker,Family ID,Opened,Closed\n")
        for number in numbers:
            region = rng.randrange(len(REGIONS))
            opened = rng.randrange(1000)
            closed = days[opened + rng.randrange(200)] if rng.random() < 0.4 else ""
            kind = "FC" if rng.random() < 0.6 else "IH"
            file.write(f"C-{number:08},{REGIONS[region]},County {region * 8 + number % 8},{kind},"
                       f"W-{number % 4000:05},F-{number // 2:07},{days[opened]},{closed}\n")


def with_duckdb(path, out):
    import duckdb
    begin, spent = time.perf_counter(), time.process_time()
    kinds = " ".join(f"when '{key}' then '{code}'" for key, (code, _) in TYPES.items())
    sizes = " ".join(f"when '{key}' then {size + SPARES}" for key, (_, size) in TYPES.items())
    rows = duckdb.sql(f"""
        with open_cases as (
            select "Case ID" as id, "Type" as kind, "Region" as region,
                date_diff('day', greatest("Opened", date '{FIRST}'),
                    least(coalesce("Closed", date '{LAST}'), date '{LAST}')) + 1 as days
            from read_csv('{path}', header = true, columns = {{
                'Case ID': 'varchar', 'Region': 'varchar', 'County': 'varchar',
                'Type': 'varchar', 'Worker': 'varchar', 'Family ID': 'varchar',
                'Opened': 'date', 'Closed': 'date'}})
        ), tickets as (
            select kind, region, id, sha256('{SEED},' || id) as ticket from open_cases
            where days >= 1 and (kind <> 'IH' or days >= {LEAST_DAYS})
        ), placed as (
            select kind, region, id,
                row_number() over (partition by kind, region order by ticket) as place
            from tickets
        )
        select case kind {kinds} end || ' | ' || region as stratum, place, id
        from placed where place <= case kind {sizes} end
        order by stratum, place""").fetchall()
    seconds = time.perf_counter() - begin, time.process_time() - spent
    write(out, rows)
    return seconds


def with_pandas(path, out):
    import hashlib
    import pandas
    begin, spent = time.perf_counter(), time.process_time()
    frame = pandas.read_csv(path, usecols=["Case ID", "Region", "Type", "Opened", "Closed"],
                            parse_dates=["Opened", "Closed"], date_format="%Y-%m-%d",
                            dtype={"Region": "category", "Type": "category"})
    first, last = pandas.Timestamp(FIRST), pandas.Timestamp(LAST)
    days = (frame["Closed"].fillna(last).clip(upper=last)
            - frame["Opened"].clip(lower=first)).dt.days + 1
    kept = frame[(days >= 1) & ((frame["Type"] != "IH") | (days >= LEAST_DAYS))].copy()
    digest = hashlib.sha256
    kept["ticket"] = [digest(f"{SEED},{case}".encode()).digest() for case in kept["Case ID"]]
    kept = kept.sort_values("ticket")
    rows = []
    for (kind, region), group in kept.groupby(["Type", "Region"], observed=True, sort=False):
        code, size = TYPES[kind]
        taken = group["Case ID"].head(size + SPARES)
        rows += [(f"{code} | {region}", place, case) for place, case in enumerate(taken, 1)]
    rows.sort()
    seconds = time.perf_counter() - begin, time.process_time() - spent
    write(out, rows)
    return seconds


def write(out, rows):
    with open(out, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


def read_pick(path):
    with open(path, newline="", encoding="utf-8") as file:
        return [tuple(row) for row in csv.reader(file)]


def read_sample(path):
    with open(path, newline="", encoding="utf-8") as file:
        return [(row["stratum"], row["order"], row["case"]) for row in csv.DictReader(file)]


def run(command):
    """Seconds of the process, those its processors worked, its peak memory, what it printed."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]} failed")
    unit = 1 if sys.platform == "darwin" else 1024
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit, printed


def side_by_side(options, folder):
    frame = options.frame or f"{folder}/frame.csv"
    if not os.path.exists(frame):
        make_frame(frame, options.cases)
    plan, out = f"{folder}/plan.toml", f"{folder}/out.csv"
    with open(plan, "w", encoding="utf-8") as file:
        file.write(PLAN)
    best, least, peak, picks = {}, {}, {}, {}
    for _ in range(options.runs):
        for name in ["casereview", "duckdb", "pandas"]:
            if name == "casereview":
                seconds, worked, memory, _ = run(
                    [options.program, "sample", "draw", frame, "--plan", plan, "--seed", SEED,
                     "--out", out, "--receipt", f"{folder}/receipt.json"])
                picks[name] = read_sample(out)
            else:
                _, _, memory, printed = run(
                    [sys.executable, __file__, "-", "--work", name, frame, out])
                seconds, worked = map(float, printed.split())
                picks[name] = read_pick(out)
            best[name] = min(best.get(name, seconds), seconds)
            least[name] = min(least.get(name, worked), worked)
            peak[name] = max(peak.get(name, 0), memory)
            if picks[name] != picks["casereview"]:
                sys.exit(f"{name} took other cases than casereview")
    size = os.path.getsize(frame) / 1e6
    print(f"{size:.0f} MB, {len(picks['casereview'])} cases taken, the same by all three")
    print(f"{'':12}{'seconds':>9}{'of CPU':>9}{'MB':>7}{'time':>9}{'CPU':>9}{'memory':>9}"
          "   (of casereview's)")
    for name, seconds in best.items():
        print(f"{name:12}{seconds:9.2f}{least[name]:9.2f}{peak[name] / 1e6:7.0f}"
              f"{seconds / best['casereview']:8.2f}x{least[name] / least['casereview']:8.2f}x"
              f"{peak[name] / peak['casereview']:8.2f}x")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", help="a release build of casereview")
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--frame", help="a file that keeps the frame from one call to the next")
    parser.add_argument("--work", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        name, path, out = options.work
        print(*{"duckdb": with_duckdb, "pandas": with_pandas}[name](path, out))
        return
    with tempfile.TemporaryDirectory() as folder:
        side_by_side(options, folder)


if __name__ == "__main__":
    main()
