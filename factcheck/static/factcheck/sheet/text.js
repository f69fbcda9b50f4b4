/* The document's text: read, selected and marked, never written. The pane takes a caret like a field
   for writing, so that words can be selected with the keyboard alone. */

import { el } from "./dom.js";
import { PointText, codePoints, cut, joined } from "./points.js";

export class TextPane {
  /**
   * @param {HTMLElement} root an element that takes the caret (contenteditable, read-only)
   * @param {{text: string, furniture: number[][]}} capture
   * @param {{onchoose: function(): void, onpick: function(string[]): void}} heard
   */
  constructor(root, capture, heard) {
    this.root = root;
    this.points = new PointText(capture.text);
    this.furniture = (capture.furniture || []).map(([start, end]) => ({ start, end, kind: "page" }));
    this.heard = heard;
    /** The words chosen last: what a claim can be made from. */
    this.chosen = [];
    this.quotes = [];
    this.current = "";
    this.lines = this.points.lines().map((line) => this.emptyLine(line));
    root.replaceChildren(...this.lines.map((line) => line.element));
    this.listen();
    this.render();
  }

  emptyLine(line) {
    const element = el("p", { dir: "auto", "data-start": line.start });
    return { ...line, element, drawn: null };
  }

  listen() {
    const { root } = this;
    root.addEventListener("beforeinput", (event) => event.preventDefault());
    root.addEventListener("dragstart", (event) => event.preventDefault());
    // A composed character cannot be refused beforehand: draw the text as it was.
    root.addEventListener("compositionend", () => this.redraw());
    root.addEventListener("click", (event) => this.pick(event));
    root.addEventListener("focus", () => { this.select(); this.render(); });
    root.addEventListener("blur", () => this.render());
    document.addEventListener("selectionchange", () => this.readSelection());
  }

  // What is chosen

