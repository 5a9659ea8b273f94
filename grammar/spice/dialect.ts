/**
 * What the SPICE programs disagree about, as facts. One grammar and one syntax tree serve them all: the
 * lexer, the expression parser, the card builders and elaboration look up here what a text means.
 * Facts marked (?) are not established by a manual or a measurement; the note in the docs says which.
 */

export type DialectName = 'ngspice' | 'ltspice' | 'pspice' | 'hspice' | 'xyce' | 'tina';

/** Which characters begin a comment, and how a card goes on. */
export interface LexicalRules {
  /** `$`: an ordinary character, or a comment behind a blank or comma. */
  readonly dollar: 'text' | 'behind_blank';
  /** `//` behind a blank is a comment. */
  readonly slashes: boolean;
  /** A line that begins with `#` is a comment. */
  readonly hash: boolean;
  /** A line that begins with a blank is a comment, unless a `+` follows. */
  readonly indentedComment: boolean;
  /** A card goes on in the next line behind `\\`, behind both `\` and `\\`, or only with `+`. */
  readonly backslash: 'none' | 'double' | 'any';
}

/** How a number is read. */
export interface NumberRules {
  /** `4k7` is 4.7k. */
  readonly rkm: boolean;
  /** `1x` is 1e6. */
  readonly mega: boolean;
  /** `1a` is 1e-18. */
  readonly atto: boolean;
  /** `1mil` in braces, `.param` and the parameters of subcircuits; elsewhere it is 25.4e-6. */
  readonly milInBraces: 'inch' | 'milli';
  /** `1µ` is 1e-6. */
  readonly micro: boolean;
}

export interface Dialect {
  readonly name: DialectName;
  /** As its makers write it. */
  readonly label: string;
  readonly lexical: LexicalRules;
  readonly numbers: NumberRules;
  /** What `^` means; `**` is a power everywhere. */
  readonly caret: 'power' | 'xor';
  /** Operators from loose to tight: `c` as in C, `flat` with `& | ^` alike. */
  readonly precedence: 'ngspice' | 'c' | 'flat';
  /** Lower-case names of node 0. */
  readonly grounds: readonly string[];
  /** What stands behind `.end`: read, or not. */
  readonly behindEnd: 'read' | 'ignored';
  /** The file that a bare `.lib` means. */
  readonly defaultLibrary?: string;
  /** Elements at the top of a `.lib` file belong to the circuit. */
  readonly libraryElements: boolean;
  /** Libraries live on the author's machine: a missing one is expected. */
  readonly foreignLibraries: boolean;
  /** `log(x)`. */
  readonly log: 'ln' | 'log10';
  /** `limit(x,a,b)`: x kept within a and b, the middle one of three, or a random number. */
  readonly limit: 'clamp' | 'median' | 'random';
  /** x**y of a negative x: |x|^y, the real power, or zero unless y is whole. */
  readonly negativeBase: 'magnitude' | 'signed' | 'zero';
  /** Reference temperature [deg C]. */
  readonly nominalTemperature: number;
  /** `R1 a b RMOD 7` with R=2 in the model is 14, or 7 ohm. */
  readonly resistorModel: 'multiplier' | 'overridden';
  /** In series with an inductor that states no `Rser` and stands in no K card [ohm]. */
  readonly inductorResistance: number;
  /** LEVELs of MOSFETs that mean BSIM4 here and something else elsewhere. */
  readonly bsim4Levels: readonly number[];
  /** What the B card is. */
  readonly letterB: 'behavioural' | 'mesfet' | 'ibis';
}

const PLAIN: LexicalRules = {
  dollar: 'text',
  slashes: false,
  hash: false,
  indentedComment: false,
  backslash: 'none',
};

const NUMBERS: NumberRules = {
  rkm: false,
  mega: false,
  atto: false,
  micro: true,
  milInBraces: 'inch',
} as const;

