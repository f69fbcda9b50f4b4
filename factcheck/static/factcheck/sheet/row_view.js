/* A row as it is seen: its head, its cells, and beneath “More” the rest. */

import { Cell } from "./cells.js";
import { conflictView } from "./conflict.js";
import { button, counted, el, freshId } from "./dom.js";
import { FIELDS, HOLDER, inWords, isEmpty } from "./fields.js";
import { STATES } from "./row.js";
import { Similar } from "./similar.js";

const MAIN = Object.keys(FIELDS).filter((name) => FIELDS[name].main);
const REST = Object.keys(FIELDS).filter((name) => !FIELDS[name].main);
// What of the rest is told while it is folded away.
const TOLD = ["kind", "form", "topics", "origin", "voiced_by", "figure.counts"];

const REVIEWED = ["in_review", "approved"];
const UNDONE = "Saving this change takes the claim back to draft: it has to be submitted and approved again.";

/** The cell that mends a rule, by the rule's name; what is not here is mended on the claim's page. */
const MENDED_BY = {
  about: "about", quote: "quote", anchored: "quote", quantity: "figure.as_printed", counts: "figure.counts",
  opinion: "kind", "on-record": "attribution_status", "original-first": "attribution_status", original: "attribution_status",
};

export class RowView {
  /**
   * @param {import("./row.js").Row} row
   * @param {{choices: Object, services: Object, duplicate: function(Object): void,
   *   remove: function(Object): void, ticked: function(): void}} around
   */
  constructor(row, around) {
    this.row = row;
    this.around = around;
    this.cells = {};
    const id = freshId("row");
    this.number = el("span", { class: "sheet-number", id });
    this.tick = el("input", { type: "checkbox", "aria-labelledby": id, onchange: () => around.ticked() });
    this.stage = el("span", { class: "sheet-stage" });
    this.state = el("span", { class: "sheet-state" });
    this.unmet = el("details", { class: "sheet-unmet", hidden: true });
    this.message = el("div", { class: "sheet-message" });
    this.conflict = el("div", {});
    this.similar = new Similar(row, around.services.similar);
    this.rest = el("div", { class: "sheet-rest" });
    this.told = el("span", { class: "sheet-told" });
    this.more = el("details", { class: "sheet-more", ontoggle: () => this.drawRest() },
      el("summary", {}, el("b", {}, "More"), " ", this.told), this.rest);
    this.tools = el("div", { class: "sheet-tools" });
    this.element = el("li", { class: "sheet-row", "data-key": row.key },
      el("div", { role: "group", "aria-labelledby": id },
        el("div", { class: "sheet-head" }, this.tick, this.number, this.stage, this.unmet, this.state),
        this.message, this.conflict,
        el("div", { class: "sheet-cells" }, ...MAIN.map((name) => this.cell(name))),
        this.similar.element,
        el("div", { class: "sheet-foot" }, this.more, this.tools)));
    this.refresh();
  }

  cell(name) {
    const { row, around } = this;
    this.cells[name] = new Cell(row, name, {
      choices: around.choices,
      near: around.near,
      services: { ...around.services, choices: around.choices, context: () => this.context() },
    });
    return this.cells[name].element;
  }

  /** What of the row a thing created in it may need. */
  context() {
    const { said, quote } = this.row.values;
    const [day] = String(said).match(/\d{4}-\d{2}-\d{2}/u) || [""];
    return { date: day, quote, ranges: this.row.ranges || [] };
  }

  /** The rest is drawn when somebody opens it: there are many rows. */
  drawRest() {
    if (!this.more.open || this.rest.hasChildNodes()) return;
    this.rest.append(...REST.map((name) => this.cell(name)));
  }

  openRest() {
    this.more.open = true;
    this.drawRest();
  }

  setNumber(number) {
    this.number.textContent = `Claim ${number}`;
  }

  /** @param {string[]} [names] the cells that may show something else now; all without it */
  refresh(names = Object.keys(this.cells)) {
    const { row } = this;
    for (const name of names) this.cells[name]?.refresh();
    const isTyped = names.includes("text") || names.includes("quote");
    if (isTyped && row.isEditable && this.element.contains(document.activeElement)) this.similar.typed();
    if (row.state === "refused" && REST.some((name) => row.errors[name])) this.openRest();
    for (const cell of Object.values(this.cells)) cell.refreshNote();
    this.showSpeaker();
    this.element.dataset.state = row.state;
    this.element.classList.toggle("is-closed", !row.isEditable);
    this.state.textContent = STATES[row.state];
    this.stage.textContent = row.server
      ? [row.server.stage_label || row.server.stage, this.inPublic].filter(Boolean).join(", ") : "new";
    this.stage.dataset.stage = row.server?.stage || "new";
    this.tick.disabled = !row.id;
    this.drawUnmet();
    this.drawMessage();
    this.drawTold();
    this.drawTools();
    this.conflict.replaceChildren(...(row.conflict ? [conflictView(row, this.around.choices, () => this.focus())] : []));
  }

