/* Quotes that stand at no place, or at several, of the text that is held now. */

import { announce, button, counted, el, excerpt } from "./dom.js";

export class Orphans {
  /**
   * @param {HTMLElement} place
   * @param {{grid: import("./grid.js").Grid, pane: import("./text.js").TextPane,
   *   server: import("./server.js").Server, saver: import("./saving.js").Saver,
   *   changed: function(): void, claimUrl: function(number): string}} parts
   */
  constructor(place, parts) {
    Object.assign(this, parts);
    this.place = place;
    this.list = [];
  }

  /** @param {Array<Object>} list as the server gives them */
  set(list) {
    this.list = list;
    this.draw();
  }

  /** Places near to what was typed for a claim. */
  near(id) {
    return this.list.filter((one) => one.claim === id).flatMap((one) => one.suggestions || []);
  }

  draw() {
    this.place.hidden = !this.list.length;
    this.place.replaceChildren(
      el("h2", { class: "sheet-heading" }, `${counted(this.list.length, "quote")} without a place in the text`),
      el("p", { class: "sheet-quiet" }, "Their words are not found at one place in the newest copy. Anchor them where they belong: at a place that is proposed, or at the words that you select in the text."),
      el("ul", {}, ...this.list.map((orphan) => this.item(orphan))));
  }

  item(orphan) {
    const row = this.grid.withId(orphan.claim);
    if (!row) return this.elsewhere(orphan);
    const number = this.grid.rows.indexOf(row) + 1;
    const name = `claim ${number}`;
    const message = el("p", { class: "sheet-error" });
    const at = (places) => this.anchor(orphan, places, message);
    return el("li", {},
      el("blockquote", { dir: "auto" }, orphan.quote),
      el("p", { class: "sheet-quiet" }, [
        `Claim ${number}`, orphan.captured_at ? `from the copy of ${String(orphan.captured_at).slice(0, 10)}` : "never found",
      ].join(", ")),
      el("div", { class: "sheet-buttons" },
        ...(orphan.suggestions || []).flatMap((place) => {
          const words = excerpt(this.pane.points.slice(...place), 70);
          return [
            button(`Show “${words}”`, () => this.pane.choose([place]), { class: "is-quiet" }),
            button("Anchor there", () => at([place]), { "aria-label": `Anchor there: ${name}, “${words}”` }),
          ];
        }),
        button("Anchor at the selection", () => at(this.pane.chosen), { "aria-label": `Anchor at the selection: ${name}` }),
        button("Go to the row", () => this.grid.focus(row), { class: "is-quiet" })),
      message);
  }

  /** A quote of a claim for which the document is evidence, and which is no row here. */
  elsewhere(orphan) {
    return el("li", {}, el("blockquote", { dir: "auto" }, orphan.quote),
      el("p", { class: "sheet-quiet" }, "Evidence for another claim: ",
        el("a", { href: this.claimUrl(orphan.claim), target: "_blank", rel: "noopener" }, "anchor it there"), "."));
  }

  async anchor(orphan, places, message) {
    if (!places.length) {
      message.textContent = "Select the words in the text first.";
      announce(message.textContent);
      return;
    }
    const row = this.grid.withId(orphan.claim);
    try {
      if (orphan.citation) await this.reanchor(orphan, row, places);
      else {
        row.quote(this.pane.words(places).join("\n[…]\n"), places);
        await this.saver.save([row]);
        if (row.isUnsaved) throw new Error(row.errors.quote?.message || "The row is not saved: see there.");
      }
    } catch (refused) {
      message.textContent = refused.message;
      announce(refused.message);
      return;
    }
    this.set(this.list.filter((one) => one !== orphan));
    this.changed();
    announce(`Anchored. ${counted(this.list.length, "quote")} left without a place.`);
  }

  async reanchor(orphan, row, places) {
    try {
      const answer = await this.server.post("reanchor", {
        citation: orphan.citation, edit_number: row.server.edit_number, stage: row.server.stage, ranges: places,
      });
      row.accept(answer.row);
    } catch (refused) {
      const conflict = refused.data?.conflict;
      if (!conflict) throw refused;
      row.meet(conflict);
      throw new Error(`${conflict.sentence} Settle it in the row, then anchor the quote again.`);
    }
  }
}
