/* Whose word it is: what one of the cells that say so says of the others. */

import { FIELDS, HOLDER, WHO, isEmpty } from "./fields.js";

const PEOPLE = WHO.filter((name) => FIELDS[name].type === "ref");
const PARTS = { actor: ["claimant", "voiced_by"], "own-voice": ["outlet"], "nobody-named": [] };

/** Only one kind of speaker stands: what belongs to another one is taken out. */
export function follow(row) {
  const kept = PARTS[row.values.speaker];
  if (!kept) return;
  for (const name of PEOPLE.filter((one) => !kept.includes(one))) {
    row.values[name] = null;
    row.proposed.delete(name);
    delete row.errors[name];
  }
}

/** Who names a claimant has said whose word it is; who takes the name out leaves that open. */
export function lead(row, name) {
  const speaker = { claimant: "actor", outlet: "own-voice" }[name];
  if (!speaker) return;
  const { values } = row;
  if (values[name] ? !values.speaker : values.speaker === speaker) {
    values.speaker = values[name] ? speaker : "";
    follow(row);
  }
  if (!values[name] || values.speaker === speaker) row.proposed.delete("speaker");
}

/** Whether a cell says nothing without another one that waits: no speaker without a claimant. */
export function isLed(row, name) {
  const holder = HOLDER[row.values.speaker];
  return WHO.includes(name) && name !== holder && row.proposed.has(holder);
}

/** What an outlet says itself is in its own voice, unless the words are quoted or somebody has said
 *  otherwise. Returns the names of the cells that this has changed. */
export function suitForm(row) {
  const { values, proposed } = row;
  const isOwn = values.speaker === "own-voice";
  const [from, to] = isOwn ? ["indirect", "own-voice"] : ["own-voice", "indirect"];
  const isOpen = proposed.has("form") || isEmpty("form", values.form);
  if (!isOpen || row.isHeld("speaker") || (values.form || "indirect") !== from) return [];
  if (!isOwn && !values.form) return [];
  values.form = to;
  proposed.add("form");
  return ["form"];
}
