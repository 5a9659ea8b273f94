import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderDiagnostic } from '../../grammar/diagnostic.ts';
import { DirectiveParser } from '../../grammar/directive/parser.ts';
import { directiveLexer } from '../../grammar/directive/tokens.ts';
import { ExpressionParser } from '../../grammar/expression-parser.ts';
import { formulaLexer, netlistExpressionLexer } from '../../grammar/expression-tokens.ts';
import { DIALECT_NAMES, type DialectName } from '../../grammar/spice/dialect.ts';
import { parseNetlist } from '../../grammar/spice/parse.ts';
import { CardParser } from '../../grammar/spice/parser.ts';
import { printNetlist } from '../../grammar/spice/printer.ts';
import { cardLexer } from '../../grammar/spice/tokens.ts';
import { processorTime } from '../support/processor-time.ts';
import { faults } from './support.ts';

describe('the grammars', () => {
  const validate = true;
  it.each([
    ['cards', () => new CardParser({ validate })],
    ['expressions', () => new ExpressionParser({ validate })],
    ['directives', () => new DirectiveParser({ validate })],
  ])('are sound: %s', (_, make) => {
    expect(make).not.toThrow();
  });
  it.each([
    ['cards', cardLexer],
    ['expressions', netlistExpressionLexer],
    ['formulas', formulaLexer],
    ['directives', directiveLexer],
  ])('have sound tokens: %s', (_, make) => {
    expect(make({ validate }).lexerDefinitionErrors).toEqual([]);
  });
});

describe('hostile text', () => {
  const N = 100_000;
  const bomb = (text: string): string[] => {
    const started = processorTime();
    const found = faults(text);
    expect(processorTime() - started).toBeLessThan(2000);
    return found.map((fault) => fault.split(' ')[1] ?? '');
  };
  it.each([
    ['braced', `R1 a b {${'('.repeat(N)}1${')'.repeat(N)}}`, ['nested_too_deep']],
    ['braced, open', `R1 a b {${'('.repeat(N)}`, ['unclosed_brace']],
    ['braces', `R1 a b ${'{'.repeat(N)}`, ['unclosed_brace']],
    ['closed braces', `R1 a b ${'{'.repeat(N)}1${'}'.repeat(N)}`, ['nested_too_deep']],
    ['on a card', `R1 a b ${'('.repeat(N)}1${')'.repeat(N)}`, []],
    ['on a card, open', `R1 a b ${'('.repeat(N)}`, ['unclosed_parenthesis']],
    ['blank between', `R1 a b ${'( '.repeat(N)}`, ['unclosed_parenthesis']],
    ['closing', `R1 a b ${')'.repeat(N)}`, ['stray_parenthesis']],
    ['parameter', `.param a=${'('.repeat(N)}1${')'.repeat(N)}`, ['nested_too_deep']],
    ['signs', `R1 a b {${'-'.repeat(N)}1}`, ['expression_too_long']],
    ['sum', `R1 a b {1${'+1'.repeat(N)}}`, ['expression_too_long']],
    ['conditionals', `R1 a b {${'a?b:'.repeat(N)}c}`, ['expression_too_long']],
    [
      'probes',
      `R1 a b {${'V('.repeat(N)}}`,
      ['nested_too_deep', 'unclosed_parenthesis', 'bad_expression'],
    ],
    ['glued', `R1 ${'-('.repeat(N)} b 1`, ['unclosed_parenthesis']],
    ['formula', `*@ expect ${'('.repeat(N)}1${')'.repeat(N)} = 1`, ['nested_too_deep']],
    ['bars', `*@ expect ${'| '.repeat(N)} = 1`, ['nested_too_deep']],
    ['definitions', `${'.subckt s a\n'.repeat(N)}`, ['nested_too_deep']],
    ['comments', `R1 a b 1\n${'*\n'.repeat(N)}R2 a b 1`, []],
    ['blank lines', `R1 a b 1${'\r\n'.repeat(N)}+ m=2`, []],
    ['continuations', `R1 a b 1${'\n+'.repeat(N)} m=2`, []],
    ['long word', `R1 ${'a'.repeat(N)} b 1`, []],
    ['long number', `R1 a b ${'1'.repeat(N)}x!`, ['bad_number']],
  ])('%s', (_, text, expected) => {
    const found = bomb(text);
    if (expected.length === 0) expect(found).toEqual([]);
    else expect(expected).toContain(found[0]);
  });

  const fragment = fc.constantFrom(
    ...[
      'R1',
      'a',
      ' ',
      '\n',
      '(',
      ')',
      '{',
      '}',
      "'",
      '"',
      '=',
      ',',
      '+',
      '-',
      '*',
      '**',
      '/',
      '//',
      ';',
      '$',
    ],
    ...[
      '.subckt',
      '.ends',
      '.param',
      '.lib',
      '.control',
      '.endc',
      '.end',
      '.func',
      '.model',
      '.include',
      '.temp',
    ],
    ...[
      '*@ ',
      '* @',
      'opamp',
      'expect',
      'output',
      'range',
      'V(',
      '|',
      '||',
      '1k',
      '4k7',
      '..',
      '+-',
      '<=',
      '%',
    ],
    ...[
      'E1',
      'POLY(',
      'VALUE',
      'SIN(',
      'X1',
      'V1',
      'F1',
      'B1',
      'Q1',
      'M1',
      'D1',
      'TABLE',
      'LAPLACE',
      'FREQ',
      'PWL',
      'OPAMP',
      'V=',
      'tc',
      '.if',
      '.else',
      '.endif',
      '.alter',
      '.data',
      '.enddata',
      '.connect',
      'OPTIONAL:',
      '\\\\',
      ';\u00a7pnba ',
      'K1',
      '?',
      ':',
      '\r',
      '\t',
      '\u001a',
      '\u00a7',
      '__proto__',
    ],
  );
  const check = (text: string, dialect?: DialectName) => {
    const netlist = parseNetlist({ name: 'f', text }, dialect === undefined ? {} : { dialect });
    printNetlist(netlist);
    for (const diagnostic of netlist.diagnostics) {
      renderDiagnostic(diagnostic);
      const { start, end } = diagnostic.span;
      expect(start >= 0 && start <= end && end <= text.length + 1).toBe(true);
    }
  };
  it.each(['\u1680', '\u2003', '\u2028', '\u3000', '\ufeff'])(
    'reads every Unicode blank as a blank between words: %j',
    (blank) => {
      expect(faults(`R1 a${blank}b${blank} 1k\n${blank}V1 a 0 1`)).toEqual([]);
    },
  );
  it('never throws: random text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => check(text)),
      { numRuns: 1000 },
    );
  });
  it('never throws: random netlist fragments', () => {
    const text = fc.array(fragment, { maxLength: 60 }).map((parts) => `t\n${parts.join('')}`);
    fc.assert(
      fc.property(text, (each) => check(each)),
      { numRuns: 2000 },
    );
    const spaced = fc.array(fragment, { maxLength: 60 }).map((parts) => `t\n${parts.join(' ')}`);
    fc.assert(
      fc.property(spaced, (each) => check(each)),
      { numRuns: 2000 },
    );
    const dialect = fc.constantFrom(...DIALECT_NAMES);
    fc.assert(fc.property(spaced, dialect, check), { numRuns: 2000 });
  });
});
