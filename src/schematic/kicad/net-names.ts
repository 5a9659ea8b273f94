/** Names of nets, as KiCad gives them. */

import type { Span } from '../../../grammar/source.ts';
import type { Net } from '../board/board.ts';

/** What may name a net, the strongest first. */
export const RANKS = [
  'global label',
  'power',
  'local power',
  'label',
  'hierarchical label',
  'sheet pin',
  'pin',
] as const;

export interface Driver {
  readonly rank: (typeof RANKS)[number];
  /** Of the sheet: that of the outer one wins. */
  readonly depth: number;
  readonly name: string;
  readonly span: Span;
  /** Of a pin: `Pad3`, which tells apart what connects nowhere. */
  readonly pad?: string;
}

/** Drivers per net, of which the strongest is kept, and how many pins there are. */
export class NetDrivers {
  readonly #best = new Map<number, Driver>();
  readonly #pins = new Map<number, number>();

  offer(net: number, driver: Driver): void {
    if (driver.rank === 'pin') this.#pins.set(net, (this.#pins.get(net) ?? 0) + 1);
    const best = this.#best.get(net);
    if (best === undefined || isStronger(driver, best)) this.#best.set(net, driver);
  }

  net(number: number): Net | undefined {
    const best = this.#best.get(number);
    if (best === undefined) return undefined;
    const { rank, span } = best;
    return {
      name: rank === 'pin' ? this.#nameOfPin(number, best) : best.name,
      span,
      isPower: rank === 'power' || rank === 'local power',
    };
  }

  #nameOfPin(number: number, { name, pad = '' }: Driver): string {
    if ((this.#pins.get(number) ?? 0) > 1) return `Net-(${name})`;
    return `unconnected-(${name}${name.endsWith(pad) ? '' : `-${pad}`})`;
  }
}

/** Pins that have a name come before those that only have a number; else the alphabet decides. */
function isStronger(a: Driver, b: Driver): boolean {
  if (a.rank !== b.rank) return RANKS.indexOf(a.rank) < RANKS.indexOf(b.rank);
  if (a.rank === 'pin') {
    const [first, second] = [a, b].map(({ name }) => /-Pad[^-]*$/.test(name));
    if (first !== second) return second === true;
  } else if (a.depth !== b.depth) return a.depth < b.depth;
  return a.name < b.name;
}

/** `U1A-+`, `R1-Pad2`: how a pin names its net. */
export function pinDriverName(
  part: string,
  { name, number }: { readonly name: string; readonly number: string },
): string {
  const isNamed = name !== '' && name !== '~' && name !== number;
  return `${part}-${isNamed ? name : `Pad${number}`}`;
}

/** 1 -> A, 26 -> Z, 27 -> AA: how KiCad letters the units of a part. */
export function unitLetter(unit: number): string {
  let letters = '';
  for (let rest = unit; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}
