/* Rows from a spreadsheet: pasted, looked at, and only then added. */

import { announce, counted, el } from "./dom.js";
import { FIELDS, isEmpty } from "./fields.js";
import { readColumns, readTable } from "./table.js";

const SHOWN = 200;
const MOST = 500;

/** What a cell of a spreadsheet is as a value of a field. */
export function valueOf(name, words, choices) {
  const field = FIELDS[name];
  if (field.type === "ref") return words ? { name: words } : null;
  if (field.type === "refs") {
    return words.split(/[;\n]/u).map((one) => one.trim()).filter(Boolean).map((one) => ({ name: one }));
  }
  if (field.type !== "choice") return words;
  const wanted = words.toLowerCase();
  const found = (choices[field.choices] || [])
    .find((one) => one.value.toLowerCase() === wanted || one.label.toLowerCase() === wanted);
  // A word that is on no list is sent as it stands: the server refuses it, and says why.
  return found ? found.value : words;
}

/** Whether a paste into a cell is a table, and so more than words for that cell. */
export function isTable(text) {
  if (!text.includes("\t")) return false;
  const table = readTable(text, "\t");
  return table.length > 0 && Math.max(...table.map((row) => row.length)) > 1;
}

export class Paste {
  /**
   * @param {HTMLDialogElement} dialog
   * @param {{choices: Object, add: function(Object[], string[]): void}} around
   */
  constructor(dialog, around) {
    this.dialog = dialog;
    this.around = around;
    this.area = dialog.querySelector("textarea");
    this.preview = dialog.querySelector("[data-part=preview]");
    this.submit = dialog.querySelector("[data-part=add]");
    this.area.addEventListener("input", () => this.read());
    this.submit.addEventListener("click", () => this.add());
    dialog.querySelector("[data-part=close]").addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => this.opener?.focus());
  }

  open(text = "") {
    this.opener = document.activeElement;
    this.area.value = text;
    this.read();
    this.dialog.showModal();
    (text && !this.submit.disabled ? this.submit : this.area).focus();
  }

  /** Whether something stands in the dialog that was not added yet. */
  get isFilled() {
    return this.dialog.open && Boolean(this.area.value.trim());
  }

  read() {
    const table = readTable(this.area.value);
    this.columns = table.length ? readColumns(table) : { fields: [], rows: [], unknown: [], byName: false };
    this.draw();
  }

  /** The values of each row, by the columns as they are set now. */
  get values() {
    const { fields, rows } = this.columns;
    return rows.map((row) => {
      const values = {};
      fields.forEach((name, index) => {
        const value = name && valueOf(name, row[index] || "", this.around.choices);
        if (name && !isEmpty(name, value)) values[name] = value;
      });
      return values;
    }).filter((values) => Object.keys(values).length);
  }

  draw() {
    const { fields, rows, unknown, byName } = this.columns;
    const tooMany = rows.length > MOST;
    this.submit.disabled = !this.values.length || tooMany;
    this.submit.textContent = rows.length ? `Add ${counted(rows.length, "row")}` : "Add rows";
    if (!rows.length) {
      this.preview.replaceChildren(el("p", { class: "sheet-quiet" }, "Nothing to show yet."));
      return;
    }
    const hints = [
      byName ? "The first row names the columns." : "Columns are taken in the order quote, claim, claimant, cue, about, event, figure, date.",
      unknown.length > 0 && `Not known, and left out unless you say what they are: ${unknown.join(", ")}.`,
      tooMany && `At most ${MOST} rows at once: paste them in parts.`,
      rows.length > SHOWN && `The first ${SHOWN} are shown.`,
    ].filter(Boolean);
    const heads = fields.map((name, index) => el("th", { scope: "col" }, this.chooser(name, index)));
    const body = rows.slice(0, SHOWN).map((row, number) => el("tr", {},
      el("th", { scope: "row" }, String(number + 1)),
      ...fields.map((name, index) => el("td", { dir: "auto", class: name ? null : "is-left-out" }, row[index] || ""))));
    this.preview.replaceChildren(
      el("p", { class: "sheet-quiet" }, hints.join(" ")),
      el("div", { class: "sheet-scroll", tabindex: "0", role: "region", "aria-label": "Preview" },
        el("table", {}, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Row"), ...heads)),
          el("tbody", {}, ...body))));
  }

  chooser(name, index) {
    const select = el("select", { "aria-label": `Column ${index + 1}`, onchange: () => {
      this.columns.fields[index] = select.value;
      this.draw();
      this.preview.querySelectorAll("select")[index]?.focus();
    } }, el("option", { value: "" }, "(left out)"),
    ...Object.entries(FIELDS).map(([key, field]) => el("option", { value: key }, field.label)));
    select.value = name;
    return select;
  }

  add() {
    const { values } = this;
    this.dialog.close();
    this.around.add(values, this.columns.fields.filter(Boolean));
    announce(`${counted(values.length, "row")} added; they are being saved.`);
  }
}
