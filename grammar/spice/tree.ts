/**
 * The syntax tree of a netlist. The parser knows one generic card; the builder looks at its first
 * letter and makes one of the shapes below. Names keep the user's spelling (compare them
 * case-insensitively); every part knows its span.
 */

import type { Diagnostic } from '../diagnostic.ts';
import type { DirectiveLine } from '../directive/tree.ts';
import type { Expression, Word } from '../expression.ts';
import type { Source, Span } from '../source.ts';
import type { Dialect } from './dialect.ts';
import type { RecognisedDialect } from './recognise.ts';

export interface Netlist {
  readonly source: Source;
  readonly title: string;
  /** Whose rules the text was read by, and how that was found out. */
  readonly dialect: RecognisedDialect;
  readonly statements: readonly Statement[];
  /** Every fault of the text, included files too. A netlist with an error is not analysed. */
  readonly diagnostics: readonly Diagnostic[];
  /** Of a schematic that tells parts from elements: what is connected as drawn. */
  readonly drawn?: readonly DrawnNet[];
}

/** A net with the parts on it, by their references and the numbers of their pins. */
export interface DrawnNet {
  readonly name: string;
  readonly pins: readonly { readonly element: string; readonly pin: string }[];
}

export type Statement = ElementCard | Subcircuit | Conditional | DotCard | DirectiveLine;

/** `key = value` on a card. */
export interface Assignment {
  readonly kind: 'assignment';
  readonly key: Word;
  readonly value: Expression;
  readonly span: Span;
}

interface CardBase {
  readonly kind: 'card';
  readonly name: Word;
  readonly span: Span;
}

export type ElementCard =
  | PassiveCard
  | SourceCard
  | VoltageControlledCard
  | CurrentControlledCard
  | CouplingCard
  | InstanceCard
  | BehaviouralCard
  | OtherCard;

/** R, C, L: `R1 a b 10k`, `R1 a b RMOD 10k tc1=1m`. */
export interface PassiveCard extends CardBase {
  readonly letter: 'R' | 'C' | 'L';
  readonly nodes: readonly [Word, Word];
  /** Absent when the card has none (a model or parameters may give it). */
  readonly value?: Expression;
  readonly model?: Word;
  readonly parameters: readonly Assignment[];
}

/** V, I: `V1 a 0 DC 5 AC 1 SIN(0 1 1k)`. */
export interface SourceCard extends CardBase {
  readonly letter: 'V' | 'I';
  readonly nodes: readonly [Word, Word];
  readonly dc?: Expression;
  readonly ac?: readonly Expression[];
  /** `SIN`, `PULSE`, `EXP`, `PWL`, `SFFM`, `AM`: kind in upper case, arguments in order. */
  readonly waveform?: { readonly shape: Word; readonly arguments: readonly Expression[] };
  /** Words without a value, as LTspice's `load`. */
  readonly flags?: readonly Word[];
  readonly parameters: readonly Assignment[];
}

/** The two nodes of a controlling voltage. */
export type NodePair = readonly [Word, Word];

/** E, G: `E1 o 0 p m 100k`, `E1 o 0 POLY(2) a 0 b 0 0 1 1`, `E1 o 0 VALUE={...}`. */
export interface VoltageControlledCard extends CardBase {
  readonly letter: 'E' | 'G';
  readonly nodes: readonly [Word, Word];
  readonly control:
    | { readonly form: 'linear'; readonly pair: NodePair; readonly gain: Expression }
    | {
        readonly form: 'polynomial';
        readonly pairs: readonly NodePair[];
        readonly coefficients: readonly Expression[];
      }
    | { readonly form: 'value'; readonly keyword: Word; readonly expression: Expression }
    | SpecialControl;
  readonly parameters: readonly Assignment[];
}

