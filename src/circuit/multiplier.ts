/**
 * An instance with `m=M` is M equal instances in parallel. In a circuit each element then stands for M
 * of its kind between the same nodes: conductances, capacitances and currents are M times as large,
 * voltages stay. An inner current that controls something is that of one of them.
 */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { ElementCard } from '../../grammar/spice/tree.ts';
import { binary, constant } from '../devices/formula.ts';
import type { Control, Element } from './circuit.ts';
import type { Level } from './level.ts';

export interface MultiplierOptions {
  /** M by lower-case element name; 1 for what is not there. */
  readonly multipliers: ReadonlyMap<string, number>;
  readonly diagnostics: Diagnostics;
}

/** The elements with their multipliers applied. An op amp inside a multiplied instance is refused. */
export function multiplied(
  elements: readonly Element[],
  { multipliers, diagnostics }: MultiplierOptions,
): readonly Element[] {
  if (multipliers.size === 0) return elements;
  const multiplierOf = (name: string): number => multipliers.get(name.toLowerCase()) ?? 1;
  const ofOne = (controls: readonly Control[], copies: number): Control[] =>
    controls.map((control) => {
      const sensed = control.quantity === 'I' ? multiplierOf(control.element) : 1;
      return { ...control, gain: (control.gain * copies) / sensed };
    });
  return elements.map((element): Element => {
    const copies = multiplierOf(element.name);
    switch (element.kind) {
      case 'resistor':
        return { ...element, resistance: element.resistance / copies };
      case 'currentSource':
        return { ...element, current: element.current * copies };
      case 'controlledCurrent':
        return {
          ...element,
          controls: ofOne(element.controls, copies),
          offset: element.offset * copies,
        };
      case 'controlledVoltage':
        return { ...element, controls: ofOne(element.controls, 1) };
      case 'device': {
        if (copies === 1) return element;
        const instance = new Map(element.data.instance);
        instance.set('m', (instance.get('m') ?? 1) * copies);
        return { ...element, data: { ...element.data, instance } };
      }
      case 'behavioural': {
        const inputs = ofOne(element.inputs, 1);
        if (element.quantity === 'V') return { ...element, inputs };
        return {
          ...element,
          inputs,
          formula: binary('multiply', [constant(copies), element.formula]),
        };
      }
      case 'voltageSource':
      case 'capacitor':
      case 'inductor':
        return element;
      default:
        if (copies !== 1) {
          diagnostics.error(
            'unsupported_multiplier',
            element.span,
            `"${element.name}" stands in an instance with the multiplier m=${copies}, where it cannot be solved.`,
            'Write the parallel instances out.',
          );
        }
        return element;
    }
  });
}

/**
 * Warns of a card in a multiplied instance that ngspice 45 solves otherwise than its copies (measured): it
 * multiplies no B source, takes the current of all instances for that of one, and lets `m=` of the
 * instance and `m=` of the card beat each other.
 */
export function warnMultiplier(
  card: ElementCard,
  { level, diagnostics }: { level: Level; diagnostics: Diagnostics },
): void {
  if (level.multiplier === 1) return;
  const isB = 'expression' in card && card.quantity.text.toUpperCase() === 'I';
  const own = 'parameters' in card && card.parameters.some(({ key }) => /^m$/i.test(key.text));
  if (!isB && !own && !/[FH]/.test(card.letter)) return;
  diagnostics.warning(
    'multiplier_meaning',
    card.span,
    `"${level.prefix}${card.name.text}" is read as one of ${level.multiplier} equal ones in parallel; ngspice multiplies it otherwise.`,
    'Write the parallel instances out.',
  );
}
