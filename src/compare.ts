/** Text in, a ranking of parts out: which op amp of the library makes the smallest error in this circuit. */

import { type Diagnostic, Diagnostics } from '../grammar/diagnostic.ts';
import type { Source } from '../grammar/source.ts';
import { didYouMean } from '../grammar/suggest.ts';
import type { Budget } from './analysis/budget.ts';
import { type PartOnCircuit, partOnCircuit } from './analysis/part-comparison.ts';
import { type AnalyzeOptions, analyze } from './analyze.ts';
import { type Circuit, type OpAmp, opAmpsOf } from './circuit/circuit.ts';
import { fixedVoltages } from './circuit/fixed-voltages.ts';
import { suppliesOf } from './circuit/part-binding.ts';
import type { Supplies } from './circuit/part-specification.ts';
import { NO_MATCH, rank } from './circuit/pattern.ts';
import { partLibrary } from './parts/built-in.ts';
import type { PartLibrary } from './parts/library.ts';
import { nearNames } from './parts/near-names.ts';
import type { Part } from './parts/part.ts';
import { partsMatching, QUERY_FIELDS, unknownField } from './parts/query.ts';

export interface CompareOptions
  extends Pick<AnalyzeOptions, 'name' | 'resolve' | 'dialect' | 'directives' | 'parts'> {
  /** Names or patterns of the op amps to exchange; by default those that are parts now, else all. */
  readonly opAmps?: readonly string[];
}

export interface Comparison {
  readonly file: string;
  readonly title: string;
  readonly circuit: Circuit;
  readonly diagnostics: readonly Diagnostic[];
  /** null when the text, the query or the circuit does not allow a comparison; the diagnostics say why. */
  readonly result: {
    readonly opAmps: readonly { readonly opAmp: OpAmp; readonly supplies: Supplies | undefined }[];
    /** The error with the op amps as the netlist has them. */
    readonly now: Budget;
    /** The smallest worst case first. */
    readonly ranked: readonly PartOnCircuit[];
    readonly unranked: readonly PartOnCircuit[];
  } | null;
}

/**
 * `query` is a list of parts and queries as `nullor parts` takes them: `MCP601, OPA333` or `class=auto-zeroed`. What
 * the netlist states of the op amps that are exchanged does not count. Never throws for a text.
 */
export async function compareParts(
  text: string,
  { query, opAmps: wanted = [], ...options }: CompareOptions & { readonly query: string },
): Promise<Comparison> {
  const analysis = await analyze(text, options);
  const { file, title, circuit, result, status } = analysis;
  const diagnostics = new Diagnostics();
  diagnostics.all.push(...analysis.diagnostics.filter(({ severity }) => severity === 'error'));
  const library = await partLibrary(options.parts ?? [], diagnostics);
  const parts = partsOf(query, { library, diagnostics });
  const chosen = chosenOpAmps(circuit, { wanted, library, diagnostics });
  const budget = result?.budget ?? null;
  if (!diagnostics.hasErrors && (budget === null || status !== 'ok')) {
    const message =
      circuit.output === null
        ? 'Parts are compared by the error at an output, and none is named.'
        : `Parts cannot be compared in a circuit whose verdict is ${status}.`;
    diagnostics.error('no_comparison', commandLine(query), message, 'Name one: --output V(out).');
  }
  const compared = { file, title, circuit, diagnostics: diagnostics.all };
  if (diagnostics.hasErrors || budget === null) return { ...compared, result: null };
  const exchanged = new Set(chosen);
  const voltages = fixedVoltages(circuit.elements);
  const all = parts.flatMap((part) => partOnCircuit(circuit, { part, opAmps: exchanged }) ?? []);
  all.sort((a, b) => a.total.worstCase - b.total.worstCase || a.total.rss - b.total.rss);
  return {
    ...compared,
    result: {
      opAmps: chosen.map((opAmp) => ({ opAmp, supplies: suppliesOf(opAmp, voltages) })),
      now: budget,
      ranked: all.filter(({ reasons }) => reasons.length === 0),
      unranked: all.filter(({ reasons }) => reasons.length > 0),
    },
  };
}

/** Each part once, in the order of the library within each item. */
function partsOf(
  query: string,
  { library, diagnostics }: { library: PartLibrary; diagnostics: Diagnostics },
): readonly Part[] {
  const found = new Set<Part>();
  for (const item of query.split(',')) {
    const words = item.split(/\s+/).filter((word) => word !== '');
    const field = unknownField(words);
    const matching = field === undefined ? partsMatching(library, words) : [];
    for (const part of matching) found.add(part);
    if (matching.length > 0) continue;
    const message =
      field === undefined
        ? `No part of the library has "${item.trim()}"${nearNames(item.trim(), library.names)}.`
        : `Parts have no field "${field}"; fields are ${QUERY_FIELDS.join(', ')}.`;
    diagnostics.error('unknown_part', commandLine(item), message, '"nullor parts" lists them all.');
  }
  return [...found];
}

function chosenOpAmps(
  circuit: Circuit,
  {
    wanted,
    library,
    diagnostics,
  }: {
    readonly wanted: readonly string[];
    readonly library: PartLibrary;
    readonly diagnostics: Diagnostics;
  },
): readonly OpAmp[] {
  const all = opAmpsOf(circuit);
  if (wanted.length > 0) {
    for (const name of wanted) {
      if (all.some((opAmp) => rank(name, opAmp.name, opAmp.part) !== NO_MATCH)) continue;
      const names = all.map((opAmp) => opAmp.name);
      const message = `There is no op amp "${name}" in the netlist${didYouMean(name, names)}.`;
      diagnostics.error('unknown_op_amp', commandLine(name), message);
    }
    return all.filter((opAmp) =>
      wanted.some((name) => rank(name, opAmp.name, opAmp.part) !== NO_MATCH),
    );
  }
  const bound = all.filter(({ part }) => {
    const found = library.find(part);
    return found !== undefined && 'part' in found;
  });
  if (all.length === 0 && !diagnostics.hasErrors) {
    diagnostics.error('no_op_amp', commandLine(''), 'The circuit has no op amp to exchange.');
  }
  return bound.length > 0 ? bound : all;
}

function commandLine(text: string) {
  const source: Source = { name: 'command line', text };
  return { source, start: 0, end: text.length };
}
