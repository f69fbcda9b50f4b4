/* Rows on their way to the server: some at a time, each with an answer of its own. */

import { announce, counted } from "./dom.js";
import { settleDoubts } from "./doubt.js";

const AT_ONCE = 20;

export class Saver {
  /**
   * @param {import("./server.js").Server} server
   * @param {{progress: function(number, number): void, done: function(Object[]): void,
   *   isKnown: function(number): boolean}} heard
   */
  constructor(server, heard) {
    this.server = server;
    this.heard = heard;
    /** @type {Set<import("./row.js").Row>} */
    this.waiting = new Set();
    this.running = null;
  }

  /** Save these rows, those among them that have something to save. One that is on its way goes again
   *  if something was typed in it meanwhile. */
  save(rows) {
    for (const row of rows) {
      if (row.isUnsaved && row.isEditable && row.state !== "conflict") this.waiting.add(row);
    }
    if (this.waiting.size && !this.running) {
      this.running = this.run().then((tried) => {
        this.running = null;
        this.heard.done(tried);
      });
    }
    return this.running || Promise.resolve();
  }

  async run() {
    /** @type {Set<import("./row.js").Row>} a row may go twice, and counts once */
    const tried = new Set();
    while (this.waiting.size) {
      const batch = [...this.waiting].slice(0, AT_ONCE);
      for (const row of batch) this.waiting.delete(row);
      this.heard.progress(tried.size, tried.size + batch.length + this.waiting.size);
      await this.send(batch.filter((row) => this.mayGo(row)));
      for (const row of batch) tried.add(row);
    }
    const rows = [...tried];
    const refused = rows.filter((row) => ["refused", "conflict"].includes(row.state)).length;
    const saved = rows.filter((row) => row.state === "saved").length;
    if (refused) announce(`${counted(saved, "row")} saved, ${refused} not: each says why.`);
    else if (saved) announce(`${counted(saved, "row")} saved.`);
    return rows;
  }

  /** A row that cannot be sent as typed says so. */
  mayGo(row) {
    const said = row.errors[""];
    row.errors = {};
    if (row.check()) return true;
    if (said) row.errors[""] = said;
    row.state = "refused";
    row.touchAll();
    return false;
  }

  async send(batch) {
    let rows = batch;
    try {
      await settleDoubts(batch, this.server, this.heard.isKnown);
      rows = batch.filter((row) => row.isUnsaved);
      if (!rows.length) return;
      const sent = rows.map((row) => {
        const outgoing = row.outgoing();
        row.state = "saving";
        row.touchAll();
        return outgoing;
      });
      const answer = await this.server.post("rows", { rows: sent });
      const answers = new Map(answer.rows.map((one) => [one.key, one]));
      for (const row of rows) this.take(row, answers.get(row.key));
    } catch (refused) {
      for (const row of rows) {
        row.isDoubtful = true;
        row.hold(refused.message);
      }
      announce(refused.message);
      this.waiting.clear();
    }
  }

  take(row, answer) {
    if (!answer) row.hold("The server said nothing about this row.");
    else if (answer.conflict) row.meet(answer.conflict);
    else if (answer.errors) row.refuse(answer.errors);
    else row.accept(answer.row, answer.warnings);
  }
}
