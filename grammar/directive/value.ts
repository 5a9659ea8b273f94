/** A relation and the parts of a value -> the form that they make together: `<=2m`, `1m+-0.1m`, `vss..vdd-1.2`. */

import type { Word } from '../expression.ts';
import { shorten } from '../expression-faults.ts';
import { SyntaxFault } from '../precedence.ts';
import type { PinVoltage, SpecificationValue } from './tree.ts';

export interface ValueParts {
  readonly plusMinus: boolean;
  readonly first: PinVoltage;
  readonly second?: PinVoltage;
  readonly range: boolean;
}

/** @throws {SyntaxFault} */
export function valueOfParts(relation: Word, parts: ValueParts | undefined): SpecificationValue {
  if (parts === undefined) throw new Error('a specification has a value');
  const { first, second } = parts;
  return first.rail === undefined && second?.rail === undefined
    ? ofNumbers(relation, parts)
    : ofVoltages(relation, parts);
}

function fault({ span }: Word, message: string, hint: string): SyntaxFault {
  return new SyntaxFault(message, {
    code: 'bad_specification',
    start: span.start,
    end: span.end,
    hint,
  });
}

function ofNumbers(relation: Word, parts: ValueParts): SpecificationValue {
  const { plusMinus, range } = parts;
  const [first, second] = [parts.first.offset, parts.second?.offset];
  const { text } = relation;
  const minimum = text === '>=' || text === '\u2265';
  const maximum = text === '<=' || text === '\u2264';
  if (second !== undefined) {
    if (plusMinus) throw fault(relation, 'A limit has one number.', 'Write +-2m, or 1m+-0.1m.');
    if (minimum || maximum) {
      throw fault(relation, `"${shorten(text)}" takes one number.`, 'Write = before a range.');
    }
    if (range && first.value > second.value) {
      throw fault(relation, 'The range is upside down.', 'Write the lower number first.');
    }
    return range
      ? { form: 'range', low: first, high: second }
      : { form: 'centred', nominal: first, halfWidth: second };
  }
  if (minimum) {
    if (plusMinus) throw fault(relation, 'A minimum has no sign.', 'Write >=75dB, or =+-2m.');
    return { form: 'minimum', minimum: first };
  }
  return plusMinus || maximum ? { form: 'limit', limit: first } : { form: 'known', value: first };
}

/** Voltages that count from a supply are one or a range. */
function ofVoltages(relation: Word, parts: ValueParts): SpecificationValue {
  const { plusMinus, range, first, second } = parts;
  if (relation.text !== '=' || plusMinus || (second !== undefined && !range)) {
    const message = 'A voltage from a supply stands alone or in a range.';
    throw fault(relation, message, 'Write vcm=vss-0.3..vdd-1.2, or vcmhigh=vdd-1.2.');
  }
  return second === undefined
    ? { form: 'voltage', voltage: first }
    : { form: 'voltages', low: first, high: second };
}
