/** An operating point as a report: node voltages, currents, and what every device does. */

import type { Against } from '../analysis/against.ts';
import type { Operation } from '../operate.ts';
import { againstBlocks } from './against-block.ts';
import type { Block, Document } from './document.ts';
import { left, number, right } from './figures.ts';

export interface OperationReport {
  /** The comparison with a raw file, where one was asked for. */
  readonly against?: Against;
}

export function operationDocument(
  { title, file, circuit, result }: Operation,
  { against }: OperationReport = {},
): Document {
  const head: Block[] = [{ kind: 'title', text: title === '' ? file : title }];
  if (result === null) return head;
  const { nodes, branches, devices, iterations, aids } = result;
  const temperature = circuit.temperature?.nominal;
  return [
    ...head,
    {
      kind: 'facts',
      facts: [
        ['File', file],
        ...(temperature === undefined ? [] : [['Temperature', `${temperature} °C`] as const]),
        ['Found by', foundBy(iterations, aids)],
      ],
    },
    { kind: 'heading', text: 'Node voltages' },
    {
      kind: 'table',
      columns: [left('node'), right('V')],
      rows: Object.entries(nodes).map(([name, voltage]) => [name, number(voltage, 'V')]),
    },
    { kind: 'heading', text: 'Currents from plus to minus through the element' },
    {
      kind: 'table',
      columns: [left('element'), right('I')],
      rows: Object.entries(branches).map(([name, current]) => [name, number(current, 'A')]),
    },
    ...deviceTable(devices),
    ...(against === undefined ? [] : againstBlocks(against)),
  ];
}

function foundBy(iterations: number, aids: readonly string[]): string {
  if (iterations === 0) return 'one solution of linear equations';
  const steps = `${iterations} Newton iterations`;
  return aids.length === 0 ? steps : `${steps}, with ${aids.join(' and ')}`;
}

export function deviceTable(devices: NonNullable<Operation['result']>['devices']): Block[] {
  if (devices.length === 0) return [];
  return [
    { kind: 'heading', text: 'Devices: currents into the terminals' },
    {
      kind: 'table',
      columns: [left('device'), left('model'), left('region'), left('currents'), right('power')],
      rows: devices.map(({ name, model, region, terminals, power }) => [
        name,
        model,
        region,
        terminals.map(({ role, current }) => `${role} ${number(current, 'A')}`).join(', '),
        number(power, 'W'),
      ]),
    },
  ];
}