/** What a controlled source does beyond arithmetic; `keyword` as written. */
export type SpecialControl =
  /** TABLE, PWL: straight lines between points; a voltage pair is the probe V(p,m). */
  | {
      readonly form: 'table';
      readonly keyword: Word;
      readonly input: Expression;
      readonly points: readonly (readonly [Expression, Expression])[];
    }
  /** LAPLACE: `transfer` is a function of the name `s`. */
  | {
      readonly form: 'laplace';
      readonly keyword: Word;
      readonly input: Expression;
      readonly transfer: Expression;
    }
  /** FREQ: frequency, magnitude, phase; in the units that the words beside them say. */
  | {
      readonly form: 'frequency';
      readonly keyword: Word;
      readonly input: Expression;
      readonly options: readonly Word[];
      readonly points: readonly (readonly [Expression, Expression, Expression])[];
    }
  /** HSPICE `E1 o 0 OPAMP in+ in-`: an ideal op amp. */
  | { readonly form: 'opamp'; readonly keyword: Word; readonly pair: NodePair }
  /** Any other keyword, or one whose arguments have no known shape: kept as written. */
  | { readonly form: 'other'; readonly keyword: Word; readonly rest: Word };

/** F, H: `F1 a b VSENSE 2`, `H1 a b POLY(1) VSENSE 0 2`. */
export interface CurrentControlledCard extends CardBase {
  readonly letter: 'F' | 'H';
  readonly nodes: readonly [Word, Word];
  readonly control:
    | { readonly form: 'linear'; readonly source: Word; readonly gain: Expression }
    | {
        readonly form: 'polynomial';
        readonly sources: readonly Word[];
        readonly coefficients: readonly Expression[];
      }
    | { readonly form: 'value'; readonly keyword: Word; readonly expression: Expression }
    | SpecialControl;
  readonly parameters: readonly Assignment[];
}

/** K: coupled inductors; no effect at DC. */
export interface CouplingCard extends CardBase {
  readonly letter: 'K';
  readonly inductors: readonly Word[];
  /** Absent where the card states no number, as with a core. */
  readonly coefficient?: Expression;
}

/** X: `X1 a b c NAME k=v`. */
export interface InstanceCard extends CardBase {
  readonly letter: 'X';
  readonly nodes: readonly Word[];
  readonly subcircuit: Word;
  readonly parameters: readonly Assignment[];
  /** Pin names in node order, as LTspice writes them behind the card: `;\u00a7pnba In+)In-)OUT`. */
  readonly pins?: readonly string[];
}

/** B: `B1 a b V={...}`, `I=`, `R=`, `P=`. */
export interface BehaviouralCard extends CardBase {
  readonly letter: 'B';
  readonly nodes: readonly [Word, Word];
  /** `V`, `I`, `R`, `P` as written. */
  readonly quantity: Word;
  readonly expression: Expression;
  readonly parameters: readonly Assignment[];
  readonly flags?: readonly Word[];
}

/**
 * Any other first letter, and a B that is no behavioural source: kept word by word, so that a later
 * stage can refuse it by name. `device` is what the words mean where that is unambiguous.
 */
export interface OtherCard extends CardBase {
  readonly letter: string;
  readonly words: readonly Word[];
  readonly device?: Device;
  readonly codeModel?: CodeModel;
}

/** What an XSPICE A card says: its ports in order, and the name of a `.model`. */
export interface CodeModel {
  readonly parts: readonly CodeModelPart[];
  readonly model: Word;
}

export type CodeModelPart =
  /** `[` and `]` around the elements of a vector; `%vd`; a port that is left open. */
  | { readonly kind: 'open' | 'close' | 'type' | 'null'; readonly word: Word }
  /** A node, or the name of a voltage source; `~` inverts a digital one. */
  | { readonly kind: 'name'; readonly word: Word; readonly inverted: boolean };

