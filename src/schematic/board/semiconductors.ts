/** Diodes and transistors: their terminals, and a model where one can be had. */

import { shorten } from '../../../grammar/expression-faults.ts';
import { type Component, field } from './board.ts';
import { type CardContext, elementName, leaveOut, writeCard } from './card.ts';
import { inOrder, type Simulation } from './simulation.ts';

interface Family {
  readonly letter: 'D' | 'Q' | 'M' | 'J';
  readonly terminals: readonly string[];
  /** SPICE's types, for P and for N. */
  readonly types: readonly [string, string];
}

const FAMILIES: Readonly<Record<string, Family>> = {
  D: { letter: 'D', terminals: ['a', 'k'], types: ['D', 'D'] },
  Q: { letter: 'Q', terminals: ['c', 'b', 'e'], types: ['PNP', 'NPN'] },
  M: { letter: 'M', terminals: ['d', 'g', 's'], types: ['PMOS', 'NMOS'] },
  J: { letter: 'J', terminals: ['d', 'g', 's'], types: ['PJF', 'NJF'] },
};

const OF_DEVICE: Readonly<Record<string, string>> = {
  NPN: 'Q',
  PNP: 'Q',
  NMOS: 'M',
  PMOS: 'M',
  NJFET: 'J',
  PJFET: 'J',
};

export function writeSemiconductor(
  component: Component,
  { letter, simulation, context }: { letter: string; simulation: Simulation; context: CardContext },
): void {
  const { reference, value } = component;
  const described = descriptionOf(component);
  const family = FAMILIES[OF_DEVICE[letter] ?? (letter === 'Q' ? kindOf(described) : letter)];
  const pins = family && inOrder(component, family.terminals);
  const type = family && typeOf(letter, family, described);
  if (family === undefined || pins === undefined || type === undefined) {
    leaveOut(component, 'have no model', context);
    return;
  }
  const nodes = family.letter === 'M' ? [...pins, ...pins.slice(-1)] : pins;
  const name = elementName(family.letter, reference);
  const tail = modelOf(component, { type, simulation, context });
  writeCard(component, { name, pins: nodes, tail: tail.name }, context);
  if (!tail.isDefault) return;
  const message = `${reference.text} ("${shorten(value.text)}") has no model; SPICE's default ${type} stands for it.`;
  const hint = 'Give it one in the simulation fields, or exclude it from simulation.';
  context.diagnostics.warning('assumed_model', reference.span, message, hint);
}

/** Every transistor may be called Q. */
function kindOf(described: string): string {
  if (/jfet|[np]jf\b/i.test(described)) return 'J';
  return /mosfet|[np]mos|[np]-?channel/i.test(described) ? 'M' : 'Q';
}

function descriptionOf(component: Component): string {
  const texts = ['Description', 'ki_description', 'ki_keywords', 'Sim.Type'];
  const said = texts.map((name) => field(component, name)?.text ?? '');
  return [component.symbol, component.value.text, ...said].join(' ');
}

function typeOf(letter: string, { types }: Family, described: string): string | undefined {
  const [p, n] = types;
  if (p === n) return p;
  if (letter.length > 1) return letter.startsWith('P') ? p : n;
  if (/pnp|pmos|p-?mosfet|p-?channel|pjfet|pjf\b/i.test(described)) return p;
  return /npn|nmos|n-?mosfet|n-?channel|njfet|njf\b/i.test(described) ? n : undefined;
}

/** The name of its model, which a library, its parameters or SPICE's defaults define. */
function modelOf(
  component: Component,
  { type, simulation, context }: { type: string; simulation: Simulation; context: CardContext },
): { readonly name: string; readonly isDefault: boolean } {
  const { model, library, parameters } = simulation;
  if (model !== undefined && library !== undefined) {
    if (context.libraries.include(library)) return { name: model.text, isDefault: false };
  } else if (model !== undefined) return { name: model.text, isDefault: false };
  const name = `__${component.reference.text}`;
  const given = [...parameters].map(([key, value]) => `${key}=${value}`);
  const tail = given.length === 0 ? '' : `(${given.join(' ')})`;
  context.text.add(`.model ${name} ${type}${tail}\n`, component.span);
  return { name, isDefault: given.length === 0 && simulation.device === undefined };
}
