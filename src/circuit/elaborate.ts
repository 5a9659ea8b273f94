/**
 * Netlist -> Circuit, as a list of passes: expand the hierarchy, decide what is an op amp, leave out
 * what cannot matter at DC, resolve what the directives name. The order matters: op amps by structure
 * need the flat circuit, the default output needs the op amps.
 */

import { Diagnostics } from '../../grammar/diagnostic.ts';
import type { Directive, Probe } from '../../grammar/directive/tree.ts';
import type { Span } from '../../grammar/source.ts';
import type { Netlist, Statement } from '../../grammar/spice/tree.ts';
import { didYouMean } from '../../grammar/suggest.ts';
import {
  type Circuit,
  type Element,
  type Expectation,
  GROUND,
  type Input,
  type NodeIndex,
  type OpAmp,
  type Output,
  type Temperature,
} from './circuit.ts';
import { flatten, type PlacedDirective } from './flatten.ts';
import { OpAmpRecogniser, opAmpFromSource } from './op-amps.ts';
import { OP_AMP_GAIN } from './pins.ts';
import { EvaluationFault, Scope } from './scope.ts';
import { influencedNodes, reduce, type Wiring } from './topology.ts';

/** SPICE's reference temperature of resistors [deg C]. */
const NOMINAL_TEMPERATURE = 27;

/** The circuit of a netlist. With an error among the diagnostics it must not be analysed. */
export function elaborate(netlist: Netlist): Circuit {
  const diagnostics = new Diagnostics();
  diagnostics.all.push(...netlist.diagnostics);
  const recogniser = new OpAmpRecogniser(diagnostics);
  const others: PlacedDirective[] = [];
  const temperature = temperatureOf(netlist.statements, diagnostics);

  const flat = flatten(netlist.statements, {
    recogniser,
    diagnostics,
    globals: globalNodes(netlist.statements),
    temperatureRise: (temperature?.nominal ?? NOMINAL_TEMPERATURE) - NOMINAL_TEMPERATURE,
    onDirective: (placed) => {
      const { directive, span } = placed.line;
      if (directive.kind === 'opamp') recogniser.add(directive, { prefix: placed.prefix, span });
      else others.push(placed);
    },
  });
  const decided = decideOpAmps(flat, recogniser);
  recogniser.reportUnused();
  checkControls(decided, diagnostics);

  const { elements, floating, loopInductors } = reduce(flat.nodes.length, decided);
  reportReduction({ nodes: flat.nodes, floating, loopInductors, elements: decided }, diagnostics);
  const circuit = {
    title: netlist.title,
    nodes: flat.nodes,
    elements: elements.map((element) => withoutDeadSupplies(element, floating)),
    floating,
  };
  const names = new NameTable(circuit, diagnostics);
  return {
    ...circuit,
    temperature,
    output: outputOf(circuit, { names, others }),
    input: inputOf(names, others),
    expectations: expectationsOf(others, diagnostics),
    diagnostics: inOrder(diagnostics),
  };
}

