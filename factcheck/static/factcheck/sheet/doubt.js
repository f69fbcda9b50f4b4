/* An answer can be lost on its way after the server has saved. Before a new row is sent once more, it
   is looked for among what the server has, so that nothing is entered twice. */

const plain = (words) => words.replace(/\s+/gu, " ").replace(/["“”„‟«»'‘’‚‛‹›]/gu, "'").trim();

/** The row of the server that a new row has become, or null. */
function becomeOf(row, stored, isKnown) {
  const { quote, text } = row.values;
  return stored.find((one) => !isKnown(one.id)
    && plain(one.quote || one.unfound_quote) === plain(quote)
    && (!text.trim() || plain(one.text) === plain(text))) || null;
}

/**
 * Take in the rows among these that were saved although no answer came.
 * @param {import("./row.js").Row[]} rows
 * @param {import("./server.js").Server} server
 * @param {function(number): boolean} isKnown whether a row of the sheet is this claim
 */
export async function settleDoubts(rows, server, isKnown) {
  const doubtful = rows.filter((row) => row.isDoubtful && !row.id);
  if (!doubtful.length) return;
  const { rows: stored } = await server.data();
  for (const row of doubtful) {
    const become = becomeOf(row, stored, isKnown);
    row.isDoubtful = false;
    if (become) row.accept(become);
  }
}
