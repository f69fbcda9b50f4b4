/* Claims that the server proposes from the text. Each is shown with all that it would fill in; a
   person accepts it, takes it over to edit it, or rejects it. */

import { announce, button, counted, el, freshId } from "./dom.js";
import { emptyValues, flatten } from "./fields.js";

const AT_ONCE = 40;
const VOICES = { actor: "Somebody says it", "own-voice": "Outlet's own voice", "nobody-named": "Nobody named" };
const SHOWN = {
  all: ["Everything", () => true],
  spoken: ["What somebody says", (one) => one.voice !== "own-voice"],
  figures: ["With a figure", (one) => Boolean(one.figure)],
  own: ["In the outlet's own voice", (one) => one.voice === "own-voice"],
};
const KEYS = { a: "accept", e: "edit", r: "reject" };

export class Proposals {
  /**
   * @param {HTMLElement} place
   * @param {{pane: import("./text.js").TextPane, grid: import("./grid.js").Grid,
   *   server: import("./server.js").Server, saver: import("./saving.js").Saver, choices: Object,
   *   button: HTMLButtonElement, standing: function(Object): number}} parts
   */
  constructor(place, parts) {
    Object.assign(this, parts);
    this.place = place;
    this.list = [];
    this.rejected = [];
    this.taken = new Set();
    this.most = AT_ONCE;
    this.filter = "all";
    this.button.addEventListener("click", () => this.ask());
    this.part("close").addEventListener("click", () => this.close());
    this.part("more").addEventListener("click", () => { this.most += AT_ONCE; this.draw(); });
    this.part("shown").addEventListener("change", (event) => {
      this.filter = event.target.value;
      this.most = AT_ONCE;
      this.draw();
    });
    this.part("list").addEventListener("keydown", (event) => this.key(event));
    this.part("list").addEventListener("focusin", (event) => this.look(event));
  }

  part(name) {
    return this.place.querySelector(`[data-part='${name}']`);
  }

  async ask() {
    this.button.disabled = true;
    announce("The text is being read.");
    try {
      this.take(await this.server.post("propose", {}));
    } catch (refused) {
      this.take({ proposals: [], rejected: [], problems: [refused.message] });
    }
    this.button.disabled = false;
    this.place.hidden = false;
    this.place.scrollIntoView({ block: "nearest" });
    this.items[0]?.focus();
    announce(`${counted(this.list.length, "claim")} proposed.`);
  }

  /** What the server proposes, but for what was taken over here and is not saved yet. */
  take({ proposals, rejected, problems }) {
    this.list = proposals.filter((one) => !this.taken.has(one.key) && !this.isUnsaved(one));
    this.rejected = rejected;
    this.part("problems").replaceChildren(...problems.map((words) => el("p", { class: "sheet-warning" }, words)));
    this.draw();
  }

  /** Whether a row here is of it that the server does not have: from an earlier visit, perhaps. */
  isUnsaved(one) {
    const ranges = JSON.stringify(one.ranges);
    return this.grid.rows.some((row) => !row.id && JSON.stringify(row.ranges) === ranges
      && row.values["figure.as_printed"] === (one.figure?.as_printed || ""));
  }

  close() {
    this.place.hidden = true;
    this.button.focus();
  }

  // Drawing

  get items() {
    return [...this.part("list").children];
  }

  get shown() {
    return this.filter === "rejected" ? this.rejected : this.list.filter(SHOWN[this.filter][1]);
  }

  draw() {
    const { shown } = this;
    const options = Object.entries(SHOWN).map(([value, [label, fits]]) => [value, label, this.list.filter(fits).length]);
    options.push(["rejected", "Rejected", this.rejected.length]);
    this.part("shown").replaceChildren(...options.map(([value, label, count]) =>
      el("option", { value, selected: value === this.filter }, `${label} (${count})`)));
    this.part("count").textContent = `(${this.list.length})`;
    this.part("list").replaceChildren(...shown.slice(0, this.most).map((one) => this.item(one)));
    if (!shown.length) this.part("list").replaceChildren(el("li", { class: "sheet-quiet" }, this.nothing));
    this.part("more").hidden = shown.length <= this.most;
  }

  get nothing() {
    return this.filter === "all" ? "Nothing is proposed that is not entered already." : "There is none of these.";
  }

  item(one) {
    const id = freshId("proposal");
    const isRejected = this.filter === "rejected";
    const tools = isRejected
      ? [button("Bring back", () => this.bringBack(one), { class: "is-quiet" })]
      : [
        button("Accept", () => this.accept(one), { "aria-describedby": id }),
        button("Edit", () => this.edit(one), { class: "is-quiet", "aria-describedby": id }),
        button("Reject", () => this.reject(one), { class: "is-quiet", "aria-describedby": id }),
      ];
    return el("li", { tabindex: "0", "data-key": one.key, "aria-labelledby": id },
      el("blockquote", { id, dir: "auto" }, one.quote),
      el("dl", {}, ...this.told(one).flatMap(([label, value]) => value
        ? [el("div", {}, el("dt", {}, label), el("dd", {}, value))] : [])),
      el("p", { class: "sheet-buttons" }, ...tools));
  }

