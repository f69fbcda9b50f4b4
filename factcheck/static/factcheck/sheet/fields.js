/* The fields of a row: what they are called, how they are written, how they travel. A row's values
   are kept flat, one for each cell. */

import { readDays, writeDays } from "./days.js";

/**
 * type: lines, line, choice, ref, refs, many, days. `main` ones stand in the row, others beneath
 * “More”. `find` says what a reference is looked for among, `choices` which list it is chosen from.
 */
export const FIELDS = {
  quote: { label: "Quote", type: "lines", main: true, help: "The exact words. Select them in the text, or type them: they are found there." },
  text: { label: "Claim", type: "lines", main: true, help: "One statement, in our language, without any verdict of ours. Left empty, the quote stands here." },
  speaker: { label: "Whose word", type: "choice", main: true, choices: "speaker", help: "Whose word it is: a claimant's, the outlet's own, or nobody's by name." },
  claimant: { label: "Claimant", type: "ref", main: true, find: "actor", help: "Who says it. Type a part of the name." },
  outlet: { label: "Outlet", type: "ref", main: true, find: "source", help: "The outlet, where it says so in its own voice." },
  cue: { label: "Cue", type: "line", main: true, help: "The word that hands the statement on, such as “said” or “claimed”." },
  about: { label: "About", type: "choice", main: true, choices: "about", help: "Which question of the event it answers." },
  event: { label: "Event", type: "ref", main: true, find: "event", help: "What it is about; accounts of one event are shown side by side." },
  "figure.as_printed": { label: "Figure", type: "line", main: true, help: "The number in the source's words, such as “36 drones”; numbers are read from it where they are clear." },
  said: { label: "Said on", type: "days", main: true, help: "The day, as 2024-01-05; or “until 2024-01-05”, “from …”, “2024-01-02 to 2024-01-05”." },
  harm_check: { label: "Harm check", type: "many", main: true, choices: "harm_check", help: "What publishing this claim could harm. N: nothing found, which says that you have looked; 1, 2 … for a finding. Never taken over from another row." },
  kind: { label: "Kind of statement", type: "choice", choices: "kind", help: "What sort of statement it is; opinions and pledges are never checked as facts." },
  form: { label: "Form", type: "choice", choices: "form", help: "In what form the passage gives the words." },
  named_speaker: { label: "Named as", type: "line", help: "Whom the document names as the speaker, in its own words." },
  voiced_by: { label: "Voiced by", type: "ref", find: "actor", help: "Who spoke the words for the claimant, such as a spokesperson." },
  origin: { label: "Taken from", type: "ref", find: "document", help: "What the passage took the words from: often a post or a statement that nobody here has seen." },
  manner: { label: "How it was taken", type: "choice", choices: "manner", help: "How the passage took its words from there." },
  "said.as_printed": { label: "Date, as printed", type: "line", help: "The source's own words for the day, such as “the day before”." },
  topics: { label: "Topics", type: "refs", find: "topic", help: "What readers browse by." },
  attribution_status: { label: "Did they say it?", type: "choice", choices: "attribution_status", help: "Whether the claimant said it. Empty only where nobody is named." },
  language: { label: "Language of the claim", type: "choice", choices: "language", help: "The language of our text of it." },
  original_words: { label: "Original words", type: "lines", help: "The words as first said, in their language, where we have them." },
  original_language: { label: "Original language", type: "choice", choices: "language", help: "The language in which it was said, where known." },
  "figure.counts": { label: "What is counted", type: "line", help: "In the source's own verb and noun, such as “destroyed and intercepted drones”." },
  "figure.unit": { label: "Unit", type: "line", help: "Such as “people”." },
  "figure.qualifier": { label: "How exactly", type: "choice", choices: "qualifier", help: "“More than 100” has a lowest value and no best one; vague words have none." },
  "figure.low": { label: "Lowest", type: "line", help: "If given." },
  "figure.best": { label: "Best", type: "line", help: "The number itself." },
  "figure.high": { label: "Highest", type: "line", help: "If given." },
};

const CARRIED = [
  "speaker", "claimant", "outlet", "about", "event", "said", "said.as_printed", "topics",
];
/** Whose word it is: carried down it is a proposal alone, for somebody to confirm cell by cell. */
export const WHO = ["speaker", "claimant", "voiced_by", "outlet"];
/** Whom a kind of speaker needs. */
export const HOLDER = { actor: "claimant", "own-voice": "outlet" };

