/**
 * What each directive's rule found, made into its tree. A builder runs the rule at once and checks the
 * result afterwards, when the parser is known to have found no fault.
 */

import type { Word } from '../expression.ts';
import { shorten } from '../expression-faults.ts';
import type { Span } from '../source.ts';
import { suggestionHint } from '../suggest.ts';
import { faultAt } from './fault.ts';
import type { ExpectLine } from './found.ts';
import { opamp } from './opamp.ts';
import type { DirectiveParser } from './parser.ts';
import { unquoted } from './quotes.ts';
import { monteCarlo, sigma } from './statistics.ts';
import { tol } from './tol.ts';
import type { Directive, Probe, Quantity } from './tree.ts';

interface Builder {
  readonly usage: string;
  /** True when the line is arithmetic. */
  readonly formula: boolean;
  readonly build: (
    parser: DirectiveParser,
    line: { readonly keyword: Word; readonly region: Span },
  ) => () => Directive;
}

export type DirectiveKind = Directive['kind'];

export const directiveBuilders: Readonly<Record<DirectiveKind, Builder>> = {
  output: {
    usage: 'output V(out)',
    formula: true,
    build: (parser) => {
      const probe = parser.output();
      return () => ({ kind: 'output', probe: probeOf(probe) });
    },
  },
  input: {
    usage: 'input VIN',
    formula: false,
    build: (parser) => {
      const words = parser.words();
      return () => {
        const sources = unquoted(words);
        const third = sources[2];
        if (third === undefined) return { kind: 'input', sources };
        throw faultAt(third.span, {
          code: 'extra_argument',
          message: `"${shorten(third.text)}" is a third input source.`,
          hint: 'Name one source, or two whose difference is the input.',
        });
      };
    },
  },
  opamp: {
    usage: 'opamp XU1 MCP601 vos=+-2m',
    formula: false,
    build: (parser) => {
      const line = parser.opamp();
      return () => opamp(line);
    },
  },
  range: {
    usage: 'range VIN -0.3 4.3',
    formula: false,
    build: (parser) => {
      const line = parser.range();
      return () => ({ kind: 'range', ...rangeTarget(line.target), ...ordered(line) });
    },
  },
  deltas: {
    usage: 'deltas bias-point (or half-range)',
    formula: false,
    build: (parser) => {
      const words = parser.words();
      return () => deltas(words);
    },
  },
  temp: {
    usage: 'temp 25 -40..125',
    formula: false,
    build: (parser) => {
      const line = parser.temp();
      return () => {
        const { nominal, low, high } = line;
        const limits =
          low === undefined || high === undefined
            ? {}
            : ordered({ low: celsius(low), high: celsius(high) });
        return { kind: 'temp', nominal: celsius(nominal), ...limits };
      };
    },
  },
  tol: {
    usage: 'tol R* 0.1% tc=+-25ppm age=0.05%',
    formula: false,
    build: (parser) => {
      const line = parser.tol();
      return () => tol(line);
    },
  },
  match: {
    usage: 'match R1 R3 0.02%',
    formula: false,
    build: (parser) => {
      const line = parser.match();
      return () => {
        const [first, second] = line.elements;
        if (first !== undefined && second === undefined) {
          throw faultAt(first.span, {
            code: 'incomplete_directive',
            message: `"${shorten(first.text)}" matches nothing.`,
            hint: 'Name two or more elements: *@ match R1 R3 0.02%.',
          });
        }
        const texts = line.elements.map(({ text }) => text.toLowerCase());
        const repeated = line.elements.find((_, at) => texts.indexOf(texts[at] ?? '') < at);
        if (repeated !== undefined) {
          throw faultAt(repeated.span, {
            code: 'repeated_element',
            message: `"${shorten(repeated.text)}" is in this group already.`,
            hint: 'Name two or more different elements: *@ match R1 R3 0.02%.',
          });
        }
        return { kind: 'match', ...line };
      };
    },
  },
  sigma: {
    usage: 'sigma 3',
    formula: false,
    build: (parser) => {
      const words = parser.words();
      return () => sigma(words);
    },
  },
  montecarlo: {
    usage: 'montecarlo 100000 seed=1 normal',
    formula: false,
    build: (parser) => {
      const line = parser.opamp();
      return () => monteCarlo(line);
    },
  },
  let: {
    usage: 'let R4 = R2',
    formula: true,
    build: (parser) => {
      const line = parser.let();
      return () => ({ kind: 'let', ...line });
    },
  },
  expect: {
    usage: 'expect GN(XU1) = 1 + R3/R2',
    formula: true,
    build: (parser, { region }) => {
      const line = parser.expect();
      return () => expectation(line, region.source.text.slice(region.start, region.end).trim());
    },
  },
};

