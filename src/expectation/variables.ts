/**
 * What may vary when a formula is tested beyond the values of the circuit: resistances and gains always, sources
 * when the formula names one or nothing else can vary, specifications of op amps that it names. What is 0 stays 0:
 * a source of 0 V is a wire.
 */

import type { SymbolNode } from '../../grammar/walk.ts';
import type { Circuit, Element, OpAmp } from '../circuit/circuit.ts';
import { known, type OpAmpSpecification, type Spread } from '../circuit/specification.ts';
import { elementOf } from './quantities.ts';

export interface Variable {
  /** As a formula writes it: `R1`, `VOS(XU1)`. */
  readonly name: string;
  /** The element it belongs to. */
  readonly element: Element;
  readonly nominal: number;
  /** The element with this value `factor` times as large. */
  readonly times: (element: Element, factor: number) => Element;
}

/** The variables for a formula with these symbols. */
export function variablesOf(
  circuit: Circuit,
  { symbols, prefix }: { readonly symbols: readonly SymbolNode[]; readonly prefix: string },
): Variable[] {
  const named = symbols.flatMap((symbol) =>
    symbol.kind === 'name' ? [elementOf(circuit, prefix + symbol.name)?.kind] : [],
  );
  const found: Variable[] = [];
  const sources: Variable[] = [];
  for (const element of circuit.elements) {
    if (element.kind === 'opAmp') found.push(...specified(element, { symbols, prefix }));
    else {
      const nominal = numberOf(element);
      if (nominal !== undefined && nominal !== 0 && Number.isFinite(nominal)) {
        const isSource = element.kind === 'voltageSource' || element.kind === 'currentSource';
        (isSource ? sources : found).push({ name: element.name, element, nominal, times: scaled });
      }
    }
  }
  const names = named.includes('voltageSource') || named.includes('currentSource');
  return names || found.length === 0 ? [...found, ...sources] : found;
}

function numberOf(element: Element): number | undefined {
  switch (element.kind) {
    case 'resistor':
      return element.resistance;
    case 'voltageSource':
      return element.voltage;
    case 'currentSource':
      return element.current;
    case 'controlledVoltage':
    case 'controlledCurrent':
      return element.controls[0]?.gain;
    default:
      return undefined;
  }
}

/** Several gains of one source have a common factor. */
function scaled(element: Element, factor: number): Element {
  switch (element.kind) {
    case 'resistor':
      return { ...element, resistance: element.resistance * factor };
    case 'voltageSource':
      return { ...element, voltage: element.voltage * factor };
    case 'currentSource':
      return { ...element, current: element.current * factor };
    case 'controlledVoltage':
    case 'controlledCurrent':
      return {
        ...element,
        controls: element.controls.map((control) => ({ ...control, gain: control.gain * factor })),
      };
    default:
      return element;
  }
}

/** A known number of a specification, read and replaced. */
interface Figure {
  readonly read: (specification: OpAmpSpecification) => number | undefined;
  readonly write: (specification: OpAmpSpecification, value: number) => OpAmpSpecification;
}

const inverse = (key: 'inverseGain' | 'inverseCmrr'): Figure => ({
  read: (specification) => specification[key].nominal,
  write: (specification, value) => ({ ...specification, [key]: known(value) }),
});

const psrr = (key: 'plus' | 'minus'): Figure => ({
  read: ({ inversePsrr }) =>
    inversePsrr.kind === 'lumped' ? inversePsrr.both.nominal : inversePsrr[key].nominal,
  write: (specification, value) => {
    const { inversePsrr } = specification;
    const changed: OpAmpSpecification['inversePsrr'] =
      inversePsrr.kind === 'lumped'
        ? { kind: 'lumped', both: known(value) }
        : { ...inversePsrr, [key]: known(value) };
    return { ...specification, inversePsrr: changed };
  },
});

const bias = (key: 'average' | 'offset' | 'nonInverting' | 'inverting'): Figure => {
  const of = (specification: OpAmpSpecification): Readonly<Record<string, Spread | string>> => ({
    ...specification.bias,
  });
  return {
    read: (specification) => {
      const spread = of(specification)[key];
      return typeof spread === 'object' ? spread.nominal : undefined;
    },
    write: (specification, value) => ({
      ...specification,
      bias: { ...specification.bias, [key]: known(value) } as OpAmpSpecification['bias'],
    }),
  };
};

const CURRENTS: readonly (readonly [name: string, figure: Figure])[] = [
  ['IB', bias('average')],
  ['IOS', bias('offset')],
  ['IBN', bias('nonInverting')],
  ['IBI', bias('inverting')],
];

/** The figures that a name in a formula rests on, by upper-case name. */
const FIGURES: Readonly<Record<string, readonly (readonly [name: string, figure: Figure])[]>> = {
  VOS: [
    [
      'VOS',
      {
        read: ({ offsetVoltage }) => offsetVoltage.nominal,
        write: (specification, value) => ({ ...specification, offsetVoltage: known(value) }),
      },
    ],
  ],
  TCVOS: [
    [
      'TCVOS',
      {
        read: ({ drift }) => drift.nominal,
        write: (specification, value) => ({ ...specification, drift: known(value) }),
      },
    ],
  ],
  AOL: [['AOL', inverse('inverseGain')]],
  CMRR: [['CMRR', inverse('inverseCmrr')]],
  PSRR: [['PSRR', psrr('plus')]],
  PSRRP: [['PSRRP', psrr('plus')]],
  PSRRN: [['PSRRN', psrr('minus')]],
  IB: CURRENTS,
  IOS: CURRENTS,
  IBN: CURRENTS,
  IBI: CURRENTS,
};

function specified(
  opAmp: OpAmp,
  { symbols, prefix }: { readonly symbols: readonly SymbolNode[]; readonly prefix: string },
): Variable[] {
  const found = new Map<string, Variable>();
  for (const symbol of symbols) {
    if (symbol.kind !== 'probe') continue;
    const target = prefix + (symbol.names[0]?.text ?? '');
    if (target.toLowerCase() !== opAmp.name.toLowerCase()) continue;
    for (const [name, { read, write }] of FIGURES[symbol.quantity.toUpperCase()] ?? []) {
      const nominal = read(opAmp.specification);
      if (nominal === undefined || nominal === 0) continue;
      found.set(name, {
        name: `${name}(${opAmp.name})`,
        element: opAmp,
        nominal,
        times: (element, factor) =>
          element.kind === 'opAmp'
            ? {
                ...element,
                specification: write(
                  element.specification,
                  (read(element.specification) ?? 0) * factor,
                ),
              }
            : element,
      });
    }
  }
  return [...found.values()];
}

/** What the parameters leave as it is: the rest has its value from them. */
export function independent(variables: readonly Variable[], changed: Circuit): readonly Variable[] {
  const elements = new Map(changed.elements.map((element) => [element.name, element]));
  return variables.filter(({ element }) => {
    const now = elements.get(element.name);
    return now !== undefined && JSON.stringify(stateOf(now)) === JSON.stringify(stateOf(element));
  });
}

function stateOf(element: Element): unknown {
  switch (element.kind) {
    case 'resistor':
      return element.resistance;
    case 'voltageSource':
      return element.voltage;
    case 'currentSource':
      return element.current;
    case 'controlledVoltage':
    case 'controlledCurrent':
      return element.controls;
    default:
      return element.kind;
  }
}
