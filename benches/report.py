#!/usr/bin/env python3
"""Reports on one state's twenty years: casereview, DuckDB, pandas and SQLite side by side.

    cargo build --release
    python3 -m venv /tmp/report && /tmp/report/bin/pip install duckdb pandas pyarrow
    /tmp/report/bin/python benches/report.py target/release/casereview --keep /tmp/years

Two workspaces are built, or taken from --keep where they lie already: one with 18 item ratings
of each reading, through `import ratings`, and one with whole readings, answers and all, through
`demo --cases`. The others get the same rows: item ratings as Parquet and CSV and as a table of
SQLite, answers as Parquet. The script fails unless all of them count the same.

Last comes the way out: `export items` of every rating as CSV beside a bare dump of the same
rows by SQLite's shell, both into a file.

Measured on two cores, 100,000 readings and 1.8 million ratings, whole processes: items by region in
66 ms, DuckDB from Parquet 3.9 times as long (its query alone, without Python, 1.4 times), pandas
from CSV 38 times (30), SQLite's shell with a plain GROUP BY 33 times; participants by county and
case type of one region in 60 ms, DuckDB 4.5 times as long (1.4); the export in 0.61 of the dump's
time, although its rows are wider.

Every command is a whole process. Of DuckDB and pandas two times are printed: that of the
process, and that of the query alone, without the start of Python and the import. Each is the
best of --runs, taken in turn.
"""

import argparse
import csv
import json
import os
import random
import sqlite3
import subprocess
import sys
import time

REGIONS = ["Davidson", "East", "Knox", "Mid-Cumberland", "Northeast", "Northwest", "Shelby",
           "Smoky Mountain", "South Central", "Southwest", "Tennessee Valley", "Upper Cumberland"]
ITEMS = [str(item) for item in range(1, 19)]
RATINGS = ["strength", "ani", "na"]
COLUMNS = ["case", "region", "county", "case_type", "period", "instrument", "item", "rating"]


def run(*command, **more):
    begin = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    return time.perf_counter() - begin, done.stdout


def make_ratings(path, readings):
    """A row an item, 40 half-years."""
    rng = random.Random(20)
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for number in range(readings):
            region = rng.randrange(12)
            half = number * 40 // readings
            facts = [f"C-{number:07}", REGIONS[region], f"County {region * 8 + rng.randrange(8)}",
                     rng.choice(["foster-care", "in-home"]),
                     f"{2006 + half // 2}-H{half % 2 + 1}", "cfsr-r3"]
            for item in ITEMS:
                out.writerow(facts + [item, rng.choices(RATINGS, (6, 3, 1))[0]])


def build(program, folder, readings):
    """The workspaces, and the same rows for the others."""
    import duckdb
    ratings, workspace = f"{folder}/ratings.csv", f"{folder}/ratings.db"
    if not os.path.exists(workspace):
        make_ratings(ratings, readings)
        run(program, "--workspace", workspace, "init", "--instrument", "cfsr-r3", "--name", "Years")
        took, _ = run(program, "--workspace", workspace, "import", "ratings", ratings)
        print(f"import of {readings} x {len(ITEMS)} ratings: {took:.1f} s", flush=True)
    if not os.path.exists(f"{folder}/ratings.parquet"):
        duckdb.sql(f"copy (select * from read_csv('{ratings}', all_varchar = true)) "
                   f"to '{folder}/ratings.parquet' (format parquet)")
        plain = sqlite3.connect(f"{folder}/plain.db")
        names = ", ".join(f'"{name}" text' for name in COLUMNS)
        plain.execute(f"create table ratings ({names})")
        with open(ratings, newline="", encoding="utf-8") as file:
            rows = csv.reader(file)
            next(rows)
            plain.executemany(f"insert into ratings values ({','.join('?' * len(COLUMNS))})", rows)
        plain.commit()
    if not os.path.exists(f"{folder}/demo"):
        took, _ = run(program, "demo", "--cases", str(readings), "--dir", f"{folder}/demo")
        print(f"demo of {readings} readings: {took:.1f} s", flush=True)
    if not os.path.exists(f"{folder}/answers.parquet"):
        write_answers(folder)


def write_answers(folder):
    """Yes, No and NA about mother and father of the final readings, as Parquet."""
    import pandas
    live = sqlite3.connect(f"file:{folder}/demo/casereview.db?mode=ro", uri=True)
    rows = pandas.read_sql(
        "select c.region, c.county, c.case_type, r.number, a.question, a.value from answer a "
        "join reading r on r.id = a.reading join cases c on c.number = r.number "
        "where r.status = 'final' and a.value in ('yes', 'no', 'na')", live)
    rows.to_parquet(f"{folder}/answers.parquet", index=False)


PARTICIPANTS = {"mother": ["20.A2", "20.C"], "father": ["20.B2", "20.D"]}

ITEMS_SQL = """select item, region, count(*) filter (rating in ('strength', 'ani')) n,
    count(*) filter (rating = 'strength') x from read_parquet('{}/ratings.parquet')
    group by item, region order by item, region"""


