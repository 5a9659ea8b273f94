/** The dialects as a Markdown table, for the documentation: generated from the facts, so never stale. */

import { DIALECT_NAMES, DIALECTS, type Dialect } from './dialect.ts';

const code = (text: string): string => `\`${text}\``;
const yes = (fact: boolean): string => (fact ? 'yes' : 'no');

/** What a row says, and of which fact. */
const ROWS: readonly (readonly [string, (dialect: Dialect) => string])[] = [
  ['inline comments', ({ lexical }) => comments(lexical)],
  ['an indented line', ({ lexical }) => (lexical.indentedComment ? 'comment' : 'card')],
  ['continuation', ({ lexical }) => continuation(lexical)],
  ['text behind `.end`', ({ behindEnd }) => behindEnd],
  ['names of node 0', ({ grounds }) => grounds.map(code).join(' ')],
  ['`4k7`', ({ numbers }) => (numbers.rkm ? '4700' : 'error')],
  ['`1x`', ({ numbers }) => (numbers.mega ? '1e6' : '1, warning')],
  ['`1a`', ({ numbers }) => (numbers.atto ? '1e-18, warning' : '1')],
  ['`{1mil}`', ({ numbers }) => (numbers.milInBraces === 'milli' ? '1e-3, warning' : '25.4e-6')],
  ['`1µ`', ({ numbers }) => (numbers.micro ? '1e-6' : '1e-6, warning')],
  ['`a ^ b`', ({ caret }) => (caret === 'xor' ? 'exclusive OR, warning' : 'power')],
  ['`(-2) ** 3`', ({ negativeBase }) => (negativeBase === 'magnitude' ? '8' : '-8')],
  ['`log(x)`', ({ log }) => log],
  ['`limit(x,a,b)`', ({ limit }) => limit],
  [
    '`R1 a b RMOD 7` with R=2',
    ({ resistorModel }) => (resistorModel === 'multiplier' ? '14' : '7'),
  ],
  [
    '`L1 a b 1u` without `Rser`',
    ({ inductorResistance }) => (inductorResistance === 0 ? 'a short' : '1 mΩ'),
  ],
  ['reference temperature', ({ nominalTemperature }) => `${nominalTemperature} °C`],
  ['MOSFET of `LEVEL=8`', ({ bsim4Levels }) => (bsim4Levels.includes(8) ? 'BSIM4' : 'BSIM3')],
  ['B card', ({ letterB }) => letterB],
  ['elements in a `.lib` file', ({ libraryElements }) => (libraryElements ? 'read' : 'ignored')],
  ['a missing relative `.include`', (dialect) => (dialect.foreignLibraries ? 'warning' : 'error')],
  [
    'bare `.lib`',
    ({ defaultLibrary }) => (defaultLibrary === undefined ? 'error' : code(defaultLibrary)),
  ],
  ['`#` line', ({ lexical }) => `comment: ${yes(lexical.hash)}`],
];

/** The table, a row per fact and a column per dialect, without a line end behind it. */
export function dialectTable(): string {
  const dialects = DIALECT_NAMES.map((name) => DIALECTS[name]);
  const rows = [
    ['', ...dialects.map(({ label }) => label)],
    ['---', ...dialects.map(() => '---')],
    ...ROWS.map(([what, say]) => [what, ...dialects.map(say)]),
  ];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function comments({ slashes, dollar }: Dialect['lexical']): string {
  return [';', ...(slashes ? ['//'] : []), ...(dollar === 'text' ? [] : ['$'])].map(code).join(' ');
}

function continuation({ backslash }: Dialect['lexical']): string {
  const forms = { none: [], double: ['\\\\'], any: ['\\', '\\\\'] }[backslash];
  return ['+', ...forms].map(code).join(' ');
}
