// Makes every page there is, with the real program, for `check.mjs` to look at.
//
//     node make.mjs PROGRAM FOLDER
//
// Three workspaces: that of `demo`, one in which every text that can be given is hostile, and
// one with the notes and marks of QA.

import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [program, folder] = process.argv.slice(2).map((path) => resolve(path));
mkdirSync(folder, { recursive: true });

/** Runs the program in a folder; what it prints. */
function run(at, line, input = "") {
  const env = { PATH: process.env.PATH, HOME: at };
  const stdio = ["pipe", "pipe", "pipe"];
  try {
    return execFileSync(program, line, { cwd: at, env, input, stdio, encoding: "utf8", maxBuffer: 1 << 28 });
  } catch (error) {
    throw new Error(`casereview ${line.join(" ")}: ${error.stderr}`);
  }
}

const csv = (rows) =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\n");

/** The answers of an in-home review, every item of which applies. */
function answers(no) {
  const all = [
    "17.A1", "17.A2", "17.B1", "17.B2", "17.B3", "17.B4", "18.A", "18.B", "18.C", "19.A", "19.B",
    "20.A2", "20.B2", "20.C", "20.D",
  ];
  const given = all.map((question) => [question, no.includes(question) ? "no" : "yes"]);
  return [...given, ["19.A1", "monthly"], ["20.applies", "yes"], ["20.A1", "weekly"], ["20.B1", "weekly"]];
}

/** A file of such reviews: `cases` are [code, region, county, what is No, further answers]. */
function reviews(cases, period) {
  const rows = [["case", "case_type", "question", "answer", "region", "county", "period", "reviewer"]];
  for (const [code, region, county, no, more] of cases) {
    for (const [question, answer] of [...answers(no), ...more]) {
      rows.push([code, "in-home", question, answer, region, county, period, "R1"]);
    }
  }
  return csv(rows);
}

/** The first case that is final, by its review number. */
function final(at, ani = false) {
  const rows = JSON.parse(run(at, ["export", "items", "--format", "json"]));
  const fits = (row) => row.status === "final" && (!ani || row.rating === "ani") && row.reviewer;
  return rows.find(fits).case;
}

/** All pages of a workspace. */
function pages(at, prefix, { region, days, instrument }) {
  const page = (name, line) => writeFileSync(join(folder, `${prefix}${name}.html`), run(at, line));
  page("results", ["page", "results"]);
  page("county", ["page", "results", "--by", "county"]);
  page("region", ["page", "region", region]);
  page("feedback", ["page", "feedback", final(at, true)]);
  page("review", ["page", "review", final(at)]);
  page("exit", ["page", "exit", "--where", `region=${region}`]);
  page("state", ["report", "state", "--from", days[0], "--to", days[1], "--format", "html"]);
  page("form", ["page", "form", instrument]);
  page("guide", ["page", "guide", instrument]);
  for (const report of ["items", "outcomes", "trend", "questions", "agreement", "progress", "eliminations"]) {
    page(`report-${report}`, ["report", report, "--format", "html"]);
  }
  page("public", ["report", "items", "--by", "case_type", "--public", "--format", "html"]);
}

function practice() {
  const at = join(folder, "practice");
  mkdirSync(at, { recursive: true });
  run(at, ["demo", "--dir", "."]);
  // The invented reviews hold no remarks: an exit conference needs some.
  const told = [
    ["17.remark-practice", "The worker asked each person alone what would help, and wrote it down in their words."],
    ["17.remark-resource", "No therapist within forty miles takes new children before March."],
    ["18.remark-practice", "Plans were read out after everybody had signed them."],
    ["20.remark-systemic", "Court dates moved three times; the parents learned of it from the clerk."],
    ["20.remark-resource", "The visiting room in the county office has no chairs for children."],
  ];
  const cases = [
    ["X-1", "Shelby", "Shelby", ["18.B"], told.slice(0, 3)],
    ["X-2", "Shelby", "Shelby", ["20.B2", "20.D"], told.slice(3)],
    ["X-3", "Shelby", "Shelby", [], told.slice(0, 1)],
  ];
  writeFileSync(join(at, "remarks.csv"), reviews(cases, "2026-H2"));
  run(at, ["import", "answers", "remarks.csv"]);
  const days = ["2026-07-01", "2026-12-31"];
  pages(at, "", { region: "Shelby", days, instrument: "cfsr-r4" });
}

const MARKUP = `<script>document.body.innerHTML=""</script><img src=x onerror=alert(1)> &amp; "it's" </table></section>`;
const BIDI = "\u202e\u2066right to left\u2069 \u05d0\u05d1\u05d2\u200b\u200d";
const LONG = "Llanfairpwllgwyngyll".repeat(24);
const ALL = `${MARKUP} ${BIDI} ${LONG}`;

