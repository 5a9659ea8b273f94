/** An op amp whose specifications are all known as cards: an ideal one for a simulator, and its `*@ opamp` line. */

import { GROUND, type OpAmp } from '../circuit/circuit.ts';
import type { PinLimit } from '../circuit/pin-limits.ts';
import type { BiasPoint } from '../mna/excitation.ts';
import { type CardNames, portText } from './controlled-card.ts';

const GAIN = '1meg';

/** True for what was an E source, and where an output is not from ground. */
export function isBare({ name, output, positiveSupply, negativeSupply }: OpAmp): boolean {
  const supplied = (positiveSupply ?? negativeSupply) !== undefined;
  return output.minus !== GROUND || (!supplied && /^e/i.test(name));
}

interface Pin {
  readonly role: string;
  readonly port: string;
  readonly node: number;
}

function pinsOf({ plus, minus, positiveSupply, negativeSupply, output }: OpAmp): readonly Pin[] {
  return [
    { role: '+', port: 'inp', node: plus },
    { role: '-', port: 'inn', node: minus },
    ...(positiveSupply === undefined ? [] : [{ role: 'V+', port: 'vdd', node: positiveSupply }]),
    ...(negativeSupply === undefined ? [] : [{ role: 'V-', port: 'vss', node: negativeSupply }]),
    { role: 'out', port: 'out', node: output.plus },
  ];
}

/** `OPAMP_VDD_VSS`: one definition for each set of pins. */
function definitionName(opAmp: OpAmp): string {
  const supplies = pinsOf(opAmp).filter(({ role }) => role.startsWith('V'));
  return ['OPAMP', ...supplies.map(({ port }) => port.toUpperCase())].join('_');
}

export function opAmpCard(opAmp: OpAmp, names: CardNames): string {
  const name = names.element(opAmp.name);
  const { plus, minus, output } = opAmp;
  if (isBare(opAmp)) {
    return `${name} ${portText(output, names)} ${portText({ plus, minus }, names)} ${GAIN}`;
  }
  const nodes = pinsOf(opAmp).map(({ node }) => names.node(node));
  return [name, ...nodes, definitionName(opAmp)].join(' ');
}

/** The subcircuits of `opAmps`. */
export function opAmpDefinitions(opAmps: readonly OpAmp[]): readonly string[] {
  const made = new Map<string, readonly string[]>();
  for (const opAmp of opAmps.filter((each) => !isBare(each))) {
    const name = definitionName(opAmp);
    const ports = pinsOf(opAmp).map(({ port }) => port);
    made.set(name, [
      `.subckt ${name} ${ports.join(' ')}`,
      `E1 out 0 inp inn ${GAIN}`,
      `.ends ${name}`,
    ]);
  }
  return [...made.values()].flat();
}

/** The whole model: what is not stated is ideal. */
export function opAmpDirective(
  opAmp: OpAmp,
  {
    names,
    ...at
  }: {
    readonly names: CardNames;
    readonly point: BiasPoint | undefined;
    /** At which it is [deg C]. */
    readonly temperature: number | undefined;
  },
): string {
  const pins = isBare(opAmp)
    ? []
    : [
        `pins=${pinsOf(opAmp)
          .map(({ role }) => role)
          .join(',')}`,
      ];
  const keys = [...specificationKeys(opAmp, at), ...limitKeys(opAmp)];
  return ['*@ opamp', names.element(opAmp.name), ...pins, ...keys].join(' ');
}

/** A drift voltage as a coefficient and the step of temperature that makes it. */
function driftKeys(voltage: number, step: number): string[] {
  if (voltage === 0) return [];
  return step === 0 ? [`tcvos=${voltage}`, 'dt=1'] : [`tcvos=${voltage / step}`, `dt=${step}`];
}

function specificationKeys(
  { specification }: OpAmp,
  { point, temperature }: { point: BiasPoint | undefined; temperature: number | undefined },
): string[] {
  const { offsetVoltage, drift, inverseGain, inverseCmrr, inversePsrr, bias } = specification;
  const { temperatureStep, biasPoint } = specification;
  const step =
    temperatureStep ??
    (temperature === undefined
      ? (point?.temperatureStep ?? 0)
      : temperature - biasPoint.temperature);
  const ratio = (key: string, inverse: number): string[] =>
    inverse === 0 ? [] : [`${key}=${1 / inverse}V/V`];
  const value = (key: string, nominal: number): string[] =>
    nominal === 0 ? [] : [`${key}=${nominal}`];
  return [
    `vos=${offsetVoltage.nominal}`,
    ...driftKeys(drift.nominal * (point?.temperatureStep ?? 0), step),
    ...ratio('aol', inverseGain.nominal),
    ...ratio('cmrr', inverseCmrr.nominal),
    ...(inversePsrr.kind === 'lumped'
      ? ratio('psrr', inversePsrr.both.nominal)
      : [
          ...ratio('psrrp', inversePsrr.plus.nominal),
          ...ratio('psrrn', inversePsrr.minus.nominal),
        ]),
    ...(bias.kind === 'average'
      ? [...value('ib', bias.average.nominal), ...value('ios', bias.offset.nominal)]
      : [...value('ibn', bias.nonInverting.nominal), ...value('ibi', bias.inverting.nominal)]),
    ...(point === undefined
      ? []
      : [
          `vcm0=${point.commonMode}`,
          `vout0=${point.output}`,
          `vdd0=${point.positiveSupply}`,
          `vss0=${point.negativeSupply}`,
        ]),
  ];
}

function limitKeys({ specification: { pinLimits } }: OpAmp): string[] {
  const { commonMode, output } = pinLimits;
  return [
    ...limitKey('vcmlow', commonMode.low),
    ...limitKey('vcmhigh', commonMode.high),
    ...limitKey('voutlow', output.low),
    ...limitKey('vouthigh', output.high),
  ];
}

function limitKey(key: string, limit: PinLimit | undefined): string[] {
  if (limit === undefined) return [];
  const { rail, offset } = limit;
  if (rail === undefined) return [`${key}=${offset}`];
  return [`${key}=${rail === 'positiveSupply' ? 'vdd' : 'vss'}${offset < 0 ? '' : '+'}${offset}`];
}
