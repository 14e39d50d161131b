// Run inside of a page: what its figures draw, held against the tables that stand behind them.

/** What is wrong with the figures of the page: a list of sentences, and how many there are. */
export function figures() {
  const wrong = [];
  const text = (node) => node.textContent.replace(/\s+/g, " ").trim();
  const number = (node, name) => Number(node.getAttribute(name));
  const near = (a, b, by = 0.06) => Math.abs(a - b) <= by;
  const tables = (section) => [...section.querySelectorAll("table")].map((table) => {
    const heads = [...table.tHead.rows[0].cells].map(text);
    const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].map(text));
    return { heads, rows, caption: text(table.caption) };
  });
  const column = (table, ...names) => table.heads.findIndex((head) => names.includes(head));
  const percent = (said) => (said === "" || said === "*" ? null : Number(said));
  const is = (svg, name) => svg.classList.contains(name);
  const texts = (svg, name) => [...svg.querySelectorAll(`text.${name}`)].map(text);
  let count = 0;

  function bars(svg, table, caption, say) {
    const said = [...svg.querySelectorAll("text.said")].map(text);
    const drawn = [...svg.querySelectorAll("rect.accent")];
    const at = column(table, "%", "% same");
    // The groups of an item beside each other, or all rows.
    const rows = /^Item \S+, /.test(caption) ? rowsOf(caption, table, say) : table.rows;
    if (said.length !== rows.length) say(`${said.length} bars, ${rows.length} rows`);
    said.forEach((one, place) => {
      const row = rows[place] ?? [];
      const found = /^([\d.]+) % of (\d+)$/.exec(one);
      if (!found) return void (["", "*"].includes(row[at]) || say(`"${one}" for ${row}`));
      const bar = drawn.shift();
      if (found[1] !== row[at] || !row.includes(found[2])) say(`"${one}" for ${row}`);
      if (!near(number(bar, "width") / 3.6, Number(found[1]), 0.1)) say(`length of ${row}`);
    });
    if (drawn.length) say("more bars than numbers");
  }

  function stacked(svg, table, say) {
    const said = [...svg.querySelectorAll("text.said")].map(text);
    const names = ["substantially", "partially", "not achieved"].map((name) => column(table, name));
    const drawn = [...svg.querySelectorAll("rect.part")];
    const figures = [...svg.querySelectorAll("text.mid")].map((node) => [number(node, "x"), number(node, "y"), text(node)]);
    if (said.length !== table.rows.length) say(`${said.length} bars, ${table.rows.length} rows`);
    said.forEach((one, place) => {
      const row = table.rows[place];
      const parts = names.map((at) => Number(row[at]));
      const all = parts.reduce((a, b) => a + b, 0);
      if (!one.startsWith("n ")) return void (all > 0 && say(`"${one}" for ${row}`));
      if (one !== `n ${all}`) say(`"${one}" for ${row}`);
      for (const part of parts) {
        const rect = drawn.shift();
        const long = number(rect, "width");
        const middle = number(rect, "x") + long / 2;
        const inside = figures.find(([x, y]) => near(x, middle, 0.5) && near(y, number(rect, "y") + 13, 0.5));
        if (inside && inside[2] !== String(part)) say(`"${inside[2]}" in a part of ${row}`);
        if (!near(long / 4.2, (part / all) * 100, 0.1)) say(`a part of ${row}`);
      }
    });
    if (drawn.length) say("more parts than numbers");
  }

  function heat(svg, table, say) {
    const heads = texts(svg, "soft");
    const [item, share] = [column(table, "item"), column(table, "%")];
    const known = new Map();
    for (const row of table.rows) {
      const group = row.slice(0, item).map((one) => (one === "(all)" ? "all" : one)).join(" · ");
      known.set(`${group}|${row[item]}`, row[share]);
    }
    const cells = [...svg.querySelectorAll("text.cell")];
    const wide = number(svg.querySelector("rect"), "width") + 2;
    const rows = [...svg.querySelectorAll("text.end")];
    for (const cell of cells) {
      const head = heads[Math.floor((number(cell, "x") - 170) / wide)];
      const row = rows.find((one) => near(number(one, "y"), number(cell, "y"), 1));
      const label = text(row).replace(/…/g, "");
      // A label that was cut may be the beginning of several.
      const fits = [...known.keys()].filter((one) => one.startsWith(label) && one.endsWith(`|${head}`));
      const wanted = fits.map((key) => known.get(key));
      const said = text(cell).replace(/[+-]$/, "").replace("n/a", "");
      if (!wanted.includes(said)) say(`"${text(cell)}" for ${label} ${head}: ${wanted}`);
    }
    return cells.length;
  }

  function rowsOf(caption, table, say) {
    const item = column(table, "item");
    const found = /^Item (\S+), /.exec(caption);
    if (!found) return void say("no item is named") ?? [];
    const here = table.rows.filter((row) => row[item] === found[1] && row[0] !== "(all)");
    const others = table.heads.slice(0, item).map((head, at) => [head, at]).filter(([head]) => head !== "period");
    return here.filter((row) => others.every(([, at]) => caption.includes(row[at]) || !caption.includes(" · ")));
  }

  function dots(svg, table, caption, high, say) {
    const share = column(table, "%");
    const rows = rowsOf(caption, table, say).filter((row) => percent(row[share]) !== null);
    const drawn = [...svg.querySelectorAll("circle")];
    if (rows.length !== drawn.length) say(`${drawn.length} dots, ${rows.length} rows`);
    const [top, tall] = high;
    drawn.forEach((dot, at) => {
      const here = 100 * (1 - (number(dot, "cy") - top) / tall);
      if (rows[at] && !near(here, Number(rows[at][share]), 0.12)) say(`a dot of ${rows[at]}`);
    });
  }

  for (const figure of document.querySelectorAll("figure")) {
    const caption = text(figure.querySelector("figcaption"));
    const section = figure.closest("section");
    const say = (what) => wrong.push(`figure "${caption.slice(0, 60)}": ${what}`);
    const after = (table) =>
      figure.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING;
    const here = [...section.querySelectorAll("table")].findIndex(after);
    if (here < 0) {
      say("no table stands behind it");
      continue;
    }
    const table = tables(section)[here];
    let cells = 0;
    for (const svg of figure.querySelectorAll("svg")) {
      count += 1;
      if (svg.getAttribute("aria-hidden") !== "true") say("is read out piece by piece");
      if (is(svg, "bars")) bars(svg, table, caption, say);
      else if (is(svg, "stacked")) stacked(svg, table, say);
      else if (is(svg, "heat")) cells += heat(svg, table, say);
      else if (is(svg, "lines")) dots(svg, table, caption, [18, 120], say);
      else if (is(svg, "funnel")) dots(svg, table, caption, [14, 170], say);
      else say("is of no known kind");
    }
    if (cells && cells !== table.rows.length) say(`${cells} cells, ${table.rows.length} rows`);
    const goal = /the goal of ([\d.]+) %/.exec(caption);
    if (goal) {
      const item = /^Item (\S+), /.exec(caption)?.[1];
      const stands = [...document.querySelectorAll("section")].flatMap(tables).some((one) => {
        const [name, at] = [column(one, "item"), column(one, "goal", "goal %")];
        return name >= 0 && at >= 0 && one.rows.some((row) => row[name] === item && row[at] === goal[1]);
      });
      if (!stands) say(`its goal ${goal[1]} stands in no table`);
    }
  }
  return { wrong, count };
}
