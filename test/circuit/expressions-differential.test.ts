/**
 * Numbers and expressions, generated, as ngspice 45 reads them: in braces, in B sources, as plain values, and
 * with the behaviours psa and ltpsa as far as ngspice follows PSpice and LTspice there. `RUNS=5000` looks further.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DialectName } from '../../grammar/spice/dialect.ts';
import { parseNetlist } from '../../grammar/spice/parse.ts';
import { elaborate } from '../../src/circuit/elaborate.ts';
import { useRawNgspice } from '../ngspice/raw-ngspice.ts';
import { isClose } from '../support/close.ts';
import { SEED } from '../support/seed.ts';

const ngspice = useRawNgspice();
const RUNS = Number(process.env['RUNS'] ?? 120);
/** Expressions in one deck: a refused one costs a deck for each of them. */
const BATCH = 25;

interface Mode {
  readonly dialect: DialectName;
  readonly behaviour?: string;
}
const NGSPICE: Mode = { dialect: 'ngspice' };
const PSPICE: Mode = { dialect: 'pspice', behaviour: 'psa' };
const LTSPICE: Mode = { dialect: 'ltspice', behaviour: 'ltpsa' };

/** Sources whose voltages are the values; v(n0) keeps every deck from having one vector. */
function deck(values: readonly string[]): string {
  const sources = values.map(
    (value, i) => `V${i + 1} n${i + 1} 0 ${value}\nR${i + 1} n${i + 1} 0 1`,
  );
  return `title
.param two=2 half=0.5 minus={-three} three='two+1'
.func square(x) {x*x}
V0 n0 0 1
R0 n0 0 1
${sources.join('\n')}
.end
`;
}

/** Our value, or the code of the refusal: never a wrong value, so that only the others are compared. */
function ours(value: string, { dialect }: Mode): number | string {
  const netlist = parseNetlist({ name: 'e.cir', text: deck([value]) }, { dialect });
  const { elements, diagnostics } = elaborate(netlist);
  const fault = diagnostics.find(({ severity }) => severity === 'error');
  if (fault !== undefined) return fault.code;
  const source = elements.find(({ name }) => name === 'V1');
  return source?.kind === 'voltageSource' ? source.voltage : 'missing';
}

/** ngspice's values; undefined where it refuses. */
async function theirs(values: readonly string[], mode: Mode): Promise<(number | undefined)[]> {
  const { behaviour } = mode;
  const options = { timeout: 3000, ...(behaviour === undefined ? {} : { behaviour }) };
  const outcome = await ngspice(deck(values), options);
  if ('vectors' in outcome) return values.map((_, i) => outcome.vectors.get(`v(n${i + 1})`));
  if (values.length <= 1) return [undefined];
  const middle = values.length >> 1;
  const first = await theirs(values.slice(0, middle), mode);
  return [...first, ...(await theirs(values.slice(middle), mode))];
}

interface Comparison {
  readonly compared: number;
  /** Both have a value, and they differ. */
  readonly disagreements: readonly string[];
}

async function compare(values: readonly string[], mode: Mode): Promise<Comparison> {
  const disagreements: string[] = [];
  let compared = 0;
  const finite = values.filter((value) => typeof ours(value, mode) === 'number');
  for (let at = 0; at < finite.length; at += BATCH) {
    const batch = finite.slice(at, at + BATCH);
    for (const [i, their] of (await theirs(batch, mode)).entries()) {
      const own = ours(batch[i] ?? '', mode);
      if (their === undefined) continue; // refused there
      if (typeof own === 'number' && isClose(own, their, { rel: 1e-12, abs: 1e-14 })) compared++;
      else disagreements.push(`${batch[i]}: ${own}, ngspice ${their}`);
    }
  }
  return { compared, disagreements };
}

const sample = <T>(arbitrary: fc.Arbitrary<T>, runs = RUNS): T[] =>
  fc.sample(arbitrary, { seed: SEED, numRuns: runs });

const digits = fc.oneof(
  fc.integer({ min: 0, max: 2000 }).map(String),
  fc.integer({ min: 0, max: 999 }).map((n) => (n / 8).toString()),
  fc.constantFrom('.5', '5.', '0.001', '123456789', '0.1', '00.70'),
);
const exponent = fc.constantFrom('', '', '', 'e3', 'E-3', 'e+2', 'e0');
const suffix = fc.constantFrom(
  ...[
    '',
    '',
    't',
    'G',
    'meg',
    'MEG',
    'Meg',
    'k',
    'K',
    'm',
    'M',
    'u',
    'n',
    'p',
    'f',
    'a',
    'mil',
    'x',
  ],
);
const unit = fc.constantFrom('', '', 'V', 'ohm', 'Hz', 's', 'b', 'H', 'il');
const number = fc.tuple(digits, exponent, suffix, unit).map((parts) => parts.join(''));

