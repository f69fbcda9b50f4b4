/* What is not saved is kept in this browser, row by row, until it is: a reload loses nothing. */

const PREFIX = "factcheck-sheet";
// What is no row is kept under another name, so that it is not taken for one.
const PARTS = "factcheck-sheet-part";

export class Keeping {
  /** @param {string} document public id @param {string} user */
  constructor(document, user) {
    this.prefix = `${PREFIX}:${document}:${user}:`;
    this.parts = `${PARTS}:${document}:${user}:`;
    this.works = true;
  }

  /** Keep a row, or let go of it once the server has it. */
  note(row) {
    const key = row.id ? `claim-${row.id}` : row.key;
    const name = this.prefix + key;
    try {
      if (row.isGone || !row.isUnsaved) window.localStorage.removeItem(name);
      else window.localStorage.setItem(name, JSON.stringify(row.kept()));
      // A new row that has been saved was kept under its key until now.
      if (row.key !== key) window.localStorage.removeItem(this.prefix + row.key);
      this.works = true;
    } catch {
      this.works = false;
    }
  }

  /** Keep something else that was typed; null lets go of it. */
  keepPart(name, value) {
    try {
      if (value === null) window.localStorage.removeItem(this.parts + name);
      else window.localStorage.setItem(this.parts + name, JSON.stringify(value));
    } catch {
      this.works = false;
    }
  }

  /** What was kept under this name on an earlier visit, or null. */
  part(name) {
    try {
      return JSON.parse(window.localStorage.getItem(this.parts + name));
    } catch {
      return null;
    }
  }

  /** Let go of a claim that is not there any more. */
  drop(id) {
    window.localStorage.removeItem(`${this.prefix}claim-${id}`);
  }

  /** What was kept on an earlier visit, in the order in which it was begun. */
  all() {
    const found = [];
    try {
      for (let index = 0; index < window.localStorage.length; index += 1) {
        const name = window.localStorage.key(index);
        if (name.startsWith(this.prefix)) found.push(JSON.parse(window.localStorage.getItem(name)));
      }
    } catch {
      this.works = false;
    }
    return found.sort((one, other) => (one.key < other.key ? -1 : 1));
  }

  /** Ask before the page is left with something that the server does not have. */
  warn(isUnsaved) {
    window.addEventListener("beforeunload", (event) => {
      if (isUnsaved()) event.preventDefault();
    });
  }
}
