/** Blocks without an end: ngspice takes what is left of the file for commands when `.endc` is missing. */

import type { Diagnostics } from '../diagnostic.ts';
import type { Span } from '../source.ts';
import type { BlockWords } from './lines.ts';

/** First words of the lines of ngspice's command language. */
const COMMANDS = new Set(
  (
    'ac alias alter altermod alterparam asciiplot break cd compose continue dc define delete destroy display ' +
    'dowhile echo edisplay else end eprint exit fft foreach fourier gnuplot goto hardcopy if iplot label let ' +
    'linearize listing load meas measure noise op option plot pre_codemodel pre_osdi print psd pz quit rehash ' +
    'remcirc remzerovec repeat reset resume run rusage save sens set setplot setscale settype shell show ' +
    'showmod source spec status step stop tf trace tran transpose undefine unlet unset version where while ' +
    'wrdata write wrs2p'
  ).split(' '),
);

/** Reports a block whose last line is missing: false, and a warning, where no card can be lost in it. */
export function reportUnclosed(
  { opening, closing }: BlockWords,
  at: { readonly opening: Span; readonly text: string; readonly diagnostics: Diagnostics },
): boolean {
  const lost = opening !== '.control' || !isCommandText(at.text.slice(opening.length));
  const message = `This ${opening} block is not closed.`;
  const code = `unclosed_${opening.slice(1)}`;
  at.diagnostics[lost ? 'error' : 'warning'](
    code,
    at.opening,
    message,
    `Add the missing ${closing}.`,
  );
  return lost;
}

/** True if every line is a command, a comment, or the `.end` of the deck. */
function isCommandText(text: string): boolean {
  return text.split(/\r\n?|\n/).every((line) => {
    const word = /^\s*(\S*)/.exec(line)?.[1]?.toLowerCase() ?? '';
    return word === '' || word === '.end' || /^[*;#$+]/.test(word) || COMMANDS.has(word);
  });
}
