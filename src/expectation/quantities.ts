/**
 * What the names of an expectation mean: `GN(XU1)`, `V(out)`, `VOE`, `R3`. A quantity has a unit and a value [SI] or,
 * where the circuit does not have it (no DC feedback, no output), none.
 */

import type { Word } from '../../grammar/expression.ts';
import type { SymbolNode } from '../../grammar/walk.ts';
import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import type { OpAmpAnalysis } from '../analysis/op-amp-analysis.ts';
import { resistanceBetween } from '../analysis/resistance-between.ts';
import { type Circuit, type Element, GROUND } from '../circuit/circuit.ts';
import { biasCurrents, psrrPair } from '../circuit/specification.ts';
import { AMPERE, NONE, OHM, over, SIEMENS, type Unit, VOLT, VOLT_PER_KELVIN } from './unit.ts';

export interface Subject {
  readonly circuit: Circuit;
  readonly result: CircuitAnalysis;
  /** In front of relative names. */
  readonly prefix: string;
  /** Parameters of the netlist by the name that a formula uses, in lower case. */
  readonly parameters: ReadonlyMap<string, number>;
}

/** null where the circuit does not have the quantity. */
export interface Quantity {
  readonly value: number | null;
  /** Absent for a parameter, which is a number without a unit of its own. */
  readonly unit?: Unit;
}

interface OpAmpQuantity {
  /** `output` is the unit of the output: V, or A where a current is judged. */
  readonly unit: (output: Unit) => Unit;
  readonly of: (at: OpAmpAnalysis) => number | null | undefined;
}

const none = () => NONE;
const volt = () => VOLT;
const ampere = () => AMPERE;
const ohm = () => OHM;

/** Quantities of one op amp, by upper-case name. */
const OF_OP_AMP: Readonly<Record<string, OpAmpQuantity>> = {
  GN: { unit: none, of: (at) => at.noiseGain },
  GNO: { unit: (output) => over(output, VOLT), of: (at) => at.noiseGainToOutput },
  RNEQ: { unit: ohm, of: (at) => at.resistance.nonInverting },
  RIEQ: { unit: ohm, of: (at) => at.resistance.inverting },
  ZN: { unit: (output) => over(output, AMPERE), of: (at) => at.transresistance?.nonInverting },
  ZI: { unit: (output) => over(output, AMPERE), of: (at) => at.transresistance?.inverting },
  BETA: { unit: none, of: (at) => at.feedback.minus - at.feedback.plus },
  VCM: { unit: volt, of: (at) => at.voltages?.commonMode },
  VOUT: { unit: volt, of: (at) => at.voltages?.output },
  VOST: { unit: volt, of: offsetTotal },
  VIBN: { unit: volt, of: (at) => at.terms?.Ibn.input },
  VIBI: { unit: volt, of: (at) => at.terms?.Ibi.input },
  VIE: {
    unit: volt,
    of: (at) => {
      const total = offsetTotal(at);
      return at.terms === null || total === undefined
        ? undefined
        : total + at.terms.Ibn.input + at.terms.Ibi.input; // AN1177 Eq. 7
    },
  },
  VOS: { unit: volt, of: ({ opAmp }) => opAmp.specification.offsetVoltage.nominal },
  TCVOS: { unit: () => VOLT_PER_KELVIN, of: ({ opAmp }) => opAmp.specification.drift.nominal },
  AOL: { unit: none, of: ({ opAmp }) => 1 / opAmp.specification.inverseGain.nominal },
  CMRR: { unit: none, of: ({ opAmp }) => 1 / opAmp.specification.inverseCmrr.nominal },
  /** Of the two supplies together; a split one has none. */
  PSRR: {
    unit: none,
    of: ({ opAmp: { specification } }) =>
      specification.inversePsrr.kind === 'lumped'
        ? 1 / specification.inversePsrr.both.nominal
        : undefined,
  },
  PSRRP: { unit: none, of: ({ opAmp }) => 1 / psrrPair(opAmp.specification).plus },
  PSRRN: { unit: none, of: ({ opAmp }) => 1 / psrrPair(opAmp.specification).minus },
  IBN: { unit: ampere, of: ({ opAmp }) => biasCurrents(opAmp.specification).nonInverting },
  IBI: { unit: ampere, of: ({ opAmp }) => biasCurrents(opAmp.specification).inverting },
  IB: {
    unit: ampere,
    of: ({ opAmp }) => {
      const { nonInverting, inverting } = biasCurrents(opAmp.specification);
      return (nonInverting + inverting) / 2; // AN1177 Eq. 4
    },
  },
  IOS: {
    unit: ampere,
    of: ({ opAmp }) => {
      const { nonInverting, inverting } = biasCurrents(opAmp.specification);
      return nonInverting - inverting;
    },
  },
};

