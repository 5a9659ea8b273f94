/**
 * A sheet may take a value for a specification that the netlist knows by its limits only: `I_BN = 5.5 nA`. The
 * circuit then has this value, as long as it is within the limits.
 */

import type { Circuit, OpAmp } from '../../circuit/circuit.ts';
import {
  biasCurrents,
  known,
  type OpAmpSpecification,
  type Spread,
} from '../../circuit/specification.ts';

/** Of a ratio such as A_OL the limits of its inverse are known: 0 to 1/100k for at least 100k. */
export interface Limits {
  readonly spread: Spread;
  readonly isInverse: boolean;
}

/** The limits of a specification by the name of its quantity; undefined for what is none. */
export function limitsOf(quantity: string, { specification }: OpAmp): Limits | undefined {
  const { inverseGain, inverseCmrr, inversePsrr } = specification;
  const inverse = (spread: Spread): Limits => ({ spread, isInverse: true });
  if (quantity === 'AOL') return inverse(inverseGain);
  if (quantity === 'CMRR') return inverse(inverseCmrr);
  if (quantity === 'PSRR' && inversePsrr.kind === 'lumped') return inverse(inversePsrr.both);
  const spread = directLimits(quantity, specification);
  return spread === undefined ? undefined : { spread, isInverse: false };
}

function directLimits(quantity: string, specification: OpAmpSpecification): Spread | undefined {
  const { bias } = specification;
  switch (quantity) {
    case 'VOS':
      return specification.offsetVoltage;
    case 'VOST':
      return hasOffsetOnly(specification) ? specification.offsetVoltage : undefined;
    case 'TCVOS':
      return specification.drift;
    case 'IB':
      return bias.kind === 'average' ? bias.average : undefined;
    case 'IOS':
      return bias.kind === 'average' ? bias.offset : undefined;
    case 'IBN':
      return bias.kind === 'pins' ? bias.nonInverting : pin(bias, 1);
    case 'IBI':
      return bias.kind === 'pins' ? bias.inverting : pin(bias, -1);
    default:
      return undefined;
  }
}

/** I_B +- I_OS/2 over both spreads (AN1177 Eq. 4). */
function pin(
  { average, offset }: Extract<OpAmpSpecification['bias'], { kind: 'average' }>,
  sign: 1 | -1,
): Spread {
  const ends = [offset.low, offset.high].map((end) => (sign * end) / 2);
  return {
    nominal: average.nominal + (sign * offset.nominal) / 2,
    low: average.low + Math.min(...ends),
    high: average.high + Math.max(...ends),
  };
}

function hasOffsetOnly(specification: OpAmpSpecification): boolean {
  const { drift, inverseGain, inverseCmrr, inversePsrr } = specification;
  const others =
    inversePsrr.kind === 'lumped' ? [inversePsrr.both] : [inversePsrr.plus, inversePsrr.minus];
  return [drift, inverseGain, inverseCmrr, ...others].every(
    ({ low, high }) => low === 0 && high === 0,
  );
}

/** The circuit with this value of the specification; undefined where the netlist states another known value or limits that exclude it. */
export function assuming(
  circuit: Circuit,
  {
    opAmp,
    quantity,
    value,
  }: { readonly opAmp: OpAmp; readonly quantity: string; readonly value: number },
): Circuit | undefined {
  const limits = limitsOf(quantity, opAmp);
  if (limits === undefined || limits.spread.low === limits.spread.high) return undefined;
  const { low, high } = limits.spread;
  const stated = limits.isInverse ? 1 / value : value;
  const slack = 1e-9 * Math.abs(stated);
  if (stated < low - slack || stated > high + slack) return undefined;
  const specification = changed(opAmp.specification, { quantity, value });
  return {
    ...circuit,
    elements: circuit.elements.map((element) =>
      element.name === opAmp.name && element.kind === 'opAmp'
        ? { ...element, specification }
        : element,
    ),
  };
}

function changed(
  specification: OpAmpSpecification,
  { quantity, value }: { readonly quantity: string; readonly value: number },
): OpAmpSpecification {
  const { bias } = specification;
  switch (quantity) {
    case 'VOS':
    case 'VOST':
      return { ...specification, offsetVoltage: known(value) };
    case 'TCVOS':
      return { ...specification, drift: known(value) };
    case 'AOL':
      return { ...specification, inverseGain: known(1 / value) };
    case 'CMRR':
      return { ...specification, inverseCmrr: known(1 / value) };
    case 'PSRR':
      return { ...specification, inversePsrr: { kind: 'lumped', both: known(1 / value) } };
    case 'IB':
    case 'IOS': {
      if (bias.kind !== 'average') return specification;
      const key = quantity === 'IB' ? 'average' : 'offset';
      return { ...specification, bias: { ...bias, [key]: known(value) } };
    }
    default: {
      const { nonInverting, inverting } = biasCurrents(specification);
      const pins =
        quantity === 'IBN'
          ? { nonInverting: known(value), inverting: inverseOr(bias, inverting) }
          : { nonInverting: nonInvertingOr(bias, nonInverting), inverting: known(value) };
      return { ...specification, bias: { kind: 'pins', ...pins } };
    }
  }
}

/** The other pin keeps its limits, so that a later line can take a value for it. */
function inverseOr(bias: OpAmpSpecification['bias'], nominal: number): Spread {
  return { ...(bias.kind === 'pins' ? bias.inverting : pin(bias, -1)), nominal };
}

function nonInvertingOr(bias: OpAmpSpecification['bias'], nominal: number): Spread {
  return { ...(bias.kind === 'pins' ? bias.nonInverting : pin(bias, 1)), nominal };
}