/** E sources that are op amps become op amps; structural op amps without feedback become E sources. */
function decideOpAmps(flat: Wiring, recogniser: OpAmpRecogniser): Element[] {
  const named = flat.elements.map((element) =>
    element.kind === 'vcvs' ? (recogniser.source(element) ?? element) : element,
  );
  const circuit = { nodes: flat.nodes, elements: named };
  return named.map((element) => {
    if (element.kind === 'vcvs' && isOpAmpGain(element.controls) && element.offset === 0) {
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

function isOpAmpGain(controls: readonly { gain: number }[]): boolean {
  return controls.length === 1 && Math.abs(controls[0]?.gain ?? 0) >= OP_AMP_GAIN;
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
    kind: 'vcvs',
    name,
    span,
    port: output,
    controls: [{ port: { plus, minus }, gain }],
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

/** F and H must name an element that carries a branch current. */
function checkControls(elements: readonly Element[], diagnostics: Diagnostics): void {
  const byName = new Map(elements.map((element) => [element.name.toLowerCase(), element]));
  for (const element of elements) {
    if (element.kind !== 'ccvs' && element.kind !== 'cccs') continue;
    for (const control of element.controls) {
      const found = byName.get(control.element.toLowerCase());
      if (found !== undefined && carriesCurrent(found)) continue;
      diagnostics.error(
        'unknown_control',
        element.span,
        found === undefined
          ? `"${element.name}" is controlled by the current of "${control.element}", which is not in the netlist.`
          : `"${element.name}" is controlled by the current of "${control.element}", which is not a voltage source.`,
        'Put a 0 V source into the branch and name it.',
      );
    }
  }
}

function carriesCurrent(element: Element): boolean {
  return ['voltageSource', 'inductor', 'vcvs', 'ccvs'].includes(element.kind);
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
      supplied ??
      found.elements.find(
        (at) => at.kind !== 'opAmp' && (at.port.plus === node || at.port.minus === node),
      );
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

function globalNodes(statements: readonly Statement[]): ReadonlySet<string> {
  const names = statements.flatMap((statement) =>
    statement.kind === 'global' ? statement.nodes.map((node) => node.text.toLowerCase()) : [],
  );
  return new Set(names);
}

/** `*@ temp` beats `.temp`; the last one of a kind counts. */
function temperatureOf(
  statements: readonly Statement[],
  diagnostics: Diagnostics,
): Temperature | null {
  let card: Temperature | null = null;
  let directive: Temperature | null = null;
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
    try {
      const nominal = new Scope().evaluate(value);
      card = { nominal, low: nominal, high: nominal };
    } catch (fault) {
      if (!(fault instanceof EvaluationFault)) throw fault;
      diagnostics.error(fault.code, fault.span, fault.message, fault.hint);
    }
  }
  return directive ?? card;
}

/** Looks up nodes and elements by the names that directives use. */
class NameTable {
  readonly #circuit: Wiring;
  readonly #diagnostics: Diagnostics;
  readonly #nodes: ReadonlyMap<string, NodeIndex>;

  constructor(circuit: Wiring, diagnostics: Diagnostics) {
    this.#circuit = circuit;
    this.#diagnostics = diagnostics;
    this.#nodes = new Map(circuit.nodes.map((name, index) => [name.toLowerCase(), index]));
  }

  find(name: string): NodeIndex | undefined {
    return this.#nodes.get(name.toLowerCase());
  }

  node(word: { readonly text: string; readonly span: Span }): NodeIndex | undefined {
    const key = word.text.toLowerCase();
    if (key === '0' || key === 'gnd') return GROUND;
    const index = this.#nodes.get(key);
    if (index !== undefined) return index;
    this.#diagnostics.error(
      'unknown_node',
      word.span,
      `There is no node "${word.text}" in the circuit${didYouMean(word.text, this.#circuit.nodes)}.`,
    );
    return undefined;
  }

  element(
    word: { readonly text: string; readonly span: Span },
    kinds: readonly Element['kind'][],
  ): Element | undefined {
    const key = word.text.toLowerCase();
    const element = this.#circuit.elements.find(({ name }) => name.toLowerCase() === key);
    if (element !== undefined && kinds.includes(element.kind)) return element;
    const candidates = this.#circuit.elements.filter(({ kind }) => kinds.includes(kind));
    this.#diagnostics.error(
      'unknown_element',
      word.span,
      element === undefined
        ? `There is no element "${word.text}" in the circuit${didYouMean(
            word.text,
            candidates.map(({ name }) => name),
          )}.`
        : `"${word.text}" cannot be used here.`,
    );
    return undefined;
  }
}

function outputOf(
  circuit: Wiring,
  { names, others }: { readonly names: NameTable; readonly others: readonly PlacedDirective[] },
): Output | null {
  const stated = others.findLast(({ line }) => line.directive.kind === 'output')?.line.directive;
  return stated?.kind === 'output'
    ? probedOutput(stated.probe, names)
    : defaultOutput(circuit, names);
}

function probedOutput(probe: Probe, names: NameTable): Output | null {
  if (probe.quantity === 'I') {
    const kinds = ['voltageSource', 'inductor', 'vcvs', 'ccvs', 'resistor', 'opAmp'] as const;
    const element = names.element(probe.element, kinds);
    return element === undefined
      ? null
      : { quantity: 'I', element: element.name, label: `I(${probe.element.text})` };
  }
  const plus = names.node(probe.plus);
  const minus = probe.minus === undefined ? GROUND : names.node(probe.minus);
  if (plus === undefined || minus === undefined) return null;
  const label =
    probe.minus === undefined ? probe.plus.text : `${probe.plus.text},${probe.minus.text}`;
  return { quantity: 'V', port: { plus, minus }, label: `V(${label})` };
}

/** The node `out` or `vout`, else the output of the last op amp that drives no other (design section 4). */
function defaultOutput(circuit: Wiring, names: NameTable): Output | null {
  const opAmps = circuit.elements.filter((element) => element.kind === 'opAmp');
  const last = opAmps.findLast((opAmp) => {
    const reached = influencedNodes(circuit, opAmp.output.plus);
    return !opAmps.some(
      (other) => other !== opAmp && (reached.has(other.plus) || reached.has(other.minus)),
    );
  });
  const node = names.find('out') ?? names.find('vout') ?? last?.output.plus;
  if (node === undefined || node === GROUND) return null;
  return { quantity: 'V', port: { plus: node, minus: GROUND }, label: `V(${circuit.nodes[node]})` };
}

function inputOf(names: NameTable, others: readonly PlacedDirective[]): Input | null {
  const stated = others.findLast(({ line }) => line.directive.kind === 'input')?.line.directive;
  if (stated?.kind !== 'input') return null;
  const sources = stated.sources.map((word) =>
    names.element(word, ['voltageSource', 'currentSource']),
  );
  const found = sources.filter((element) => element !== undefined);
  if (found.length !== sources.length) return null;
  const weights = found.length === 2 ? [0.5, -0.5] : [1];
  return {
    label: found.map(({ name }) => name).join(' - '),
    terms: found.map(({ name }, index) => ({ source: name, weight: weights[index] ?? 0 })),
  };
}

/** Directives of the language that this version reads but does not evaluate yet. */
const NOT_EVALUATED: ReadonlySet<Directive['kind']> = new Set(['range', 'deltas', 'tol', 'match']);

function expectationsOf(
  others: readonly PlacedDirective[],
  diagnostics: Diagnostics,
): Expectation[] {
  const expectations: Expectation[] = [];
  for (const { line, prefix } of others) {
    const { directive, span } = line;
    if (directive.kind === 'expect') expectations.push({ ...directive, span, prefix });
    else if (NOT_EVALUATED.has(directive.kind)) {
      diagnostics.warning(
        'directive_not_evaluated',
        span,
        `"*@ ${directive.kind}" is understood but not evaluated by this version; the results do not contain it.`,
      );
    }
  }
  return expectations;
}

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
