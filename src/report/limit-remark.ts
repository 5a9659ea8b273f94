/** The limits of an op amp that a model with known values leaves out, as a comment of a netlist in ASCII. */

import type { OpAmp } from '../circuit/circuit.ts';
import type { OpAmpSpecification, Spread } from '../circuit/specification.ts';
import { number } from './figures.ts';

/** One line for each op amp that has a spread; none where all values are known. */
export function limitRemarks(opAmps: readonly OpAmp[]): readonly string[] {
  return opAmps.flatMap(({ name, specification }) => {
    const limits = limitsOf(specification);
    if (limits.length === 0) return [];
    const whose = opAmps.length > 1 ? `Limits of ${name}` : 'Limits';
    return [`* ${whose} that are not in the model: ${limits.join(', ')}.`];
  });
}

function limitsOf(specification: OpAmpSpecification): readonly string[] {
  const { offsetVoltage, drift, inverseGain, inverseCmrr, inversePsrr, bias } = specification;
  return [
    ...spread('V_OS', offsetVoltage, 'V'),
    ...spread('drift', drift, 'V/K'),
    ...(bias.kind === 'average'
      ? [...spread('I_B', bias.average, 'A'), ...spread('I_OS', bias.offset, 'A')]
      : [...spread('I_BN', bias.nonInverting, 'A'), ...spread('I_BI', bias.inverting, 'A')]),
    ...ratio('A_OL', inverseGain),
    ...ratio('CMRR', inverseCmrr),
    ...(inversePsrr.kind === 'lumped'
      ? ratio('PSRR', inversePsrr.both)
      : [...ratio('PSRR+', inversePsrr.plus), ...ratio('PSRR-', inversePsrr.minus)]),
  ];
}

function spread(name: string, { low, high }: Spread, unit: string): string[] {
  if (low === high) return [];
  if (low === -high) return [`${name} +-${ascii(high, unit)}`];
  return [`${name} ${ascii(low, unit)} to ${ascii(high, unit)}`];
}

/** Of a gain or rejection, which is stored as its inverse [V/V]. */
function ratio(name: string, { low, high }: Spread): string[] {
  if (low === high) return [];
  const decibels = -20 * Math.log10(Math.max(Math.abs(low), Math.abs(high)));
  return [`${name} >= ${Number(decibels.toFixed(1))} dB`];
}

function ascii(value: number, unit: string): string {
  return number(value, unit)
    .replace(/\u00a0/g, ' ')
    .replace(/[\u00b5\u03bc]/g, 'u');
}
