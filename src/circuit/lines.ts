/**
 * Transmission lines at DC. A lossless one joins its two ports: equal voltages, and the current that enters one leaves the
 * other; a lossy one has the resistance of its length in series with that. An RC line is its resistance. Parameters and their
 * defaults: ngspice's manual, "Transmission Lines".
 */

import type { Span } from '../../grammar/source.ts';
import type { OtherCard } from '../../grammar/spice/tree.ts';
import type { DeviceKind } from '../devices/device.ts';
import type { Element, Port } from './circuit.ts';
import { modelOf, wrongModelType } from './device-model.ts';
import { modelValues, statedValues } from './device-values.ts';
import { base, type Place, parameter, portOf } from './place.ts';
import { EvaluationFault } from './scope.ts';

/** T */
export function losslessLine(card: OtherCard, place: Place): readonly Element[] {
  return joined({ ...base(card, place), ...portsOf(card, place) });
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
  if ((values.get('g') ?? 0) !== 0) throw hasConductance(card);
  const resistance = (values.get('r') ?? 0) * length;
  return inSeries({ ...base(card, place), near, far, resistance }, place);
}

const TXL = { used: new Set(['r', 'g', 'length', 'len']), inert: new Set(['l', 'c']) };

/** Y: R LENGTH in series; ngspice's TXL. */
export function singleLine(card: OtherCard, place: Place): readonly Element[] {
  const values = valuesOf(card, place, { type: 'txl', known: TXL });
  const length = values.get('len') ?? values.get('length');
  if (length === undefined) throw missingLength(card, 'Write len= on the card.');
  if ((values.get('g') ?? 0) !== 0) throw hasConductance(card);
  const resistance = (values.get('r') ?? 0) * length;
  return inSeries({ ...base(card, place), ...portsOf(card, place), resistance }, place);
}

const CPL = { used: new Set(['length']), inert: new Set(['r', 'l', 'c', 'g']) };

/**
 * P: conductors with a common return, each with R LENGTH in series; ngspice's CPL. R and G are the upper triangles of
 * symmetric matrices, row by row.
 */
export function coupledLines(card: OtherCard, place: Place): readonly Element[] {
  const nodes = card.device?.nodes ?? [];
  const count = nodes.length / 2 - 1;
  const [nearReturn, farReturn] = [nodes[count], nodes[2 * count + 1]];
  if (!Number.isInteger(count) || nearReturn === undefined || farReturn === undefined) {
    throw new EvaluationFault(
      'missing_node',
      card.span,
      `"${card.name.text}" has ${nodes.length} nodes, but every conductor and the return have two.`,
    );
  }
  const length = valuesOf(card, place, { type: 'cpl', known: CPL }).get('length');
  if (length === undefined) throw missingLength(card, 'Write length= in its .model card.');
  if (matrixOf('g', { card, place, count }).some((row) => row.some((value) => value !== 0))) {
    throw hasConductance(card);
  }
  const { name, span } = base(card, place);
  return matrixOf('r', { card, place, count }).flatMap(([own = 0, ...mutual], k) => {
    const near = nodes[k];
    const far = nodes[count + 1 + k];
    if (near === undefined || far === undefined) return [];
    if (mutual.some((value) => value !== 0)) {
      throw new EvaluationFault(
        'unsupported_element',
        card.span,
        `The lines of "${card.name.text}" have resistances in common; such lines are not solved.`,
        'Leave 0 beside the diagonal of R.',
      );
    }
    const ports = {
      near: portOf([near, nearReturn], place),
      far: portOf([far, farReturn], place),
    };
    const line = { name: `${name}.${k + 1}`, span, ...ports, resistance: own * length };
    return inSeries(line, place);
  });
}

/** Rows of the upper triangle, each from its diagonal on; zero where the model states none. */
function matrixOf(
  key: 'r' | 'g',
  { card, place, count }: { card: OtherCard; place: Place; count: number },
): readonly (readonly number[])[] {
  const { device } = card;
  if (device === undefined) return [];
  const { card: model, parameters, scope } = modelOf(card, device, place);
  const list = model.lists?.find((each) => each.key.text.toLowerCase() === key)?.values;
  const single = parameter(parameters, key);
  const values = (list ?? (single === undefined ? [] : [single])).map((each) =>
    scope.evaluate(each),
  );
  const needed = (count * (count + 1)) / 2;
  if (values.length !== 0 && values.length !== needed) {
    throw new EvaluationFault(
      'bad_model',
      card.span,
      `${key.toUpperCase()} of model "${model.name.text}" has ${values.length} values, but the ${count} conductors of "${card.name.text}" need ${needed}.`,
      'Write the upper triangle of the matrix, row by row.',
    );
  }
  let at = 0;
  return Array.from({ length: count }, (_, row) => {
    const end = at + count - row;
    const part = values.slice(at, end);
    at = end;
    return part;
  });
}

interface SeriesLine extends Ports {
  readonly name: string;
  readonly span: Span;
  /** [Ω] */
  readonly resistance: number;
}

/** A line and the resistance of its length. */
function inSeries(line: SeriesLine, place: Place): readonly Element[] {
  const { name, span, near, resistance } = line;
  if (resistance === 0) return joined(line);
  const inner = place.innerNode(name);
  return [
    { kind: 'resistor', name: `${name}.r`, span, port: { ...near, minus: inner }, resistance },
    ...joined({ ...line, near: { ...near, plus: inner } }),
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
  { type, known }: { readonly type: string; readonly known: DeviceKind['parameters'] },
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

function hasConductance(card: OtherCard): EvaluationFault {
  return new EvaluationFault(
    'unsupported_element',
    card.span,
    `The line "${card.name.text}" has a conductance G to its return; lines with one are not solved.`,
    'Leave G out, or write the line as resistors.',
  );
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

function joined({ name, span, near, far }: Omit<SeriesLine, 'resistance'>): readonly Element[] {
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
