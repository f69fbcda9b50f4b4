/* From words that are chosen in the text to a quote in a row. */

import { announce, excerpt } from "./dom.js";
import { GAP, joined } from "./points.js";

const NOTHING = "Select words in the text first: Shift and the arrow keys. Or press / to find them.";
const NO_ROW = "Go to the row first that is to have these words.";

/** What the server proposes for words, by the names of the cells. */
const byCell = ({ figure = "", ...rest } = {}) => ({ ...rest, "figure.as_printed": figure });

export class Choosing {
  /**
   * @param {{pane: import("./text.js").TextPane, grid: import("./grid.js").Grid,
   *   server: import("./server.js").Server, find: HTMLInputElement, found: HTMLElement,
   *   buttons: Object<string, HTMLButtonElement>}} parts
   */
  constructor(parts) {
    Object.assign(this, parts);
    this.hits = [];
    this.at = -1;
    this.buttons.fresh.addEventListener("click", () => this.newClaim());
    this.buttons.use.addEventListener("click", () => this.use());
    this.buttons.add.addEventListener("click", () => this.addRun());
    this.buttons.find.addEventListener("click", () => this.search());
    this.find.addEventListener("keydown", (event) => this.key(event));
    this.find.addEventListener("input", () => { this.hits = []; this.found.textContent = ""; });
    this.refresh();
  }

  key(event) {
    if (event.isComposing || event.key !== "Enter") return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) this.claimFound();
    else this.search(event.shiftKey ? -1 : 1);
  }

  /** Which of the buttons make sense now. */
  refresh() {
    const chosen = this.pane.chosen.length > 0;
    const row = this.grid.current;
    const open = chosen && Boolean(row?.isEditable);
    this.buttons.fresh.disabled = !chosen || !this.grid.around.may;
    this.buttons.use.disabled = !open;
    this.buttons.add.disabled = !open || !row.values.quote;
  }

  // Words to quotes

  /** Places as the server has them, at whole characters, with what the words there propose. Where
   *  it does not answer, what was chosen stands. */
  async places() {
    this.pane.readNow();
    const { chosen } = this.pane;
    if (!chosen.length) {
      this.say(NOTHING);
      return null;
    }
    try {
      const { ranges, proposed } = await this.server.post("locate", { ranges: chosen });
      return { ranges, proposed: byCell(proposed) };
    } catch (refused) {
      if (refused.status === 422) {
        announce(refused.message);
        this.found.textContent = refused.message;
        return null;
      }
      return { ranges: chosen, proposed: {} };
    }
  }

  quoteOf(ranges) {
    return this.pane.words(ranges).join(GAP);
  }

  async newClaim() {
    const found = await this.places();
    if (!found || !this.grid.around.may) return;
    const { ranges, proposed } = found;
    const quote = this.quoteOf(ranges);
    const { current } = this.grid;
    if (current?.isBlank) {
      current.propose(proposed);
      current.quote(quote, ranges);
      current.touchAll();
      this.grid.focus(current, "text");
    } else this.grid.add({ after: current || undefined, values: { quote }, ranges, proposed, focus: "text" });
    announce(`New claim from “${excerpt(quote)}”.`);
  }

  async use() {
    const row = this.grid.current;
    if (!row?.isEditable) this.say(NO_ROW);
    const found = row?.isEditable && await this.places();
    if (!found) return;
    row.quote(this.quoteOf(found.ranges), found.ranges);
    row.reconsider(found.proposed);
    this.grid.focus(row, "quote");
    announce(`The quote is now “${excerpt(row.values.quote)}”.`);
  }

  /** A further run of words for the quote of the row. */
  async addRun() {
    const row = this.grid.current;
    if (!row?.isEditable) this.say(NO_ROW);
    const more = row?.isEditable && await this.places();
    if (!more) return;
    const before = row.ranges?.length || !row.values.quote ? row.ranges || [] : await this.placesOf(row);
    if (!before) return;
    const ranges = joined([...before, ...more.ranges]);
    row.quote(this.quoteOf(ranges), ranges);
    this.grid.focus(row, "quote");
    announce("Added to the quote.");
  }

  /** Look up what a typed quote proposes. @returns whether it proposed anything */
  async propose(row) {
    const { quote } = row.values;
    if (row.ranges || row.asked === quote || !quote.trim()) return false;
    row.asked = quote;
    const found = await this.server.post("locate", { quote }).catch(() => null);
    if (!found || row.values.quote !== quote) return false;
    row.reconsider(byCell(found.proposed));
    return true;
  }

  /** Where the typed quote of a row stands. */
  async placesOf(row) {
    try {
      return (await this.server.post("locate", { quote: row.values.quote })).ranges;
    } catch (refused) {
      announce(`The quote that stands there is not found, so nothing can be added to it. ${refused.message}`);
      return null;
    }
  }

  // Finding words

  /** A claim from the words that are looked for, and from no others that are chosen. */
  async claimFound() {
    if (this.find.value.trim()) {
      const isShown = this.hits.length > 0;
      if (!isShown) await this.search();
      if (!this.hits.length || (!isShown && this.hits.length > 1)) return;
      this.pane.choose(this.hits[this.at]);
    }
    await this.newClaim();
  }

  async search(step = 1) {
    if (!this.hits.length && !(await this.look())) return;
    const count = this.hits.length;
    this.at = (this.at + step + count) % count;
    this.pane.choose(this.hits[this.at]);
    const which = count > 1 ? `Place ${this.at + 1} of ${count}; Enter goes to the next.` : "Found.";
    this.say(`${which} Ctrl+Enter makes a claim from it.`);
  }

  async look() {
    const quote = this.find.value.trim();
    if (!quote) {
      this.say("Type words that stand in the text.");
      return false;
    }
    this.at = -1;
    const { hits, why } = await this.server.post("locate", { quote }).then(
      ({ ranges }) => ({ hits: [ranges] }),
      (refused) => ({ hits: (refused.data?.hits || []).map((hit) => [hit]), why: refused.message }),
    );
    // Other words stand there by now: this answer is not theirs.
    if (quote !== this.find.value.trim()) return false;
    this.hits = hits;
    if (!hits.length) this.say(why);
    return hits.length > 0;
  }

  say(message) {
    this.found.textContent = message;
    announce(message);
  }
}