/** `Q1 c b e MODEL 2 off ic=...`: semiconductors, switches, lines. */
export interface Device {
  /** As many as the letter has: D 2, Q 3-5, J Z 3, M 3-7, S 4 (switch, control), W 2, T O 4, U 3, A 8 in LTspice. */
  readonly nodes: readonly Word[];
  /** The voltage source whose current controls a W. */
  readonly control?: Word;
  readonly model?: Word;
  /** Values behind the model without a key: the area; HSPICE's length and width of an M. */
  readonly values: readonly Expression[];
  /** `on`, `off` and other words behind the model. */
  readonly flags: readonly Word[];
  readonly parameters: readonly Assignment[];
}

/** `.subckt NAME ports [params:] k=v ... .ends`, its body nested. */
export interface Subcircuit {
  readonly kind: 'subcircuit';
  readonly name: Word;
  readonly ports: readonly Word[];
  /** PSpice `OPTIONAL: port=node`: ports behind `ports` that an instance may leave off, and what they then are. */
  readonly optional?: readonly { readonly port: Word; readonly node: Word }[];
  readonly parameters: readonly Assignment[];
  /** PSpice `TEXT: name="text"`. */
  readonly texts?: readonly Assignment[];
  readonly statements: readonly Statement[];
  /** Comment lines inside the definition and directly above it, without the star: they often name the pins. */
  readonly comments: readonly Word[];
  /** That of the included file it stands in, where the netlist has another. */
  readonly dialect?: Dialect;
  /** Of a definition in an included file: its errors, which concern only a circuit that uses it. */
  readonly faults?: readonly Diagnostic[];
  /** The `.subckt` line. */
  readonly span: Span;
}

/** `.if (c) ... .elseif (c) ... .else ... .endif`: the statements of the first branch that holds count. */
export interface Conditional {
  readonly kind: 'if';
  /** The `.else` branch is the last one and has no condition. */
  readonly branches: readonly {
    readonly condition?: Expression;
    readonly statements: readonly Statement[];
    readonly span: Span;
  }[];
  /** The `.if` line. */
  readonly span: Span;
}

/** `key=[1 2 3]` */
export interface ValueList {
  readonly key: Word;
  readonly values: readonly Expression[];
}

/** `V(node)=value` */
export interface StartValue {
  readonly node: Word;
  readonly value: Expression;
}

export type DotCard =
  | {
      readonly kind: 'parameters';
      readonly assignments: readonly Assignment[];
      /** That of the included file it stands in, where the netlist has another. */
      readonly dialect?: Dialect;
      readonly span: Span;
    }
  | {
      readonly kind: 'function';
      readonly name: Word;
      readonly formals: readonly Word[];
      readonly body: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: 'model';
      readonly name: Word;
      /** `R`, `NPN`, `SW`, ... as written. */
      readonly type: Word;
      /** PSpice `ako:BASE`: the model whose parameters hold where this one has none. */
      readonly base?: Word;
      readonly parameters: readonly Assignment[];
      /** `key=[1 2 3]`, of coupled lines `key=1 2 3`, whole; `parameters` has the first value of each. */
      readonly lists?: readonly ValueList[];
      /** Words without a value, as the `pchan` of a VDMOS. */
      readonly words?: readonly Word[];
      /** That of the included file it stands in, where the netlist has another. */
      readonly dialect?: Dialect;
      readonly span: Span;
    }
  /** HSPICE: the two nodes are one. */
  | { readonly kind: 'connect'; readonly nodes: NodePair; readonly span: Span }
  | { readonly kind: 'global'; readonly nodes: readonly Word[]; readonly span: Span }
  | { readonly kind: 'temperature'; readonly values: readonly Expression[]; readonly span: Span }
  | {
      readonly kind: 'options';
      readonly words: readonly Word[];
      readonly assignments: readonly Assignment[];
      readonly span: Span;
    }
  /** `.nodeset`, `.ic`: where the search for the operating point starts. */
  | {
      readonly kind: 'start';
      readonly keyword: Word;
      readonly values: readonly StartValue[];
      readonly span: Span;
    }
  /** `.op`, `.tran`, `.print`, `.control` blocks ...: kept, not run. `text` is the whole block. */
  | { readonly kind: 'kept'; readonly keyword: Word; readonly text: string; readonly span: Span };
