/**
 * Netlist -> Circuit, as a list of passes: expand the hierarchy, decide what is an op amp, give parts the
 * limits of their data sheets, leave out what cannot matter at DC, resolve what the directives name. The order matters: op amps by structure
 * need the flat circuit, the default output needs the op amps.
 */

import { Diagnostics } from '../../grammar/diagnostic.ts';
import type { Netlist, Statement } from '../../grammar/spice/tree.ts';
import type { PartLibrary } from '../parts/library.ts';
import {
  type Circuit,
  type ControlledVoltage,
  type Element,
  GROUND,
  type NodeIndex,
  type OpAmp,
  type Temperature,
  terminals,
} from './circuit.ts';
import { resolveControls } from './controls.ts';
import { declarationsOf, expectationsOf } from './expectations.ts';
import { flatten, type PlacedDirective } from './flatten.ts';
import { OpAmpRecogniser, opAmpFromSource } from './op-amps.ts';
import { bindParts } from './part-binding.ts';
import { inputOf, NameTable, outputOf } from './probes.ts';
import { rangesOf } from './ranges.ts';
import type { SolvedPins } from './recognition/recognise.ts';
import { OP_AMP_GAIN } from './recognition/structure.ts';
import { Scope } from './scope.ts';
import { evaluated, settingsOf } from './settings.ts';
import { statisticsOf } from './statistics.ts';
import { tolerancesOf } from './tolerances.ts';
import { influencedNodes, reduce, type Wiring } from './topology.ts';

export interface ElaborateOptions {
  /**
   * What becomes of op amp macromodels and of E sources that are op amps: the error model replaces them,
   * or they are solved as they are written.
   */
  readonly macromodels?: 'replaced' | 'as written';
  /** What a later stage found out about definitions of this netlist; default nothing. */
  readonly solvedPins?: SolvedPins;
  /** The parts that names in the netlist may mean; none when absent. */
  readonly library?: PartLibrary;
  /** Values of top-level parameters instead of those in the netlist, by lower-case name. */
  readonly parameters?: ReadonlyMap<string, number>;
}

/** The circuit of a netlist. With an error among the diagnostics it must not be analysed. */
export function elaborate(netlist: Netlist, options: ElaborateOptions = {}): Circuit {
  const diagnostics = new Diagnostics();
  diagnostics.all.push(...netlist.diagnostics);
  const recogniser =
    options.macromodels === 'as written'
      ? undefined
      : new OpAmpRecogniser(diagnostics, options.library);
  const others: PlacedDirective[] = [];
  const settings = settingsOf(netlist, diagnostics);
  const temperature = temperatureOf(netlist.statements, { settings, diagnostics });

  const flat = flatten(netlist.statements, {
    recogniser,
    solvedPins: options.solvedPins ?? new Map(),
    diagnostics,
    globals: globalNodes(netlist.statements),
    dialect: netlist.dialect.facts,
    temperature: temperature?.nominal ?? netlist.dialect.facts.nominalTemperature,
    settings,
    ...(options.parameters === undefined ? {} : { parameters: options.parameters }),
    onDirective: (placed) => {
      const { directive, span } = placed.line;
      if (directive.kind === 'opamp') recogniser?.add(directive, { prefix: placed.prefix, span });
      else others.push(placed);
    },
  });
  const controlled = resolveControls(flat.elements, diagnostics);
  const decided =
    recogniser === undefined
      ? controlled
      : decideOpAmps({ nodes: flat.nodes, elements: controlled }, recogniser);
  recogniser?.reportUnused();
  const bound = bindParts(decided, {
    bindings: recogniser?.bindings ?? new Map(),
    temperature,
    diagnostics,
  });

  const { elements, floating, loopInductors } = reduce(flat.nodes.length, bound);
  reportReduction({ nodes: flat.nodes, floating, loopInductors, elements: bound }, diagnostics);
  const circuit = {
    title: netlist.title,
    nodes: flat.nodes,
    elements: elements.map((element) => withoutDeadSupplies(element, floating)),
    floating,
    start: flat.start,
    gmin: settings.get('gmin') ?? GMIN,
  };
  const kept = new Set(circuit.elements.map(({ name }) => name));
  const names = new NameTable(circuit, diagnostics);
  return {
    ...circuit,
    temperature,
    ranges: rangesOf(others, { names, opAmps: opAmpsIn(circuit.elements), diagnostics }),
    output: outputOf(circuit, { names, others }),
    input: inputOf(names, others),
    tolerances: tolerancesOf(decided, { directives: others, temperature, diagnostics }).filter(
      ({ element }) => kept.has(element),
    ),
    statistics: statisticsOf(others, { elements: circuit.elements, diagnostics }),
    expectations: expectationsOf(others, diagnostics),
    declarations: declarationsOf(others, names),
    diagnostics: inOrder(diagnostics),
  };
}

function opAmpsIn(elements: readonly Element[]): readonly OpAmp[] {
  return elements.filter((element) => element.kind === 'opAmp');
}

