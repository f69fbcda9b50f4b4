/* What is said once of the document, and holds for all its claims. */

import { Cell } from "./cells.js";
import { HOW_TO_WRITE, readDays, writeDays } from "./days.js";
import { announce, button, el } from "./dom.js";
import { labelOf } from "./fields.js";

const FACTS = {
  source: { label: "Source", type: "ref", find: "source", help: "Where it was published. Empty when nobody here knows." },
  author: { label: "Author", type: "ref", find: "actor", help: "Whose words it holds as a whole, where that is one actor." },
  language: { label: "Language", type: "choice", choices: "language", help: "The language of this item itself. Empty when nobody here knows." },
  published: { label: "Published", type: "days", help: "The day, as 2024-01-05; or “until …”, “from …”, “… to …”." },
  as_printed: { label: "Published, as printed", type: "line", help: "The document's own words for it." },
  hop_of: { label: "Translates or republishes", type: "ref", find: "document", help: "The whole document that this one carries." },
  hop_manner: { label: "How it carries it", type: "choice", choices: "hop_manner", help: "Whether it is a translation or the same words again." },
  translator: { label: "Translator", type: "choice", choices: "translator", help: "For a translation: who made it. A machine's is said to the reader." },
};

const flat = (document) => Object.fromEntries(Object.keys(FACTS).map((name) => {
  if (name === "published") return [name, writeDays(document.published)];
  if (name === "as_printed") return [name, document.published?.as_printed || ""];
  return [name, document[name] ?? (FACTS[name].type === "ref" ? null : "")];
}));

const wire = (ref) => ref && (ref.id ? { id: ref.id } : { name: ref.name });

export class Facts {
  /**
   * @param {HTMLElement} place
   * @param {{document: Object, choices: Object, services: Object, may: boolean,
   *   server: import("./server.js").Server, changed: function(Object): void,
   *   keep: function(Object|null): void}} around
   */
  constructor(place, around) {
    Object.assign(this, { place, around, document: around.document });
    this.values = flat(this.document);
    this.errors = {};
    this.warnings = {};
    this.proposed = new Set();
    this.isEditable = around.may;
    this.draw();
  }

  set(name, value) {
    this.values[name] = value;
    delete this.errors[name];
    this.save.disabled = !this.isUnsaved;
    this.keep();
    this.state.textContent = this.isUnsaved ? "not saved yet" : "";
    for (const cell of this.cells) cell.refresh();
  }

  /** Keep what is typed until it is saved, with the edit at which the document was opened. */
  keep() {
    const before = flat(this.document);
    const names = Object.keys(FACTS)
      .filter((name) => JSON.stringify(this.values[name]) !== JSON.stringify(before[name]));
    const values = Object.fromEntries(names.map((name) => [name, this.values[name]]));
    this.around.keep(this.isUnsaved ? { edit_number: this.document.edit_number, values } : null);
  }

  /** Put back what was kept; what others saved meanwhile is met when it is sent. */
  restore({ edit_number, values }) {
    if (!this.isEditable) return;
    Object.assign(this.values, values);
    this.document = { ...this.document, edit_number };
    this.place.open = true;
    this.save.disabled = !this.isUnsaved;
    this.state.textContent = "not saved yet: here again from this browser";
    for (const cell of this.cells) cell.refresh();
  }

  get isUnsaved() {
    return this.isEditable
      && JSON.stringify(this.sent(this.values)) !== JSON.stringify(this.sent(flat(this.document)));
  }

  draw() {
    const { choices, services } = this.around;
    this.cells = Object.keys(FACTS).map((name) => new Cell(this, name, {
      choices, fields: FACTS, services: { ...services, choices, context: () => ({}) },
    }));
    this.save = button("Save these facts", () => this.send(), { disabled: true });
    this.state = el("span", { class: "sheet-state" });
    this.message = el("div", { role: "status" });
    this.summary = el("summary", {});
    this.tell();
    this.place.replaceChildren(this.summary,
      el("p", { class: "sheet-quiet" }, "Set once: inherited by all claims below."),
      el("div", { class: "sheet-cells is-facts" }, ...this.cells.map((cell) => cell.element)),
      this.message,
      el("div", { class: "sheet-buttons" }, this.save, this.state));
    this.save.hidden = !this.isEditable;
  }