function probeOf(found: ReturnType<DirectiveParser['output']>): Probe {
  if (found.kind === 'probe') {
    const quantity = found.quantity.toUpperCase();
    const [first, second, third] = found.names;
    if (first !== undefined && third === undefined) {
      const { span } = found;
      if (quantity === 'I' && second === undefined) return { quantity: 'I', element: first, span };
      if (quantity === 'V') {
        return {
          quantity: 'V',
          plus: first,
          ...(second === undefined ? {} : { minus: second }),
          span,
        };
      }
    }
  }
  throw faultAt(found.span, {
    code: 'bad_probe',
    message: 'The output is not a voltage or a current.',
    hint: 'Write V(node), V(plus,minus) or I(VX).',
  });
}

/** `XU1.vout`: a quantity of an op amp; any other name is a source. */
function rangeTarget(target: Word): { target: Word; quantity?: 'vout' | 'vcm' | 'vdd' | 'vss' } {
  const match = /^(.+)\.(vout|vcm|vdd|vss)$/i.exec(target.text);
  if (match === null) return { target };
  const [, text = '', quantity = ''] = match;
  const span = { ...target.span, end: target.span.start + text.length };
  const lower = quantity.toLowerCase() as 'vout' | 'vcm' | 'vdd' | 'vss';
  return { target: { text, span }, quantity: lower };
}

/** [deg C] */
const ABSOLUTE_ZERO = -273.15;

/** A temperature [deg C]: a `C` behind it says nothing new. */
function celsius({ value, unit, span }: Quantity): Quantity {
  if (unit === undefined || unit === 'K') {
    if (value > ABSOLUTE_ZERO) return { value, span };
    throw faultAt(span, {
      code: 'bad_number',
      message: `A temperature is above absolute zero, ${ABSOLUTE_ZERO} degrees Celsius, not ${value}.`,
      hint: 'Write degrees Celsius: *@ temp 25 -40..125.',
    });
  }
  throw faultAt(span, {
    code: 'bad_unit',
    message: `A temperature has no unit "${unit}".`,
    hint: 'Write degrees Celsius: *@ temp 25 -40..125.',
  });
}

function ordered({ low, high }: { low: Quantity; high: Quantity }): {
  low: Quantity;
  high: Quantity;
} {
  if (low.value <= high.value) return { low, high };
  throw faultAt(low.span, {
    code: 'bad_range',
    message: 'The range is upside down.',
    hint: 'Write the lower number first.',
  });
}

function deltas(words: readonly Word[]): Directive {
  const [word, extra] = words;
  const convention = word?.text.toLowerCase();
  if (word !== undefined && extra === undefined) {
    if (convention === 'bias-point' || convention === 'half-range')
      return { kind: 'deltas', convention, word };
  }
  const wrong = extra ?? word;
  if (wrong === undefined) throw new Error('a word list has a word');
  throw faultAt(wrong.span, {
    code: 'unknown_convention',
    message: `"${shorten(wrong.text)}" is not a convention for deltas.`,
    hint: suggestionHint(wrong.text, {
      known: ['bias-point', 'half-range'],
      otherwise: 'Write bias-point or half-range.',
    }),
  });
}

const RELATIONS: Readonly<Record<string, '=' | '<=' | '>='>> = {
  '=': '=',
  '<=': '<=',
  '>=': '>=',
  '\u2264': '<=',
  '\u2265': '>=',
};

function expectation({ left, relation, right, high, bounds }: ExpectLine, text: string): Directive {
  if (high !== undefined && relation.text !== '=') {
    throw faultAt(relation.span, {
      code: 'bad_range',
      message: `"${relation.text}" takes one value, not a range.`,
      hint: 'Write = before a range: *@ expect V(out) = 1m..2m.',
    });
  }
  let relative: number | undefined;
  let absolute: Quantity | undefined;
  for (const { key, value } of bounds) {
    const word = key.text.toLowerCase();
    if (word === 'rel' && relative === undefined) {
      relative = value.unit === '%' ? value.value / 100 : value.value;
    } else if (word === 'abs' && absolute === undefined) absolute = value;
    else {
      throw faultAt(key.span, {
        code: 'unknown_key',
        message: `"${shorten(key.text)}" is not expected here.`,
        hint: 'Behind the formula stand "rel 1e-9" and "abs 10u", each at most once.',
      });
    }
  }
  return {
    kind: 'expect',
    left,
    relation: high === undefined ? (RELATIONS[relation.text] ?? '=') : 'within',
    right,
    ...(high === undefined ? {} : { high }),
    ...(relative === undefined ? {} : { relative }),
    ...(absolute === undefined ? {} : { absolute }),
    text,
  };
}
