/* The article sheet: a document's text beside its claims. This joins the parts; each stands in a
   module of its own. */

import { Choosing } from "./choosing.js";
import { announce, counted } from "./dom.js";
import { Facts } from "./facts.js";
import { FILLED } from "./fields.js";
import { Grid, emptyState } from "./grid.js";
import { Keeping } from "./keeping.js";
import { Orphans } from "./orphans.js";
import { Paste, isTable } from "./paste.js";
import { Proposals } from "./proposals.js";
import { freshKey } from "./row.js";
import { Saver } from "./saving.js";
import { Server } from "./server.js";
import { Steps } from "./steps.js";
import { TextPane } from "./text.js";

const part = (name) => document.getElementById(`sheet-${name}`);

class Sheet {
  constructor(data, { user, claim }) {
    this.data = data;
    this.claimAddress = claim;
    this.mayAdd = Boolean(data.may.add);
    this.server = new Server(data.urls, data.csrf);
    this.keeping = new Keeping(data.document.public_id, user);
    this.choices = data.choices;
    this.services = {
      find: (kind, words) => this.server.find(kind, words),
      similar: (text, id) => this.server.similar(text, id),
      makes: data.may.create || [],
      create: (asked) => this.server.post("create", asked),
    };
    this.build();
    this.fill();
    this.listen();
  }

  build() {
    const { data, server, choices, services } = this;
    this.pane = new TextPane(part("text"), data.capture || { text: "" }, {
      onchoose: () => this.choosing?.refresh(),
      onpick: (keys) => this.pick(keys),
    });
    this.saver = new Saver(server, {
      progress: (done, all) => this.progress(all > 1 ? `${done} of ${all} saved` : "saving…"),
      done: (rows) => this.saved(rows),
      isKnown: (id) => Boolean(this.grid.withId(id)),
    });
    this.grid = new Grid(part("rows"), {
      choices, services, defaults: data.defaults || {}, may: this.mayAdd,
      near: (row) => this.nearPlaces(row),
      changed: (row) => this.changed(row),
      left: (row) => this.saver.save([row]),
      quoted: (row) => this.quoted(row),
      entered: (row, help) => this.entered(row, help),
      arranged: () => this.arranged(),
      ticked: () => this.steps?.refresh(),
    });
    this.choosing = new Choosing({
      pane: this.pane, grid: this.grid, server, find: part("find"), found: part("found"),
      buttons: { fresh: part("fresh"), use: part("use"), add: part("add"), find: part("find-go") },
    });
    this.paste = new Paste(part("paste"), { choices, add: (values, columns) => this.addPasted(values, columns) });
    this.proposals = new Proposals(part("proposals"), {
      pane: this.pane, grid: this.grid, server, saver: this.saver, choices,
      button: part("propose"), standing: (row) => this.standing(row),
    });
    this.facts = new Facts(part("facts"), {
      document: data.document, choices, services, server, may: Boolean(data.may.document),
      changed: (answer) => this.documentChanged(answer),
      keep: (facts) => this.keeping.keepPart("facts", facts),
    });
    this.steps = new Steps(part("steps"), {
      grid: this.grid, server, saver: this.saver, progress: (words) => this.progress(words),
      keep: (note) => this.keeping.keepPart("note", note || null),
    });
    this.orphans = new Orphans(part("orphans"), {
      grid: this.grid, pane: this.pane, server, saver: this.saver, changed: () => this.arranged(),
      claimUrl: (id) => this.claimAddress.replace("/0/", `/${id}/`),
    });
  }

  fill() {
    const rows = this.data.rows.map((server) => this.grid.make({ key: `claim-${server.id}`, server }));
    for (const row of rows) row.keepUnfound();
    this.grid.put(rows.sort((one, other) => this.standing(one) - this.standing(other)));
    this.orphans.set(this.data.orphans || []);
    this.restore();
    this.arranged();
    this.showState();
  }

  /** Where a row comes in: as the text goes; what stands nowhere in it comes last. */
  standing(row) {
    return row.places[0]?.[0] ?? this.pane.points.length;
  }

