/* A cell: a label, something to write or choose in, and what is said about it. */

import { Combobox, ManyRefs } from "./combobox.js";
import { button, el, excerpt, freshId } from "./dom.js";
import { FIELDS } from "./fields.js";

const UNCONFIRMED = "Only proposed: not saved before you go through this field, or change it.";

const NOTHING = "none";
const EMPTY_CHOICE = { value: "", label: "–", definition: "" };

/** Boxes as one stop of the Tab key: each has a key of its own, and the arrows go between them. */
function checks({ id, choices, change }) {
  const boxes = choices.map((choice, index) => ({
    choice,
    key: choice.value === NOTHING ? "n" : String(index),
    input: el("input", {
      type: "checkbox", id: index ? `${id}-${index}` : id, tabindex: index ? "-1" : "0", onchange: () => settle(choice),
    }),
  }));
  // “Nothing found” excludes every finding, and a finding excludes it.
  const read = (last) => boxes
    .filter(({ choice, input }) => input.checked && ((choice.value === NOTHING) === (last.value === NOTHING)))
    .map(({ choice }) => choice.value);
  const settle = (last) => {
    const values = read(last);
    put(values);
    change(values);
  };
  const inputs = boxes.map((box) => box.input);
  const onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const box = boxes.find((one) => one.key === event.key.toLowerCase());
    if (step) inputs[(inputs.indexOf(event.target) + step + inputs.length) % inputs.length].focus();
    else if (box && !box.input.disabled) box.input.click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const element = el("div", { class: "sheet-checks", onkeydown }, ...boxes.map(({ choice, key, input }) =>
    el("label", { for: input.id, title: choice.definition || null }, input, ` ${choice.label} `, el("kbd", { "aria-hidden": "true" }, key.toUpperCase()))));
  const put = (values) => {
    const wasHere = inputs.includes(document.activeElement);
    for (const { choice, input } of boxes) input.checked = values.includes(choice.value);
    const first = inputs.find((input) => input.checked) || inputs[0];
    if (!wasHere) for (const input of inputs) input.tabIndex = input === first ? 0 : -1;
  };
  return { element, control: inputs[0] || element, put };
}

/** Each type of field: an element, the part of it that takes the focus, and how a value gets in. */
const CONTROLS = {
  line: ({ id, change }) => {
    const input = el("input", { type: "text", id, autocomplete: "off", dir: "auto", oninput: () => change(input.value) });
    return { element: input, control: input, put: (value) => { input.value = value; } };
  },
  lines: ({ id, change }) => {
    const area = el("textarea", { id, rows: 2, dir: "auto", oninput: () => change(area.value) });
    return { element: area, control: area, put: (value) => { area.value = value; } };
  },
  choice: ({ id, field, choices, change }) => {
    const list = choices[field.choices] || [];
    const all = list.some((choice) => choice.value === "") ? list : [EMPTY_CHOICE, ...list];
    const select = el("select", { id, onchange: () => change(select.value) },
      ...all.map((choice) => el("option", { value: choice.value, title: choice.definition || null }, choice.label)));
    const put = (value) => {
      select.querySelector("[data-unknown]")?.remove();
      // A word from somewhere else stays to be seen, until one of the list is chosen.
      if (!all.some((choice) => choice.value === value)) {
        select.prepend(el("option", { value, "data-unknown": true }, `“${value}”: not on the list`));
      }
      select.value = value;
    };
    return { element: select, control: select, put };
  },
  ref: ({ id, field, services, change }) => {
    const box = new Combobox({ id, kind: field.find, label: field.label, onchange: change, ...services });
    return { element: box.element, control: box.input, put: (value) => box.set(value) };
  },
  refs: ({ id, field, services, change }) => {
    const box = new ManyRefs({ id, kind: field.find, label: field.label, onchange: change, ...services });
    return { element: box.element, control: box.input, put: (values) => box.set(values) };
  },
  many: ({ id, field, choices, change }) => checks({ id, choices: choices[field.choices] || [], change }),
};
CONTROLS.days = CONTROLS.line;

