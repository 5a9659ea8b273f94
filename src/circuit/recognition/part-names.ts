/**
 * What a name or a comment says a part is. Names alone prove little (a regulator can be called LT1117 and
 * an op amp LT1112), so they only confirm or exclude what the pins say.
 */

import { plainName } from '../../parts/name.ts';
import type { Description } from './description.ts';

/**
 * `op amp`: the error model may stand for it. `amplifier`: it has the pins of an op amp, but a gain of its
 * own inside. `comparator`: it has the pins and is never used with feedback.
 */
export type PartKind = 'op amp' | 'amplifier' | 'comparator';

const COMPARATORS = [
  'l[mp][123]?(?:11|19|39|93)',
  'lm(?:106|160|161|260|261|306|360|361|2901|2903|3302)',
  'lp365',
  'lmc6(?:76|77)\\d|lmc72[12]\\d',
  'lmv(?:331|339|393|72\\d\\d)|lmh7\\d{3}',
  'lt(?:685|10(?:11|16|17|18)|1116|1394|144\\d|154\\d|1671|17(?:11|12|13|14|15|16|19|20|21)|184\\d|6700|675\\d)',
  'ltc(?:104[012]|144\\d|154[012]|184\\d|1998|6702|675\\d)',
  'max9\\d\\d|max(?:402|403|410|907\\d|9010|9011|914\\d|92\\d\\d|94\\d\\d)x?',
  'mcp65[46]\\d|mcp65r\\d+',
  'tlc3(?:39|5[24]|7[0-4]|93)|tlc37\\d\\d|tlv(?:1391|23[05]\\d|2702|2704|3\\d{3}|40[1-5]\\d|7\\d{3})',
  'tl(?:331|391|3016|3116|712|714|721|810|811|820)',
  'tsx?(?:30[12][\\dx]|33[\\dx]|3xx|37[\\dx]{2}|39[\\dx]|7211|7221|86[\\dx]|88\\d)',
  'ad(?:790|85(?:61|64)|86(?:11|12)|9696|9698|966\\d\\d|cmp\\d+)|cmp\\d+',
  '[kn]?(?:ca|ka|njm|ba|ua|mc|sa|se|ne|pm|gl|uln|kia|an|im)(?:[123]11|[123]19|[123]39|[123]93|290[13]|2403|3302|52[1279]|710|711|10393|10339)',
  '.*comparator|comp\\d*(?![a-z])',
];
const COMPARATOR = new RegExp(`^(?:${COMPARATORS.join('|')})(?![0-9])`, 'i');

const AMPLIFIERS = [
  'ina\\d+',
  'ad(?:52[1-6]|62\\d|82(?:0[2-9]|[1-5]\\d)|8129|8130|842\\d|8479)|amp0\\d',
  'lt(?:110[12]|116[78]|178[79]|1789|199\\d|1920)|ltc(?:1100|20[56]3|6800|691\\d|610\\d)',
  // Norton amplifiers subtract currents.
  'lm[23]900|lm[23]301|lm359',
  'pga\\d+|pgia?\\d+|lm38[0-9]|tba\\d+|tda\\d+|max(?:407\\d|408\\d|437[2-8]|417\\d)|mcp6n\\d+|iso1\\d\\d|amc\\d+',
];
const AMPLIFIER = new RegExp(`^(?:${AMPLIFIERS.join('|')})`, 'i');