/** E sources that are op amps become op amps; structural op amps without feedback become E sources. */
function decideOpAmps(flat: Wiring, recogniser: OpAmpRecogniser): Element[] {
  const named = flat.elements.map((element) =>
    element.kind === 'controlledVoltage' ? (recogniser.source(element) ?? element) : element,
  );
  const circuit = { nodes: flat.nodes, elements: named };
  return named.map((element) => {
    if (element.kind === 'controlledVoltage' && isOpAmpGain(element)) {
      const candidate = opAmpFromSource(element);
      return hasFeedback(circuit, candidate) ? candidate : element;
    }
    if (element.kind === 'opAmp' && element.specification.inverseGain.nominal > 0) {
      const structural = element.specification.stated.length === 0;
      return structural && !hasFeedback(circuit, element) ? sourceFromOpAmp(element) : element;
    }
    return element;
  });
}

function isOpAmpGain({ controls, offset }: ControlledVoltage): boolean {
  const [control] = controls;
  const single = controls.length === 1 && offset === 0 && control?.quantity === 'V';
  return single && Math.abs(control.gain) >= OP_AMP_GAIN;
}

function hasFeedback(circuit: Wiring, opAmp: OpAmp): boolean {
  const { plus, minus, output } = opAmp;
  if (output.plus === plus || output.plus === minus) return output.plus !== GROUND;
  const reached = influencedNodes(circuit, output.plus);
  return reached.has(plus) || reached.has(minus);
}

function sourceFromOpAmp({ name, span, plus, minus, output, specification }: OpAmp): Element {
  const gain = 1 / specification.inverseGain.nominal;
  return {
    kind: 'controlledVoltage',
    name,
    span,
    port: output,
    controls: [{ quantity: 'V', port: { plus, minus }, gain }],
    offset: 0,
  };
}

/** A supply pin on a node that nothing feeds has no voltage: the op amp then has no such supply. */
function withoutDeadSupplies(element: Element, floating: ReadonlySet<NodeIndex>): Element {
  if (element.kind !== 'opAmp') return element;
  const { positiveSupply, negativeSupply, ...rest } = element;
  return {
    ...rest,
    ...(positiveSupply === undefined || floating.has(positiveSupply) ? {} : { positiveSupply }),
    ...(negativeSupply === undefined || floating.has(negativeSupply) ? {} : { negativeSupply }),
  };
}

function reportReduction(
  found: {
    readonly nodes: readonly string[];
    readonly elements: readonly Element[];
    readonly floating: ReadonlySet<NodeIndex>;
    readonly loopInductors: readonly Element[];
  },
  diagnostics: Diagnostics,
): void {
  for (const node of found.floating) {
    const supplied = found.elements.find(
      (element) =>
        element.kind === 'opAmp' &&
        (element.positiveSupply === node || element.negativeSupply === node),
    );
    const element =
      supplied ?? found.elements.find((at) => at.kind !== 'opAmp' && terminals(at).includes(node));
    if (element === undefined) continue;
    diagnostics.info(
      supplied === undefined ? 'floating_node' : 'supply_not_fed',
      element.span,
      supplied === undefined
        ? `Node "${found.nodes[node]}" has no DC voltage; nothing depends on it, so it is left out.`
        : `No source feeds the supply node "${found.nodes[node]}" of "${element.name}"; its supply terms are left out.`,
    );
  }
  for (const inductor of found.loopInductors) {
    diagnostics.info(
      'inductor_loop',
      inductor.span,
      `Inductor "${inductor.name}" closes a loop of inductors; its DC current is undetermined and it is left out.`,
    );
  }
}

/** Lower-case names of the nodes that are one at every level. */
export function globalNodes(statements: readonly Statement[]): ReadonlySet<string> {
  const names = statements.flatMap((statement) =>
    statement.kind === 'global' ? statement.nodes.map((node) => node.text.toLowerCase()) : [],
  );
  return new Set(names);
}

/** `*@ temp` beats `.temp`, which beats `.options temp=`; the last one of a kind counts. */
export function temperatureOf(
  statements: readonly Statement[],
  {
    settings,
    diagnostics,
  }: { readonly settings: ReadonlyMap<string, number>; readonly diagnostics: Diagnostics },
): Temperature | null {
  const only = (nominal: number): Temperature => ({ nominal, low: nominal, high: nominal });
  const setting = settings.get('temp');
  let card: Temperature | null = setting === undefined ? null : only(setting);
  let directive: Temperature | null = null;
  const scope = new Scope();
  for (const statement of statements) {
    if (statement.kind !== 'parameters') continue;
    for (const { key, value } of statement.assignments) scope.define(key.text, value);
  }
  for (const statement of statements) {
    if (statement.kind === 'directive' && statement.directive.kind === 'temp') {
      const { nominal, low, high } = statement.directive;
      directive = {
        nominal: nominal.value,
        low: low?.value ?? nominal.value,
        high: high?.value ?? nominal.value,
      };
    }
    const [value] = statement.kind === 'temperature' ? statement.values : [];
    if (value === undefined) continue;
    const nominal = evaluated(value, scope, diagnostics);
    if (nominal !== undefined) card = only(nominal);
  }
  return directive ?? card;
}

/** SPICE's conductance across junctions [S]. */
const GMIN = 1e-12;

/** In the order of the text; a fault of a subcircuit body would otherwise be told once per instance. */
function inOrder({ all }: Diagnostics): Circuit['diagnostics'] {
  const seen = new Set<string>();
  const files = [...new Set(all.map(({ span }) => span.source))];
  const unique = all.filter(({ code, span, message }) => {
    const key = `${code} ${span.source.name} ${span.start} ${message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  const place = ({ span }: (typeof all)[number]) => files.indexOf(span.source);
  return unique.sort((a, b) => place(a) - place(b) || a.span.start - b.span.start);
}
