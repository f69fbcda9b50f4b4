/* Days as they are typed into one cell, and as the server keeps them: not before, not after. */

const DAY = String.raw`\d{4}-\d{2}-\d{2}`;
const MONTHS = [
  "january", "february", "march", "april", "may", "june", "july", "august", "september",
  "october", "november", "december",
];

export const HOW_TO_WRITE =
  "Write 2024-01-05, or “until …”, “from …”, “… to …”. The source's own words go under More.";

/** Write a day with a month's name as year, month and day; other words stay as they are. */
function numbered(words) {
  const month = (name) => MONTHS.findIndex((one) => one.startsWith(name.toLowerCase())) + 1;
  const iso = (year, name, day) =>
    `${year}-${String(month(name)).padStart(2, "0")}-${day.padStart(2, "0")}`;
  const names = MONTHS.map((name) => `${name}|${name.slice(0, 3)}`).join("|");
  return words
    .replace(new RegExp(String.raw`\b(\d{1,2})\s+(${names})\.?,?\s+(\d{4})\b`, "giu"),
      (_, day, name, year) => iso(year, name, day))
    .replace(new RegExp(String.raw`\b(${names})\.?\s+(\d{1,2}),?\s+(\d{4})\b`, "giu"),
      (_, name, day, year) => iso(year, name, day));
}

/** Whether the calendar has this day. */
function exists(day) {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(day);
}

/**
 * The two bounds of what was typed, or null where it cannot be read.
 * @returns {{not_before: string, not_after: string}|null}
 */
export function readDays(typed) {
  const words = numbered(typed.trim()).toLowerCase();
  if (!words) return { not_before: "", not_after: "" };
  const read = (pattern) => words.match(new RegExp(`^${pattern}$`, "u"));
  let bounds = null;
  let match = read(`(?:on\\s+)?(${DAY})`);
  if (match) bounds = [match[1], match[1]];
  match = match || read(`(${DAY})\\s*(?:to|–|-|\\.\\.|…|/)\\s*(${DAY})`);
  if (match && !bounds) bounds = [match[1], match[2]];
  if (!match && (match = read(`(?:until|by|till|not after|≤|<=)\\s*(${DAY})`))) {
    bounds = ["", match[1]];
  }
  if (!match && (match = read(`(?:from|since|not before|≥|>=)\\s*(${DAY})`))) {
    bounds = [match[1], ""];
  }
  if (!bounds || !bounds.every((day) => !day || exists(day))) return null;
  return { not_before: bounds[0], not_after: bounds[1] };
}

/** Two bounds in the words that `readDays` reads. */
export function writeDays(bounds) {
  const [from, until] = [bounds?.not_before || "", bounds?.not_after || ""];
  if (from && until) return from === until ? from : `${from} to ${until}`;
  if (until) return `until ${until}`;
  return from ? `from ${from}` : "";
}
