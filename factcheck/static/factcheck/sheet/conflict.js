/* Two people saved the same claim: theirs, mine and the base, field by field. */

import { announce, button, el } from "./dom.js";
import { FIELDS, inWords } from "./fields.js";

/** Which cells a field of the server's covers. */
function cellsOf(field) {
  return Object.keys(FIELDS).filter((name) => name === field || name.startsWith(`${field}.`));
}

/** A value of a side in words, whatever it is made of. */
function told(field, value, choices) {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "string") return FIELDS[field]?.type === "choice" ? inWords(field, value, choices) : value;
  if (Array.isArray(value)) return value.map((one) => told("", one, choices)).join(", ") || "–";
  if (typeof value !== "object") return String(value);
  if (value.label || value.name) return value.label || value.name;
  return Object.values(value).filter((part) => part !== null && part !== "").map(String).join(", ") || "–";
}

/**
 * The three sides, with a choice for each field. When every field has its choice, the row goes on
 * from theirs, with mine where mine was kept.
 * @param {import("./row.js").Row} row
 * @param {Object} choices
 * @param {function(Object): void} settled
 */
export function conflictView(row, choices, settled) {
  const { sentence, fields, row: theirs } = row.conflict;
  const chosen = {};
  const finish = button("Go on with these", () => settle(), { disabled: fields.length > 0 });

  function settle() {
    const named = new Set(fields.flatMap((one) => cellsOf(one.field)));
    const kept = fields.filter((one) => chosen[one.field] === "mine").flatMap((one) => cellsOf(one.field));
    // What differs for me alone was never in question.
    const mineAlone = row.changed.filter((name) => !named.has(name));
    row.settle(theirs, [...kept, ...mineAlone]);
    announce("Settled. The row is saved when you leave it.");
    settled(row);
  }

  function choose(field, side, line) {
    chosen[field] = side;
    for (const one of line.querySelectorAll("button")) {
      one.setAttribute("aria-pressed", String(one.dataset.side === side));
    }
    finish.disabled = fields.some((one) => !chosen[one.field]);
  }

  const lines = fields.map((one) => {
    const line = el("tr", {}, el("th", { scope: "row" }, one.label || one.field),
      ...["base", "theirs", "mine"].map((side) => el("td", { dir: "auto", "data-side": side }, told(one.field, one[side], choices))));
    const side = (name, label) => button(label, () => choose(one.field, name, line), {
      "aria-pressed": "false", "data-side": name, "aria-label": `${label}: ${one.label || one.field}`,
    });
    line.append(el("td", {}, el("div", { class: "sheet-buttons" }, side("theirs", "Take theirs"), side("mine", "Keep mine"))));
    return line;
  });
  // Where only one side has changed something, that is what most people want.
  fields.forEach((one, index) => {
    if (one.mine === one.base) choose(one.field, "theirs", lines[index]);
    else if (one.theirs === one.base || one.theirs === one.mine) choose(one.field, "mine", lines[index]);
  });
  return el("section", { class: "sheet-conflict", role: "group", "aria-label": "Changed by somebody else" },
    el("p", {}, el("b", {}, sentence || "Somebody else saved this claim since you opened it."),
      " What you typed is still here. Choose for each field; where one of you alone has changed it, that is chosen already."),
    fields.length ? el("div", { class: "sheet-scroll", tabindex: "0", role: "region", "aria-label": "The three sides" },
      el("table", {}, el("thead", {}, el("tr", {}, ...["Field", "Base: as you opened it", "Theirs: stored now", "Mine: not saved", "Choose"]
        .map((head) => el("th", { scope: "col" }, head)))), el("tbody", {}, ...lines))) : null,
    el("div", { class: "sheet-buttons" }, finish));
}