/** V_OST, the sum of AN1177 Eq. 3 with the sign of the A_OL term corrected (erratum E1). */
function offsetTotal({ terms }: OpAmpAnalysis): number | undefined {
  if (terms === null) return undefined;
  const { Vos, drift, Aol, Cmrr, PsrrPlus, PsrrMinus } = terms;
  return [Vos, drift, Aol, Cmrr, PsrrPlus, PsrrMinus].reduce((sum, { input }) => sum + input, 0);
}

/** Quantities of the whole circuit, by upper-case name; all are in the unit of the output. */
const OF_CIRCUIT: Readonly<Record<string, (result: CircuitAnalysis) => number | null | undefined>> =
  {
    VOE: ({ error }) => error?.output,
    WC: ({ budget }) => budget?.worstCase,
    RSS: ({ budget }) => budget?.rss,
    LOWEST: ({ extremes }) => extremes?.low?.value,
    HIGHEST: ({ extremes }) => extremes?.high?.value,
  };

const OF_SPREADS: ReadonlySet<string> = new Set(['WC', 'RSS', 'LOWEST', 'HIGHEST']);

/** Whether a symbol is a quantity that rests on spreads and tolerances, not on the known values alone. */
export function restsOnSpreads(
  symbol: SymbolNode,
  { circuit, prefix }: Pick<Subject, 'circuit' | 'prefix'>,
): boolean {
  if (symbol.kind === 'probe') return symbol.quantity.toUpperCase() === 'MC';
  if (!OF_SPREADS.has(symbol.name.toUpperCase())) return false;
  return elementOf(circuit, prefix + symbol.name) === undefined;
}

/** The upper-case names of what belongs to one op amp. */
export const OP_AMP_QUANTITIES: readonly string[] = Object.keys(OF_OP_AMP);
/** The upper-case names of what belongs to the circuit as a whole. */
export const CIRCUIT_QUANTITIES: readonly string[] = Object.keys(OF_CIRCUIT);

/** The names that a formula may use, for suggestions. */
export const QUANTITY_NAMES: readonly string[] = [
  ...OP_AMP_QUANTITIES.map((name) => `${name}(...)`),
  'gain(...)',
  'RTI(...)',
  'V(...)',
  'I(...)',
  'R(...)',
  'MC(...)',
  ...CIRCUIT_QUANTITIES,
];

/** What a name or probe stands for; undefined when there is nothing of that name. */
export function quantityOf(symbol: SymbolNode, subject: Subject): Quantity | undefined {
  return symbol.kind === 'name' ? named(symbol.name, subject) : probed(symbol, subject);
}

/** An element's value, VOE, WC, RSS, LOWEST, HIGHEST, or a parameter: in this order, for a resistor may be called RSS. */
function named(name: string, { circuit, result, prefix, parameters }: Subject) {
  const element = elementOf(circuit, prefix + name);
  const found = element === undefined ? undefined : valueOfElement(element);
  if (found !== undefined) return found;
  const ofCircuit = OF_CIRCUIT[name.toUpperCase()];
  if (ofCircuit !== undefined) {
    return { value: ofCircuit(result) ?? null, unit: outputUnit(circuit) };
  }
  const parameter = parameters.get(name.toLowerCase());
  return parameter === undefined ? undefined : { value: parameter };
}

/** `NAME(a, b)`. */
function probed(
  { quantity, names }: { readonly quantity: string; readonly names: readonly Word[] },
  { circuit, result, prefix }: Subject,
): Quantity | undefined {
  const kind = quantity.toUpperCase();
  const [first, second, third] = names.map(({ text }) => prefix + text);
  if (first === undefined || third !== undefined) return undefined;
  const ofOpAmp = OF_OP_AMP[kind];
  if (ofOpAmp !== undefined) {
    const at = result.opAmps.find(({ opAmp }) => same(opAmp.name, first));
    const unit = ofOpAmp.unit(outputUnit(circuit));
    if (at !== undefined) return { value: ofOpAmp.of(at) ?? null, unit };
    // A circuit that cannot be solved has op amps all the same.
    const element = elementOf(circuit, first);
    return element?.kind === 'opAmp' ? { value: null, unit } : undefined;
  }
  const plain = names.map(({ text }) => text);
  switch (kind) {
    case 'V':
      return known(voltageBetween([first, second], result, plain), VOLT);
    case 'I': {
      if (result.operatingPoint === null) return { value: null, unit: AMPERE };
      return known(lookUp(result.operatingPoint.branches, first), AMPERE);
    }
    case 'R':
      return known(resistanceAt([first, second], result, plain), OHM);
    case 'MC': {
      const quantile = quantileOf(plain[0] ?? '', result);
      return known(quantile, outputUnit(circuit));
    }
    case 'GAIN': {
      const source = elementOf(circuit, first);
      const unit = over(outputUnit(circuit), sourceUnit(source));
      if (result.gains === null) return source === undefined ? undefined : { value: null, unit };
      for (const [at, gain] of result.gains.sources) {
        if (same(at.name, first)) return { value: gain, unit };
      }
      return undefined;
    }
    case 'RTI': {
      const unit = sourceUnit(elementOf(circuit, first));
      if (result.error === null) return { value: null, unit };
      return known(lookUp(result.error.inputReferred, first), unit);
    }
    default:
      return undefined;
  }
}