const NGSPICE: Dialect = {
  name: 'ngspice',
  label: 'ngspice',
  lexical: { ...PLAIN, dollar: 'behind_blank', slashes: true, hash: true, backslash: 'double' },
  // Both measured on 45.
  numbers: { ...NUMBERS, atto: true, milInBraces: 'milli' },
  caret: 'power',
  precedence: 'ngspice',
  grounds: ['0', 'gnd'],
  behindEnd: 'read',
  libraryElements: true,
  foreignLibraries: false,
  log: 'ln',
  limit: 'random',
  negativeBase: 'magnitude',
  nominalTemperature: 27,
  resistorModel: 'overridden',
  inductorResistance: 0,
  bsim4Levels: [],
  letterB: 'behavioural',
};

const LTSPICE: Dialect = {
  name: 'ltspice',
  label: 'LTspice',
  lexical: PLAIN,
  numbers: { ...NUMBERS, rkm: true },
  caret: 'xor',
  precedence: 'flat',
  grounds: ['0', 'gnd'],
  behindEnd: 'ignored',
  libraryElements: false,
  foreignLibraries: true,
  log: 'ln',
  limit: 'median',
  negativeBase: 'zero',
  nominalTemperature: 27,
  resistorModel: 'overridden',
  // LTspice help, inductors: unless they take part in a mutual inductance.
  inductorResistance: 1e-3,
  bsim4Levels: [],
  letterB: 'behavioural',
};

const PSPICE: Dialect = {
  name: 'pspice',
  label: 'PSpice',
  lexical: PLAIN,
  numbers: { ...NUMBERS, micro: false },
  caret: 'xor',
  precedence: 'c',
  grounds: ['0'],
  behindEnd: 'ignored',
  defaultLibrary: 'nom.lib',
  libraryElements: false,
  foreignLibraries: true,
  log: 'ln',
  // Texas Instruments' PSpice libraries write the bounds in either order.
  limit: 'median',
  negativeBase: 'signed',
  nominalTemperature: 27,
  resistorModel: 'multiplier',
  inductorResistance: 0,
  // PSpice Reference Guide: LEVEL=7 is BSIM3 version 3, LEVEL=8 is BSIM4.
  bsim4Levels: [8],
  letterB: 'mesfet',
};

const HSPICE: Dialect = {
  name: 'hspice',
  label: 'HSPICE',
  lexical: { ...PLAIN, dollar: 'behind_blank', slashes: true, backslash: 'any' },
  numbers: { ...NUMBERS, mega: true, atto: true, micro: false },
  caret: 'power',
  precedence: 'c',
  grounds: ['0', 'gnd', 'gnd!', 'ground'],
  behindEnd: 'ignored',
  libraryElements: true,
  foreignLibraries: true,
  log: 'ln',
  limit: 'random',
  negativeBase: 'signed',
  nominalTemperature: 25,
  resistorModel: 'overridden',
  inductorResistance: 0,
  bsim4Levels: [],
  letterB: 'ibis',
};

const XYCE: Dialect = {
  name: 'xyce',
  label: 'Xyce',
  lexical: { ...PLAIN, indentedComment: true },
  numbers: { ...NUMBERS, mega: true, micro: false },
  caret: 'xor',
  precedence: 'c',
  grounds: ['0'],
  behindEnd: 'ignored',
  libraryElements: true,
  foreignLibraries: false,
  log: 'log10',
  limit: 'clamp',
  negativeBase: 'signed',
  nominalTemperature: 27,
  resistorModel: 'overridden',
  inductorResistance: 0,
  bsim4Levels: [],
  letterB: 'behavioural',
};

/** TINA writes PSpice's netlists. */
const TINA: Dialect = { ...PSPICE, name: 'tina', label: 'TINA', letterB: 'behavioural' };

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  ngspice: NGSPICE,
  ltspice: LTSPICE,
  pspice: PSPICE,
  hspice: HSPICE,
  xyce: XYCE,
  tina: TINA,
};

/** Every dialect name, in the order of the documentation. */
export const DIALECT_NAMES = Object.keys(DIALECTS) as readonly DialectName[];

/** True if a node of this name is node 0. */
export function isGround(node: string, { grounds }: { grounds: readonly string[] }): boolean {
  return grounds.includes(node.toLowerCase());
}
