"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("script");
  const theme = document.getElementById("theme");
  const paint = (dark) => {
    root.classList.toggle("dark", dark);
    theme.textContent = dark ? "Light" : "Dark";
    theme.setAttribute("aria-pressed", String(dark));
  };
  const system = matchMedia("(prefers-color-scheme: dark)");
  paint(system.matches);
  system.addEventListener("change", (event) => paint(event.matches));
  theme.addEventListener("click", () => paint(!root.classList.contains("dark")));
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((part) => { part.open = true; }));

  // A line is shown where every word of the filter stands in its row or its operation.
  const text = document.getElementById("f-text");
  const same = document.getElementById("f-same");
  const found = document.getElementById("found");
  const groups = [...document.querySelectorAll(".side tbody")].map((body) => ({
    body,
    lines: [...body.rows].map((row) => ({
      row,
      same: row.classList.contains("same"),
      words: (body.dataset.row + " " + row.querySelector("th[scope=row]").textContent).toLowerCase(),
    })),
  }));
  const search = () => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    let all = 0;
    for (const { body, lines } of groups) {
      let here = 0;
      for (const line of lines) {
        const fits = (!same.checked || !line.same) && words.every((word) => line.words.includes(word));
        line.row.hidden = !fits;
        here += fits ? 1 : 0;
      }
      // The row's own words stand in its first line.
      const head = body.querySelector("th[scope=rowgroup]");
      const first = lines.find((line) => !line.row.hidden);
      if (first && head) {
        first.row.prepend(head);
        head.rowSpan = here;
      }
      body.hidden = here === 0;
      shown += here;
      all += lines.length;
    }
    found.textContent = shown + " of " + all + " lines";
  };
  text.addEventListener("input", search);
  same.addEventListener("change", search);
  addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== text) {
      event.preventDefault();
      text.focus();
    }
  });
  search();
})();
