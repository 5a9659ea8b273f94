/** Text in, Analysis out: the whole pipeline. Each stage makes a value of its own from the one before. */

import { type Diagnostic, Diagnostics } from '../grammar/diagnostic.ts';
import { parseDirective } from '../grammar/directive/parse.ts';
import type { DirectiveLine } from '../grammar/directive/tree.ts';
import { COMMAND_LINE, type Source } from '../grammar/source.ts';
import type { DialectName } from '../grammar/spice/dialect.ts';
import { type IncludeResolver, type ParseOptions, parseNetlist } from '../grammar/spice/parse.ts';
import type { Netlist } from '../grammar/spice/tree.ts';
import { analyzeCircuit, type CircuitAnalysis, type Status } from './analysis/circuit-analysis.ts';
import { solvePins } from './analysis/identification/solve-pins.ts';
import type { Circuit, Port } from './circuit/circuit.ts';
import { GROUND } from './circuit/circuit.ts';
import { elaborate } from './circuit/elaborate.ts';
import { mayNameParts } from './circuit/part-mentions.ts';
import type { CrossCheck } from './ngspice/cross-check.ts';
import type { Engine } from './ngspice/engine.ts';
import { partLibrary } from './parts/built-in.ts';
import { schematicKind } from './schematic/recognise.ts';
import type { Threads } from './threads/threads.ts';

export interface AnalyzeOptions {
  /** What the text is called in diagnostics; default `<netlist>`. */
  readonly name?: string;
  /** The text of a file that `from` includes; without it includes are refused. */
  readonly resolve?: IncludeResolver;
  /** Read the text as this dialect instead of the one it looks like. */
  readonly dialect?: DialectName;
  /** Directives over those of the netlist, as they would stand behind `*@`: `output V(x)`, `opamp XU1 vos=1m`. */
  readonly directives?: readonly string[];
  /** Files of parts (docs/parts.md), which win over the library that comes with nullor. */
  readonly parts?: readonly Source[];
  /** Node pairs `a,b` whose Thevenin equivalent is wanted. */
  readonly thevenin?: readonly string[];
  /** The referee; without one the cross-check is left out. */
  readonly engine?: Engine;
  /** Others that help to draw many samples of Monte Carlo; the figures are the same with and without them. */
  readonly threads?: Threads;
}

export interface Analysis {
  readonly file: string;
  readonly title: string;
  readonly status: Status;
  readonly diagnostics: readonly Diagnostic[];
  readonly circuit: Circuit;
  /** The circuit with other values of top-level parameters, by lower-case name. */
  readonly withParameters: (parameters: ReadonlyMap<string, number>) => Circuit;
  /** null when the text has errors. */
  readonly result: CircuitAnalysis | null;
  readonly crossCheck: CrossCheck | null;
}

/**
 * The DC error analysis of a netlist. Never throws for a text: what is wrong with it stands in
 * `diagnostics`, and `status` is then `invalid`, `no_dc_path` or `voltage_conflict`.
 */
export async function analyze(text: string, options: AnalyzeOptions = {}): Promise<Analysis> {
  const { name = '<netlist>', resolve, dialect, engine } = options;
  const source: Source = { name, text };
  const netlist = withDirectives(
    await netlistOf(source, {
      ...(resolve === undefined ? {} : { resolve }),
      ...(dialect === undefined ? {} : { dialect }),
    }),
    options.directives ?? [],
  );
  const diagnostics = new Diagnostics();
  const files = options.parts ?? [];
  const named = files.length > 0 || mayNameParts(netlist.statements);
  const library = named ? await partLibrary(files, diagnostics) : undefined;
  const solved = solvePins(netlist, { definitions: 'used' });
  const given = { solvedPins: solved.pins, ...(library === undefined ? {} : { library }) };
  const circuit = elaborate(netlist, given);
  diagnostics.all.push(...circuit.diagnostics, ...solved.diagnostics);
  const thevenin = (options.thevenin ?? []).map((pair) => nodePair(pair, { circuit, diagnostics }));
  const withParameters = (parameters: ReadonlyMap<string, number>): Circuit =>
    elaborate(netlist, { ...given, parameters });
  const common = { file: name, title: circuit.title, circuit, withParameters };
  if (!diagnostics.hasErrors && circuit.declarations.length > 0) {
    const { declarationFaults } = await import('./expectation/declarations.ts');
    diagnostics.all.push(...(await declarationFaults(circuit)));
  }
  if (diagnostics.hasErrors) {
    return {
      ...common,
      status: 'invalid',
      diagnostics: diagnostics.all,
      result: null,
      crossCheck: null,
    };
  }
  const result = analyzeCircuit(circuit, diagnostics, {
    thevenin: thevenin.filter((pair) => pair !== undefined),
    threads: options.threads,
  });
  const refused = REFUSED.has(result.status);
  const confirmed = async (referee: Engine) => {
    const { crossCheck } = await import('./ngspice/cross-check.ts');
    return crossCheck({ circuit, analysis: result }, referee);
  };
  return {
    ...common,
    status: result.status,
    diagnostics: diagnostics.all,
    result,
    crossCheck: engine === undefined || refused ? null : await confirmed(engine),
  };
}

/** Verdicts with which there is nothing to report. */
export const REFUSED: ReadonlySet<Status> = new Set([
  'invalid',
  'no_dc_path',
  'voltage_conflict',
  'no_convergence',
]);

/** As `readNetlist`, which is loaded for schematics only. */
async function netlistOf(source: Source, options: ParseOptions): Promise<Netlist> {
  if (schematicKind(source.text) === undefined) return parseNetlist(source, options);
  const { readNetlist } = await import('./read-netlist.ts');
  return readNetlist(source, options);
}

/** The netlist with further directives behind its own, which they therefore override. */
function withDirectives(netlist: Netlist, texts: readonly string[]): Netlist {
  const diagnostics = new Diagnostics();
  const lines: DirectiveLine[] = [];
  for (const text of texts) {
    const source: Source = { name: COMMAND_LINE, text: `*@ ${text}` };
    const line = parseDirective({ source, start: 0, end: source.text.length }, { diagnostics });
    if (line !== undefined) lines.push(line);
  }
  return {
    ...netlist,
    statements: [...netlist.statements, ...lines],
    diagnostics: [...netlist.diagnostics, ...diagnostics.all],
  };
}

/** `a,b` or `a` (against ground) as a port. */
function nodePair(
  text: string,
  { circuit, diagnostics }: { circuit: Circuit; diagnostics: Diagnostics },
): { port: Port; label: string } | undefined {
  const source: Source = { name: COMMAND_LINE, text };
  const nodes = text.split(',').map((name) => name.trim().toLowerCase());
  const find = (name: string | undefined) =>
    name === undefined || name === '0' || name === 'gnd'
      ? GROUND
      : circuit.nodes.findIndex((node) => node.toLowerCase() === name);
  const [plus, minus] = [find(nodes[0]), find(nodes[1])];
  const unknown = [plus, minus].findIndex((index, i) => index === -1 && !isGround(nodes[i]));
  if (nodes.length > 2 || unknown >= 0) {
    diagnostics.error(
      'unknown_node',
      { source, start: 0, end: text.length },
      nodes.length > 2
        ? `A Thevenin equivalent is between two nodes, not ${nodes.length}.`
        : `There is no node "${nodes[unknown]}" in the circuit.`,
    );
    return undefined;
  }
  return { port: { plus, minus }, label: text };
}

function isGround(name: string | undefined): boolean {
  return name === undefined || name === '0' || name === 'gnd';
}