  /** Bring back what an earlier visit left unsaved. */
  restore() {
    const [facts, note] = [this.keeping.part("facts"), this.keeping.part("note")];
    if (facts) this.facts.restore(facts);
    if (note) this.steps.restore(note);
    const kept = this.keeping.all();
    for (const one of kept) {
      const known = one.id && this.grid.withId(one.id);
      const row = known || this.grid.make({ key: one.id ? freshKey() : one.key });
      row.restore(one);
      if (!known) this.grid.put([row]);
      row.touchAll();
      // Its claim was deleted meanwhile: the words go on as a new row.
      if (one.id && !known) this.keeping.drop(one.id);
    }
    if (!kept.length) return;
    const words = `${counted(kept.length, "row")} that ${kept.length === 1 ? "was" : "were"} not saved last time ${kept.length === 1 ? "is" : "are"} here again, from this browser. Press Ctrl+S to save.`;
    part("restored").textContent = words;
    part("restored").hidden = false;
    announce(words);
  }

  listen() {
    part("new").addEventListener("click", () => this.grid.add());
    part("new").hidden = !this.mayAdd;
    part("paste-open").addEventListener("click", () => this.paste.open());
    part("paste-open").hidden = !this.mayAdd;
    part("propose").hidden = !this.mayAdd || !this.data.capture?.text;
    part("save").addEventListener("click", () => this.saveAll());
    part("keys-open").addEventListener("click", () => part("keys").showModal());
    part("keys-close").addEventListener("click", () => part("keys").close());
    part("rows").addEventListener("paste", (event) => this.pasted(event));
    part("text").addEventListener("keydown", (event) => this.textKey(event));
    // On the way down: before the keys of every page, whose script was there first and knows “?” too.
    document.addEventListener("keydown", (event) => this.key(event), true);
    document.addEventListener("visibilitychange", () => this.lookAgain());
    this.keeping.warn(() => this.unsaved.length > 0 || this.facts.isUnsaved || this.paste.isFilled);
  }

  /** Who comes back from another page finds the rows as they stand now; unsaved ones stay. */
  async lookAgain() {
    if (document.visibilityState !== "visible") return;
    const known = this.grid.rows.filter((row) => row.id);
    const now = await this.server.data().catch(() => null);
    if (!now || this.saver.running) return;
    const there = new Set(now.rows.map((server) => server.id));
    const gone = known.filter((row) => !there.has(row.id) && row.state === "saved" && !row.isGone);
    for (const row of gone) this.grid.remove(row, { asking: false });
    for (const server of now.rows) {
      const row = this.grid.withId(server.id);
      const isOld = row?.server.edit_number !== server.edit_number || row.server.stage !== server.stage;
      if (!row) this.grid.put([this.grid.make({ key: `claim-${server.id}`, server })]);
      else if (isOld && row.state === "saved") row.accept(server);
    }
    this.orphans.set(now.orphans);
  }

  // What the parts tell

  get unsaved() {
    return this.grid.rows.filter((row) => row.isUnsaved);
  }

  changed(row) {
    this.keeping.note(row);
    this.drawQuotes();
    this.showState();
    this.choosing?.refresh();
    this.steps?.refresh();
  }

  arranged() {
    part("empty").hidden = this.grid.rows.length > 0;
    if (!this.grid.rows.length) {
      part("empty").replaceChildren(emptyState(Boolean(this.data.capture)));
    }
    this.drawQuotes();
    this.steps?.refresh();
  }

  drawQuotes() {
    this.pane.setQuotes(this.grid.rows.map((row, index) => ({
      key: row.key, number: index + 1, ranges: row.places,
    })));
  }

  entered(row, help) {
    part("help").textContent = help;
    if (this.pane.current !== row.key) this.pane.setCurrent(row.key);
    this.choosing.refresh();
  }

  /** A typed quote proposes what a selected one does; it may come after the row was left. */
  async quoted(row) {
    const isProposed = row.isEditable && await this.choosing.propose(row);
    if (isProposed && this.grid.current !== row) this.saver.save([row]);
  }

  /** Claims take over what was said of the document, and new ones propose it. */
  documentChanged({ document, rows, defaults }) {
    this.data.document = document;
    for (const server of rows || []) {
      const row = this.grid.withId(server.id);
      // What somebody else has saved as well is met when the row is: it stays at its own edit.
      const isNext = server.edit_number === row?.server.edit_number + 1 && row.state !== "conflict";
      if (row && (isNext || !row.isUnsaved)) row.accept(server);
    }
    if (defaults) this.grid.around.defaults = defaults;
  }

