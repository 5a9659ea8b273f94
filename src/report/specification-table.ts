/** The figures of each op amp that the errors are made of: known values and limits, as data sheets write them. */

import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import type { OpAmp } from '../circuit/circuit.ts';
import type { OpAmpSpecification, Spread } from '../circuit/specification.ts';
import type { Block } from './document.ts';
import { left, NO_BREAK, number, right } from './figures.ts';

export function specificationTable({ opAmps }: CircuitAnalysis): Block[] {
  const rows = opAmps.flatMap(({ opAmp }) =>
    opAmp.specification.stated.length === 0 ? [] : [rowOf(opAmp)],
  );
  if (rows.length === 0) return [];
  return [
    {
      kind: 'heading',
      text: 'Specifications: what netlist and data sheets say, for these temperatures and supplies',
    },
    {
      kind: 'table',
      columns: [
        left('op amp'),
        left('model'),
        right('V_OS'),
        right('drift per K'),
        right('I_B'),
        right('I_OS'),
        right('A_OL'),
        right('CMRR'),
        right('PSRR'),
        right('at V_CM, V_OUT'),
      ],
      rows,
    },
  ];
}

function rowOf({ name, part, specification }: OpAmp): string[] {
  const { offsetVoltage, drift, inverseGain, inverseCmrr, biasPoint } = specification;
  return [
    name,
    part,
    spreadText(offsetVoltage, 'V'),
    spreadText(drift, 'V'),
    ...currents(specification),
    inverseText(inverseGain),
    inverseText(inverseCmrr),
    supplyText(specification),
    `${number(biasPoint.commonMode, 'V')}, ${number(biasPoint.output, 'V')}`,
  ];
}

/** I_B and I_OS; of pins with currents of their own I_BN and I_BI. */
function currents({ bias }: OpAmpSpecification): [string, string] {
  return bias.kind === 'average'
    ? [spreadText(bias.average, 'A'), spreadText(bias.offset, 'A')]
    : [`I_BN ${spreadText(bias.nonInverting, 'A')}`, `I_BI ${spreadText(bias.inverting, 'A')}`];
}

function supplyText({ inversePsrr }: OpAmpSpecification): string {
  return inversePsrr.kind === 'lumped'
    ? inverseText(inversePsrr.both)
    : `${inverseText(inversePsrr.plus)}, ${inverseText(inversePsrr.minus)}`;
}

function spreadText({ nominal, low, high }: Spread, unit: string): string {
  if (low === high) return nominal === 0 ? '0' : number(nominal, unit);
  if (low === -high) return `±${number(high, unit)}`;
  return `${number(low, unit)} … ${number(high, unit)}`;
}

/** Of a gain or rejection, which is stored as its inverse. */
function inverseText({ nominal, low, high }: Spread): string {
  if (low === high) return nominal === 0 ? '∞' : number(1 / nominal, '');
  const decibels = -20 * Math.log10(Math.max(Math.abs(low), Math.abs(high)));
  return `≥${NO_BREAK}${Number(decibels.toFixed(1))}${NO_BREAK}dB`;
}
