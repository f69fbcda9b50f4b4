/* One claim of the sheet: what the server has of it, what stands in its cells, and the difference. */

import { readDays, HOW_TO_WRITE } from "./days.js";
import { FIELDS, HOLDER, OWN, TO_CONFIRM, WHO, assemble, emptyValues, flatten, isEmpty, isSame } from "./fields.js";
import { follow, isLed, lead, suitForm } from "./whose.js";

/** The states of a row, in the words that it shows. */
export const STATES = {
  blank: "empty",
  unsaved: "not saved yet",
  saving: "saving…",
  saved: "saved",
  refused: "refused: see what is marked",
  conflict: "changed by somebody else",
};

/** A row's cell for a field as the server names it. */
function cellOf(field) {
  const name = String(field || "").replaceAll("/", ".");
  if (name in FIELDS) return name;
  if (name.startsWith("figure")) return "figure.as_printed";
  if (name.startsWith("said")) return "said";
  return ["ranges", "unfound_quote"].includes(name) ? "quote" : "";
}

let made = 0;

/** A key that no other row has, in this or an earlier visit; later keys sort after earlier ones. */
export function freshKey() {
  made += 1;
  return `new-${Date.now().toString(36)}-${String(made).padStart(4, "0")}`;
}

export class Row {
  /** @param {{key: string, server?: Object, onchange: function(Row, string[]): void}} options */
  constructor({ key, server = null, onchange }) {
    this.key = key;
    this.onchange = onchange;
    /** The row as the server gave it last, or null where it has none. */
    this.server = server;
    this.base = server ? flatten(server) : emptyValues();
    this.values = { ...this.base };
    /** Where the quote stands; null while that is the server's to find. */
    this.ranges = server ? server.ranges || [] : null;
    /** Whether it was sent and no answer came: it may have been saved. */
    this.isDoubtful = false;
    /** Names of cells that a new row sends even when they are empty: the server would fill them. */
    this.explicit = new Set();
    /** Names of cells whose values nobody has typed. */
    this.proposed = new Set();
    this.forget();
    this.state = server ? "saved" : "blank";
  }

  /** Drop what was said about an earlier attempt. */
  forget() {
    /** @type {Object<string, {message: string, similar?: Object[]}>} by cell; "" is the whole row */
    this.errors = {};
    /** @type {Object<string, string>} */
    this.warnings = {};
    this.conflict = null;
  }

  get id() {
    return this.server?.id ?? null;
  }

  get isEditable() {
    return !this.server || this.server.editable !== false;
  }

  get names() {
    return Object.keys(FIELDS);
  }

  /** Names of the cells that differ from what the server has. */
  get changed() {
    return this.names.filter((name) => !this.isHeld(name) && ((!this.id && this.explicit.has(name))
      || !isSame(name, this.values[name], this.base[name])));
  }

  /** Whether a cell waits for somebody to confirm what it proposes: it is shown, never sent. */
  isHeld(name) {
    if (!TO_CONFIRM.includes(name) || isEmpty(name, this.values[name])) return false;
    return this.proposed.has(name) || isLed(this, name);
  }

  isLed(name) {
    return isLed(this, name);
  }

  /** The cells that wait for somebody to confirm them. */
  get held() {
    return TO_CONFIRM.filter((name) => this.isHeld(name));
  }

  /** Whether something typed cannot go before a proposal beside it is confirmed. */
  get detained() {
    return this.held.some((name) => !this.proposed.has(name) && !isSame(name, this.values[name], this.base[name]));
  }

  /** Take a proposal for what somebody has looked at. Without words there is nobody who said them. */
  confirm(name) {
    if (isLed(this, name) || !this.isHeld(name) || OWN.every((one) => isEmpty(one, this.values[one]))) return;
    this.proposed.delete(name);
    if (name === HOLDER[this.values.speaker]) this.proposed.delete("speaker");
    this.touch([...TO_CONFIRM, ...suitForm(this)]);
  }

  /** A new row in which nobody has typed anything. */
  get isBlank() {
    return !this.id && this.names.every((name) =>
      this.proposed.has(name) || isEmpty(name, this.values[name]));
  }

  /** Whether something of it is in this browser alone. */
  get isUnsaved() {
    return this.id ? this.changed.length > 0 || this.detained || Boolean(this.newRanges) : !this.isBlank;
  }

  /** Places that were chosen in the text and that the server does not have. */
  get newRanges() {
    if (!this.ranges?.length) return null;
    return JSON.stringify(this.ranges) === JSON.stringify(this.server?.ranges || []) ? null : this.ranges;
  }

  /** Where its quote stands in the text: as chosen, as stored, or as found again. */
  get places() {
    if (this.ranges?.length) return this.ranges;
    if (!isSame("quote", this.values.quote, this.base.quote)) return [];
    return this.server?.found || [];
  }

  /** Put a value into a cell, as typed by the person. */
  set(name, value) {
    this.values[name] = value;
    this.proposed.delete(name);
    // Who says how a figure is to be read has looked at it.
    if (name.startsWith("figure.")) this.proposed.delete("figure.as_printed");
    delete this.errors[name];
    delete this.errors[""];
    if (name === "quote") {
      delete this.warnings.quote;
      const isStored = isSame("quote", value, this.base.quote);
      this.ranges = isStored ? this.server?.ranges || null : null;
    }
    if (name === "speaker") follow(this);
    else lead(this, name);
    this.touch(WHO.includes(name) ? [...WHO, ...suitForm(this)] : [name]);
  }

  /** Set the quote to places of the text, as they stand there. */
  quote(words, ranges) {
    this.values.quote = words;
    this.proposed.delete("quote");
    delete this.errors.quote;
    delete this.warnings.quote;
    this.ranges = ranges;
    this.touch(["quote"]);
  }

