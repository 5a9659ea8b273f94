/** A question to a circuit -> its answer as a fraction in lowest terms, in resistances and gains. */

import type { LinearCircuit } from '../circuit/circuit.ts';
import { determinantFactors, TooLongError } from './determinant.ts';
import { BORDER, equationsOf } from './equations.ts';
import { type Fraction, fraction, NOTHING, type Power, ratioOf, times } from './fraction.ts';
import { type Question, type ReducedNetwork, reducedNetwork } from './network.ts';
import { keyOf, monomial, type Polynomial, variable, variablesOf } from './polynomial.ts';
import type { Symbols } from './symbols.ts';

/** Elements that a quantity may depend on, of whatever kind. */
export const MOST_ELEMENTS = 200;

/**
 * d reading / d cause, with as few stars replaced by meshes as make it short enough; undefined when it does not exist whatever the values are: an op amp without DC feedback.
 * @throws {TooLongError} when the network is too large for a formula.
 */
export function transfer(
  circuit: LinearCircuit,
  { question, symbols }: { question: Question; symbols: Symbols },
): Fraction | undefined {
  for (let stars = 0; ; stars++) {
    const network = reducedNetwork(circuit, { question, symbols, stars });
    const size = network.resistances.length + network.elements.length;
    if (size > MOST_ELEMENTS || network.stars < stars) throw new TooLongError();
    try {
      return transferOf(network, { circuit, question, symbols });
    } catch (fault) {
      if (!(fault instanceof TooLongError)) throw fault;
    }
  }
}

function transferOf(
  network: ReducedNetwork,
  { circuit, question, symbols }: { circuit: LinearCircuit; question: Question; symbols: Symbols },
): Fraction | undefined {
  const nodes = circuit.nodes.length;
  const { rows, columns, conductances } = equationsOf(network, { question, symbols, nodes });
  const border = rows.get(BORDER) ?? new Map<number, Polynomial>();
  const inner = [...rows].filter(([row]) => row !== BORDER).map(([, entries]) => entries);
  const under = determinantFactors(inner, columns);
  if (under === undefined) return undefined;
  const over = determinantFactors([...inner, border], [...columns, BORDER]);
  if (over === undefined) return NOTHING;
  const ratio = times(fraction(-1n), ratioOf(over.map(inResistances), under.map(inResistances)));
  return times(ratio, fraction(1n, { powers: resistances(over, under) }));

  /** The polynomial with every conductance g = 1/R, times all its R. */
  function inResistances(p: Polynomial): Polynomial {
    const all = variablesOf(p)
      .filter((v) => conductances.has(v))
      .reduce((sum, v) => sum + monomial(v), 0n);
    if (all === 0n) return p;
    let mask = 0n;
    for (const v of conductances) mask |= monomial(v, 255);
    return new Map([...p].map(([m, c]) => [(m & ~mask) + all - (m & mask), c]));
  }

  /** What that multiplied the fraction by, taken back. */
  function resistances(over: readonly Polynomial[], under: readonly Polynomial[]): Power[] {
    const powers = (polynomials: readonly Polynomial[], power: number) =>
      polynomials.flatMap((p) =>
        variablesOf(p)
          .filter((v) => conductances.has(v))
          .map((v) => ({ base: variable(v), power, key: keyOf(variable(v)) })),
      );
    return [...powers(over, -1), ...powers(under, 1)];
  }
}
