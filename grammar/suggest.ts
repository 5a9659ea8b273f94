/** "Did you mean ...?": the nearest of a few known words, by edit distance. */

/** Longer words are not compared: nobody misspells a keyword at such length. */
const LONGEST = 40;

/** Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other. */
function editDistance(from: string, to: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      let best = Math.min(
        (previous[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        best = Math.min(best, (beforePrevious[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    beforePrevious = previous;
    previous = row;
  }
  return previous[to.length] ?? 0;
}

/** The known word nearest to `word` in any case, if it is near enough to be a misspelling. */
export function suggest(word: string, known: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  if (wanted.length > LONGEST) return undefined;
  let nearest: string | undefined;
  // A third of the letters may be wrong, and one in any case.
  let limit = Math.max(1, Math.floor(wanted.length / 3));
  for (const candidate of known) {
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < limit || (distance === limit && nearest === undefined)) {
      nearest = candidate;
      limit = distance;
    }
  }
  return nearest;
}

/** `Did you mean "opamp"?`, or `otherwise` when nothing is near. */
export function suggestionHint(
  word: string,
  options: { known: Iterable<string>; otherwise: string },
): string {
  const nearest = suggest(word, options.known);
  return nearest === undefined ? options.otherwise : `Did you mean "${nearest}"?`;
}

/** ` (did you mean "x"?)` for the end of a message, or nothing. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const nearest = suggest(word, known);
  return nearest === undefined ? '' : ` (did you mean "${nearest}"?)`;
}