export class Cell {
  /**
   * @param {import("./row.js").Row} row
   * @param {string} name
   * @param {{choices: Object, services: Object, fields?: Object}} around `fields` in place of a
   *   row's own
   */
  constructor(row, name, around) {
    this.row = row;
    this.name = name;
    this.field = (around.fields || FIELDS)[name];
    this.around = around;
    this.choices = around.choices;
    const id = freshId(name.replace(".", "-"));
    const { element, control, put } = CONTROLS[this.field.type]({
      id, field: this.field, choices: around.choices, services: around.services,
      change: (value) => { this.isTyping = true; row.set(name, value); this.isTyping = false; },
    });
    Object.assign(this, { control, put });
    this.proposed = el("span", { class: "sheet-proposed", hidden: true }, "proposed");
    this.note = el("div", { id: `${id}-note`, class: "sheet-note" });
    this.definition = el("span", { id: `${id}-definition`, class: "sheet-unseen" });
    const isGroup = this.field.type === "many";
    const label = [this.field.label, " ", this.proposed];
    const head = isGroup ? el("span", { id: `${id}-label`, class: "sheet-label" }, ...label)
      : el("label", { for: id, class: "sheet-label" }, ...label);
    this.element = el("div", {
      class: "sheet-cell", "data-field": name, "data-type": this.field.type,
      role: isGroup ? "group" : null, "aria-labelledby": isGroup ? `${id}-label` : null,
    }, head, element, this.definition, this.note);
    control.setAttribute("aria-describedby", `${id}-note ${id}-definition`);
    this.refresh();
  }

  /** Show the row's value, unless it is being typed here, and what is said about it. */
  refresh() {
    const { row, name } = this;
    if (!this.isTyping) this.put(row.values[name]);
    const isHeld = this.isHeld;
    const isProposed = row.proposed.has(name) || isHeld;
    this.proposed.hidden = !isProposed;
    this.proposed.textContent = isHeld && !row.isLed(name) ? "to confirm" : "proposed";
    this.element.classList.toggle("is-held", isHeld);
    this.element.classList.toggle("is-proposed", isProposed);
    this.definition.textContent = [isHeld && UNCONFIRMED, this.meaning].filter(Boolean).join(" ");
    const disabled = !row.isEditable;
    for (const control of this.element.querySelectorAll("input, textarea")) control.readOnly = disabled;
    for (const control of this.element.querySelectorAll("select, input[type=checkbox], .sheet-chips button")) {
      control.disabled = disabled;
    }
    this.refreshNote();
  }

  /** Whether it proposes whose word it is, and waits for somebody to confirm that. */
  get isHeld() {
    return Boolean(this.row.isHeld?.(this.name));
  }

  refreshNote() {
    const error = this.row.errors[this.name];
    const warning = this.row.warnings[this.name];
    this.element.classList.toggle("is-refused", Boolean(error));
    if (error) this.control.setAttribute("aria-invalid", "true");
    else this.control.removeAttribute("aria-invalid");
    this.note.replaceChildren(
      ...(error ? [el("p", { class: "sheet-error" }, error.message), ...this.similar(error.similar)] : []),
      ...(warning ? [el("p", { class: "sheet-warning" }, warning), ...this.near()] : []));
  }

  /** Places of the text where a quote that is not found may stand. */
  near() {
    if (this.name !== "quote" || !this.around.near) return [];
    return this.around.near(this.row).map((place) => el("p", { class: "sheet-buttons" },
      button(`Show “${excerpt(place.words, 50)}”`, () => place.show(), { class: "is-quiet" }),
      button("Take this place", () => place.take(), { class: "is-quiet" })));
  }

  /** What the server proposes in place of a name that it does not know. */
  similar(similar) {
    return (similar || []).map((one) => button(`${one.label}${one.detail ? ` (${one.detail})` : ""}`, () => {
      const value = { id: one.id, label: one.label };
      const isList = this.field.type === "refs";
      const others = isList ? this.row.values[this.name].filter((ref) => ref.id) : [];
      this.row.set(this.name, isList ? [...others, value] : value);
    }, { class: "is-quiet" }));
  }

  /** The definition of what is chosen, for those who look and those who listen. */
  get meaning() {
    if (this.field.type !== "choice") return "";
    const chosen = (this.choices[this.field.choices] || []).find((one) => one.value === this.row.values[this.name]);
    return chosen?.definition || "";
  }

  /** The help of the field, with the definition of what is chosen in it. */
  get help() {
    if (this.isHeld) return UNCONFIRMED;
    return this.meaning ? `${this.control.selectedOptions[0].label}: ${this.meaning}` : this.field.help;
  }

  focus() {
    if (this.field.type === "many") this.element.querySelector("[tabindex='0']")?.focus();
    else this.control.focus();
    if (this.control.select && this.control.tagName === "INPUT") this.control.select();
  }
}