  /** What the row would say, in words. */
  told(one) {
    const words = (list, value) => this.choices[list]?.find((choice) => choice.value === value)?.label || value;
    const named = one.named_speaker ? `“${one.named_speaker}”` : "";
    const unknown = named ? `${named}: nobody known here, or more than one; left open` : "not clear; left open";
    const open = one.voice === "actor" ? unknown : VOICES[one.voice];
    const who = one.claimant ? [one.claimant.label, named && ` (${named})`].filter(Boolean).join("") : one.outlet?.label || open;
    const { figure } = one;
    const numbers = figure && ["low", "best", "high"].filter((name) => figure[name] !== null)
      .map((name) => (name === "best" ? figure[name] : `${name} ${figure[name]}`));
    const { said } = flatten(one);
    return [
      ["Claimant", one.voice === "own-voice" && one.outlet ? `${who}, in its own voice` : who],
      ["Cue", one.cue && `“${one.cue}”`],
      ["Form", words("form", one.form)],
      ["Figure", figure && [`“${figure.as_printed}”`, words("qualifier", figure.qualifier), ...numbers].join(", ")],
      ["Said on", said && (one.said.as_printed ? `${said} (“${one.said.as_printed}”)` : said)],
      ["Kind", one.kind === "factual" ? "" : words("kind", one.kind)],
    ];
  }

  // Deciding

  /** The cells of a row as the proposal has them, those that it leaves open included. */
  valuesOf(one) {
    const { quote, form, cue, kind, named_speaker, speaker, claimant, outlet, figure, said } = one;
    const values = flatten({ quote, form, cue, kind, named_speaker, speaker, claimant, outlet, figure, said });
    const empty = emptyValues();
    const own = ["speaker", "claimant", "voiced_by", "outlet"];
    return Object.fromEntries(Object.entries(values).filter(([name, value]) =>
      own.includes(name) || JSON.stringify(value) !== JSON.stringify(empty[name])));
  }

  /** The row above its place in the text; the last one where it comes first. */
  above(one) {
    const [[start]] = one.ranges.slice(-1);
    return this.grid.rows.filter((row) => this.standing(row) <= start).at(-1) || this.grid.rows.at(-1);
  }

  /** A draft row with all that was shown and looked at, saved at once. */
  async accept(one) {
    const row = this.grid.add({ after: this.above(one), values: this.valuesOf(one), ranges: one.ranges, carries: false, focus: "" });
    const number = this.grid.rows.indexOf(row) + 1;
    this.leave(one);
    await this.saver.save([row]);
    announce(row.state === "saved" ? `Accepted as claim ${number}.` : `Claim ${number} is not saved yet: it says why.`);
  }

  /** A row in which whose word it is, and the figure, wait for somebody to go through them. */
  edit(one) {
    const { quote, ...proposed } = this.valuesOf(one);
    this.leave(one, { isFocused: false });
    this.grid.add({ after: this.above(one), values: { quote }, proposed, ranges: one.ranges, carries: false, focus: "text" });
    announce("Taken over. Look through its cells; leaving the row saves it.");
  }

  async reject(one) {
    if (!(await this.keep(one, true))) return;
    this.rejected.push(one);
    this.leave(one, { isTaken: false });
    announce("Rejected. It can be brought back under “Show”.");
  }

  async bringBack(one) {
    if (!(await this.keep(one, false))) return;
    this.rejected = this.rejected.filter((other) => other !== one);
    this.list.push(one);
    this.list.sort((a, b) => a.ranges.at(-1)[0] - b.ranges.at(-1)[0]);
    this.redraw(this.items.findIndex((item) => item.dataset.key === one.key));
    announce("Brought back.");
  }

  async keep(one, isRejected) {
    try {
      await this.server.post("reject", { key: one.key, is_rejected: isRejected });
      return true;
    } catch (refused) {
      this.part("problems").replaceChildren(el("p", { class: "sheet-error" }, refused.message));
      announce(refused.message);
      return false;
    }
  }

  /** Take a proposal off the list, and go on to the next. */
  leave(one, { isTaken = true, isFocused = true } = {}) {
    const at = this.items.findIndex((item) => item.dataset.key === one.key);
    if (isTaken) this.taken.add(one.key);
    this.list = this.list.filter((other) => other.key !== one.key);
    this.redraw(isFocused ? at : -1);
  }

  redraw(at) {
    this.draw();
    if (at < 0) return;
    const item = this.items[Math.min(at, this.items.length - 1)];
    if (item?.dataset.key) item.focus();
    else this.button.focus();
  }

  // Going through them

  itemOf(target) {
    return target.closest("[data-key]");
  }

  look(event) {
    const item = this.itemOf(event.target);
    const one = item && [...this.list, ...this.rejected].find((other) => other.key === item.dataset.key);
    if (one) this.pane.choose(one.ranges);
  }

  key(event) {
    const item = this.itemOf(event.target);
    if (!item || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const one = this.shown.find((other) => other.key === item.dataset.key);
    const action = this.filter !== "rejected" && KEYS[event.key.toLowerCase()];
    if (step) this.items[this.items.indexOf(item) + step]?.focus();
    else if (action && one) this[action](one);
    else return;
    event.preventDefault();
  }
}
