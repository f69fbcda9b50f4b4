/* The rows under each other, as one grid: moving in it, and how a new row comes about. */

import { announce, el } from "./dom.js";
import { FIELDS, FILLED, NEVER_COPIED, OWN, WHO, carriedFrom, flatten, isEmpty } from "./fields.js";
import { Row, freshKey } from "./row.js";
import { RowView } from "./row_view.js";

export class Grid {
  /**
   * @param {HTMLElement} list
   * @param {{choices: Object, services: Object, defaults: Object, may: boolean,
   *   changed: function(Row): void, left: function(Row): void, quoted: function(Row): void, entered: function(Row): void,
   *   arranged: function(): void, ticked: function(): void}} around
   */
  constructor(list, around) {
    this.list = list;
    this.around = around;
    /** @type {Row[]} */
    this.rows = [];
    /** @type {Map<string, RowView>} */
    this.views = new Map();
    this.current = null;
    list.addEventListener("keydown", (event) => this.key(event));
    list.addEventListener("focusin", (event) => this.enter(event));
    list.addEventListener("focusout", (event) => this.leave(event));
  }

  // Rows

  make(options) {
    const row = new Row({ ...options, onchange: (one, names) => {
      this.views.get(one.key)?.refresh(names);
      this.around.changed(one);
    } });
    return row;
  }

  /** Put rows at a place of the list, by default at its end. */
  put(rows, at = this.rows.length) {
    const before = this.rows[at];
    const views = rows.map((row) => {
      const view = new RowView(row, {
        ...this.around,
        duplicate: (one) => this.duplicate(one),
        remove: (one) => this.remove(one),
      });
      this.views.set(row.key, view);
      return view.element;
    });
    this.rows.splice(at, 0, ...rows);
    if (before) this.views.get(before.key).element.before(...views);
    else this.list.append(...views);
    this.arrange();
  }

  arrange() {
    this.rows.forEach((row, index) => this.views.get(row.key).setNumber(index + 1));
    this.around.arranged();
  }

  viewOf(row) {
    return this.views.get(row.key);
  }

  withId(id) {
    return this.rows.find((row) => row.id === id);
  }

  /** A new row beneath another one (the last by default), with what can be carried down to it.
   *  `carries` is false where the row is complete without that; `focus` then may be "" for nowhere. */
  add({ after = this.rows.at(-1), values = {}, ranges = null, proposed = {}, focus = "quote", carries = true } = {}) {
    const row = this.make({ key: freshKey() });
    row.propose({ ...(carries ? this.carried(after) : {}), ...proposed });
    for (const [name, value] of Object.entries(values)) {
      row.values[name] = value;
      row.proposed.delete(name);
    }
    row.explicit = new Set(FILLED);
    row.ranges = ranges;
    if (row.isUnsaved) row.state = "unsaved";
    this.put([row], after ? this.rows.indexOf(after) + 1 : this.rows.length);
    if (focus) this.focus(row, focus);
    this.around.changed(row);
    return row;
  }

  /** What a new row proposes: as the row above has it, else as the document has it. */
  carried(above) {
    return carriedFrom(above ? above.values : flatten(this.around.defaults));
  }

  duplicate(row) {
    if (!this.around.may) return;
    const values = structuredClone(row.values);
    const proposed = Object.fromEntries(WHO.map((name) => [name, values[name]]));
    for (const name of [...WHO, ...NEVER_COPIED]) delete values[name];
    const copy = this.add({
      after: row, values, proposed, ranges: structuredClone(row.ranges), focus: "text",
    });
    this.viewOf(copy).cells.text.control.select();
    announce("Copied. Its claim is selected: type another one.");
  }

  /** Take away a row that was never saved. */
  remove(row, { asking = true } = {}) {
    const hasWords = OWN.some((name) => !isEmpty(name, row.values[name]));
    if (asking && hasWords && !window.confirm("Remove this row with what you typed in it?")) return;
    const at = this.rows.indexOf(row);
    this.rows.splice(at, 1);
    this.viewOf(row).element.remove();
    this.views.delete(row.key);
    if (this.current === row) this.current = null;
    row.isGone = true;
    this.around.changed(row);
    this.arrange();
    const next = this.rows[Math.min(at, this.rows.length - 1)];
    if (next) this.focus(next);
  }

  // The focus

  focus(row, name) {
    const view = this.viewOf(row);
    view.focus(name);
    view.element.scrollIntoView({ block: "nearest" });
  }

  /** The row and the name of the cell that an event comes from. */
  placeOf(target) {
    const element = target.closest?.(".sheet-row");
    const row = element && this.rows.find((one) => one.key === element.dataset.key);
    return { row, name: target.closest?.("[data-field]")?.dataset.field || "" };
  }

