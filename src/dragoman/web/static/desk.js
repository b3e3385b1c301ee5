// What a page does beyond links and forms. Every page works without it.
"use strict";
(() => {
  const root = document.documentElement;

  // ---- light and dark: the reader's choice stays on this machine
  const kept = (() => { try { return localStorage.getItem("theme"); } catch { return null; } })();
  if (kept === "light" || kept === "dark") root.dataset.theme = kept;
  const button = document.querySelector("button.theme");
  if (button) {
    button.classList.remove("waits");
    button.addEventListener("click", () => {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      try { localStorage.setItem("theme", root.dataset.theme); } catch { /* a private window keeps nothing */ }
    });
  }

  // ---- the link past the head moves the focus too, which some browsers leave behind
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.querySelector("main").focus();
  });

  // ---- a form sends no empty fields: addresses stay short
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "get") return;
    for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
  });

  // ---- the page of another day or stretch takes the place of this one, and the address follows
  let asking = 0;
  const swap = async (address, { push = true } = {}) => {
    const mine = ++asking;
    try {
      const answer = await fetch(address, { headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== asking) return; // a later choice came first
      document.querySelector("main").replaceWith(page.querySelector("main"));
      document.title = page.title;
      if (push) history.pushState(null, "", address);
      begin();
    } catch { location.assign(address); }
  };
  addEventListener("popstate", () => location.reload());
  const withQuery = (changes) => {
    const address = new URL(location.href);
    for (const [name, value] of Object.entries(changes)) value ? address.searchParams.set(name, value) : address.searchParams.delete(name);
    address.hash = "";
    return address.href;
  };

  // ---- days as numbers
  const DAY = 86400000;
  const days = (iso) => Math.round(Date.parse(iso + "T00:00:00Z") / DAY);
  const iso = (n) => new Date(n * DAY).toISOString().slice(0, 10);

  // ---- the slider of the day of knowledge
  const slider = () => {
    const form = document.querySelector("form.asof[data-first]");
    if (!form) return;
    const first = days(form.dataset.first), last = days(form.dataset.last), field = form.elements.as_of;
    const range = Object.assign(form.querySelector("input[type=range]"), { min: first, max: last, step: 1 });
    range.value = field.value ? days(field.value) : last;
    const say = () => range.setAttribute("aria-valuetext", iso(+range.value));
    range.addEventListener("input", () => { field.value = iso(+range.value); say(); });
    range.addEventListener("change", () => swap(withQuery({ as_of: +range.value === last ? "" : iso(+range.value) })));
    say();
    range.classList.remove("waits");
  };

  // ---- brushing a stretch of a chart
  const brush = (figure) => {
    const svg = figure.querySelector("svg[data-first]");
    if (!svg) return;
    const { left, right, top, tall } = Object.fromEntries(Object.entries(svg.dataset).map(([k, v]) => [k, +v]));
    const first = days(svg.dataset.first), last = days(svg.dataset.last);
    const at = (event) => {
      const box = svg.getBoundingClientRect();
      const x = (event.clientX - box.left) * (svg.viewBox.baseVal.width / box.width);
      return Math.min(right, Math.max(left, x));
    };
    const day = (x) => first + Math.min(last - first - 1, Math.floor(((x - left) / (right - left)) * (last - first)));
    let from = null, mark = null, moved = false;
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    svg.addEventListener("pointerdown", (event) => { if (event.button === 0) { from = at(event); moved = false; } });
    svg.addEventListener("pointermove", (event) => {
      if (from === null) return;
      const to = at(event);
      if (!moved && Math.abs(to - from) < 4) return;
      if (!moved) {
        moved = true;
        svg.setPointerCapture(event.pointerId);
        mark = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        for (const [name, value] of [["y", top], ["height", tall], ["class", "brush"]]) mark.setAttribute(name, value);
        svg.append(mark);
      }
      mark.setAttribute("x", Math.min(from, to));
      mark.setAttribute("width", Math.abs(to - from));
    });
    const end = (event) => {
      if (from === null) return;
      const to = at(event), a = Math.min(from, to), b = Math.max(from, to);
      from = null;
      if (moved && event.type === "pointerup") swap(withQuery({ since: iso(day(a)), until: iso(day(b)) }));
      else if (mark) { mark.remove(); mark = null; }
    };
    svg.addEventListener("pointerup", end);
    svg.addEventListener("pointercancel", end);
    svg.addEventListener("click", (event) => { if (moved) { event.preventDefault(); moved = false; } }, true);
  };

  // ---- layers of a text: all are in the page once one was asked for, and are switched without asking again
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form.layers");
    if (!form) return;
    if (!("switch" in form.dataset)) { form.requestSubmit(); return; }
    const on = [...form.elements.layers].filter((box) => box.checked).map((box) => box.value);
    for (const box of form.elements.layers) document.querySelector("[data-layers]").classList.toggle(`show-${box.value}`, box.checked);
    const address = new URL(location.href);
    address.searchParams.delete("layers");
    for (const name of on.length ? on : ["none"]) address.searchParams.append("layers", name);
    history.replaceState(null, "", address);
  });

  // ---- who decides is asked once in this browser
  for (const field of document.querySelectorAll("input[data-kept]")) {
    const name = `kept-${field.dataset.kept}`;
    try { field.value ||= localStorage.getItem(name) || ""; } catch { /* a private window keeps nothing */ }
    field.addEventListener("change", () => { try { localStorage.setItem(name, field.value); } catch { /* as above */ } });
  }

  // ---- what came in while the page was read
  const EVERY = 5000; // ms: soon enough for a reader, nothing for the server
  let known = null;
  const listen = async () => {
    if (document.visibilityState === "visible") {
      try {
        const answer = await fetch("/pulse", { headers: { accept: "application/json" } });
        if (answer.ok) {
          const now = await answer.json(), place = document.querySelector(".arrived");
          known ??= now.documents;
          const more = now.documents - known;
          if (more > 0) {
            const link = document.createElement("a");
            link.href = location.href;
            link.textContent = `${more} new ${more === 1 ? "report" : "reports"}: show`;
            link.addEventListener("click", (event) => {
              event.preventDefault();
              known = now.documents;
              place.replaceChildren();
              swap(location.href, { push: false });
            });
            place.replaceChildren(link);
          }
        }
      } catch { /* the server is away; the page stays readable */ }
    }
    setTimeout(listen, EVERY);
  };

  const begin = () => document.querySelectorAll("[data-brush]").forEach(brush);
  slider();
  begin();
  if (document.querySelector(".arrived")) listen();
})();
