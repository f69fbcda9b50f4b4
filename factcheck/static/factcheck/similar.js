/* While a claim is typed: existing claims that say nearly the same. A text area opts in with
   data-similar="<address>". Nothing is asked before a pause. */
"use strict";
(() => {
  const PAUSE = 600;
  const SHORTEST = 12;
  const LONGEST = 700; // an address with more would be refused
  const own = location.pathname.match(/\/claim\/(\d+)\/change\//);

  const element = (name, className, text = "") => {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  };

  const item = (claim) => {
    const row = document.createElement("li");
    const link = element("a", "desk-similar-text", claim.text);
    link.href = claim.url;
    link.target = "_blank";
    link.rel = "noopener";
    link.lang = claim.language;
    link.dir = "auto";
    row.append(
      element("strong", "", `${claim.said_by}: `), link,
      element("span", "desk-similar-statuses",
        `${claim.attribution} · ${claim.verification} · ${claim.stage} · ${claim.id}`),
    );
    if (claim.other_numbers.length) {
      row.append(element("span", "desk-similar-numbers",
        `Other numbers than yours: ${claim.other_numbers.join("; ")}`));
    }
    return row;
  };

  const watch = (field) => {
    if (field.readOnly || field.disabled) return;
    const box = element("section", "desk-similar");
    box.setAttribute("aria-label", "Similar claims");
    const heading = element("p", "desk-similar-heading");
    heading.setAttribute("role", "status");
    const list = document.createElement("ul");
    box.append(heading, list);
    (field.closest(".form-row") || field).after(box);

    const show = (claims) => {
      box.classList.toggle("desk-similar-none", claims.length === 0);
      heading.textContent = claims.length === 0 ? "" : claims.length === 1
        ? "One existing claim says nearly the same:"
        : `${claims.length} existing claims say nearly the same:`;
      list.replaceChildren(...claims.map(item));
    };
    show([]);

    let timer = 0;
    let asking = new AbortController();
    const ask = async () => {
      asking.abort();
      asking = new AbortController();
      const { signal } = asking;
      const text = field.value.trim().slice(0, LONGEST);
      if (text.length < SHORTEST) { show([]); return; }
      const query = new URLSearchParams({ text });
      if (own) query.set("except", own[1]);
      try {
        const answer = await fetch(`${field.dataset.similar}?${query}`, { signal });
        if (answer.ok) show((await answer.json()).similar);
      } catch (error) {
        if (error.name !== "AbortError") show([]); // A hint: the form works without it.
      }
    };
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
  };

  document.querySelectorAll("textarea[data-similar]").forEach(watch);
})();
