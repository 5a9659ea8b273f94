/**
 * Which port of a macromodel is which op amp pin, found by solving it: as a unity follower between
 * symmetric supplies whose opened loop has the gain of an op amp. Comparators follow, too; what a part is
 * called must tell them.
 */

import { formatEngineering } from '../../../grammar/number.ts';
import type { Effort } from './bench-solution.ts';
import type { Fixture } from './fixture.ts';
import { type Connection, type Follower, follower, openLoop } from './follower.ts';
import {
  followerOf,
  hasSamePins,
  LIKELY,
  type PinPorts,
  rivalsOf,
  UNLIKELY,
} from './order-of-search.ts';

export type Identification =
  /** `evidence`: what the solutions were. */
  | { readonly verdict: 'decided'; readonly pins: PinPorts; readonly evidence: string }
  /** Several ways to connect the part make a follower of it. */
  | { readonly verdict: 'ambiguous'; readonly candidates: readonly PinPorts[] }
  /** None was found. */
  | { readonly verdict: 'undecided' };

/** Both signs of the input, so that no output stuck at a voltage passes [V]. */
const INPUTS = [0.3, -0.4] as const;
/** Of the output against the input; offsets of real parts stay below [V]. */
const LARGEST_ERROR = 30e-3;
/** Of the opened loop: amplifiers with a gain of their own have less, even fast op amps more [V/V]. */
const LEAST_GAIN = 500;
/** Beyond it the sign of A is that of rounding errors [V/V]. */
const LARGEST_GAIN = 1e12;
/** |A+ + A-| / |A+|: an op amp amplifies the difference of its inputs. */
const LARGEST_ASYMMETRY = 0.1;
/** More flows when an output is taken for a supply [A]. */
const LARGEST_CURRENT = 0.5;

/** One round of the search. */
interface Round {
  readonly connections: readonly Connection[];
  /** [V] */
  readonly supply: number;
  readonly effort: Effort;
}

/** 5 V is enough for nearly all models and too much for few; the dear ways come last. 64 solutions at most. */
const ROUNDS: readonly Round[] = [
  { connections: LIKELY, supply: 5, effort: 'plain' },
  { connections: LIKELY, supply: 15, effort: 'plain' },
  { connections: UNLIKELY, supply: 5, effort: 'plain' },
  { connections: LIKELY.slice(0, 4), supply: 5, effort: 'stepped' },
];

/** Supplies at which rivals are compared [V]. */
const SUPPLIES = [5, 15] as const;

/** The pins of a definition with five ports. */
export function identifyPins(fixture: Fixture): Identification {
  for (const round of ROUNDS) {
    for (const connection of round.connections) {
      const found = amplifier(fixture, connection, { ...round, input: INPUTS[0] });
      if (found === undefined) continue;
      const identification = judged(fixture, found.pins, round);
      if (identification.verdict !== 'undecided') return identification;
    }
  }
  return { verdict: 'undecided' };
}

/** A connection that is the follower of an op amp. */
interface Amplifier {
  readonly pins: PinPorts;
  /** V_out - V_in [V] */
  readonly error: number;
  /** A_OL [V/V] */
  readonly gain: number;
}

function amplifier(
  fixture: Fixture,
  connection: Connection,
  { effort, supply, input }: { effort: Effort; supply: number; input: number },
): Amplifier | undefined {
  const solved = follower(fixture, connection, { excitation: { supply, input }, effort });
  if (solved === undefined || !follows(solved)) return undefined;
  const { positive, negative, driven, joined } = solved.connection;
  for (const [output, other] of [joined, [joined[1], joined[0]] as const]) {
    const gains = openLoop(fixture, solved, { output });
    if (gains === undefined) continue;
    const gain = Math.abs(gains.driven);
    const asymmetry = Math.abs(gains.driven + gains.fedBack);
    if (!(gain >= LEAST_GAIN && gain <= LARGEST_GAIN)) continue;
    if (!(asymmetry <= LARGEST_ASYMMETRY * gain)) continue;
    // The sign of A tells the inputs apart.
    const inputs =
      gains.driven > 0 ? { plus: driven, minus: other } : { plus: other, minus: driven };
    return { pins: { ...inputs, positive, negative, output }, error: solved.error, gain };
  }
  return undefined;
}

/** V_out = V_in, and the supplies deliver power, as much as a part may take. */
function follows({ error, positiveCurrent, negativeCurrent }: Follower): boolean {
  const largest = Math.max(Math.abs(positiveCurrent), Math.abs(negativeCurrent));
  return (
    Math.abs(error) < LARGEST_ERROR &&
    positiveCurrent > negativeCurrent &&
    largest < LARGEST_CURRENT
  );
}

/** Whether the pins stand at every input voltage, and no other share-out of supplies and output does. */
function judged(fixture: Fixture, pins: PinPorts, { supply }: Round): Identification {
  const first = standing(fixture, pins, supply);
  if (first === undefined) return { verdict: 'undecided' };
  const rivals = rivalsOf(pins).filter((rival) => {
    const options = { effort: 'plain', supply, input: INPUTS[0] } as const;
    const found = amplifier(fixture, followerOf(rival), options);
    return found !== undefined && hasSamePins(found.pins, rival);
  });
  const candidates = [pins, ...rivals];
  const [only, ...others] =
    rivals.length === 0
      ? candidates
      : candidates.filter((rival) =>
          SUPPLIES.every((at) => standing(fixture, rival, at) !== undefined),
        );
  if (others.length > 0) return { verdict: 'ambiguous', candidates: [only ?? pins, ...others] };
  if (only === undefined) return { verdict: 'ambiguous', candidates };
  const shown = only === pins ? first : (standing(fixture, only, supply) ?? first);
  return { verdict: 'decided', pins: only, evidence: evidenceOf(shown, supply) };
}

/** The worst of the followers at every input voltage, when each is one with the same pins. */
function standing(fixture: Fixture, pins: PinPorts, supply: number): Amplifier | undefined {
  let worst: Amplifier | undefined;
  for (const input of INPUTS) {
    const options = { effort: 'stepped', supply, input } as const;
    const found = amplifier(fixture, followerOf(pins), options);
    if (found === undefined || !hasSamePins(found.pins, pins)) return undefined;
    if (worst === undefined || Math.abs(found.error) > Math.abs(worst.error)) worst = found;
  }
  return worst;
}

function evidenceOf({ error, gain }: Amplifier, supply: number): string {
  const off = formatEngineering(Math.abs(error), { digits: 2, unit: 'V' });
  return `pins found by solving: a follower with an error of ${off} at +-${supply} V, A_OL = ${gain.toExponential(1)}`;
}
