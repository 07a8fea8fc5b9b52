"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // Controls do nothing without the script, so they show only with it.
  const dark = () =>
    (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const theme = document.getElementById("theme");
  const pressed = () => theme.setAttribute("aria-pressed", String(dark()));
  theme.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    pressed();
  });
  pressed();
  document.getElementById("print").addEventListener("click", () => print());
  all(".controls").forEach((bar) => { bar.hidden = false; });

  // Tables: one sort at a time, the fold keeps its number of rows.
  const collator = new Intl.Collator(root.lang, { numeric: true });
  const key = (row, index) => {
    const cell = row.cells[index];
    return cell.dataset.rank === undefined ? cell.textContent.trim() : Number(cell.dataset.rank);
  };
  const compare = (a, b) => {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return collator.compare(a, b);
  };
  const sort = (table, header) => {
    const falling = header.getAttribute("aria-sort") === "ascending";
    all("th", table.tHead).forEach((other) => other.removeAttribute("aria-sort"));
    header.setAttribute("aria-sort", falling ? "descending" : "ascending");
    const bodies = [...table.tBodies];
    const first = bodies[0].rows.length;
    const rows = bodies.flatMap((body) => [...body.rows]);
    const last = rows.filter((row) => row.classList.contains("total"));
    const sorted = rows
      .filter((row) => !row.classList.contains("total"))
      .map((row) => [key(row, header.cellIndex), row])
      .sort(([a], [b]) => (falling ? compare(b, a) : compare(a, b)))
      .map(([, row]) => row);
    [...sorted, ...last].forEach((row, place) => bodies[place < first ? 0 : 1].append(row));
  };
  for (const box of all("[data-sortable]")) {
    const table = box.querySelector("table");
    for (const header of all("th", table.tHead)) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...header.childNodes);
      button.addEventListener("click", () => sort(table, header));
      header.append(button);
    }
  }

  // Filters: what is hidden is counted, and a fold never hides a hit.
  for (const box of all("[data-filter]")) {
    const label = document.getElementById("filter").content.cloneNode(true);
    const input = label.querySelector("input");
    const output = label.querySelector("output");
    const rows = all("tbody tr", box);
    const more = box.querySelector(".more");
    const apply = () => {
      const wanted = input.value.trim().toLocaleLowerCase(root.lang);
      let shown = 0;
      for (const row of rows) {
        row.hidden = !row.textContent.toLocaleLowerCase(root.lang).includes(wanted);
        shown += row.hidden ? 0 : 1;
      }
      if (more && wanted) more.open = true;
      output.textContent = `${shown} / ${rows.length}`;
    };
    input.addEventListener("input", apply);
    apply();
    box.prepend(label);
  }

  // What scrolls can be scrolled from the keyboard.
  const reach = () => {
    for (const box of all(".scroll")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };
  addEventListener("resize", reach);
  all("details").forEach((details) => details.addEventListener("toggle", reach));
  reach();

  // Charts: one tab stop each, arrows from point to point, a tip that stays while it is read.
  const tip = document.getElementById("tip");
  let current = null;
  const hide = () => {
    if (current) current.classList.remove("on");
    current = null;
    tip.hidden = true;
  };
  const show = (point) => {
    if (point === current) return;
    hide();
    current = point;
    point.classList.add("on");
    tip.textContent = point.getAttribute("aria-label");
    tip.hidden = false;
    const at = point.getBoundingClientRect();
    const width = root.clientWidth;
    const left = Math.min(Math.max(8, at.left + at.width / 2 - tip.offsetWidth / 2), width - tip.offsetWidth - 8);
    const above = at.top - tip.offsetHeight - 6;
    const top = above > 4 ? above : at.bottom + 6;
    tip.style.transform = `translate(${left + scrollX}px, ${top + scrollY}px)`;
  };
  const away = (rect, x, y) =>
    Math.hypot(Math.max(rect.left - x, 0, x - rect.right), Math.max(rect.top - y, 0, y - rect.bottom));
  const nearest = (points, x, y) => {
    let best = null;
    let least = 20;
    for (const point of points) {
      const distance = away(point.getBoundingClientRect(), x, y);
      if (distance < least) [best, least] = [point, distance];
    }
    return best;
  };
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  for (const chart of all("svg.chart")) {
    const points = all(".pt", chart);
    if (!points.length) continue;
    chart.setAttribute("role", "group");
    for (const point of points) {
      const title = point.querySelector("title");
      point.setAttribute("role", "img");
      point.setAttribute("aria-label", title ? title.textContent : "");
      if (title) title.remove();
    }
    let stop = points.find((point) => point.classList.contains("signal")) || points[0];
    stop.setAttribute("tabindex", "0");
    const go = (index) => {
      const next = points[Math.min(Math.max(index, 0), points.length - 1)];
      stop.setAttribute("tabindex", "-1");
      stop = next;
      stop.setAttribute("tabindex", "0");
      stop.focus();
    };
    chart.addEventListener("keydown", (event) => {
      const index = points.indexOf(stop);
      if (event.key in step) go(index + step[event.key]);
      else if (event.key === "Home") go(0);
      else if (event.key === "End") go(points.length - 1);
      else return;
      event.preventDefault();
    });
    chart.addEventListener("focusin", (event) => { if (points.includes(event.target)) show(event.target); });
    chart.addEventListener("focusout", hide);
    const point = (event) => {
      const found = nearest(points, event.clientX, event.clientY);
      if (found) show(found);
    };
    chart.addEventListener("pointermove", point);
    chart.addEventListener("pointerdown", point);
    chart.addEventListener("pointerleave", (event) => { if (event.relatedTarget !== tip) hide(); });
  }
  tip.addEventListener("pointerleave", hide);
  addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

  // A method named by a link, or printed, is open.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = target && target.closest("details");
    if (details) details.open = true;
  };
  addEventListener("hashchange", reveal);
  reveal();
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all(".methods details:not([open])");
    opened.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((details) => { details.open = false; }));
})();