/** What each claim is asked for itself: in no way is it taken over from another one. */
export const NEVER_COPIED = ["harm_check"];

/** What is never sent before somebody has gone through its cell: a wrong one would look right. */
export const TO_CONFIRM = [...WHO, "figure.as_printed"];

/** What tells that somebody has begun a row. */
export const OWN = ["quote", "text"];

/** What the server fills in a new row from the one before, unless it is sent. */
export const FILLED = ["said", "about", "event", "topics"];

/** What of a row the next one proposes. The kind is not among it: the server reads it from the row. */
export function carriedFrom(values) {
  return Object.fromEntries(CARRIED.map((name) => [name, values[name]]));
}

const FIGURE_NUMBERS = ["low", "best", "high"];

/** The value of a cell that nobody has filled. */
function emptyValue(name) {
  const { type } = FIELDS[name];
  if (type === "ref") return null;
  return type === "refs" || type === "many" ? [] : "";
}

export function emptyValues() {
  return Object.fromEntries(Object.keys(FIELDS).map((name) => [name, emptyValue(name)]));
}

/** The cells' values of a row as the server gives it. */
export function flatten(row) {
  const values = emptyValues();
  for (const name of Object.keys(FIELDS)) {
    const [field, part] = name.split(".");
    const given = row[field];
    if (given === null || given === undefined) continue;
    if (name === "said") values[name] = writeDays(given);
    else if (part) values[name] = given[part] === null || given[part] === undefined ? "" : String(given[part]);
    else values[name] = given;
  }
  return values;
}

/** What makes two values the same, whatever else they carry along. */
function essence(name, value) {
  const { type } = FIELDS[name];
  const ofRef = (ref) => ref && (ref.id ? { id: ref.id } : { name: ref.name });
  if (type === "ref") return JSON.stringify(ofRef(value) || null);
  if (type === "refs") return JSON.stringify((value || []).map(ofRef));
  if (type === "many") return JSON.stringify([...(value || [])].sort());
  const typed = String(value ?? "").trim();
  if (type !== "days") return typed;
  const days = readDays(typed);
  return days ? JSON.stringify(days) : typed;
}

export function isSame(name, one, other) {
  return essence(name, one) === essence(name, other);
}

export function isEmpty(name, value) {
  return isSame(name, value, emptyValue(name));
}

/** The label of a reference, whether it is known or only typed. */
export function labelOf(ref) {
  return ref ? ref.label || ref.name || "" : "";
}

/** A value in words, for a comparison. */
export function inWords(name, value, choices) {
  const { type, choices: list } = FIELDS[name] || {};
  const chosen = (one) => (choices[list] || []).find((choice) => choice.value === one)?.label || one;
  if (type === "ref") return labelOf(value);
  if (type === "refs") return value.map(labelOf).join(", ");
  if (type === "many") return value.map(chosen).join(", ");
  return type === "choice" ? chosen(value) : String(value ?? "");
}

function outgoing(name, value) {
  const { type } = FIELDS[name];
  const ofRef = (ref) => ref && (ref.id ? { id: ref.id } : { name: ref.name });
  if (type === "ref") return ofRef(value) || null;
  if (type === "refs") return value.map(ofRef);
  return value;
}

/** A figure as it travels: words alone, where the numbers are to be read from them again. */
function outgoingFigure(values, changed) {
  if (!String(values["figure.as_printed"]).trim()) return null;
  const isReadAgain = !changed.some((name) => name.startsWith("figure.") && name !== "figure.as_printed");
  if (isReadAgain) return { as_printed: values["figure.as_printed"] };
  const parts = Object.keys(FIELDS).filter((name) => name.startsWith("figure."));
  return Object.fromEntries(parts.map((name) => {
    const part = name.split(".")[1];
    const isNumber = FIGURE_NUMBERS.includes(part);
    return [part, isNumber ? values[name].trim() || null : values[name]];
  }));
}

/**
 * The changed cells as the server takes them.
 * @param {Object<string, any>} values
 * @param {string[]} changed names of cells
 */
export function assemble(values, changed) {
  const sent = {};
  for (const name of changed) {
    const [field] = name.split(".");
    if (field === "figure") sent.figure = outgoingFigure(values, changed);
    else if (field === "said") {
      const days = readDays(values.said) || {};
      sent.said = {
        not_before: days.not_before || null,
        not_after: days.not_after || null,
        as_printed: values["said.as_printed"],
      };
    } else sent[name] = outgoing(name, values[name]);
  }
  return sent;
}
