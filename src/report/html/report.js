"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("script");

  // Light and dark: the system's choice, until a button says otherwise.
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

  // Every part is printed, also what is folded.
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((part) => { part.open = true; }));

  // The list of scenarios: filtered as one types, shown in portions.
  const words = [...document.querySelectorAll("#f-verdict option")].slice(1).map((option) => option.textContent);
  const marks = [...document.querySelectorAll(".legend .v")].map((sign) => sign.textContent);
  const all = JSON.parse(document.getElementById("data").textContent);
  const filter = (name) => document.getElementById("f-" + name);
  const body = document.querySelector("#list tbody");
  const more = document.getElementById("more");
  const PORTION = 200;
  let found = [];
  let shown = 0;
  const cell = (text, name) => {
    const made = document.createElement("td");
    made.textContent = text ?? "";
    if (name) made.className = name;
    return made;
  };
  const line = ([id, verdict, reach, certainty, expected, got, ms, reason]) => {
    const row = document.createElement("tr");
    const first = cell("");
    const sign = document.createElement("span");
    sign.className = "v " + words[verdict];
    sign.textContent = marks[verdict];
    sign.setAttribute("aria-hidden", "true");
    first.append(sign, " " + words[verdict]);
    row.append(first, cell(reason ? id + " · " + reason : id), cell(expected), cell(got), cell([certainty, reach].filter(Boolean).join(", ")), cell(ms.toFixed(1), "n"));
    return row;
  };
  const show = () => {
    body.append(...found.slice(shown, shown + PORTION).map(line));
    shown = Math.min(shown + PORTION, found.length);
    more.hidden = shown === found.length;
  };
  const search = () => {
    const [table, verdict, reach, certainty] = ["table", "verdict", "reach", "certainty"].map((name) => filter(name).value);
    const texts = filter("text").value.toLowerCase().split(/\s+/).filter(Boolean);
    found = all.filter((one) => (!table || one[0].startsWith(table + "/")) && (!verdict || one[1] === Number(verdict))
      && (!reach || one[2] === reach) && (!certainty || one[3] === certainty)
      && texts.every((text) => one[0].toLowerCase().includes(text)));
    body.replaceChildren();
    shown = 0;
    show();
    document.getElementById("found").textContent = found.length + " of " + all.length + " scenarios";
  };
  const form = document.querySelector(".filters");
  form.addEventListener("input", search);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(search));
  more.addEventListener("click", show);
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      filter("text").focus();
    }
  });
  search();

  // A matrix is one stop of the Tab key; within it the arrow keys move.
  document.querySelectorAll(".grid").forEach((grid) => {
    const operations = [...grid.querySelectorAll("thead th")].slice(3).map((head) => head.textContent);
    const cells = [...grid.querySelectorAll("td[data-at]")];
    const rows = [...grid.tBodies[0].rows];
    const list = (at) => {
      form.reset();
      const code = at.parentElement.querySelector("th").textContent;
      filter("table").value = grid.dataset.table;
      filter("text").value = "/" + code + "/" + operations[at.dataset.at] + "/";
      setTimeout(() => { filter("text").value = "/" + code + "/" + operations[at.dataset.at] + "/"; filter("table").value = grid.dataset.table; search(); filter("text").focus(); });
    };
    const go = (at) => {
      cells.forEach((one) => { one.tabIndex = -1; });
      at.tabIndex = 0;
      at.focus();
    };
    cells.forEach((at, index) => {
      at.tabIndex = index ? -1 : 0;
      at.setAttribute("aria-label", at.parentElement.querySelector("th").textContent + ", " + operations[at.dataset.at] + ": " + at.title);
      at.setAttribute("role", "button");
    });
    grid.addEventListener("click", (event) => { const at = event.target.closest("td[data-at]"); if (at) list(at); });
    grid.addEventListener("keydown", (event) => {
      const at = event.target.closest("td[data-at]");
      if (!at) return;
      const place = rows.indexOf(at.parentElement);
      const inRow = [...at.parentElement.querySelectorAll("td[data-at]")];
      const next = () => {
        switch (event.key) {
          case "ArrowRight": return inRow[inRow.indexOf(at) + 1];
          case "ArrowLeft": return inRow[inRow.indexOf(at) - 1];
          case "ArrowDown": return rows.slice(place + 1).map((row) => row.querySelector(`td[data-at="${at.dataset.at}"]`)).find(Boolean);
          case "ArrowUp": return rows.slice(0, place).reverse().map((row) => row.querySelector(`td[data-at="${at.dataset.at}"]`)).find(Boolean);
          case "Enter": case " ": list(at); return at;
          default: return undefined;
        }
      };
      const to = next();
      if (to) { event.preventDefault(); if (to !== at) go(to); }
    });
  });
})();
