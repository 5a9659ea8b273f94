/** `*@ tol R* 0.1% tc=+-25ppm age=0.05% bin=0.05%`: each of them once. */

import { shorten } from '../expression-faults.ts';
import { faultAt } from './fault.ts';
import type { RawSpecification, TolLine } from './found.ts';
import type { Directive, Quantity } from './tree.ts';

const KEYS: ReadonlySet<string> = new Set(['tc', 'age', 'bin']);
const HINT = 'Write *@ tol R* 0.1% tc=+-25ppm age=0.05%.';

export function tol({ target, strays, tolerances, specifications }: TolLine): Directive {
  const [stray] = strays;
  if (stray !== undefined) {
    throw faultAt(stray.span, {
      code: 'bad_directive',
      message: `Unexpected "${shorten(stray.text)}" in the directive "tol".`,
      hint: 'One name or pattern per line: *@ tol R1 0.1% and *@ tol R2 0.1%, or *@ tol R* 0.1%.',
    });
  }
  const [tolerance, second] = tolerances;
  if (second !== undefined) {
    throw faultAt(second.span, {
      code: 'extra_argument',
      message: 'There is a second tolerance.',
      hint: 'Write one tolerance, the temperature coefficient as tc= and the ageing as age=.',
    });
  }
  const given = new Map<string, RawSpecification>();
  for (const specification of specifications) {
    const { key } = specification;
    const name = key.text.toLowerCase();
    if (!KEYS.has(name) || given.has(name)) {
      throw faultAt(key.span, {
        code: 'unknown_key',
        message: `"${shorten(key.text)}" is not expected in a tolerance.`,
        hint: HINT,
      });
    }
    given.set(name, specification);
  }
  if (tolerance === undefined && !given.has('tc') && !given.has('age')) {
    throw faultAt(target.span, {
      code: 'incomplete_directive',
      message: `"${shorten(target.text)}" is given no tolerance.`,
      hint: HINT,
    });
  }
  const coefficient = given.get('tc')?.value;
  const ageing = given.get('age')?.value;
  const bin = given.get('bin');
  return {
    kind: 'tol',
    target,
    ...(tolerance === undefined ? {} : { tolerance }),
    ...(coefficient === undefined ? {} : { temperatureCoefficient: coefficient }),
    ...(ageing === undefined ? {} : { ageing }),
    ...(bin === undefined ? {} : { inner: innerOf(bin, tolerance) }),
  };
}

/** What is left of a bin lies between its inner limit and the tolerance. */
function innerOf({ key, value }: RawSpecification, tolerance: Quantity | undefined): Quantity {
  if (tolerance !== undefined && value.form === 'known') return value.value;
  throw faultAt(key.span, {
    code: 'wrong_form',
    message: 'A bin is one number beside a tolerance.',
    hint: 'Write *@ tol R1 5% bin=1% for 5 % parts without those better than 1 %.',
  });
}
