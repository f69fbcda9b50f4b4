/* While a claim is typed: existing claims that say nearly the same. A hint: the sheet works without. */

import { counted, el } from "./dom.js";

const PAUSE = 600;
const SHORTEST = 12;
const LONGEST = 700; // an address with more would be refused

export class Similar {
  /**
   * @param {import("./row.js").Row} row
   * @param {function(string, number|null): Promise<Object[]>} ask for claims like a text
   */
  constructor(row, ask) {
    Object.assign(this, { row, ask });
    this.words = "";
    this.heading = el("p", { class: "desk-similar-heading", role: "status" });
    this.list = el("ul", {});
    this.element = el("section", { class: "desk-similar sheet-alike", "aria-label": "Similar claims" },
      this.heading, this.list);
    this.show([]);
  }

  /** Look again after a pause, if the row says something else than last time. */
  typed() {
    const { text, quote } = this.row.values;
    const words = (text.trim() || quote.trim()).slice(0, LONGEST);
    if (words === this.words) return;
    this.words = words;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.look(words), PAUSE);
  }

  async look(words) {
    const found = words.length < SHORTEST ? [] : await this.ask(words, this.row.id).catch(() => []);
    // The row itself may have been saved while it was looked for; earlier words' answer is too late.
    const others = found.filter((claim) => claim.id !== this.row.server?.public_id);
    if (words === this.words) this.show(others);
  }

  show(claims) {
    this.element.hidden = !claims.length;
    this.heading.textContent = claims.length
      ? `${counted(claims.length, "existing claim")} ${claims.length === 1 ? "says" : "say"} nearly the same:` : "";
    this.list.replaceChildren(...claims.map((claim) => el("li", {},
      el("strong", {}, `${claim.said_by}: `),
      el("a", { class: "desk-similar-text", href: claim.url, target: "_blank", rel: "noopener", lang: claim.language, dir: "auto" }, claim.text),
      el("span", { class: "desk-similar-statuses" }, [claim.attribution, claim.verification, claim.stage, claim.id].join(" · ")),
      claim.other_numbers.length
        ? el("span", { class: "desk-similar-numbers" }, `Other numbers than yours: ${claim.other_numbers.join("; ")}`) : null)));
  }
}