  get inPublic() {
    const state = this.row.server.public_state;
    return state && state !== "never" ? `in public: ${state}` : "";
  }

  /** Of the three cells that say whose word it is, only those that can be filled are there. */
  showSpeaker() {
    const { speaker } = this.row.values;
    this.cells.claimant.element.hidden = ["own-voice", "nobody-named"].includes(speaker);
    this.cells.outlet.element.hidden = speaker !== "own-voice";
    this.element.classList.toggle("is-nobody", speaker === "nobody-named");
  }

  drawUnmet() {
    const unmet = this.row.server?.unmet || [];
    this.unmet.hidden = !unmet.length;
    const known = JSON.stringify([unmet, unmet.map((rule) => this.mends(rule))]);
    if (this.knownUnmet === known) return;
    this.knownUnmet = known;
    const alone = unmet.length === 1 && this.mends(unmet[0]);
    this.unmet.replaceChildren(
      // Where a single thing is missing, there is no need to choose among several.
      el("summary", { onclick: () => alone && !this.unmet.open && this.focus(this.mends(unmet[0])) },
        `${counted(unmet.length, "thing")} missing`),
      el("ul", {}, ...unmet.map((rule) => el("li", {}, this.wayTo(rule)))));
  }

  /** The cell of the row that mends a rule, or "". */
  mends({ name }) {
    const { values } = this.row;
    if (name === "speaker") return HOLDER[values.speaker] || "speaker";
    const isFound = values.harm_check.some((one) => one !== "none");
    if (name === "harm-check") return isFound ? "" : "harm_check";
    return MENDED_BY[name] || "";
  }

  /** To the cell that mends a rule, else to the place on the claim's page. */
  wayTo(rule) {
    return this.mends(rule)
      ? button(rule.sentence, () => this.focus(this.mends(rule)), { class: "sheet-way" })
      : el("a", { href: rule.url, target: "_blank", rel: "noopener" }, rule.sentence);
  }

  drawMessage() {
    const { row } = this;
    const own = Object.keys(row.errors).filter((name) => !(name in this.cells));
    const lines = own.map((name) => el("p", { class: "sheet-error" },
      name ? `${FIELDS[name].label}: ${row.errors[name].message}` : row.errors[name].message));
    if (row.server?.returned) {
      lines.push(el("p", { class: "sheet-returned" }, el("b", {}, "Returned: "), row.server.returned));
    }
    if (!row.isEditable && row.server.why_not) lines.push(el("p", { class: "sheet-quiet" }, row.server.why_not));
    // Leaving the row saves it, and nobody is asked: who has typed in it by mistake is to see what that undoes.
    if (row.isUnsaved && REVIEWED.includes(row.server?.stage)) lines.push(el("p", { class: "sheet-warning" }, UNDONE));
    if (row.outcome) {
      lines.push(el("div", { class: "sheet-outcome" }, el("p", { class: row.outcome.reasons ? "sheet-error" : "sheet-done" }, row.outcome.sentence),
        row.outcome.reasons?.length ? el("ul", {}, ...row.outcome.reasons.map((one) => el("li", {}, one))) : null));
    }
    this.message.replaceChildren(...lines);
  }

  drawTold() {
    const { row } = this;
    const told = TOLD.filter((name) => !isEmpty(name, row.values[name])).map((name) => {
      const waits = row.isHeld(name) ? " (to confirm)" : "";
      const words = inWords(name, row.values[name], this.around.choices) + waits;
      return ["kind", "form", "topics"].includes(name) ? words : `${FIELDS[name].label.toLowerCase()}: ${words}`;
    });
    const more = row.server?.figures_more ? [counted(row.server.figures_more, "more figure")] : [];
    this.told.textContent = [...told, ...more].join(" · ") || "kind, form, topics, taken from …";
  }

  drawTools() {
    const { row, around } = this;
    const kind = row.id ? `saved-${row.id}-${row.server.removable}` : "new";
    if (this.tools.dataset.kind === kind) return;
    this.tools.dataset.kind = kind;
    this.tools.replaceChildren(...[
      button("Duplicate", () => around.duplicate(row), { class: "is-quiet" }),
      !row.id && button("Remove", () => around.remove(row), { class: "is-quiet" }),
      row.id && el("a", { href: row.server.url, target: "_blank", rel: "noopener" }, "Whole claim"),
      // The page there says what goes with it, and asks; back here, the row is gone.
      row.server?.removable && el("a", {
        href: row.server.url.replace(/change\/$/u, "delete/"), target: "_blank", rel: "noopener", class: "sheet-quiet",
      }, "Delete this draft…"),
    ].filter(Boolean));
  }

  /** Go to a cell, or to the first one that can be filled. */
  focus(name = "quote") {
    if (REST.includes(name)) this.openRest();
    const cell = this.cells[name];
    const open = cell && !cell.element.hidden ? cell : this.cells.quote;
    open.focus();
    return open;
  }
}
