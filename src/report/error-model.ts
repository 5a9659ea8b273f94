/**
 * The DC error model of an op amp as elements that every SPICE program has: V_OST in series with the + input, made of
 * V_OS, drift and the E sources of CMRR and PSRR; I_BN and I_BI out of the pins; A_OL as a current into a resistance.
 */

import type { PinRole } from '../../grammar/directive/tree.ts';
import type { OpAmp } from '../circuit/circuit.ts';
import { biasCurrents, psrrPair } from '../circuit/specification.ts';
import type { BiasPoint } from '../mna/excitation.ts';

/** A_OL of an op amp whose gain is not known [V/V]: its error is that of the numbers. */
const IDEAL_GAIN = 1e15;

/** Holds a supply that nothing else holds at 0 V [ohm]. */
const SUPPLY_RESISTANCE = 1e15;

/** The nodes of the model. */
interface Pins {
  readonly plus: string;
  readonly minus: string;
  readonly output: string;
  readonly positiveSupply?: string;
  readonly negativeSupply?: string;
}

/** The definition of a card with one op amp, or several in one package; `null` is an op amp without a bias point. */
export function errorModel(
  name: string,
  opAmps: readonly { readonly opAmp: OpAmp; readonly point: BiasPoint | null }[],
): readonly string[] {
  const [first] = opAmps;
  const ports = (first?.opAmp.roles ?? []).map((_, index) => `p${index + 1}`);
  const bodies = opAmps.flatMap((each, index) => {
    const suffix = opAmps.length > 1 ? String(index + 1) : '';
    return elements(each.opAmp, { ...each, suffix });
  });
  return [`.subckt ${name} ${ports.join(' ')}`, ...bodies, `.ends ${name}`];
}

function pinsOf({ roles = [] }: OpAmp): Pins {
  const port = (role: PinRole) => `p${roles.indexOf(role) + 1}`;
  return {
    plus: port('plus'),
    minus: port('minus'),
    output: port('output'),
    ...(roles.includes('positiveSupply') ? { positiveSupply: port('positiveSupply') } : {}),
    ...(roles.includes('negativeSupply') ? { negativeSupply: port('negativeSupply') } : {}),
  };
}

function elements(
  opAmp: OpAmp,
  { point, suffix }: { readonly point: BiasPoint | null; readonly suffix: string },
): readonly string[] {
  const { specification } = opAmp;
  const pins = pinsOf(opAmp);
  const p = psrrPair(specification);
  const c = specification.inverseCmrr.nominal;
  const a = specification.inverseGain.nominal;
  const currents = biasCurrents(specification);
  const chain = new Series(pins.plus, suffix);
  // theory D2: V_OST = V_OS + TC dT + c (V_CM - V_CM0) + p+ (V_DD - V_DD0) + p- (V_SS - V_SS0) + a V_O0
  chain.voltage('VOS', specification.offsetVoltage.nominal);
  if (point !== null) {
    chain.voltage('VTC', specification.drift.nominal * point.temperatureStep);
    chain.voltage('VCM', -c * point.commonMode);
    chain.voltage('VPP', -p.plus * point.positiveSupply);
    chain.voltage('VPN', -p.minus * point.negativeSupply);
    chain.voltage('VOL', a * point.output);
  }
  chain.controlled('ECP', pins.plus, c / 2);
  chain.controlled('ECM', pins.minus, c / 2);
  chain.controlled('EPP', pins.positiveSupply, p.plus);
  chain.controlled('EPN', pins.negativeSupply, p.minus);
  const supplies = [pins.positiveSupply, pins.negativeSupply].filter((pin) => pin !== undefined);
  const stage = `a${suffix}`;
  return [
    ...chain.lines,
    `IBN${suffix} ${pins.plus} 0 DC ${currents.nonInverting}`,
    `IBI${suffix} ${pins.minus} 0 DC ${currents.inverting}`,
    `GOL${suffix} 0 ${stage} ${chain.end} ${pins.minus} 1`,
    `ROL${suffix} ${stage} 0 ${a === 0 ? IDEAL_GAIN : 1 / a}`,
    `EOL${suffix} ${pins.output} 0 ${stage} 0 1`,
    ...supplies.map((pin, index) => `RS${index + 1}${suffix} ${pin} 0 ${SUPPLY_RESISTANCE}`),
  ];
}

/** Sources one behind the other, each of which adds its voltage; those that add nothing are left out. */
class Series {
  readonly lines: string[] = [];
  /** The node behind the last one. */
  end: string;
  readonly #suffix: string;

  constructor(start: string, suffix: string) {
    this.end = start;
    this.#suffix = suffix;
  }

  voltage(name: string, volts: number): void {
    if (volts !== 0) this.#add(name, `DC ${volts}`);
  }

  controlled(name: string, node: string | undefined, gain: number): void {
    if (node !== undefined && gain !== 0) this.#add(name, `${node} 0 ${gain}`);
  }

  #add(name: string, value: string): void {
    const next = `n${this.lines.length + 1}${this.#suffix === '' ? '' : `x${this.#suffix}`}`;
    this.lines.push(`${name}${this.#suffix} ${next} ${this.end} ${value}`);
    this.end = next;
  }
}