function known(value: number | null | undefined, unit: Unit): Quantity | undefined {
  return value === undefined ? undefined : { value, unit };
}

function outputUnit({ output }: Circuit): Unit {
  return output?.quantity === 'I' ? AMPERE : VOLT;
}

function sourceUnit(element: Element | undefined): Unit {
  return element?.kind === 'currentSource' ? AMPERE : VOLT;
}

/** `MC(99.9%)`: a quantile of the output over the samples at the nominal temperature. */
function quantileOf(text: string, { statistics }: CircuitAnalysis): number | null | undefined {
  const [, digits, percent] = /^(\d+(?:\.\d*)?|\.\d+)(%?)$/.exec(text) ?? [];
  const wanted = Number(digits) / (percent === '%' ? 100 : 1);
  if (!(wanted > 0 && wanted < 1)) return undefined;
  if (statistics === null) return null;
  const found = statistics.corners.find(({ isNominal }) => isNominal)?.monteCarlo;
  if (found === null || found === undefined) return null;
  return found.quantiles.find(({ probability }) => Math.abs(probability - wanted) < 1e-12)?.value;
}

/** R(a) or R(a,b): what a test source between two nodes sees, op amps with their known gains working. */
function resistanceAt(
  [plus, minus]: readonly (string | undefined)[],
  { circuit, operatingPoint }: CircuitAnalysis,
  plain: readonly string[],
): number | null | undefined {
  const find = (name: string | undefined, written: string | undefined) => {
    if (name === undefined || isGround(written)) return GROUND;
    const index = (text: string) => circuit.nodes.findIndex((node) => same(node, text));
    const own = index(name);
    return own >= 0 ? own : index(written ?? name);
  };
  const port = { plus: find(plus, plain[0]), minus: find(minus, plain[1]) };
  const isUnknown = (at: number, name: string | undefined, written: string | undefined) =>
    at === GROUND && name !== undefined && !isGround(written);
  if (isUnknown(port.plus, plus, plain[0]) || isUnknown(port.minus, minus, plain[1])) {
    return undefined;
  }
  return operatingPoint === null ? null : resistanceBetween(circuit, port);
}

/** V(a) or V(a,b) at the operating point; global names such as `0` stay as they are. */
function voltageBetween(
  [plus, minus]: readonly (string | undefined)[],
  { operatingPoint }: CircuitAnalysis,
  plain: readonly string[],
): number | null | undefined {
  if (operatingPoint === null) return null;
  const at = (name: string | undefined, written: string | undefined) =>
    name === undefined || isGround(written)
      ? 0
      : (lookUp(operatingPoint.nodes, name) ?? lookUp(operatingPoint.nodes, written ?? name));
  const [high, low] = [at(plus, plain[0]), at(minus, plain[1])];
  if (high === undefined || low === undefined) return undefined;
  return high === null || low === null ? null : high - low;
}

function isGround(name: string | undefined): boolean {
  return name === '0' || name?.toLowerCase() === 'gnd';
}

/** The value of an element that has one number, as a formula takes it. */
export function valueOfElement(element: Element): Quantity | undefined {
  switch (element.kind) {
    case 'resistor':
      return { value: element.resistance, unit: OHM };
    case 'voltageSource':
      return { value: element.voltage, unit: VOLT };
    case 'currentSource':
      return { value: element.current, unit: AMPERE };
    case 'controlledVoltage':
    case 'controlledCurrent': {
      const [control, second] = element.controls;
      if (control === undefined || second !== undefined) return undefined;
      const isVoltage = element.kind === 'controlledVoltage';
      const unit = control.quantity === 'V' ? (isVoltage ? NONE : SIEMENS) : isVoltage ? OHM : NONE;
      return { value: control.gain, unit };
    }
    default:
      return undefined;
  }
}

export function elementOf({ elements }: Circuit, name: string): Element | undefined {
  return elements.find((element) => same(element.name, name));
}

function lookUp<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.entries(record).find(([key]) => same(key, name))?.[1];
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