describe('numbers', () => {
  it.each([
    ['as values', (n: string) => n],
    ['with a sign', (n: string) => `-${n}`],
    ['in braces', (n: string) => `{${n}}`],
    ['in quotes', (n: string) => `'${n}'`],
  ])('%s', async (_, written) => {
    const found = await compare(sample(number, RUNS / 2).map(written), NGSPICE);
    expect(found.disagreements).toEqual([]);
    expect(found.compared).toBeGreaterThan(RUNS / 4);
  });
});

/** Operands and operators that are exact in doubles as long as no function is called. */
const operand = fc.oneof(
  fc.integer({ min: 0, max: 9 }).map(String),
  fc.constantFrom('0.5', '0.25', '1.5', '1k', '2m', 'two', 'half', 'minus', 'three', 'Two'),
);

function expressions(
  operators: readonly string[],
  functions: readonly (readonly [string, number])[],
): fc.Arbitrary<string> {
  return fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'tree' },
      operand,
      fc
        .tuple(tie('tree'), fc.constantFrom(...operators), tie('tree'))
        .map(([left, operator, right]) => `${left}${operator}${right}`),
      tie('tree').map((inner) => `(${inner})`),
      // A sign before a name or a parenthesis is refused in places.
      tie('tree').map((inner) => `(0-(${inner}))`),
      fc.integer({ min: 1, max: 9 }).map((n) => `(-${n})`),
      fc
        .tuple(fc.constantFrom(...functions), tie('tree'), tie('tree'), tie('tree'))
        .map(([[name, count], ...list]) => `${name}(${list.slice(0, count).join(',')})`),
    ),
  })).tree;
}

const COMMON = [
  ['abs', 1],
  ['sqrt', 1],
  ['exp', 1],
  ['ln', 1],
  ['log', 1],
  ['log10', 1],
  ['sin', 1],
  ['cos', 1],
  ['tan', 1],
  ['atan', 1],
  ['sinh', 1],
  ['cosh', 1],
  ['tanh', 1],
  ['min', 2],
  ['max', 2],
  ['sgn', 1],
  ['int', 1],
  ['floor', 1],
  ['ceil', 1],
  ['pow', 2],
  ['square', 1],
] as const;
const NGSPICE_FUNCTIONS = [
  ...COMMON,
  ['pwr', 2],
  ['nint', 1],
  ['sqr', 1],
  ['asin', 1],
  ['acos', 1],
  ['asinh', 1],
  ['acosh', 1],
  ['atanh', 1],
  ['arctan', 1],
  ['ternary_fcn', 3],
] as const;
const ARITHMETIC = ['+', '-', '*', '/', '**', '%', '==', '!=', '<', '<=', '>', '>='];

describe('expressions in braces', () => {
  it('of ngspice', async () => {
    const operators = [...ARITHMETIC, '^', '<>', '&&', '||', '\\'];
    const tree = expressions(operators, NGSPICE_FUNCTIONS);
    const conditional = fc.tuple(tree, tree, tree).map(([a, b, c]) => `${a} ? ${b} : ${c}`);
    const all = sample(fc.oneof(tree, tree, tree, conditional)).map((text) => `{${text}}`);
    const found = await compare(all, NGSPICE);
    expect(found.disagreements).toEqual([]);
    expect(found.compared).toBeGreaterThan(RUNS / 4);
  });

  it('of PSpice, as far as ngspice follows it', async () => {
    // ngspice keeps its own powers of negative numbers and its own precedence of comparisons.
    const operators = ['+', '-', '*', '/', '<', '>='];
    const all = sample(expressions(operators, COMMON)).map((text) => `{${text}}`);
    const found = await compare(all, PSPICE);
    expect(found.disagreements).toEqual([]);
    expect(found.compared).toBeGreaterThan(RUNS / 4);
  });

  it('of LTspice, as far as ngspice follows it', async () => {
    const all = sample(expressions(ARITHMETIC, COMMON)).map((text) => `{${text}}`);
    const found = await compare(all, LTSPICE);
    expect(found.disagreements).toEqual([]);
    expect(found.compared).toBeGreaterThan(RUNS / 4);
  });
});
