/** Extremes -> the `extremes` and `errorExtremes` of `analyze --json`. SI units; specifications as the signed inverses of the model. */

import type { ExtremeCorner, Extremes } from '../analysis/worst-case.ts';
import type { LinearElement } from '../circuit/circuit.ts';
import { record } from './record.ts';

export function extremesJson({ status, low, high, bounds, crossing }: Extremes) {
  return {
    low: low?.value ?? null,
    high: high?.value ?? null,
    status,
    ...(bounds === null ? {} : { bounds }),
    ...(crossing.length === 0 ? {} : { crossing }),
    corners: { low: cornerJson(low), high: cornerJson(high) },
  };
}

function cornerJson(at: ExtremeCorner | null) {
  if (at === null) return null;
  const elements: [string, number][] = [];
  const sources: [string, number][] = [];
  const opAmps = new Map<string, [string, number][]>();
  for (const [variation, value] of at.corner) {
    if (variation.kind === 'element') {
      elements.push([variation.element.name, nominalTimes(variation.element, value)]);
      continue;
    }
    if (variation.kind === 'source') {
      sources.push([variation.source.name, value]);
      continue;
    }
    const { opAmp, cause } = variation;
    opAmps.set(opAmp.name, [...(opAmps.get(opAmp.name) ?? []), [cause, value]]);
  }
  return {
    temperature: at.scenario.temperature ?? null,
    ...(sources.length === 0 ? {} : { sources: record(sources) }),
    elements: record(elements),
    opAmps: record([...opAmps].map(([name, causes]) => [name, record(causes)])),
  };
}

/** The value of an element in the corner; of a source with several gains their common factor. */
function nominalTimes(element: LinearElement, factor: number): number {
  switch (element.kind) {
    case 'resistor':
      return element.resistance * factor;
    case 'voltageSource':
      return element.voltage * factor;
    case 'currentSource':
      return element.current * factor;
    case 'controlledVoltage':
    case 'controlledCurrent': {
      const [first, second] = element.controls;
      return first !== undefined && second === undefined ? first.gain * factor : factor;
    }
    default:
      return factor;
  }
}
