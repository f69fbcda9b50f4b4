/* A field that proposes what its letters could mean (the ARIA pattern of a combobox with a list).
   What is typed and not chosen stands as a name, which the server resolves or refuses. */

import { CreateForm } from "./creating.js";
import { button, el, freshId } from "./dom.js";
import { labelOf } from "./fields.js";

const PAUSE = 180;

export class Combobox {
  /**
   * @param {{kind: string, id: string, find: function(string, string): Promise<Object[]>,
   *   makes?: string[], create: function(Object): Promise<Object>, choices: Object,
   *   context?: function(): Object, onchange: function(Object|null): void}} options
   */
  constructor(options) {
    this.options = options;
    this.value = null;
    this.results = [];
    this.active = -1;
    this.asked = 0;
    const listId = freshId("list");
    this.input = el("input", {
      type: "text", id: options.id, role: "combobox", autocomplete: "off", spellcheck: "false",
      dir: "auto",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listId,
      oninput: () => this.typed(),
      onkeydown: (event) => this.key(event),
      onblur: () => this.left(),
    });
    this.list = el("ul", {
      id: listId, role: "listbox", hidden: true, class: "sheet-options",
      "aria-label": options.label || "Proposals",
      // The field keeps the focus while somebody clicks in the list.
      onmousedown: (event) => event.preventDefault(),
    });
    this.element = el("div", { class: "sheet-combobox" }, this.input, this.list);
  }

  set(value) {
    this.value = value;
    this.input.value = labelOf(value);
    this.close();
  }

  get isOpen() {
    return !this.list.hidden;
  }

  get makes() {
    return (this.options.makes || []).includes(this.options.kind);
  }

  typed() {
    const words = this.input.value.trim();
    this.change(words ? { name: words } : null);
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.look(words), PAUSE);
  }

  change(value) {
    this.value = value;
    this.options.onchange(value);
  }

  async look(words) {
    this.asked += 1;
    const asked = this.asked;
    let results = [];
    try {
      results = await this.options.find(this.options.kind, words);
    } catch (refused) {
      this.open([], refused.message);
      return;
    }
    // A slower answer to fewer letters comes too late, and so does one to a field that was left.
    if (asked !== this.asked || document.activeElement !== this.input) return;
    this.results = results;
    const options = results.map((result) => ({ ...result, choose: () => this.choose(result) }));
    if (words && this.makes) {
      options.push({ label: `Create “${words}”…`, detail: "", choose: () => this.make(words) });
    }
    this.open(options, words ? "Nothing found." : "Type a part of the name.");
  }

  open(options, otherwise) {
    this.shown = options;
    this.list.replaceChildren(...options.map((option, index) => el("li", {
      id: freshId("option"), role: "option", "aria-selected": "false",
      onclick: () => this.shown[index].choose(),
    }, el("span", {}, option.label), option.detail ? el("small", {}, option.detail) : null)));
    if (!options.length) this.list.append(el("li", { class: "sheet-none", role: "option", "aria-disabled": "true" }, otherwise));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.list.scrollIntoView({ block: "nearest" });
    this.point(-1);
  }

  close() {
    this.asked += 1;
    window.clearTimeout(this.timer);
    this.list.hidden = true;
    this.shown = [];
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  point(index) {
    this.active = index;
    const items = [...this.list.children];
    items.forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    const item = this.shown.length ? items[index] : null;
    if (item) {
      this.input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const pointed = this.isOpen ? this.shown[this.active] : null;
    if (event.key === "Tab" && pointed?.id) pointed.choose();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !this.isOpen && event.key === "ArrowDown") this.look(this.input.value.trim());
    else if (step && this.isOpen && this.shown.length) {
      const count = this.shown.length;
      this.point((this.active + step + count + (this.active < 0 && step < 0 ? 1 : 0)) % count);
    } else if (event.key === "Enter" && pointed) pointed.choose();
    else if (event.key === "Escape" && this.isOpen) this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  choose(result) {
    this.set({ id: result.id, label: result.label });
    this.options.onchange(this.value);
  }

  left() {
    // A name that was typed in full is that one, chosen or not.
    const typed = this.input.value.trim().toLowerCase();
    const exact = this.results.filter((result) => result.label.toLowerCase() === typed);
    if (this.value && !this.value.id && exact.length === 1) this.choose(exact[0]);
    this.close();
  }

  /** Open the small form in which what was not found is created. */
  make(words) {
    this.close();
    this.form?.element.remove();
    this.form = new CreateForm({
      kind: this.options.kind,
      name: words,
      choices: this.options.choices,
      context: this.options.context?.() || {},
      create: this.options.create,
      ondone: (made) => {
        this.form.element.remove();
        if (made) this.choose(made);
        this.input.focus();
      },
    });
    this.element.append(this.form.element);
    this.form.focus();
  }
}

/** Several references in one cell: those chosen, each with a button that takes it away. */
export class ManyRefs {
  constructor(options) {
    this.options = options;
    this.values = [];
    this.box = new Combobox({ ...options, makes: [], onchange: (value) => this.add(value) });
    this.input = this.box.input;
    this.chosen = el("ul", { class: "sheet-chips" });
    this.element = el("div", {}, this.chosen, this.box.element);
    this.input.addEventListener("blur", () => this.leave());
  }

  set(values) {
    this.values = values;
    this.box.set(null);
    this.draw();
  }

  draw() {
    this.chosen.replaceChildren(...this.values.map((value) => el("li", {}, labelOf(value),
      button("×", () => this.remove(value), { class: "is-quiet", "aria-label": `Take away ${labelOf(value)}` }))));
  }

  add(value) {
    if (!value?.id) return;
    const has = this.values.some((one) => one.id === value.id);
    this.put(has ? this.values : [...this.values, value]);
  }

  /** What was typed and not chosen travels as a name. */
  leave() {
    const name = this.input.value.trim();
    if (name) this.put([...this.values, { name }]);
  }

  remove(value) {
    this.put(this.values.filter((one) => one !== value));
    this.input.focus();
  }

  put(values) {
    this.set(values);
    this.options.onchange(values);
  }
}
