/** Independent sources: what stands behind the nodes of a V or an I. */

import type { Component } from './board.ts';
import type { Simulation } from './simulation.ts';
import { spiceNumber, statedValue } from './values.ts';

/** The parameters of each waveform in the order of its arguments; the first is the value at DC. */
const WAVEFORMS: Readonly<Record<string, readonly string[]>> = {
  SIN: ['dc', 'ampl', 'f', 'td', 'theta', 'phase'],
  PULSE: ['y1', 'y2', 'td', 'tr', 'tf', 'tw', 'per'],
  EXP: ['y1', 'y2', 'td1', 'tau1', 'td2', 'tau2'],
};

/** Undefined where nothing states a value. */
export function sourceText(component: Component, simulation: Simulation): string | undefined {
  const { text, parameters, type } = simulation;
  if (text !== undefined) return plainOrRaw(text.text);
  const number = (key: string): string | undefined => spiceNumber(parameters.get(key) ?? '');
  const waveform = WAVEFORMS[type];
  const ac = number('ac');
  const small = ac === undefined ? '' : ` AC ${ac}`;
  if (waveform !== undefined) {
    const values = waveform.map((key) => number(key));
    while (values.length > 0 && values.at(-1) === undefined) values.pop();
    const dc = number('dc') ?? values[0] ?? '0';
    const wave = values.map((value) => value ?? '0').join(' ');
    return values.length < 2 ? `DC ${dc}${small}` : `DC ${dc}${small} ${type}(${wave})`;
  }
  if (type === 'PWL' && parameters.has('pwl')) return `PWL(${parameters.get('pwl')})`;
  const dc = number('dc');
  if (dc !== undefined || small !== '') return `DC ${dc ?? '0'}${small}`;
  // Noise and the like are about zero, unless a parameter says otherwise.
  if (type !== '' && type !== 'DC') return `DC ${number('offset') ?? '0'}`;
  return plainOrRaw(component.value.text);
}

/** `5V` as a number; `SIN(0 1 1k)` and `DC 5 AC 1` as SPICE reads them. */
function plainOrRaw(text: string): string | undefined {
  const stated = statedValue(text);
  if (stated !== undefined) return `DC ${stated.number}`;
  const line = text.replace(/\s+/g, ' ').trim();
  return /^(?:dc|ac|sine?|pulse|exp|pwl|sffm|am|trnoise|trrandom)\b/i.test(line) ? line : undefined;
}
