/* Small helpers around the document: words go in as text, never as markup. */

let counter = 0;

/** An id that no other element of this page has. */
export function freshId(stem) {
  counter += 1;
  return `sheet-${stem}-${counter}`;
}

/**
 * An element with attributes, listeners (`onclick: function`) and children.
 * @param {string} tag
 * @param {Object<string, any>} [attributes] false and null are left out, true stands alone
 * @param {...(Node|string|null|false)} children
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child || child === 0));
  return element;
}

/** A push button. */
export function button(label, onclick, attributes = {}) {
  return el("button", { type: "button", onclick, ...attributes }, label);
}

/** Tell somebody who does not see the page what has come of it. */
export function announce(message) {
  const region = document.getElementById("sheet-live");
  // The same words again are news again.
  region.textContent = region.textContent === message ? `${message}\u00a0` : message;
}

/** "1 row", "2 rows". */
export function counted(number, noun, plural = `${noun}s`) {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** The first words of a longer text. */
export function excerpt(text, length = 60) {
  const points = Array.from(text.replace(/\s+/gu, " ").trim());
  return points.length > length ? `${points.slice(0, length - 1).join("")}…` : points.join("");
}
