/* Text from a spreadsheet: its cells, and which of them is which field of a row. */

/** What people call the fields, in the first row of their table. */
const NAMES = {
  quote: ["quote", "exact quote", "exact words", "words", "passage"],
  text: ["text", "claim", "claim text", "statement"],
  speaker: ["speaker", "whose word"],
  claimant: ["claimant", "who", "said by", "actor"],
  voiced_by: ["voiced by", "spokesperson"],
  outlet: ["outlet", "source"],
  cue: ["cue", "verb"],
  form: ["form"],
  named_speaker: ["named speaker", "named as", "speaker as printed"],
  about: ["about"],
  kind: ["kind", "kind of statement"],
  event: ["event"],
  topics: ["topics", "topic"],
  "figure.as_printed": ["figure", "number", "figure as printed"],
  "figure.counts": ["counts", "what is counted"],
  said: ["date", "said", "said on", "day"],
  "said.as_printed": ["date as printed", "said as printed"],
  original_words: ["original words", "original"],
  origin: ["origin", "taken from"],
  manner: ["manner"],
};
/** The order that is taken where the first row names nothing. */
const ORDER = [
  "quote", "text", "claimant", "cue", "about", "event", "figure.as_printed", "said",
];

/** The character between cells: what a spreadsheet puts on the clipboard, or a file has. */
function separatorOf(text) {
  const bare = text.replace(/"(?:[^"]|"")*"/gu, "");
  if (bare.includes("\t")) return "\t";
  const count = (character) => bare.split(character).length;
  return count(";") > count(",") ? ";" : ",";
}

/**
 * The cells of a table in text (tabs, commas or semicolons; quoted cells may have line breaks).
 * @returns {string[][]} without rows that are empty
 */
export function readTable(text, separator = separatorOf(text)) {
  const rows = [];
  let row = [];
  let cell = "";
  let quoted = false;
  const endCell = () => { row.push(cell.trim()); cell = ""; };
  const endRow = () => {
    endCell();
    if (row.some(Boolean)) rows.push(row);
    row = [];
  };
  const clean = text.replace(/^\ufeff/u, "").replace(/\r\n?/gu, "\n");
  for (let at = 0; at < clean.length; at += 1) {
    const character = clean[at];
    if (quoted) {
      if (character !== '"') cell += character;
      else if (clean[at + 1] === '"') { cell += '"'; at += 1; }
      else quoted = false;
    } else if (character === '"' && cell === "") quoted = true;
    else if (character === separator) endCell();
    else if (character === "\n") endRow();
    else cell += character;
  }
  if (cell || row.length) endRow();
  return rows;
}

const plain = (words) => words.toLowerCase().replace(/[\s_.-]+/gu, " ").trim();

/** The field that a heading names, or "". */
function fieldNamed(heading) {
  const wanted = plain(heading);
  const found = Object.entries(NAMES).find(([, names]) => names.includes(wanted));
  return found ? found[0] : "";
}

/**
 * Which column is which field, and the rows that hold claims.
 * @returns {{fields: string[], rows: string[][], unknown: string[], byName: boolean}}
 */
export function readColumns(table) {
  const first = table[0] || [];
  const named = first.map(fieldNamed);
  // One heading may be a quote that happens to be one word; a table of claims has more.
  const byName = named.filter(Boolean).length >= Math.min(2, first.length)
    && named.some((field) => field === "quote" || field === "text");
  if (!byName) {
    const columns = Math.max(0, ...table.map((row) => row.length));
    const fields = Array.from({ length: columns }, (_, index) => ORDER[index] || "");
    return { fields, rows: table, unknown: [], byName };
  }
  const fields = named.map((field, index) => (named.indexOf(field) === index ? field : ""));
  const unknown = first.filter((heading, index) => heading && !fields[index]);
  return { fields, rows: table.slice(1), unknown, byName };
}