  /** A highlight was clicked: go to its row, or to the next of several. */
  pick(keys) {
    const at = keys.indexOf(this.grid.current?.key);
    const key = keys[(at + 1) % keys.length];
    const row = this.grid.rows.find((one) => one.key === key);
    if (row) this.grid.focus(row);
  }

  // Saving

  saveAll() {
    this.grid.confirmHere();
    const { unsaved } = this;
    if (!unsaved.length) announce("Everything is saved.");
    return this.saver.save(unsaved);
  }

  progress(words) {
    part("state").textContent = words;
    if (!words) this.showState();
  }

  async saved(rows) {
    this.showState();
    if (!this.unsaved.length) part("restored").hidden = true;
    if (rows.some((row) => row.warnings.quote || this.orphans.near(row.id).length)) {
      try {
        this.orphans.set((await this.server.data()).orphans || []);
        for (const row of rows) row.touchAll();
      } catch {
        // The warning stands at the cell; the places near by come with the next look.
      }
    }
  }

  nearPlaces(row) {
    return (this.orphans?.near(row.id) || []).map((place) => ({
      words: this.pane.points.slice(...place),
      show: () => this.pane.choose([place]),
      take: () => { row.quote(this.pane.points.slice(...place), [place]); },
    }));
  }

  showState() {
    if (this.saver?.running) return;
    const count = this.unsaved.length;
    const kept = this.keeping.works ? "" : "; this browser keeps nothing, so do not leave";
    part("state").textContent = count ? `${counted(count, "row")} not saved${kept}` : "all saved";
    part("save").disabled = !count;
  }

  // Pasting

  pasted(event) {
    const text = event.clipboardData?.getData("text/plain") || "";
    if (!this.mayAdd || !isTable(text)) return;
    event.preventDefault();
    this.paste.open(text);
  }

  addPasted(list, columns) {
    const rows = list.map((values) => {
      const row = this.grid.make({ key: freshKey() });
      Object.assign(row.values, values);
      row.explicit = new Set(columns.filter((name) => FILLED.includes(name)));
      row.ranges = null;
      row.state = "unsaved";
      return row;
    });
    const blank = this.grid.rows.filter((row) => row.isBlank);
    for (const row of blank) this.grid.remove(row, { asking: false });
    this.grid.put(rows);
    for (const row of rows) this.changed(row);
    this.grid.focus(rows[0]);
    this.saver.save(rows);
  }

  // Keys

  textKey(event) {
    if (event.key === "Enter") {
      if (event.shiftKey) this.choosing.addRun();
      else if (event.ctrlKey || event.metaKey) this.choosing.use();
      else this.choosing.newClaim();
    } else if (event.key === "/" && !event.ctrlKey) part("find").focus();
    else return;
    event.preventDefault();
  }

  key(event) {
    const isDialog = Boolean(document.querySelector("dialog[open]"));
    const command = event.ctrlKey || event.metaKey;
    if (command && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s") this.saveAll();
    else if (isDialog) return;
    else if (event.key === "F8") this.swap(event.shiftKey);
    else if ((event.key === "?" && !this.isWriting(event.target)) || (event.key === "/" && command)) part("keys").showModal();
    else return;
    event.preventDefault();
  }

  isWriting(target) {
    return target.matches("input:not([type=checkbox]), textarea, select");
  }

  /** From a row to the text, and from the text to the row whose quote the caret stands in. */
  swap(toFind) {
    if (toFind) part("find").select();
    else if (document.activeElement !== part("text")) part("text").focus();
    else {
      const [key] = this.pane.rowsAtCaret();
      const row = this.grid.rows.find((one) => one.key === key) || this.grid.current || this.grid.rows.at(-1);
      if (row) this.grid.focus(row, this.grid.lastCell);
      else if (this.mayAdd) this.grid.add();
    }
  }
}

const page = part("page");
const data = JSON.parse(part("bootstrap").textContent);
const sheet = new Sheet(data, page.dataset);
page.hidden = false;
page.dataset.ready = sheet.grid.rows.length;
