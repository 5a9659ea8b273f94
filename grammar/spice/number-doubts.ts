/** Suffixes that SPICE programs read differently: a warning says how this one is read. */

import type { Diagnostics } from '../diagnostic.ts';
import type { Word } from '../expression.ts';
import { shorten } from '../expression-faults.ts';
import type { RecognisedDialect } from './recognise.ts';

/** Warns about `number`, unless the netlist's dialect is known and settles what its suffix means. */
export function warnDoubtfulSuffix(
  { suffix, number }: { readonly suffix: string; readonly number: Word },
  {
    dialect,
    diagnostics,
    inBraces,
  }: { dialect: RecognisedDialect; diagnostics: Diagnostics; inBraces: boolean },
): void {
  const doubt = suffix === 'mil' && !inBraces ? undefined : doubtOf(suffix, dialect);
  if (doubt === undefined) return;
  const message = `"${shorten(number.text)}" is read ${doubt.read}; ${doubt.otherwise}.`;
  diagnostics.warning('doubtful_suffix', number.span, message, doubt.hint);
}

function doubtOf(
  suffix: string,
  { facts, certain }: RecognisedDialect,
): { read: string; otherwise: string; hint: string } | undefined {
  const { numbers, label } = facts;
  switch (suffix) {
    case 'a':
      if (certain && !numbers.atto) return undefined;
      return numbers.atto
        ? {
            read: `with a = 1e-18, as in ${label}`,
            otherwise: 'most programs take the a for a unit',
            hint: 'Write the exponent, e-18, or leave out the unit.',
          }
        : {
            read: 'without its a',
            otherwise: 'ngspice since version 40 and HSPICE take it for 1e-18',
            hint: 'Leave out the unit, or write e-18.',
          };
    case 'x':
      if (certain && numbers.mega) return undefined;
      return numbers.mega
        ? undefined
        : {
            read: 'without its x',
            otherwise: 'HSPICE and Xyce take it for 1e6',
            hint: 'Write MEG for 1e6, or leave the x out.',
          };
    case 'mil':
      return numbers.milInBraces === 'milli'
        ? {
            read: `with mil = 1e-3, as ${label} does in braces and parameters`,
            otherwise: 'elsewhere mil is 25.4e-6',
            hint: 'Write the exponent.',
          }
        : undefined;
    case 'r':
      return {
        read: 'with the R as its point',
        otherwise: 'no manual promises that',
        hint: 'Write a point.',
      };
    case '\u03bc':
      return {
        read: 'with \u03bc = 1e-6',
        otherwise: 'ngspice does not know the Greek letter and takes it for 1',
        hint: 'Write u.',
      };
    default:
      return numbers.micro
        ? undefined
        : {
            read: 'with \u00b5 = 1e-6',
            otherwise: `${label} does not know the sign`,
            hint: 'Write u.',
          };
  }
}
