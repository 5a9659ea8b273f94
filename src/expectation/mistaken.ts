/** A right side that is the formula of another quantity: a signal gain where a noise gain is asked for. */

import type { FormulaCompiler } from './formula.ts';
import { agrees, type Equality, type Trials } from './identity.ts';
import type { Parse } from './slip.ts';

/** The quantity, as a formula writes it, that the right side of the equality is for all values; undefined for none. */
export function mistakenFor(
  equality: Equality,
  { trials, compile, parse }: { trials: Trials; compile: FormulaCompiler; parse: Parse },
): string | undefined {
  const isPlain = equality.right.symbols.every(({ kind }) => kind === 'name');
  if (equality.prefix !== '' || !isPlain) return undefined;
  const { circuit } = trials.ground;
  const opAmps = circuit.elements.filter(({ kind }) => kind === 'opAmp');
  const sources = circuit.elements.filter(
    ({ kind }) => kind === 'voltageSource' || kind === 'currentSource',
  );
  const names = [
    ...opAmps.flatMap(({ name }) => ['GN', 'RNEQ', 'RIEQ', 'BETA'].map((of) => `${of}(${name})`)),
    ...sources.map(({ name }) => `gain(${name})`),
  ];
  for (const name of names.slice(0, MOST_NAMES).flatMap((at) => [at, `-${at}`])) {
    const expression = parse(name);
    if (expression === undefined) continue;
    const other = { ...equality, left: compile(expression) };
    if (agrees(trials.here(other), other) !== true) continue;
    const found = [...trials.of(trials.setting(other))].map(({ trial, parameters }) =>
      agrees(trial, other, parameters),
    );
    if (found.includes(true) && !found.includes(false)) return name;
  }
  return undefined;
}

/** More quantities than this are not compared. */
const MOST_NAMES = 60;