/** Families that hold op amps and, by other names, nothing but comparators and fixed-gain amplifiers. */
const PURE = [
  '.*op_?-?amp',
  'ad8[0-9]\\d{2}|ada4\\d{3}|op-?\\d{2,3}|opax?\\d{2,4}|ald\\d{4}',
  'tl0[3-8]\\d|tlc(?:2[257]\\w\\d?|22\\d\\d|107[89]|07\\d|08\\d)|tle2\\d{3}|tlv(?:2[2-9]\\d\\d|[69]\\d{3}|88\\d\\d)|ths[34]\\d{3}',
  'lm(?:[123]01|[123]0[78]|[123]24|321|[123]58|[123]48|[17]41|74[78]|[123]12|[123]18|83[37]|4562|6\\d{3}|7[1-3]\\d\\d|290[24]|1558|1458)',
  'lmc\\d{3,4}|lmh6\\d{3}|lmp\\d{4}|lmv\\d{3,4}|lme4\\d+|lpv\\d+|lf[1-4]\\d\\d|mcp6[024]\\d{1,2}',
  'mc(?:1458|1558|1741|33\\d{3}|34\\d{3}|35\\d{3}|4558|4741)|(?:ne|sa|se)55[13]\\d|rc4\\d{3}|njm\\d+|nju7\\d+|ca31[346]0',
  'ts[vxhzb]\\d{2,4}|ts27\\w\\d|ts9[1-9]\\d|ua74[178]|max44\\d+|isl28\\d+|icl76\\d\\d|clc4\\d\\d',
];
/** Families in which regulators, references and converters bear like names. */
const MIXED = [
  'ad[5-7]\\d{2}|ltc?(?:1\\d{3}|2\\d{3}|6\\d{3})|tl322|lm10|lh\\d{4}|ca3\\d{3}|ca5\\d{3}|ha-?[25]\\d{3}|el[25]\\d{3}',
  'ua7\\d\\d|max4\\d{2,3}|ts[bmcu]?\\d{2,4}|hfa1\\d+|ba\\d{4}|bu7\\d+|sgm\\d+|mc1[47]\\d\\d|clc\\d{3}',
];
const OP_AMP = new RegExp(`^(?:${PURE.join('|')})`, 'i');
const PERHAPS_OP_AMP = new RegExp(`^(?:${MIXED.join('|')})`, 'i');

const SAYS_OP_AMP = /\bop(?:erational)?[\s_-]*amps?\b|\boperational[\s_-]+ampl|\bopamps?\b/i;
const SAYS_COMPARATOR = /\bcomparators?\b/i;
const SAYS_AMPLIFIER =
  /\b(?:instrumentation|difference|isolation|programmable[\s-]gain|current[\s-](?:sense|shunt))[\s-]+(?:amp|monitor)|\baudio power amp/i;

/** True for a name that only op amps have. Vendors write `LM358/NS`, `x_TL072`, `OPA2134_BB`. */
export function isOpAmpName(name: string): boolean {
  return OP_AMP.test(plainName(name)) && kindNamed(name) === undefined;
}

/** True if a comment or the name says op amp. */
export function isCalledOpAmp(description: Description): boolean {
  return isOpAmpName(description.name) || mentions(description, SAYS_OP_AMP);
}

/** The same, or a name that op amps share with other parts. */
export function mayBeOpAmp(description: Description): boolean {
  const { name } = description;
  const perhaps = PERHAPS_OP_AMP.test(plainName(name)) && kindNamed(name) === undefined;
  return perhaps || isCalledOpAmp(description);
}

/** What kind of part a subcircuit with the pins of an op amp is. The name counts before the comments. */
export function kindOf(description: Description): PartKind {
  const named = kindNamed(description.name);
  if (named !== undefined) return named;
  const says = (pattern: RegExp) => mentions(description, pattern);
  const isNamed = isOpAmpName(description.name);
  if (says(SAYS_COMPARATOR) && !says(SAYS_OP_AMP) && !isNamed) return 'comparator';
  return says(SAYS_AMPLIFIER) && !isNamed ? 'amplifier' : 'op amp';
}

/** The kind a name excludes from the op amps; undefined when it says nothing. */
export function kindNamed(name: string): Exclude<PartKind, 'op amp'> | undefined {
  const plain = plainName(name);
  if (/op_?-?amp/i.test(plain)) return undefined;
  if (COMPARATOR.test(plain)) return 'comparator';
  return AMPLIFIER.test(plain) ? 'amplifier' : undefined;
}

function mentions({ above, below }: Description, pattern: RegExp): boolean {
  return (
    above.some(({ text }) => pattern.test(text)) || below.some(({ text }) => pattern.test(text))
  );
}
