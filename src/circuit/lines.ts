/**
 * Transmission lines at DC. A lossless one joins its two ports: equal voltages, and the current that enters one leaves the
 * other; a lossy one has the resistance of its length in series with that. An RC line is its resistance. Parameters and their
 * defaults: ngspice's manual, "Transmission Lines".
 */

import type { OtherCard } from '../../grammar/spice/tree.ts';
import type { Element, Port } from './circuit.ts';
import { modelOf, wrongModelType } from './device-model.ts';
import { modelValues, statedValues } from './device-values.ts';
import { base, type Place, portOf } from './place.ts';
import { EvaluationFault } from './scope.ts';

/** T */
export function losslessLine(card: OtherCard, place: Place): readonly Element[] {
  return joined(card, place, portsOf(card, place));
}

/** Of LTRA, beyond R, G and LEN: nothing that counts at DC. */
const LTRA = {
  used: new Set(['r', 'g', 'len']),
  inert: new Set([
    ...['l', 'c', 'rel', 'abs', 'nocontrol', 'steplimit', 'nosteplimit', 'lininterp', 'quadinterp'],
    ...['mixedinterp', 'compactrel', 'compactabs', 'truncnr', 'truncdontcut'],
  ]),
};

/** O: R LEN in series; ngspice's LTRA. */
export function lossyLine(card: OtherCard, place: Place): readonly Element[] {
  const { near, far } = portsOf(card, place);
  const values = valuesOf(card, place, { type: 'ltra', known: LTRA });
  const length = values.get('len');
  if (length === undefined) throw missingLength(card, 'Write LEN= in its .model card.');
  if ((values.get('g') ?? 0) !== 0) {
    throw new EvaluationFault(
      'unsupported_element',
      card.span,
      `The line "${card.name.text}" has a conductance G to its return; lines with one are not solved.`,
      'Leave G out, or write the line as resistors.',
    );
  }
  const resistance = (values.get('r') ?? 0) * length;
  if (resistance === 0) return joined(card, place, { near, far });
  const { name, span } = base(card, place);
  const inner = place.innerNode(name);
  return [
    { kind: 'resistor', name: `${name}.r`, span, port: { ...near, minus: inner }, resistance },
    ...joined(card, place, { near: { ...near, plus: inner }, far }),
  ];
}

/** Of URC, beyond the resistance: lumps, their growth and their capacitance. */
const URC = {
  used: new Set(['rperl', 'isperl', 'l']),
  inert: new Set(['k', 'fmax', 'cperl', 'rsperl', 'n']),
};
/** Unless the model says so [Ω/m]. */
const RPERL = 1000;

/** U: an RC line, whose capacitance is to its third node; ngspice's URC. */
export function rcLine(card: OtherCard, place: Place): readonly Element[] {
  const [a, b, ground] = card.device?.nodes ?? [];
  if (a === undefined || b === undefined || ground === undefined) {
    throw new EvaluationFault('missing_node', card.span, `"${card.name.text}" needs three nodes.`);
  }
  const values = valuesOf(card, place, { type: 'urc', known: URC });
  const length = values.get('l');
  if (length === undefined) throw missingLength(card, 'Write l= on the card [m].');
  if (values.has('isperl')) {
    throw new EvaluationFault(
      'unsupported_element',
      card.span,
      `The line "${card.name.text}" has diodes in place of capacitors (ISPERL); such lines are not solved.`,
      'Leave ISPERL out, or write the line as resistors and diodes.',
    );
  }
  const { name, span } = base(card, place);
  const resistance = (values.get('rperl') ?? RPERL) * length;
  return [
    { kind: 'resistor', name, span, port: portOf([a, b], place), resistance },
    { kind: 'capacitor', name: `${name}.c`, span, port: portOf([b, ground], place) },
  ];
}

/** What the card and its model say of the parameters that count; the card goes first. */
function valuesOf(
  card: OtherCard,
  place: Place,
  { type, known }: { readonly type: string; readonly known: typeof LTRA },
): ReadonlyMap<string, number> {
  const { device } = card;
  if (device === undefined) return new Map();
  const model = modelOf(card, device, place);
  if (model.card.type.text.toLowerCase() !== type) {
    throw wrongModelType(model, { card, types: [type] });
  }
  const { scope, diagnostics } = place;
  const owner = `"${card.name.text}"`;
  return new Map([
    ...modelValues(model, { kind: { parameters: known }, place }),
    ...statedValues(device.parameters, { known, scope, diagnostics, owner }),
  ]);
}

function missingLength(card: OtherCard, hint: string): EvaluationFault {
  return new EvaluationFault(
    'missing_value',
    card.span,
    `The line "${card.name.text}" has no length.`,
    hint,
  );
}

interface Ports {
  readonly near: Port;
  readonly far: Port;
}

function portsOf(card: OtherCard, place: Place): Ports {
  const [a, b, c, d] = card.device?.nodes ?? [];
  if (a === undefined || b === undefined || c === undefined || d === undefined) {
    throw new EvaluationFault('missing_node', card.span, `"${card.name.text}" needs four nodes.`);
  }
  return { near: portOf([a, b], place), far: portOf([c, d], place) };
}

function joined(card: OtherCard, place: Place, { near, far }: Ports): readonly Element[] {
  const { name, span } = base(card, place);
  return [
    {
      kind: 'controlledVoltage',
      name,
      span,
      port: near,
      controls: [{ quantity: 'V', port: far, gain: 1 }],
      offset: 0,
      isLaw: true,
    },
    {
      kind: 'controlledCurrent',
      name: `${name}.far`,
      span,
      port: far,
      controls: [{ quantity: 'I', element: name, gain: -1 }],
      offset: 0,
      isLaw: true,
    },
  ];
}
