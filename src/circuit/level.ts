/** One level of the hierarchy: what its statements define, and where names are looked up from there. */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type {
  Assignment,
  Conditional,
  CouplingCard,
  SourceCard,
  Statement,
  Subcircuit,
} from '../../grammar/spice/tree.ts';
import { vocabularyIn } from './functions.ts';
import { randomCalls } from './random-functions.ts';
import { EvaluationFault, Scope } from './scope.ts';

export type ModelCard = Extract<Statement, { kind: 'model' }>;

/** A model where it is used: its own parameters, then those of its `ako:` base, and the scope of their values. */
export interface PlacedModel {
  readonly card: ModelCard;
  readonly parameters: readonly Assignment[];
  readonly scope: Scope;
}

/** One level of the hierarchy: where names are looked up. */
export interface Level {
  readonly prefix: string;
  readonly scope: Scope;
  readonly parent: Level | undefined;
  readonly definitions: ReadonlyMap<string, Subcircuit>;
  readonly models: ReadonlyMap<string, ModelCard>;
  /** `nch` -> `nch.1`, `nch.2` ...: models that share a name but for a number, in lower case. */
  readonly bins: ReadonlyMap<string, ReadonlySet<string>>;
  /** How many equal instances in parallel this level stands for: the product of `m=` on the way to it. */
  readonly multiplier: number;
  /** Lower-case port name -> node of the circuit. */
  readonly ports: ReadonlyMap<string, number>;
  /** Lower-case names here of nodes that a grounded voltage source holds. */
  readonly supplied: ReadonlySet<string>;
  /** Lower-case names of the inductors here that K cards name. */
  readonly coupled: ReadonlySet<string>;
  /** The definitions being expanded, outermost first. */
  readonly open: readonly Subcircuit[];
}

/** What a level is opened with. */
export type Opening = Omit<Level, 'definitions' | 'models' | 'bins' | 'coupled' | 'parent'> & {
  readonly parent?: Level;
  readonly diagnostics: Diagnostics;
};

/**
 * Collects what the statements of one level define, and the statements that count: of `.if` branches
 * those of the first whose condition holds.
 */
export function openLevel(
  statements: readonly Statement[],
  { diagnostics, ...given }: Opening,
): { readonly level: Level; readonly statements: readonly Statement[] } {
  const definitions = new Map<string, Subcircuit>();
  const models = new Map<string, ModelCard>();
  const bins = new Map<string, Set<string>>();
  const active: Statement[] = [];
  const supplied = new Set(given.supplied);
  const coupled = new Set<string>();
  const define = (list: readonly Statement[]): void => {
    const conditionals: Conditional[] = [];
    for (const statement of list) {
      active.push(statement);
      switch (statement.kind) {
        case 'parameters':
          for (const { key, value } of statement.assignments) {
            given.scope.define(key.text, value, statement.dialect);
          }
          break;
        case 'function':
          given.scope.defineFunction(statement.name.text, statement.formals, statement.body);
          break;
        case 'subcircuit': {
          // The first of two definitions counts, as in ngspice.
          const key = statement.name.text.toLowerCase();
          if (!definitions.has(key)) definitions.set(key, statement);
          break;
        }
        case 'model':
          models.set(statement.name.text.toLowerCase(), statement);
          collectBin(statement.name.text.toLowerCase(), bins);
          break;
        case 'card':
          if (statement.letter === 'V') supply(statement as SourceCard, supplied);
          if (statement.letter === 'K') {
            for (const { text } of (statement as CouplingCard).inductors) {
              coupled.add(text.toLowerCase());
            }
          }
          break;
        case 'if':
          conditionals.push(statement);
          break;
        default:
          break;
      }
    }
    // A condition sees every unconditional parameter of its level, wherever it stands.
    for (const conditional of conditionals)
      define(chosenBranch(conditional, given.scope, diagnostics));
  };
  define(statements);
  reportRandom(active, { scope: given.scope, diagnostics });
  return {
    level: { parent: undefined, ...given, definitions, models, bins, supplied, coupled },
    statements: active,
  };
}

