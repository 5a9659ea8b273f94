/**
 * What the names of an expectation mean: `GN(XU1)`, `V(out)`, `VOE`, `R3`. A quantity has a value [SI] or,
 * where the circuit does not have it (no DC feedback, no output), none.
 */

import type { Word } from '../../grammar/expression.ts';
import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import type { OpAmpAnalysis } from '../analysis/op-amp-analysis.ts';
import type { Circuit, Element } from '../circuit/circuit.ts';
import { biasCurrents, psrrPair } from '../circuit/specification.ts';

export interface Subject {
  readonly circuit: Circuit;
  readonly result: CircuitAnalysis;
  /** In front of relative names. */
  readonly prefix: string;
}

type OpAmpQuantity = (at: OpAmpAnalysis) => number | null | undefined;

/** Quantities of one op amp, by upper-case name. */
const OF_OP_AMP: Readonly<Record<string, OpAmpQuantity>> = {
  GN: (at) => at.noiseGain,
  GNO: (at) => at.noiseGainToOutput,
  RNEQ: (at) => at.resistance.nonInverting,
  RIEQ: (at) => at.resistance.inverting,
  ZN: (at) => at.transresistance?.nonInverting,
  ZI: (at) => at.transresistance?.inverting,
  BETA: (at) => at.feedback.minus - at.feedback.plus,
  VCM: (at) => at.voltages?.commonMode,
  VOUT: (at) => at.voltages?.output,
  VOST: offsetTotal,
  VIBN: (at) => at.terms?.Ibn.input,
  VIBI: (at) => at.terms?.Ibi.input,
  VIE: (at) => {
    const total = offsetTotal(at);
    return at.terms === null || total === undefined
      ? undefined
      : total + at.terms.Ibn.input + at.terms.Ibi.input; // AN1177 Eq. 7
  },
  VOS: ({ opAmp }) => opAmp.specification.offsetVoltage.nominal,
  TCVOS: ({ opAmp }) => opAmp.specification.drift.nominal,
  AOL: ({ opAmp }) => 1 / opAmp.specification.inverseGain.nominal,
  CMRR: ({ opAmp }) => 1 / opAmp.specification.inverseCmrr.nominal,
  PSRRP: ({ opAmp }) => 1 / psrrPair(opAmp.specification).plus,
  PSRRN: ({ opAmp }) => 1 / psrrPair(opAmp.specification).minus,
  IBN: ({ opAmp }) => biasCurrents(opAmp.specification).nonInverting,
  IBI: ({ opAmp }) => biasCurrents(opAmp.specification).inverting,
  IB: ({ opAmp }) => {
    const { nonInverting, inverting } = biasCurrents(opAmp.specification);
    return (nonInverting + inverting) / 2; // AN1177 Eq. 4
  },
  IOS: ({ opAmp }) => {
    const { nonInverting, inverting } = biasCurrents(opAmp.specification);
    return nonInverting - inverting;
  },
};

/** V_OST, the sum of AN1177 Eq. 3 with the sign of the A_OL term corrected (erratum E1). */
function offsetTotal({ terms }: OpAmpAnalysis): number | undefined {
  if (terms === null) return undefined;
  const { Vos, drift, Aol, Cmrr, PsrrPlus, PsrrMinus } = terms;
  return [Vos, drift, Aol, Cmrr, PsrrPlus, PsrrMinus].reduce((sum, { input }) => sum + input, 0);
}

/** Quantities of the whole circuit, by upper-case name. */
const OF_CIRCUIT: Readonly<Record<string, (result: CircuitAnalysis) => number | null | undefined>> =
  {
    VOE: ({ error }) => error?.output,
    WC: ({ budget }) => budget?.worstCase,
    RSS: ({ budget }) => budget?.rss,
    LOWEST: ({ extremes }) => extremes?.low?.value,
    HIGHEST: ({ extremes }) => extremes?.high?.value,
  };

/** The names that a formula may use, for suggestions. */
export const QUANTITY_NAMES: readonly string[] = [
  ...Object.keys(OF_OP_AMP).map((name) => `${name}(...)`),
  'gain(...)',
  'RTI(...)',
  'V(...)',
  'I(...)',
  ...Object.keys(OF_CIRCUIT),
];

/** A word without parentheses: VOE, WC, RSS, LOWEST, HIGHEST or an element's value; undefined when there is none of that name. */
export function namedValue(
  name: string,
  { circuit, result, prefix }: Subject,
): number | null | undefined {
  const ofCircuit = OF_CIRCUIT[name.toUpperCase()];
  if (ofCircuit !== undefined) return ofCircuit(result) ?? null;
  const element = find(circuit.elements, prefix + name);
  return element === undefined ? undefined : elementValue(element);
}

/** `NAME(a, b)`; undefined when there is no such quantity or no such op amp, source or node. */
export function probedValue(
  { quantity, names }: { readonly quantity: string; readonly names: readonly Word[] },
  { result, prefix }: Subject,
): number | null | undefined {
  const kind = quantity.toUpperCase();
  const [first, second] = names.map(({ text }) => prefix + text);
  if (first === undefined) return undefined;
  const ofOpAmp = OF_OP_AMP[kind];
  if (ofOpAmp !== undefined) {
    const at = result.opAmps.find(({ opAmp }) => same(opAmp.name, first));
    return at === undefined ? undefined : (ofOpAmp(at) ?? null);
  }
  switch (kind) {
    case 'V':
      return voltageBetween(
        [first, second],
        result,
        names.map(({ text }) => text),
      );
    case 'I': {
      if (result.operatingPoint === null) return null;
      return lookUp(result.operatingPoint.branches, first);
    }
    case 'GAIN': {
      const gains = result.gains;
      if (gains === null) return null;
      for (const [source, gain] of gains.sources) if (same(source.name, first)) return gain;
      return undefined;
    }
    case 'RTI':
      return result.error === null ? null : lookUp(result.error.inputReferred, first);
    default:
      return undefined;
  }
}

/** V(a) or V(a,b) at the operating point; global names such as `0` stay as they are. */
function voltageBetween(
  [plus, minus]: readonly (string | undefined)[],
  { operatingPoint }: CircuitAnalysis,
  plain: readonly string[],
): number | null | undefined {
  if (operatingPoint === null) return null;
  const at = (name: string | undefined, written: string | undefined) =>
    name === undefined || written === '0' || written?.toLowerCase() === 'gnd'
      ? 0
      : (lookUp(operatingPoint.nodes, name) ?? lookUp(operatingPoint.nodes, written ?? name));
  const [high, low] = [at(plus, plain[0]), at(minus, plain[1])];
  if (high === undefined || low === undefined) return undefined;
  return high === null || low === null ? null : high - low;
}

function elementValue(element: Element): number | undefined {
  switch (element.kind) {
    case 'resistor':
      return element.resistance;
    case 'voltageSource':
      return element.voltage;
    case 'currentSource':
      return element.current;
    case 'controlledVoltage':
    case 'controlledCurrent':
      return element.controls.length === 1 ? element.controls[0]?.gain : undefined;
    default:
      return undefined;
  }
}

function find<T extends { readonly name: string }>(
  items: readonly T[],
  name: string,
): T | undefined {
  return items.find((item) => same(item.name, name));
}

function lookUp<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.entries(record).find(([key]) => same(key, name))?.[1];
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
