// Run inside of a page: whether its layout is whole, and in what order it is read.

/** What sticks out, is cut off or covered: a list of sentences. */
export function layout() {
  const wrong = [];
  const root = document.documentElement;
  const short = (node) => node.textContent.replace(/\s+/g, " ").trim().slice(0, 50);
  if (root.scrollWidth > root.clientWidth) {
    wrong.push(`the page is ${root.scrollWidth} wide in a window of ${root.clientWidth}`);
  }
  for (const node of document.querySelectorAll("h1,h2,h3,p,li,figure,figcaption,.wide,.blank,.ask,nav,footer")) {
    const box = node.getBoundingClientRect();
    if (box.width && (box.right > root.clientWidth + 0.5 || box.left < -0.5)) {
      wrong.push(`${node.tagName.toLowerCase()} sticks out: ${short(node)}`);
    }
  }
  for (const svg of document.querySelectorAll("svg")) {
    const frame = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll("text")].map((node) => [node, node.getBoundingClientRect()]);
    for (const [at, [node, box]] of boxes.entries()) {
      const out = box.left < frame.left - 1 || box.right > frame.right + 1
        || box.top < frame.top - 1.5 || box.bottom > frame.bottom + 1.5;
      if (out) wrong.push(`${svg.classList}: a label is cut off: ${short(node)}`);
      for (const [other, there] of boxes.slice(at + 1)) {
        const [dx, dy] = [
          Math.min(box.right, there.right) - Math.max(box.left, there.left),
          Math.min(box.bottom, there.bottom) - Math.max(box.top, there.top),
        ];
        // Letters leave air above and below in their boxes.
        if (dx > 1 && dy > 0.45 * Math.min(box.height, there.height)) {
          wrong.push(`${svg.classList}: "${short(node)}" lies over "${short(other)}"`);
        }
      }
    }
  }
  return [...new Set(wrong)];
}

/** Headings in their order of rank, and whether what comes first stands first. */
export function order() {
  const wrong = [];
  let rank = 0;
  for (const node of document.querySelectorAll("h1,h2,h3,h4,h5,h6")) {
    const here = Number(node.tagName[1]);
    if (here > rank + 1) wrong.push(`h${here} follows h${rank}: ${node.textContent}`);
    if (!node.textContent.trim()) wrong.push(`an empty h${here}`);
    rank = here;
  }
  if (document.querySelectorAll("h1").length !== 1) wrong.push("not one h1");
  let bottom = -1;
  for (const node of document.querySelectorAll("h1,h2,h3,main p,main ul,figure,.wide,.blank,.ask,footer")) {
    const { top, height } = node.getBoundingClientRect();
    if (!height || node.parentElement.closest("ul,figure,.blank,.ask")) continue;
    if (top < bottom - 0.5) wrong.push(`stands above what is read before it: ${node.textContent.slice(0, 50)}`);
    bottom = top;
  }
  return wrong;
}

/** The page without its styles: its text as a browser shows it. */
export function bare() {
  for (const node of document.querySelectorAll("style,link")) node.remove();
  for (const node of document.querySelectorAll("[style]")) node.removeAttribute("style");
  const wrong = [];
  const shown = document.body.innerText;
  const drawn = [...document.querySelectorAll("svg")].filter((svg) => svg.getBoundingClientRect().height);
  if (drawn.length) wrong.push(`${drawn.length} figures are shown without their colours`);
  let at = 0;
  for (const node of document.querySelectorAll("h1,h2,h3,p,li,figcaption,caption,th,td")) {
    if (node.tagName === "LI" && node.querySelector("a,p")) continue;
    const text = node.innerText.trim();
    if (!text) continue;
    const found = shown.indexOf(text, at);
    if (found < 0) wrong.push(`is not read in its place: ${text.slice(0, 60)}`);
    else at = found;
  }
  return { wrong, words: shown.split(/\s+/).length };
}

/** What a printed page has to hold: letters of all that is shown, the last row of each table. */
export function printed() {
  const letters = (text) => text.normalize("NFKC").replace(/[^\p{L}\p{N}]/gu, "");
  const last = [...document.querySelectorAll("table")].map((table) => {
    const rows = table.tBodies[0].rows;
    const row = rows[rows.length - 1];
    return row ? [table.caption.textContent, letters(row.textContent)] : null;
  });
  const sections = [...document.querySelectorAll("h2")].map((node) => letters(node.textContent));
  return { last: last.filter(Boolean), sections, text: letters(document.body.innerText) };
}
