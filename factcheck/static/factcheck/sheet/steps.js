/* Steps taken on the sheet: each ticked row by itself, one decision a claim. */

import { announce, counted } from "./dom.js";

const AT_ONCE = 20;
const UNCONFIRMED = "Not taken: it has proposals that nobody has confirmed. Go through what is marked so.";
const DONE = { submit: "Submitted for review.", approve: "Approved.", return: "Returned." };

export class Steps {
  /**
   * @param {HTMLElement} bar
   * @param {{grid: import("./grid.js").Grid, server: import("./server.js").Server,
   *   saver: import("./saving.js").Saver, progress: function(string): void,
   *   keep: function(string): void}} parts
   */
  constructor(bar, parts) {
    Object.assign(this, parts);
    this.bar = bar;
    this.part = (name) => bar.querySelector(`[data-part=${name}]`);
    const tick = (name, wanted) => this.part(name).addEventListener("click", () => this.tick(wanted));
    tick("ready", (row) => this.may(row, "submit") && !row.server.unmet?.length && !row.held.length);
    tick("waiting", (row) => this.may(row, "approve"));
    tick("all", () => true);
    tick("none", () => false);
    for (const button of bar.querySelectorAll("button[data-action]")) {
      button.addEventListener("click", () => this.press(button.dataset.action));
    }
    this.part("words").addEventListener("input", () => this.keep(this.part("words").value));
    this.part("cancel").addEventListener("click", () => this.askNote(false));
    this.refresh();
  }

  may(row, action) {
    return Boolean(row.server?.steps?.some((step) => step.action === action));
  }

  tick(wanted) {
    for (const row of this.grid.rows) this.grid.viewOf(row).tick.checked = Boolean(row.id && wanted(row));
    this.refresh();
    announce(this.part("count").textContent);
  }

  get ticked() {
    return this.grid.rows.filter((row) => this.grid.viewOf(row).tick.checked);
  }

  /** How many are ticked, and which steps are open to any of them. */
  refresh() {
    const { ticked } = this;
    const { rows } = this.grid;
    this.bar.hidden = !rows.length;
    this.part("count").textContent = `${ticked.length} of ${counted(rows.length, "row")} ticked`;
    this.part("ready").hidden = !rows.some((row) => this.may(row, "submit"));
    this.part("waiting").hidden = !rows.some((row) => this.may(row, "approve"));
    for (const button of this.bar.querySelectorAll("button[data-action]")) {
      const { action } = button.dataset;
      button.hidden = !rows.some((row) => this.may(row, action));
      button.disabled = Boolean(this.busy) || !ticked.some((row) => this.may(row, action));
    }
  }

  /** Put back a note that was typed and not sent. */
  restore(note) {
    this.part("words").value = note;
    this.part("note").hidden = false;
  }

  askNote(wanted) {
    this.part("note").hidden = !wanted;
    if (wanted) this.part("words").focus();
  }

  press(action) {
    const note = this.part("words").value.trim();
    if (action === "return" && (this.part("note").hidden || !note)) {
      this.askNote(true);
      if (!note) announce("Say what to mend, then return them.");
      return;
    }
    this.take(action, action === "return" ? note : "");
  }

  /** Save first; then take the step with every ticked row that the server has as it stands here. */
  async take(action, note) {
    const rows = this.ticked;
    this.busy = true;
    this.refresh();
    for (const row of rows) row.outcome = null;
    await this.saver.save(rows);
    const ready = [];
    for (const row of rows) {
      if (row.isUnsaved) this.tell(row, "Not taken: this row is not saved.", []);
      else if (row.held.length) this.tell(row, UNCONFIRMED, []);
      else ready.push(row);
    }
    let taken = 0;
    try {
      for (let at = 0; at < ready.length; at += AT_ONCE) {
        this.progress(`${at} of ${ready.length} done`);
        taken += await this.send(action, note, ready.slice(at, at + AT_ONCE));
      }
      this.askNote(false);
      if (action === "return") {
        this.part("words").value = "";
        this.keep("");
      }
    } catch (refused) {
      this.say(refused.message);
      return;
    } finally {
      this.busy = false;
      this.progress("");
      this.refresh();
    }
    const refusedCount = rows.length - taken;
    const verb = { submit: "submitted", approve: "approved", return: "returned" }[action];
    this.say(`${counted(taken, "claim")} ${verb}${refusedCount ? `, ${refusedCount} not: each says why` : ""}.`);
  }

  async send(action, note, rows) {
    const answer = await this.server.post("steps", {
      action, note,
      rows: rows.map(({ server }) => ({ id: server.id, edit_number: server.edit_number, stage: server.stage })),
    });
    let taken = 0;
    for (const one of answer.rows) {
      const row = this.grid.withId(one.id);
      if (!row) continue;
      if (one.row) {
        taken += 1;
        this.grid.viewOf(row).tick.checked = false;
        row.outcome = { sentence: DONE[action] };
        row.accept(one.row);
      } else this.tell(row, one.refused, one.reasons || []);
    }
    return taken;
  }

  tell(row, sentence, reasons) {
    row.outcome = { sentence, reasons };
    row.touchAll();
  }

  say(sentence) {
    this.part("result").textContent = sentence;
    announce(sentence);
  }
}
