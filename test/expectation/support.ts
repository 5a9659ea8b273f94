// Expectations of a circuit that is given by its cards; OPAMP is an ideal op amp without supplies.

import { position } from '../../grammar/source.ts';
import { analyze, checkExpectations } from '../../src/index.ts';

const OPAMP = `.subckt OPAMP inp inn out
E1 out 0 inp inn 1MEG
.ends`;

/** The results, and the complaints as `code line:column`; the first card of `circuit` is line 2. */
export async function expectationsOf(circuit: string, lines: readonly string[]) {
  const expectations = lines.map((line) => `*@ expect ${line}`);
  const text = ['title', circuit, ...expectations, OPAMP, '.end', ''].join('\n');
  const analysis = await analyze(text, { name: 'test.cir' });
  if (analysis.result === null) {
    throw new Error(analysis.diagnostics.map(({ message }) => message).join('\n'));
  }
  const checked = await checkExpectations(analysis.circuit, analysis.result, analysis);
  return {
    results: checked.results,
    diagnostics: checked.diagnostics.map(({ code, span }) => {
      const { line, column } = position(span.source, span.start);
      return `${code} ${line}:${column}`;
    }),
    messages: checked.diagnostics.map(({ message }) => message),
  };
}
