// Opens pages in Chromium and says what is wrong with them.
//
//     node check.mjs FOLDER AXE PICTURES
//
// FOLDER holds the pages (*.html), AXE is axe-core's script, PICTURES takes a picture of each
// page (light, dark, on a telephone) and its print.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { Browser } from "./browser.mjs";
import { figures } from "./figures.mjs";
import { bare, layout, order, printed } from "./layout.mjs";

/** Inner width of a letter page with the margins of the style sheet, in pixels. */
const PAPER = Math.floor(((215.9 - 28) / 25.4) * 96);
/** Widths a page is opened at: a screen, a tablet, a telephone, and 400 % of a small screen. */
const WIDTHS = [1280, 768, 390, 320];

const [folder, axePath, pictures] = process.argv.slice(2);
if (!pictures) {
  console.error("check.mjs FOLDER AXE PICTURES");
  process.exit(2);
}
mkdirSync(pictures, { recursive: true });
const axe = readFileSync(axePath, "utf8");
const pages = readdirSync(folder).filter((name) => name.endsWith(".html")).sort();
const profile = mkdtempSync(join(tmpdir(), "pages-"));
const browser = await Browser.start(process.env.CHROMIUM ?? "chromium", profile);
let problems = 0;

try {
  for (const name of pages) {
    const { wrong, told } = await check(name);
    problems += wrong.length;
    console.log(`${wrong.length ? "WRONG" : "ok   "} ${name}: ${told}`);
    for (const one of wrong.slice(0, 12)) console.log(`      ${one}`);
    if (wrong.length > 12) console.log(`      and ${wrong.length - 12} more`);
  }
} finally {
  await browser.end();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
console.log(`${pages.length} pages, ${problems} problems; pictures in ${pictures}`);
process.exit(problems || !pages.length ? 1 : 0);

/** Everything that is looked at on one page. */
async function check(name) {
  const url = pathToFileURL(resolve(folder, name)).href;
  const picture = (kind, data) => writeFileSync(join(pictures, name.replace(/html$/, kind)), data);
  const wrong = [];
  const say = (when, list) => list.forEach((one) => wrong.push(`${when}: ${one}`));
  browser.requests = [];
  browser.errors = [];
  await browser.look({ width: WIDTHS[0] });
  await browser.open(url);
  const asked = browser.requests.filter((one) => one !== url && !one.startsWith("data:"));
  say("it asks for", asked);
  say("the browser says", browser.errors);

  const { wrong: drawn, count } = await browser.run(figures);
  say("figures", drawn);
  say("order", await browser.run(order));
  for (const width of WIDTHS) {
    await browser.look({ width });
    say(`${width} wide`, await browser.run(layout));
    if (width === 390) picture("narrow.png", await browser.picture(3000));
  }
  await browser.run(`${axe};0`);
  let rules = 0;
  for (const dark of [false, true]) {
    await browser.look({ width: WIDTHS[0], dark });
    const found = await browser.run(accessible);
    rules = found.rules;
    say(dark ? "axe, dark" : "axe, light", found.wrong);
    picture(dark ? "dark.png" : "light.png", await browser.picture(12000));
  }

  await browser.look({ width: PAPER, media: "print" });
  say("print", await browser.run(layout));
  const wanted = await browser.run(printed);
  await browser.look({ width: WIDTHS[0] });
  const pdf = await browser.pdf();
  picture("pdf", pdf);
  const { list, sheets } = onPaper(wanted, join(pictures, name.replace(/html$/, "pdf")));
  // A director gets one sheet, where nothing had to be noted of the ratings.
  if (name === "region.html" && sheets !== 1) list.push(`${sheets} sheets in place of one`);
  say("print", list);

  const { wrong: unstyled, words } = await browser.run(bare);
  say("styles off", unstyled);
  return { wrong, told: `${count} figures, ${words} words, ${rules} rules of axe, ${sheets} sheets` };
}

/** Run in the page: what axe finds, all its rules on. */
async function accessible() {
  const { violations, incomplete, passes } = await globalThis.axe.run(document, {
    runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
  });
  const list = (found, how) => found.flatMap((one) =>
    one.nodes.slice(0, 3).map((node) => `${how}${one.id}: ${one.help}: ${node.target.join(" ")}`));
  const open = incomplete.filter((one) => one.id !== "color-contrast");
  return { wrong: [...list(violations, ""), ...list(open, "undecided ")], rules: passes.length };
}

/** What a print lacks or shows beyond its edge. */
function onPaper(wanted, file) {
  const list = [];
  const run = (program, ...options) =>
    execFileSync(program, [...options, file, "-"], { encoding: "utf8", maxBuffer: 1 << 28 });
  const letters = (text) => text.normalize("NFKC").replace(/[^\p{L}\p{N}]/gu, "");
  const text = letters(run("pdftotext", "-raw"));
  for (const [caption, row] of wanted.last) {
    if (!text.includes(row)) list.push(`the last row of "${caption}" is not there whole`);
  }
  for (const title of wanted.sections) {
    if (!text.includes(title)) list.push(`the heading ${title} is not there`);
  }
  const count = (from) => {
    const found = new Map();
    for (const letter of from) found.set(letter, (found.get(letter) ?? 0) + 1);
    return found;
  };
  const there = count(text);
  for (const [letter, times] of count(wanted.text)) {
    const missing = times - (there.get(letter) ?? 0);
    if (missing > 0) list.push(`${missing} of ${times} letters ${letter} are not there`);
  }
  const boxes = run("pdftotext", "-bbox");
  let [wide, high, sheets] = [0, 0, 0];
  for (const line of boxes.split("\n")) {
    const page = /<page width="([\d.]+)" height="([\d.]+)">/.exec(line);
    if (page) {
      [wide, high] = [Number(page[1]), Number(page[2])];
      sheets += 1;
    }
    const word = /<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)">(.*)<\/word>/.exec(line);
    if (!word) continue;
    const [left, top, right, bottom] = word.slice(1, 5).map(Number);
    // Margins of 14 mm are 39.7 points, of 13 above and below 36.9.
    if (left < 38 || right > wide - 37 || top < 36 || bottom > high - 36) {
      list.push(`"${word[5].slice(0, 40)}" lies beyond the margin on sheet ${sheets}`);
    }
  }
  return { list, sheets };
}