/** `nch.3` is a bin of `nch`. */
function collectBin(name: string, bins: Map<string, Set<string>>): void {
  const family = /^(.+)\.\d+$/.exec(name)?.[1];
  if (family === undefined) return;
  const known = bins.get(family);
  if (known === undefined) bins.set(family, new Set([name]));
  else known.add(name);
}

/** Tolerances that are drawn for a parameter, or for a gain, are not those of one element. */
function reportRandom(
  statements: readonly Statement[],
  { scope, diagnostics }: { readonly scope: Scope; readonly diagnostics: Diagnostics },
): void {
  for (const statement of statements) {
    const values =
      statement.kind === 'parameters' ? statement.assignments.map(({ value }) => value) : [];
    if (statement.kind === 'card' && 'control' in statement) {
      if (statement.control.form === 'linear') values.push(statement.control.gain);
    }
    for (const { span } of values.flatMap((value) => randomCalls(value, scope))) {
      diagnostics.info(
        'nominal_value_used',
        span,
        'A random value here counts with its nominal value; tolerances are those on the cards of R, V and I.',
        'Write the function on the card, or *@ tol NAME 1%.',
      );
    }
  }
}

/** `VCC vcc 0 15` holds vcc. */
function supply({ nodes }: SourceCard, supplied: Set<string>): void {
  const [plus, minus] = nodes.map(({ text }) => text.toLowerCase());
  if (plus === undefined || minus === undefined) return;
  if (minus === '0' || minus === 'gnd') supplied.add(plus);
  if (plus === '0' || plus === 'gnd') supplied.add(minus);
}

function chosenBranch(
  { branches }: Conditional,
  scope: Scope,
  diagnostics: Diagnostics,
): readonly Statement[] {
  try {
    const chosen = branches.find(
      ({ condition }) => condition === undefined || scope.evaluate(condition) !== 0,
    );
    return chosen?.statements ?? [];
  } catch (fault) {
    if (!(fault instanceof EvaluationFault)) throw fault;
    diagnostics.error(fault.code, fault.span, fault.message, fault.hint);
    return [];
  }
}

/** The nearest level at which `find` finds something. */
export function lookUp<T>(level: Level, find: (at: Level) => T | undefined): T | undefined {
  for (let at: Level | undefined = level; at !== undefined; at = at.parent) {
    const found = find(at);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** How many models may rest on each other by `ako:`. */
const MAXIMUM_BASES = 20;

/** The nearest model of a name, with the parameters of its bases behind its own. */
export function modelAt(
  level: Level,
  name: string,
  bases = MAXIMUM_BASES,
): PlacedModel | undefined {
  const found = lookUp(level, (at) => {
    const card = at.models.get(name.toLowerCase());
    return card === undefined ? undefined : { card, scope: scopeIn(card, at.scope) };
  });
  if (found === undefined) return undefined;
  const { card, scope } = found;
  const base =
    card.base === undefined || bases === 0 ? undefined : modelAt(level, card.base.text, bases - 1);
  return { card, scope, parameters: [...card.parameters, ...(base?.parameters ?? [])] };
}

/** The nearest models `name.1`, `name.2` ... */
export function binsAt(level: Level, name: string): readonly PlacedModel[] {
  const names = lookUp(level, (at) => at.bins.get(name.toLowerCase())) ?? [];
  return [...names].flatMap((bin) => modelAt(level, bin) ?? []);
}

function scopeIn({ dialect }: ModelCard, scope: Scope): Scope {
  const words = vocabularyIn(dialect, scope.words);
  return words === scope.words ? scope : new Scope(scope, words);
}

export function definitionNames(level: Level): string[] {
  const names: string[] = [];
  lookUp(level, (at) => {
    for (const definition of at.definitions.values()) names.push(definition.name.text);
    return undefined;
  });
  return names;
}

/** The level that defines a subcircuit: names inside it are looked up from there. */
export function ownerOf(level: Level, definition: Subcircuit): Level {
  return (
    lookUp(level, (at) => ([...at.definitions.values()].includes(definition) ? at : undefined)) ??
    level
  );
}
