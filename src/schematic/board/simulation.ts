/** What the simulation fields of a part say: `Sim.*` of KiCad 7 and later, `Spice_*` of the versions before. */

import type { Word } from '../../../grammar/expression.ts';
import { type Component, field, type Pin } from './board.ts';

export interface Simulation {
  /** `R`, `V`, `D`, `NPN`, `SUBCKT` ... in upper case; undefined where no field says it. */
  readonly device: string | undefined;
  /** `DC`, `SIN` ... */
  readonly type: string;
  /** By name in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
  /** The name of a model or a subcircuit. */
  readonly model: Word | undefined;
  readonly library: Word | undefined;
  /** What stands behind the nodes, word by word, of old fields and of the device SPICE. */
  readonly text: Word | undefined;
}

export function simulationOf(component: Component): Simulation {
  const parameters = parametersOf(field(component, 'Sim.Params')?.text ?? '');
  const device = field(component, 'Sim.Device')?.text.toUpperCase();
  const common = { type: field(component, 'Sim.Type')?.text.toUpperCase() ?? '', parameters };
  if (device === 'SPICE') {
    const params = field(component, 'Sim.Params');
    const text = parameters.get('model');
    return {
      ...common,
      device: parameters.get('type')?.toUpperCase(),
      model: undefined,
      library: undefined,
      text: params && text !== undefined ? { text, span: params.span } : undefined,
    };
  }
  if (device !== undefined || field(component, 'Sim.Library') !== undefined) {
    const model = field(component, 'Sim.Name');
    return {
      ...common,
      device: device ?? 'SUBCKT',
      model,
      library: field(component, 'Sim.Library'),
      text: undefined,
    };
  }
  const primitive = field(component, 'Spice_Primitive')?.text.toUpperCase();
  const model = field(component, 'Spice_Model');
  return {
    ...common,
    device: primitive === 'X' ? 'SUBCKT' : primitive,
    model,
    library: field(component, 'Spice_Lib_File'),
    text: primitive === undefined ? undefined : (model ?? component.value),
  };
}

/** False where a field or a mark of the symbol takes the part out of the simulation. */
export function isSimulated(component: Component): boolean {
  const enabled = field(component, 'Spice_Netlist_Enabled')?.text ?? 'Y';
  const chosen = field(component, 'Sim.Enable')?.text ?? '1';
  return component.isSimulated && !/^n/i.test(enabled) && chosen !== '0';
}

function parametersOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, key = '', value = ''] of text.matchAll(/(?<![\w.])([\w.]+)\s*=\s*("[^"]*"|\S+)/g))
    found.set(key.toLowerCase(), value.replace(/^"|"$/g, ''));
  return found;
}

export function byNumber(pins: readonly Pin[]): readonly Pin[] {
  return [...pins].sort((a, b) => a.number.localeCompare(b.number, 'en', { numeric: true }));
}

/**
 * The pins of a part in the order `order` of its model's terminals, each of which has a name or several, as `A +`:
 * by `Sim.Pins`, by `Spice_Node_Sequence`, by the names of the pins, by their numbers. Undefined if a terminal has none.
 */
export function inOrder(
  component: Component,
  order: readonly string[],
): readonly Pin[] | undefined {
  const pins = byNumber(component.pins);
  const assigned = field(component, 'Sim.Pins');
  const sequence = field(component, 'Spice_Node_Sequence') ?? field(component, 'SpiceMapping');
  if (assigned !== undefined) {
    const pairs = [...assigned.text.matchAll(/(?<!\S)([^\s=]+)=(\S+)/g)];
    return complete(
      order.map((names, index) => {
        const wanted = [...names.toLowerCase().split(' '), String(index + 1)];
        const pair = pairs.find(([, , terminal = '']) => wanted.includes(terminal.toLowerCase()));
        return pins.find(({ number }) => number === pair?.[1]);
      }),
    );
  }
  if (sequence !== undefined) {
    const places = sequence.text.split(/[\s,;]+/).map(Number);
    return complete(order.map((_, index) => pins[(places[index] ?? 0) - 1]));
  }
  const named = complete(
    order.map((names) => {
      const wanted = names.toLowerCase().split(' ');
      return pins.find(({ name }) => wanted.includes(name.toLowerCase()));
    }),
  );
  if (named !== undefined) return named;
  return pins.length === order.length ? pins : undefined;
}

function complete(pins: readonly (Pin | undefined)[]): readonly Pin[] | undefined {
  return pins.every((pin) => pin !== undefined) ? pins : undefined;
}
