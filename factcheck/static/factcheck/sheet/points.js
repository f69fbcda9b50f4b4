/* Places in a text. The server counts code points, the browser counts UTF-16 units: here one is
   turned into the other. Places are [start, end], half-open, counted from 0. */

/** How many code points a string has. */
export function codePoints(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** A text whose places are counted in code points. */
export class PointText {
  constructor(text) {
    this.text = text;
    // units[n] is where code point n begins.
    this.units = [];
    let unit = 0;
    for (const character of text) {
      this.units.push(unit);
      unit += character.length;
    }
    this.units.push(unit);
  }

  get length() {
    return this.units.length - 1;
  }

  /** The words from one place to before another. */
  slice(start, end) {
    return this.text.slice(this.units[start], this.units[Math.min(end, this.length)]);
  }

  /** The place without the white space at its ends, or null where nothing is left. */
  trimmed([start, end]) {
    let first = Math.max(start, 0);
    let last = Math.min(end, this.length);
    while (first < last && /\s/u.test(this.slice(first, first + 1))) first += 1;
    while (last > first && /\s/u.test(this.slice(last - 1, last))) last -= 1;
    return first < last ? [first, last] : null;
  }

  /** The lines, each with its place; line breaks belong to none. */
  lines() {
    const lines = [];
    let start = 0;
    for (const words of this.text.split("\n")) {
      const end = start + codePoints(words);
      lines.push({ start, end, words });
      start = end + 1;
    }
    return lines;
  }
}

/** Several runs of words as one quote. */
export const GAP = "\n[…]\n";

/** Places in their order, those that touch or overlap made one. */
export function joined(ranges) {
  const sorted = ranges.map(([start, end]) => [start, end]).sort((a, b) => a[0] - b[0]);
  const result = [];
  for (const range of sorted) {
    const last = result.at(-1);
    if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
    else result.push(range);
  }
  return result;
}

/**
 * Cut a place where any mark begins or ends.
 * @param {number} start
 * @param {number} end
 * @param {Array<{start: number, end: number}>} marks
 * @returns {Array<{start: number, end: number, marks: Array<Object>}>}
 */
export function cut(start, end, marks) {
  const near = marks.filter((mark) => mark.start < end && mark.end > start);
  const edges = new Set([start, end]);
  for (const mark of near) {
    edges.add(Math.max(mark.start, start));
    edges.add(Math.min(mark.end, end));
  }
  const sorted = [...edges].sort((a, b) => a - b);
  const pieces = [];
  for (let index = 0; index + 1 < sorted.length; index += 1) {
    const [from, to] = [sorted[index], sorted[index + 1]];
    const inside = near.filter((mark) => mark.start <= from && mark.end >= to);
    pieces.push({ start: from, end: to, marks: inside });
  }
  return pieces;
}