function hostile() {
  const at = join(folder, "hostile");
  mkdirSync(at, { recursive: true });
  const text = JSON.stringify(`${MARKUP} ${LONG}`);
  const extended = `
[instrument]
id = "hostile"
title = ${text}
short = ${JSON.stringify(`<b>H</b> ${LONG}`)}
edition = "1"
source = ${text}
notice = ${text}
extends = "cfsr-r2-items-14-20"

[[item]]
id = "H1"
title = ${text}
purpose = ${text}
applies = { foster-care = "always", in-home = "always", in-home-dr = "always" }
question = [
  { id = "A", ask = ${text}, answers = [{ code = "yes", title = ${text} }, { code = "no", title = ${text} }] },
  { id = "B", ask = ${text}, kind = "text", required = false },
]
row = [
  { id = "well", give = "strength", when = { A = "yes" } },
  { id = "badly", give = "ani", when = { A = "no" } },
]
`;
  writeFileSync(join(at, "hostile.toml"), extended);
  run(at, ["init", "--instrument", "hostile.toml", "--name", ALL]);
  const told = (answer) => [
    ["H1.A", answer], ["H1.B", ALL], ["17.rationale", ALL],
    ["17.remark-practice", ALL], ["18.remark-systemic", ALL], ["20.remark-resource", LONG],
    ["face.case-name", ALL],
  ];
  for (const period of ["2025-H2", "2026-H2"]) {
    const cases = [
      [`${MARKUP}1${period}`, ALL, ALL, ["18.B"], told("no")],
      [`${BIDI}2${period}`, "", "", ["20.D"], told("yes")],
      [`3${period}`, LONG, LONG, [], told("no")],
      [`4${period}`, "East", MARKUP, ["17.A1"], told("yes")],
      [`5${period}`, BIDI, "", ["17.A1", "19.A"], told("yes")],
    ];
    writeFileSync(join(at, `${period}.csv`), reviews(cases, period));
    run(at, ["import", "answers", `${period}.csv`]);
  }
  const plan = `
[plan]
title = ${text}
instrument = "hostile"
effective = "2026-01-01"
ends = "2027-12-31"
practice = true
[method]
baseline = "2025-H2"
[[item]]
item = "17"
[[item]]
item = "H1"
[[aggregate]]
id = "made"
title = ${text}
baseline = { period = "2025-H2", numerator = 1, denominator = 3 }
[[strategy]]
title = ${text}
owner = ${text}
due = "2026-10-31"
approved-by = ${text}
`;
  writeFileSync(join(at, "plan.toml"), plan);
  run(at, ["pip", "plan", "plan.toml"]);
  run(at, ["alert", "new", final(at), "--kind", "safety", "--text", ALL]);
  pages(at, "hostile-", { region: ALL, days: ["2026-07-01", "2026-12-31"], instrument: join(at, "hostile.toml") });
}

/** Notes of QA, which only a drawn case takes: hostile, settled in words and open. */
function noted() {
  const at = join(folder, "noted");
  mkdirSync(at, { recursive: true });
  run(at, ["demo", "--dir", "."]);
  const given = JSON.parse(run(at, ["export", "items", "--format", "json"]));
  const drawn = given.filter((row) => row.status === "final" && row.period === "2026-H2");
  const { case: number, reviewer } = drawn.find((row) => row.reading === "first");
  const qa = (who, lines) => run(at, ["qa", number, "--plain", "--as", who], [...lines, ":quit", ""].join("\n"));
  qa("lead", [`:reopen ${ALL}`]);
  run(at, ["submit", number, "--as", reviewer]);
  run(at, ["person", "set", "quinn"]);
  // In a round with QA a review is final when the last level approved it: this one alone is.
  run(at, ["round", "qa", "final=quinn"]);
  qa("quinn", [
    `:pin 19.A ${MARKUP}`, `:settle 1 ${ALL}`, `:pin 20.applies ${BIDI}`, `:settle 1 ${LONG}`,
    `:pin 17.A1 ${LONG}`, `:settle 1 ${MARKUP}`, `:override 19 na ${ALL}`, ":approve",
  ]);
  const page = (name, line) => {
    const html = run(at, line);
    writeFileSync(join(folder, `noted-${name}.html`), html);
    return html;
  };
  const html = page("exit", ["page", "exit", "--cases"]);
  if (html.split("&#60;script&#62;").length < 3) throw new Error("the notes are not on the exit sheet");
  page("review", ["page", "review", number]);
  page("results", ["page", "results"]);
  page("region", ["page", "region", drawn.find((row) => row.case === number).region]);
}

practice();
hostile();
noted();
