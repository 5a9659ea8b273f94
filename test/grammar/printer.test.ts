import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIALECT_NAMES, type DialectName } from '../../grammar/spice/dialect.ts';
import { parseNetlist } from '../../grammar/spice/parse.ts';
import { printNetlist } from '../../grammar/spice/printer.ts';
import type { Netlist } from '../../grammar/spice/tree.ts';
import { entries, place } from './support.ts';

const read = (text: string, dialect: DialectName = 'ngspice'): Netlist => {
  const netlist = parseNetlist({ name: 'f', text }, { dialect });
  const errors = netlist.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(`${errors.map(place).join('\n')}\n${text}`);
  return netlist;
};

/** Without spans, and without the units that a printed number loses. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const kept = entries(value).filter(
    ([key, part]) => key !== 'span' && (key !== 'unit' || part === '%'),
  );
  return Object.fromEntries(kept.map(([key, part]) => [key, bare(part)]));
}

const line = (text: string, from: DialectName, to: DialectName = from): string =>
  printNetlist(read(`t\n${text}`, from), { to })
    .split('\n')
    .slice(1, -2)
    .join('\n');

describe('printNetlist', () => {
  it.each<[DialectName, DialectName, string, string]>([
    ['ngspice', 'ngspice', 'R1 a b 4.7k', 'R1 a b 4700'],
    ['ltspice', 'ngspice', 'R1 a b 4k7', 'R1 a b 4700'],
    ['hspice', 'ngspice', 'R1 a b 1x', 'R1 a b 1000000'],
    ['ngspice', 'ngspice', 'R1 a b 1k tol=5%', 'R1 a b 1000 tol=5%'],
    ['hspice', 'ngspice', 'R1 a b 1k 1m 2u', 'R1 a b 1000 tc1=0.001 tc2=0.000002'],
    ['ngspice', 'ngspice', 'R1 a b\n* note\n+ {x ; y\n+ +1}', 'R1 a b {x + 1}'],
    ['ngspice', 'ngspice', 'R1 a b R={V(a)*2}', 'R1 a b R={V(a) * 2}'],
    ['ngspice', 'ngspice', 'V1 a 0 SINE(0 1 1k) AC 1', 'V1 a 0 AC 1 SIN(0 1 1000)'],
    ['ngspice', 'ngspice', 'E1 (o,0) (p,m) 1meg', 'E1 o 0 p m 1000000'],
    ['ngspice', 'ngspice', "E1 o 0 vol='2*(V(a)+1)'", 'E1 o 0 vol={2 * (V(a) + 1)}'],
    ['ngspice', 'ngspice', 'E1 o 0 TABLE {V(a)} (0 0 1 2)', 'E1 o 0 TABLE {V(a)} = (0, 0) (1, 2)'],
    ['ltspice', 'ltspice', 'E1 o 0 p m table=(0,0,1,2)', 'E1 o 0 p m table=(0, 0, 1, 2)'],
    ['ltspice', 'ngspice', 'E1 o 0 p m table=(0,0,1,2)', 'E1 o 0 table {V(p,m)} = (0, 0) (1, 2)'],
    ['ltspice', 'ngspice', 'V1 a 0 {x^y}', 'V1 a 0 DC {(x != 0) != (y != 0)}'],
    ['ngspice', 'ltspice', 'V1 a 0 {x^y}', 'V1 a 0 DC {x**y}'],
    ['xyce', 'ngspice', 'V1 a 0 {log(x)}', 'V1 a 0 DC {log10(x)}'],
    ['ltspice', 'ngspice', 'R1 a b {max(1,x,y,2)}', 'R1 a b {max(1, max(x, max(y, 2)))}'],
    ['ltspice', 'ngspice', '.backanno', '* .backanno'],
    ['ltspice', 'ltspice', '.backanno', '.backanno'],
    ['ltspice', 'ngspice', '.tran 1m', '.tran 1m'],
    ['pspice', 'pspice', 'X1 a b S PARAMS: k=1', 'X1 a b S PARAMS: k=1'],
    ['pspice', 'ngspice', 'X1 a b S PARAMS: k=1', 'X1 a b S k=1'],
    ['ngspice', 'ngspice', 'D1 a\n+ k DX 2', 'D1 a k DX 2'],
    ['ngspice', 'ngspice', 'A1 [a b]  [c] AX', 'A1 [a b] [c] AX'],
    ['ngspice', 'ngspice', '.param a=1k b = 2*a+1', '.param a=1000 b={2 * a + 1}'],
    ['ngspice', 'ngspice', '.func f(x,y) = x**y', '.func f(x, y) {x**y}'],
    ['ngspice', 'ngspice', '.model m NPN BF=100 mfg=On-Semi', '.model m NPN(BF=100 mfg="On-Semi")'],
    [
      'hspice',
      'hspice',
      '.if (x>1)\n.else\nR1 a b 1\n.endif',
      '.if (x > 1)\n.else\nR1 a b 1\n.endif',
    ],
    [
      'ngspice',
      'ngspice',
      '* c\n.subckt s a k=1\n* d\nR1 a 0 {k}\n.ends',
      '\n.subckt s a k=1\n* c\n* d\nR1 a 0 {k}\n.ends s',
    ],
  ])('%s to %s: %j', (from, to, text, printed) => {
    expect(line(text, from, to)).toBe(printed);
  });
  it('writes title and end', () => {
    expect(printNetlist(read('My amp\nR1 a b 1'))).toBe('My amp\nR1 a b 1\n.end\n');
  });
});

describe('reading what was printed', () => {
  const name = fc.constantFrom('a', 'b2', 'in+', 'Net-(R1-Pad1)', 'x.y', '$N_1', 'gnd', '0', 'v-');
  const identifier = fc.constantFrom('k', 'gain', 'rx', 'temp_1');
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }).map(String),
    fc.constantFrom('4.7k', '10meg', '3mil', '2.5V', '1e-12', '.5'),
  );
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 4 },
      number,
      identifier,
      name.map((node) => `V(${node})`),
      fc.constantFrom('I(V1)', 'V(a,b)'),
      fc
        .tuple(
          tie('expression'),
          fc.constantFrom('+', '-', '*', '/', '**', '==', '<', '&&', '||', '&', '|', '^', '%'),
          tie('expression'),
        )
        .map(([left, operator, right]) => `${left} ${operator} ${right}`),
      tie('expression').map((inner) => `(${inner})`),
      tie('expression').map((inner) => `-${inner}`),
      tie('expression').map((inner) => `!${inner}`),
      tie('expression').map((inner) => `sqrt(${inner})`),
      fc
        .tuple(tie('expression'), tie('expression'), tie('expression'))
        .map(([test, yes, no]) => `(${test} ? ${yes} : ${no})`),
    ),
  }));
  const value = fc.oneof(
    number,
    fc.constantFrom('5%', '-3'),
    expression.map((inner) => `{${inner}}`),
  );
  const pair = fc.tuple(name, name).map((nodes) => nodes.join(' '));
  const parameters = fc
    .array(fc.tuple(identifier, value), { maxLength: 2 })
    .map((list) => list.map(([key, each]) => ` ${key}=${each}`).join(''));
  const element = fc.oneof(
    fc.tuple(fc.constantFrom('R1', 'C1', 'L1'), pair, value, parameters).map((p) => p.join(' ')),
    fc.tuple(pair, value, value).map(([p, v, w]) => `V1 ${p} ${v} AC 1 PULSE(${v} ${w})`),
    fc.tuple(pair, pair, value).map(([p, q, v]) => `E1 ${p} ${q} ${v}`),
    fc.tuple(pair, pair, value).map(([p, q, v]) => `G1 ${p} POLY(1) ${q} ${v} ${v}`),
    fc.tuple(pair, expression).map(([p, e]) => `E1 ${p} VALUE={${e}}`),
    fc.tuple(pair, expression, value).map(([p, e, v]) => `E1 ${p} TABLE {${e}} (${v},${v})`),
    fc.tuple(pair, value).map(([p, v]) => `F1 ${p} V1 ${v}`),
    fc.tuple(pair, expression).map(([p, e]) => `B1 ${p} I={${e}} k=1`),
    fc.tuple(pair, parameters).map(([p, k]) => `X1 ${p} SUB${k} ;\u00a7pnba In+)OUT`),
    pair.map((p) => `D1 ${p} DX 2 off`),
    fc.constant('K1 L1 L2 0.99'),
  );
  const dot = fc.oneof(
    fc.tuple(identifier, value).map(([key, each]) => `.param ${key}=${each}`),
    fc.tuple(identifier, expression).map(([key, body]) => `.func ${key}(x,y) {${body}}`),
    fc.tuple(identifier, value).map(([key, each]) => `.model MX NPN(${key}=${each} mfg="a b")`),
    fc.constantFrom('.global a b', '.temp 25 50', '.options klu x=1', '.tran 1u 1m', '* note'),
    fc.constantFrom('*@ output V(a)', '.connect a b', '.control\nrun\n.endc'),
  );
  const { block } = fc.letrec<{ block: string }>((tie) => ({
    block: fc.oneof(
      { maxDepth: 2 },
      element,
      dot,
      fc
        .array(tie('block'), { maxLength: 3 })
        .map((inner) => ['* above', '.subckt S a b k=1', ...inner, '.ends'].join('\n')),
      fc
        .tuple(expression, tie('block'), tie('block'))
        .map(([test, yes, no]) => `.if (${test})\n${yes}\n.else\n${no}\n.endif`),
    ),
  }));

  it('is the same tree, in every dialect', () => {
    const text = fc.array(block, { minLength: 1, maxLength: 6 }).map((all) => all.join('\n'));
    fc.assert(
      fc.property(text, fc.constantFrom(...DIALECT_NAMES), (body, dialect) => {
        const first = read(`t\nR0 a b 1\n${body}`, dialect);
        const again = read(printNetlist(first), dialect);
        expect(bare(again.statements)).toEqual(bare(first.statements));
        expect(again.title).toBe(first.title);
      }),
      { numRuns: 500 },
    );
  });
});
