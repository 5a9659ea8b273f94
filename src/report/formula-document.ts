/** Closed forms as a report: one line per quantity, with its value in this circuit. */

import type { Circuit } from '../circuit/circuit.ts';
import type { Formula, Formulation } from '../formulate.ts';
import type { Block, Document } from './document.ts';
import { number } from './figures.ts';

/** Smaller differences are the machine's. */
const ROUNDING = 1e-12;

export function formulaDocument({ title, file, circuit, formulas }: Formulation): Document {
  const head: Block = { kind: 'title', text: title === '' ? file : title };
  if (formulas.length === 0) return [head];
  const worst = Math.max(...formulas.map(({ check }) => check.worst));
  const points = Math.min(...formulas.map(({ check }) => check.points));
  const output = circuit.output?.label;
  return [
    head,
    {
      kind: 'facts',
      facts: [
        ['File', file],
        ...(output === undefined ? [] : [['Output', output] as const]),
        ['Op amps', 'ideal'],
      ],
    },
    { kind: 'heading', text: 'Closed forms' },
    {
      kind: 'facts',
      facts: formulas.map((formula) => [formula.quantity, line(formula, circuit)]),
    },
    {
      kind: 'paragraph',
      text: `Each agrees with the numeric solution at ${points} sets of random element values, to ${Math.max(worst, ROUNDING).toExponential(0)} of itself.`,
    },
  ];
}

function line({ quantity, text, value, error }: Formula, circuit: Circuit): string {
  const shown =
    value === null || text === String(value)
      ? ''
      : ` = ${number(value, unitOf(quantity, circuit))}`;
  const [formula, where] = text.split(' where ');
  const approximate = error === undefined || error === 0 ? '' : ` (error here: ${percent(error)})`;
  return `${formula}${shown}${approximate}${where === undefined ? '' : ` where ${where}`}`;
}

function percent(error: number): string {
  return `${Number((100 * error).toPrecision(2))} %`;
}

/** [SI] */
function unitOf(quantity: string, { output, elements }: Circuit): string {
  const [, kind = quantity, name] = /^(\w+)\((.*)\)$/.exec(quantity) ?? [];
  const result = output?.quantity === 'I' ? 'A' : 'V';
  switch (kind) {
    case 'RNEQ':
    case 'RIEQ':
      return 'Ω';
    case 'ZN':
    case 'ZI':
      return result === 'A' ? '' : 'Ω';
    case 'GNO':
      return result === 'A' ? 'S' : '';
    case 'VOE':
      return result;
    case 'gain': {
      const isCurrent = elements.find((each) => each.name === name)?.kind === 'currentSource';
      return result === 'V' ? (isCurrent ? 'Ω' : '') : isCurrent ? '' : 'S';
    }
    default:
      return '';
  }
}