  enter(event) {
    const { row, name } = this.placeOf(event.target);
    if (!row) return;
    this.lastCell = name || this.lastCell;
    const cell = this.viewOf(row).cells[name];
    this.around.entered(row, cell?.help || "");
    if (this.current === row) return;
    if (this.current) this.views.get(this.current.key)?.element.classList.remove("is-current");
    this.current = row;
    this.viewOf(row).element.classList.add("is-current");
  }

  leave(event) {
    const { row, name } = this.placeOf(event.target);
    if (!row) return;
    // Where the focus goes next is known: what is confirmed travels with a save that follows at once.
    const cell = this.viewOf(row).cells[name]?.element;
    if (cell && event.relatedTarget && !cell.contains(event.relatedTarget)) row.confirm(name);
    // A list or a form in the row may redraw what had the focus: look once that is done.
    window.setTimeout(() => {
      const view = this.views.get(row.key);
      if (!view) return;
      const { activeElement } = document;
      if (!view.cells[name]?.element.contains(activeElement)) {
        row.confirm(name);
        if (name === "quote") this.around.quoted(row);
      }
      if (!view.element.contains(activeElement)) this.around.left(row);
    });
  }

  /** Confirm the cell in which somebody is: saving says that it is meant. */
  confirmHere() {
    const { row, name } = this.placeOf(document.activeElement);
    row?.confirm(name);
  }

  /** Go up or down in a column. Beneath the last row stands a new one, where that is wanted. */
  move(row, name, step, { create = false } = {}) {
    const next = this.rows[this.rows.indexOf(row) + step];
    if (next) this.focus(next, name);
    else if (create && step > 0 && this.around.may && !row.isBlank) this.add({ after: row });
    else announce(step > 0 ? "This is the last row." : "This is the first row.");
  }

  /** Put into a cell what stands in the one above it. */
  copyAbove(row, name) {
    const above = this.rows[this.rows.indexOf(row) - 1];
    if (!above || !row.isEditable) return;
    if (NEVER_COPIED.includes(name)) {
      announce(`${FIELDS[name].label}: it is never copied. Answer it for this claim.`);
      return;
    }
    row.set(name, structuredClone(above.values[name]));
    if (name === "quote") row.quote(above.values.quote, structuredClone(above.ranges));
    announce(`${FIELDS[name].label} as in the row above.`);
  }

  key(event) {
    if (event.isComposing || event.defaultPrevented) return;
    const { row, name } = this.placeOf(event.target);
    if (!row) return;
    if (this.act(event, row, name)) event.preventDefault();
  }

  /** Whether a key was one of the grid's. */
  act(event, row, name) {
    const { key, ctrlKey, altKey, shiftKey, metaKey, target } = event;
    const command = ctrlKey || metaKey;
    if (key === "Enter" && command) {
      if (shiftKey) this.duplicate(row);
      else if (this.around.may) this.add({ after: row });
      return true;
    }
    if (!name) return false;
    if (command && !shiftKey && !altKey && key.toLowerCase() === "d") {
      this.copyAbove(row, name);
      return true;
    }
    const isArea = target.tagName === "TEXTAREA";
    const writes = target.matches("select, textarea, input");
    if (key === "Enter" && writes && !altKey && !(isArea && shiftKey)) {
      this.move(row, name, shiftKey ? -1 : 1, { create: true });
      return true;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    // Alt and an arrow open a list, so there it is Ctrl alone.
    const hasList = target.tagName === "SELECT" || target.getAttribute("role") === "combobox";
    const plain = !command && !altKey && !isArea && !hasList && target.type !== "checkbox";
    if (step && writes && !shiftKey && (plain || command || (altKey && !hasList))) {
      this.move(row, name, step);
      return true;
    }
    return false;
  }
}

/** What stands in place of rows while there are none. */
export function emptyState(hasCapture) {
  if (!hasCapture) {
    return el("div", { class: "sheet-empty" },
      el("p", {}, el("b", {}, "No claims yet."), " Those that are entered before a copy is held keep their words, and are anchored later."));
  }
  return el("div", { class: "sheet-empty" },
    el("p", {}, el("b", {}, "No claims yet.")),
    el("ol", {},
      el("li", {}, "Select words in the text: with the mouse, or press ", el("kbd", {}, "F8"), " to go there and hold ", el("kbd", {}, "Shift"), " with the arrow keys."),
      el("li", {}, "Press ", el("kbd", {}, "Enter"), ": a row begins with these words as its quote. A quote alone is enough to save a draft."),
      el("li", {}, "Fill in what you know. The next row proposes claimant, event and date; the claimant counts once you have gone through its field.")),
    el("p", {}, "Or paste a table of claims from a spreadsheet."));
}