def work(what, folder):
    """What runs in a process of its own: prints the seconds of the query, then its rows."""
    if what == "pandas":
        import pandas
        begin = time.perf_counter()
        rows = pandas.read_csv(f"{folder}/ratings.csv")
        rows["n"] = rows["rating"].isin(["strength", "ani"])
        rows["x"] = rows["rating"] == "strength"
        found = rows.groupby(["item", "region"])[["n", "x"]].sum().reset_index()
        found = [(str(i), r, int(n), int(x)) for i, r, n, x in found.itertuples(index=False)]
    elif what == "duckdb":
        import duckdb
        begin = time.perf_counter()
        found = duckdb.sql(ITEMS_SQL.format(folder)).fetchall()
    else:
        import duckdb
        begin = time.perf_counter()
        about = " ".join(f"when question in ({', '.join(map(repr, ids))}) then '{who}'"
                         for who, ids in PARTICIPANTS.items())
        found = duckdb.sql(f"""
            with each as (
                select number, county, case_type, case {about} end as participant,
                    bool_or(value = 'no') as no, bool_or(value = 'yes') as yes
                from read_parquet('{folder}/answers.parquet')
                where region = 'Knox' and question in ('20.A2', '20.C', '20.B2', '20.D')
                group by all)
            select participant, county, case_type, count(*) filter (no or yes) n,
                count(*) filter (yes and not no) x
            from each group by all order by all""").fetchall()
    print(time.perf_counter() - begin)
    print(json.dumps(sorted(found)))


def of_casereview(text, keys):
    rows = json.loads(text)
    return sorted([row["group"][key] if key in row["group"] else row[key] for key in keys]
                  + [row["applicable"], row["strength" if "strength" in row else "met"]]
                  for row in rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", help="a release build of casereview")
    parser.add_argument("--readings", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--keep", default="years", help="folder of the workspaces")
    parser.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        return work(*options.work)
    program, folder = os.path.abspath(options.program), os.path.abspath(options.keep)
    os.makedirs(folder, exist_ok=True)
    build(program, folder, options.readings)
    report = [program, "--format", "json", "--workspace"]
    ours = {
        "items by region": (
            [*report, f"{folder}/ratings.db", "report", "items", "--by", "region"],
            ["item", "region"], "duckdb"),
        "participants by county and case type, one region": (
            [*report, f"{folder}/demo/casereview.db", "report", "participants", "--by", "county",
             "--by", "case_type", "--where", "region=Knox", "--where", "item=20",
             "--where", "participant=mother", "--where", "participant=father"],
            ["participant", "county", "case_type"], "participants"),
    }
    shell = ["sqlite3", f"{folder}/plain.db",
             "select item, region, sum(rating in ('strength', 'ani')), sum(rating = 'strength') "
             "from ratings group by item, region order by item, region"]
    for name, (command, keys, other) in ours.items():
        best, alone, found = {}, {}, {}
        for _ in range(options.runs):
            took, text = run(*command)
            best["casereview"] = min(best.get("casereview", took), took)
            found["casereview"] = of_casereview(text, keys)
            others = [other] if other != "duckdb" else ["duckdb", "pandas"]
            for tool in others:
                took, text = run(sys.executable, __file__, "-", "--work", tool, folder)
                seconds, rows = text.splitlines()
                best[tool] = min(best.get(tool, took), took)
                alone[tool] = min(alone.get(tool, 1e9), float(seconds))
                found[tool] = [row for row in json.loads(rows) if row[-2] or tool != "participants"]
            if other == "duckdb":
                took, text = run(*shell)
                best["sqlite3"] = min(best.get("sqlite3", took), took)
        # A group in which nothing applied has a row here and none there.
        compare = [row for row in found["casereview"] if row[-2]]
        for tool in alone:
            if sorted(found[tool]) != compare:
                sys.exit(f"{name}: {tool} counts otherwise than casereview")
        print(f"\n{name}, {options.readings} readings")
        print(f"  {'':14}{'process':>10}{'query':>10}{'ratio':>8}{'of query':>10}")
        mine = best["casereview"]
        for tool, seconds in best.items():
            query = alone.get(tool, seconds)
            print(f"  {tool:14}{seconds * 1000:7.1f} ms{query * 1000:7.1f} ms"
                  f"{seconds / mine:7.1f}x{query / mine:9.1f}x")
    print("\nexport of every rating")
    export(program, folder, max(options.runs // 3, 1))


def export(program, folder, runs):
    """Every rating as a row, beside what SQLite's shell writes of a plain table of them."""
    ours = [program, "--workspace", f"{folder}/ratings.db", "export", "items", "--format", "csv",
            "--out", f"{folder}/export.csv", "--force"]
    bare = ["sqlite3", "-csv", "-header", f"{folder}/plain.db", "-cmd",
            f".output {folder}/bare.csv", "select * from ratings"]
    best = {}
    for _ in range(runs):
        for name, command in (("casereview", ours), ("sqlite3", bare)):
            took, _ = run(*command)
            best[name] = min(best.get(name, took), took)
    rows = {}
    for name, file in (("casereview", "export.csv"), ("sqlite3", "bare.csv")):
        with open(f"{folder}/{file}", newline="", encoding="utf-8") as lines:
            rows[name] = sum(1 for _ in csv.reader(lines)) - 1
        size = os.path.getsize(f"{folder}/{file}") / 1e6
        print(f"  {name:14}{best[name] * 1000:7.1f} ms{rows[name]:12,} rows{size:8.1f} MB")
        os.remove(f"{folder}/{file}")
    print(f"  export over dump: {best['casereview'] / best['sqlite3']:.2f}")
    if rows["casereview"] != rows["sqlite3"]:
        sys.exit("export: not the same rows")


if __name__ == "__main__":
    main()