  readSelection() {
    const selection = document.getSelection();
    if (!selection?.rangeCount || !this.root.contains(selection.anchorNode)) return;
    if (document.activeElement !== this.root && selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const place = this.points.trimmed([
      this.placeOf(range.startContainer, range.startOffset),
      this.placeOf(range.endContainer, range.endOffset),
    ]);
    this.chosen = place && !selection.isCollapsed ? [place] : [];
    this.heard.onchoose();
  }

  /** The browser tells of a selection a little later than it is made: look at it at once. */
  readNow() {
    if (document.activeElement === this.root) this.readSelection();
  }

  /** Choose places as a search found them, and show the first. */
  choose(ranges) {
    this.chosen = joined(ranges);
    this.render();
    if (document.activeElement === this.root) this.select();
    this.show(this.chosen[0]?.[0]);
    this.heard.onchoose();
  }

  /** Give the browser's selection the words that are chosen. */
  select() {
    const [first] = this.chosen;
    if (!first) return;
    document.getSelection().setBaseAndExtent(...this.nodeAt(first[0]), ...this.nodeAt(first[1], true));
  }

  /** The chosen words, one run after the other. */
  words(ranges = this.chosen) {
    return ranges.map(([start, end]) => this.points.slice(start, end));
  }

  /** Keys of the rows whose quotes the caret stands in. */
  rowsAtCaret() {
    const selection = document.getSelection();
    if (!selection?.rangeCount || !this.root.contains(selection.focusNode)) return [];
    const place = this.placeOf(selection.focusNode, selection.focusOffset);
    return this.quotes
      .filter((quote) => quote.start <= place && place <= quote.end)
      .map((quote) => quote.key);
  }

  pick(event) {
    const mark = event.target.closest("mark[data-rows]");
    if (mark && document.getSelection().isCollapsed) this.heard.onpick(mark.dataset.rows.split(" "));
  }

  // From the page to the text, and back

  /** The code point at which a place of the page stands. */
  placeOf(node, offset) {
    if (node === this.root) {
      return offset < this.lines.length ? this.lines[offset].start : this.points.length;
    }
    const element = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("p");
    const before = document.createRange();
    before.setStart(element, 0);
    before.setEnd(node, offset);
    return Number(element.dataset.start) + codePoints(before.toString());
  }

  /** The node and offset of a code point; `ending` prefers the end of what stands before it. */
  nodeAt(place, ending = false) {
    const line = this.lines.findLast((one) => one.start <= place) || this.lines[0];
    let left = this.points.units[Math.min(place, line.end)] - this.points.units[line.start];
    const walker = document.createTreeWalker(line.element, NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    while (node && (left > node.length || (left === node.length && !ending))) {
      const next = document.createTreeWalker(line.element, NodeFilter.SHOW_TEXT);
      next.currentNode = node;
      const following = next.nextNode();
      if (!following) break;
      left -= node.length;
      node = following;
    }
    return node ? [node, Math.min(left, node.length)] : [line.element, 0];
  }

  /** Scroll the pane, and nothing else, to a place. */
  show(place) {
    if (place === undefined) return;
    const [node] = this.nodeAt(place);
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const [box, frame] = [element.getBoundingClientRect(), this.root.getBoundingClientRect()];
    const inView = box.top >= frame.top + 8 && box.bottom <= frame.bottom - 8;
    if (!inView) this.root.scrollTop += box.top - frame.top - this.root.clientHeight / 3;
  }

  // Drawing

  /** @param {Array<{key: string, number: number, ranges: number[][]}>} rows */
  setQuotes(rows) {
    this.quotes = rows.flatMap(({ key, number, ranges }) =>
      ranges.map(([start, end]) => ({ start, end, key, number, kind: "quote" })));
    this.render();
  }

  /** Let the quote of one row stand out. */
  setCurrent(key) {
    this.current = key;
    this.render();
    const quote = this.quotes.find((one) => one.key === key);
    if (quote && document.activeElement !== this.root) this.show(quote.start);
  }

  redraw() {
    for (const line of this.lines) line.drawn = null;
    this.root.replaceChildren(...this.lines.map((line) => line.element));
    this.render();
  }

  render() {
    // While the pane has the focus, the browser's own selection shows what is chosen.
    const hasFocus = document.activeElement === this.root;
    const chosen = hasFocus ? [] : this.chosen.map(([start, end]) => ({ start, end, kind: "chosen" }));
    const marks = [...this.furniture, ...this.quotes, ...chosen];
    const caret = hasFocus ? this.caret() : null;
    const changed = this.lines.filter((line) => this.drawLine(line, marks));
    if (caret && changed.length) {
      const [anchor, focus] = caret;
      document.getSelection().setBaseAndExtent(
        ...this.nodeAt(anchor, anchor > focus), ...this.nodeAt(focus, focus > anchor));
    }
  }

  caret() {
    const selection = document.getSelection();
    if (!selection?.rangeCount || !this.root.contains(selection.anchorNode)) return null;
    return [
      this.placeOf(selection.anchorNode, selection.anchorOffset),
      this.placeOf(selection.focusNode, selection.focusOffset),
    ];
  }

  drawLine(line, marks) {
    const pieces = cut(line.start, line.end, marks);
    const drawn = JSON.stringify([this.current, pieces]);
    const isOfCurrent = pieces.some((piece) => piece.marks.some((mark) => mark.key === this.current));
    const signature = isOfCurrent ? drawn : JSON.stringify(pieces);
    if (line.drawn === signature) return false;
    line.drawn = signature;
    line.element.replaceChildren(
      ...(line.words ? pieces.map((piece) => this.piece(piece)) : [el("br")]),
    );
    return true;
  }

  piece({ start, end, marks }) {
    const words = this.points.slice(start, end);
    const quotes = marks.filter((mark) => mark.kind === "quote");
    const names = [
      quotes.length > 1 && "is-shared",
      quotes.some((quote) => quote.key === this.current) && "is-current",
      marks.some((mark) => mark.kind === "chosen") && "is-chosen",
      marks.some((mark) => mark.kind === "page") && "is-page",
    ].filter(Boolean).join(" ");
    if (!quotes.length && !names) return document.createTextNode(words);
    const isMark = quotes.length > 0 || names.includes("is-chosen");
    // The numbers of the rows stand in the style sheet's hands: they are no part of the text.
    const begins = quotes.filter((quote) => quote.start === start).map((quote) => quote.number);
    return el(isMark ? "mark" : "span", {
      class: names || null,
      "data-rows": quotes.length ? [...new Set(quotes.map((quote) => quote.key))].join(" ") : null,
      "data-numbers": begins.length ? begins.join(",") : null,
    }, words);
  }
}