  /** The facts in one line, for as long as they are folded away. */
  tell() {
    const { document: now } = this;
    const label = (list, value) => (this.around.choices[list] || []).find((one) => one.value === value)?.label || value;
    const days = writeDays(now.published);
    const parts = [
      labelOf(now.source) || "source unknown",
      now.author && `by ${labelOf(now.author)}`,
      now.language ? label("language", now.language) : "language unknown",
      days ? `published ${days}` : "date unknown",
      now.hop_of && `${label("hop_manner", now.hop_manner)} “${labelOf(now.hop_of)}”`,
      now.translator && `translator: ${label("translator", now.translator)}`,
    ].filter(Boolean);
    this.summary.replaceChildren(el("b", {}, "Document"), ` ${parts.join(" · ")}`);
  }

  sent(values) {
    const days = readDays(values.published) || { unread: values.published };
    return {
      source: wire(values.source), author: wire(values.author), language: values.language,
      published: { ...days, as_printed: values.as_printed },
      hop_of: wire(values.hop_of), hop_manner: values.hop_manner, translator: values.translator,
    };
  }

  async send() {
    if (readDays(this.values.published) === null) {
      this.refuse([{ field: "published", message: HOW_TO_WRITE }]);
      return;
    }
    const sent = this.sent(this.values);
    const { published } = sent;
    sent.published = { ...published, not_before: published.not_before || null, not_after: published.not_after || null };
    try {
      const answer = await this.around.server.post("document", { edit_number: this.document.edit_number, ...sent });
      if (answer.conflict) this.meet(answer.conflict);
      else this.accept(answer);
    } catch (refused) {
      if (refused.data?.conflict) this.meet(refused.data.conflict);
      else this.refuse(refused.data?.errors || [{ field: "", message: refused.message }]);
    }
  }

  /** @param {{document: Object, rows?: Object[], defaults?: Object}} answer */
  accept(answer) {
    const { document } = answer;
    this.document = document;
    this.values = flat(document);
    this.errors = {};
    for (const cell of this.cells) cell.refresh();
    this.save.disabled = true;
    this.state.textContent = "saved";
    this.message.replaceChildren();
    this.tell();
    this.keep();
    this.around.changed(answer);
    announce("The facts of the document are saved.");
  }

  refuse(errors) {
    this.errors = {};
    for (const error of errors) {
      const name = String(error.field || "").split(/[./]/u)[0];
      this.errors[name in FACTS ? name : ""] = error;
    }
    for (const cell of this.cells) cell.refreshNote();
    this.message.replaceChildren(...(this.errors[""] ? [el("p", { class: "sheet-error" }, this.errors[""].message)] : []));
    this.state.textContent = "refused: see what is marked";
    announce("The facts of the document were refused.");
  }

  /** Somebody else saved the document: show theirs beside mine, which stays in the cells. */
  meet(conflict) {
    const theirs = conflict.document || conflict.row;
    const word = (value) => (value && typeof value === "object"
      ? labelOf(value) || Object.values(value).filter(Boolean).join(", ") : String(value ?? "")) || "–";
    this.message.replaceChildren(
      el("p", { class: "sheet-error" }, conflict.sentence || "Somebody else saved this document since you opened it."),
      el("div", { class: "sheet-scroll", tabindex: "0", role: "region", "aria-label": "The three sides" },
        el("table", {}, el("thead", {}, el("tr", {}, ...["Field", "Base", "Theirs", "Mine"].map((head) => el("th", { scope: "col" }, head)))),
          el("tbody", {}, ...conflict.fields.map((one) => el("tr", {}, el("th", { scope: "row" }, one.label || one.field),
            ...["base", "theirs", "mine"].map((side) => el("td", { dir: "auto" }, word(one[side])))))))),
      theirs ? el("div", { class: "sheet-buttons" },
        button("Take theirs", () => this.accept({ document: theirs })),
        button("Keep mine", () => { this.document = theirs; this.message.replaceChildren(); this.send(); })) : null);
    this.state.textContent = "changed by somebody else";
    announce("Somebody else saved this document: choose.");
  }
}
