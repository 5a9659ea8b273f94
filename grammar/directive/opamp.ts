/** `*@ opamp XU1 MCP601 vos=+-1m pins=+,-,V+,V-,out`: part, specifications and pin roles. */

import type { Word } from '../expression.ts';
import { shorten } from '../expression-faults.ts';
import { suggestionHint } from '../suggest.ts';
import { faultAt } from './fault.ts';
import type { OpampLine, RawSpecification } from './found.ts';
import type { Directive, PinRole, Specification } from './tree.ts';

/** design.md section 4. */
const KEYS = new Set(
  'vos tcvos ib ios ibn ibi aol cmrr psrr psrrp psrrn vcm0 vout0 vdd0 vss0 t0 dt vcm vout vcmlow vcmhigh voutlow vouthigh'.split(
    ' ',
  ),
);

const ROLES: ReadonlyMap<string, PinRole> = new Map([
  ['+', 'plus'],
  ['in+', 'plus'],
  ['plus', 'plus'],
  ['-', 'minus'],
  ['in-', 'minus'],
  ['minus', 'minus'],
  ['v+', 'positiveSupply'],
  ['vdd', 'positiveSupply'],
  ['vcc', 'positiveSupply'],
  ['v-', 'negativeSupply'],
  ['vss', 'negativeSupply'],
  ['vee', 'negativeSupply'],
  ['out', 'output'],
  ['output', 'output'],
  ['other', 'other'],
  ['nc', 'other'],
]);

export function opamp({ target, words, pins, specifications }: OpampLine): Directive {
  const [part, extra] = words;
  if (extra !== undefined) {
    throw faultAt(extra.span, {
      code: 'extra_argument',
      message: `"${shorten(extra.text)}" is a second part for "${shorten(target.text)}".`,
      hint: 'Name one part; specifications are written key=value.',
    });
  }
  return {
    kind: 'opamp',
    target,
    ...(part === undefined ? {} : { part }),
    ...(pins === undefined ? {} : { pins: pins.map(role) }),
    specifications: specifications.flatMap((raw) => bothEnds(specification(raw))),
  };
}

function role({ text, span }: Word): PinRole {
  const found = ROLES.get(text.toLowerCase());
  if (found !== undefined) return found;
  throw faultAt(span, {
    code: 'unknown_pin',
    message: `"${shorten(text)}" is not a pin role.`,
    hint: 'Roles are + - V+ V- out other, one per port, separated by commas.',
  });
}

function specification({ key, value }: RawSpecification): Specification {
  const lower = key.text.toLowerCase();
  if (!KEYS.has(lower)) {
    throw faultAt(key.span, {
      code: 'unknown_key',
      message: `"${shorten(key.text)}" is not a specification of an op amp.`,
      hint: suggestionHint(key.text, {
        known: KEYS,
        otherwise: `Keys are ${[...KEYS].join(', ')}.`,
      }),
    });
  }
  const end = endOf(value);
  return { key: lower, keySpan: key.span, value, span: { ...key.span, end } };
}

/** `vcm=a..b` is `vcmlow=a vcmhigh=b`, so that a later line may override one end. */
function bothEnds(found: Specification): readonly Specification[] {
  const { key, value } = found;
  if (key !== 'vcm' && key !== 'vout') return [found];
  if (value.form === 'range' || value.form === 'voltages') {
    const ends =
      value.form === 'range'
        ? { low: { offset: value.low }, high: { offset: value.high } }
        : { low: value.low, high: value.high };
    return [
      { ...found, key: `${key}low`, value: { form: 'voltage', voltage: ends.low } },
      { ...found, key: `${key}high`, value: { form: 'voltage', voltage: ends.high } },
    ];
  }
  throw faultAt(found.span, {
    code: 'bad_specification',
    message: `"${key}" is a range.`,
    hint: `Write ${key}=vss-0.3..vdd-1.2; one end alone is ${key}low= or ${key}high=.`,
  });
}

function endOf(value: Specification['value']): number {
  switch (value.form) {
    case 'known':
      return value.value.span.end;
    case 'limit':
      return value.limit.span.end;
    case 'centred':
      return value.halfWidth.span.end;
    case 'range':
      return value.high.span.end;
    case 'minimum':
      return value.minimum.span.end;
    case 'voltage':
      return value.voltage.offset.span.end;
    case 'voltages':
      return value.high.offset.span.end;
    case 'infinite':
      return value.span.end;
  }
}