  /** Fill cells with values that the person may leave as they are. */
  propose(values) {
    for (const [name, value] of Object.entries(values)) {
      if (!(name in FIELDS) || isEmpty(name, value)) continue;
      this.values[name] = structuredClone(value);
      this.proposed.add(name);
    }
  }

  /** Fill cells from other words: those that are empty, or that earlier words have proposed. */
  reconsider(values) {
    const names = Object.keys(values).filter((name) =>
      this.proposed.has(name) || isEmpty(name, this.values[name]));
    for (const name of names) {
      this.values[name] = values[name];
      if (isEmpty(name, values[name])) this.proposed.delete(name);
      else this.proposed.add(name);
    }
    this.touch([...names, ...suitForm(this)]);
  }

  touch(names) {
    if (this.state !== "saving" && this.state !== "conflict") {
      this.state = this.isUnsaved ? "unsaved" : this.id ? "saved" : "blank";
    }
    this.onchange(this, names);
  }

  /** Say that anything of the row may have changed. */
  touchAll() {
    this.onchange(this, this.names);
  }

  /** What cannot be sent as it was typed. */
  check() {
    if (readDays(this.values.said) === null) this.errors.said = { message: HOW_TO_WRITE };
    return Object.keys(this.errors).length === 0;
  }

  /** The row as it is sent, and the values that stood in it then. */
  outgoing() {
    const sent = { key: this.key };
    if (this.id) Object.assign(sent, { id: this.id, edit_number: this.server.edit_number, stage: this.server.stage });
    Object.assign(sent, assemble(this.values, this.changed));
    if (this.newRanges) Object.assign(sent, { quote: this.values.quote, ranges: this.newRanges });
    this.sending = { values: structuredClone(this.values), ranges: this.ranges };
    return sent;
  }

  /** Take in the row as stored. What was typed since it was sent stays. */
  accept(server, warnings = []) {
    const before = this.sending?.values || this.base;
    const stored = flatten(server);
    for (const name of this.names) {
      if (!isSame(name, this.values[name], before[name])) continue;
      if (this.isHeld(name) && isEmpty(name, stored[name])) continue;
      this.values[name] = stored[name];
      this.proposed.delete(name);
    }
    const isQuoteTyped = !isSame("quote", this.values.quote, stored.quote);
    this.base = stored;
    this.server = server;
    if (!isQuoteTyped) this.ranges = server.ranges || [];
    this.sending = null;
    this.forget();
    for (const warning of warnings) this.warnings[cellOf(warning.field)] = warning.message;
    this.keepUnfound();
    this.state = this.isUnsaved ? "unsaved" : "saved";
    this.touchAll();
  }

  /** Words that were looked for and not found stay where they were typed. */
  keepUnfound() {
    const unfound = this.server?.unfound_quote;
    if (!unfound || this.values.quote) return;
    this.values.quote = unfound;
    this.base.quote = unfound;
    this.ranges = [];
    this.warnings.quote ||= "These words were not found in the text. Select them there, or correct them.";
  }

  /** @param {Array<{field: string, message: string, similar?: Object[]}>} errors */
  refuse(errors) {
    this.sending = null;
    this.errors = {};
    for (const error of errors) {
      const name = cellOf(error.field);
      const before = this.errors[name];
      this.errors[name] = before ? { ...before, message: `${before.message} ${error.message}` } : error;
    }
    this.state = "refused";
    this.touchAll();
  }

  /** The server did not answer: all is as it was before. */
  hold(message) {
    this.sending = null;
    this.state = "unsaved";
    this.errors[""] = { message };
    this.onchange(this, []);
  }

  /** @param {{sentence: string, fields: Object[], row: Object}} conflict */
  meet(conflict) {
    this.sending = null;
    this.conflict = conflict;
    this.state = "conflict";
    this.onchange(this, []);
  }

  /** Go on from their row: the cells named keep mine, the others take theirs. */
  settle(server, kept) {
    const mine = { ...this.values };
    const ranges = this.ranges;
    this.server = server;
    this.base = flatten(server);
    this.values = { ...this.base };
    this.ranges = server.ranges || [];
    this.forget();
    this.proposed.clear();
    for (const name of kept) this.values[name] = mine[name];
    if (kept.includes("quote")) this.ranges = ranges;
    else this.keepUnfound();
    this.state = this.isUnsaved ? "unsaved" : "saved";
    this.touchAll();
  }

  /** What is needed to have the row again after the page was left. */
  kept() {
    const known = new Set([...this.changed, ...this.held]);
    const names = this.names.filter((name) => this.id ? known.has(name) : !isEmpty(name, this.values[name]));
    return {
      key: this.key,
      id: this.id,
      edit_number: this.server?.edit_number,
      stage: this.server?.stage,
      values: Object.fromEntries(names.map((name) => [name, this.values[name]])),
      proposed: [...this.proposed],
      explicit: [...this.explicit],
      isDoubtful: Boolean(this.isDoubtful || this.sending),
      ranges: this.newRanges,
    };
  }

  /** Put back what was kept. Its edit number is the one it was opened at: others may have saved. */
  restore(kept) {
    for (const [name, value] of Object.entries(kept.values)) {
      if (name in FIELDS) this.values[name] = value;
    }
    this.proposed = new Set((kept.proposed || []).filter((name) => name in kept.values));
    this.explicit = new Set(kept.explicit || []);
    this.isDoubtful = Boolean(kept.isDoubtful);
    if (kept.ranges) this.ranges = kept.ranges;
    else if ("quote" in kept.values) this.ranges = null;
    if (this.server && kept.edit_number) {
      this.server = { ...this.server, edit_number: kept.edit_number, stage: kept.stage };
    }
    this.state = this.isUnsaved ? "unsaved" : this.state;
  }
}
