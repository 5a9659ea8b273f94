/**
 * Subcircuit expansion: the statements of a netlist -> flat elements with hierarchical names
 * (`XA.R1`, node `XA.n`). Every level has its own scope of parameters, models and definitions; what is
 * not found there is looked up outside. An instance that is an op amp is not expanded: the error model
 * replaces the macromodel (design section 5).
 */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { DirectiveLine } from '../../grammar/directive/tree.ts';
import type { Word } from '../../grammar/expression.ts';
import type { Assignment, InstanceCard, Statement, Subcircuit } from '../../grammar/spice/tree.ts';
import { didYouMean } from '../../grammar/suggest.ts';
import { type Element, GROUND, type OpAmp } from './circuit.ts';
import { elementOf } from './elements.ts';
import type { OpAmpRecogniser } from './op-amps.ts';
import { EvaluationFault, Scope } from './scope.ts';

/** Bounds that no real netlist meets and an expansion bomb does. */
const MAXIMUM_ELEMENTS = 2_000_000;
const MAXIMUM_DEPTH = 60;

/** A directive together with the instance in whose definition it stands. */
export interface PlacedDirective {
  readonly line: DirectiveLine;
  /** `XA.` inside the instance XA, empty at top level. */
  readonly prefix: string;
}

export interface FlatCircuit {
  readonly nodes: readonly string[];
  readonly elements: readonly Element[];
}

/** One level of the hierarchy: where names are looked up. */
interface Level {
  readonly prefix: string;
  readonly scope: Scope;
  readonly parent: Level | undefined;
  readonly definitions: ReadonlyMap<string, Subcircuit>;
  readonly models: ReadonlyMap<string, readonly Assignment[]>;
  /** Lower-case port name -> node of the circuit. */
  readonly ports: ReadonlyMap<string, number>;
  /** The definitions being expanded, outermost first. */
  readonly open: readonly Subcircuit[];
}

export interface FlattenOptions {
  readonly recogniser: OpAmpRecogniser;
  /** Called for every directive of a level before the cards of that level are read. */
  readonly onDirective: (directive: PlacedDirective) => void;
  readonly diagnostics: Diagnostics;
  readonly temperatureRise: number;
  readonly globals: ReadonlySet<string>;
}

/** The elements and nodes of all levels; faults go to `options.diagnostics`. */
export function flatten(statements: readonly Statement[], options: FlattenOptions): FlatCircuit {
  return new Flattener(options).run(statements);
}

class Flattener {
  readonly #options: FlattenOptions;
  readonly #nodes: string[] = [];
  readonly #nodeIndex = new Map<string, number>();
  readonly #elements: Element[] = [];
  readonly #names = new Map<string, Element>();
  #full = false;

  constructor(options: FlattenOptions) {
    this.#options = options;
  }

  run(statements: readonly Statement[]): FlatCircuit {
    this.#expand(
      statements,
      openLevel(statements, { scope: new Scope(), prefix: '', ports: new Map(), open: [] }),
    );
    return { nodes: this.#nodes, elements: this.#elements };
  }

  #expand(statements: readonly Statement[], level: Level): void {
    const { diagnostics, onDirective } = this.#options;
    const place = {
      scope: level.scope,
      diagnostics,
      prefix: level.prefix,
      temperatureRise: this.#options.temperatureRise,
      node: (word: Word) => this.#node(word, level),
      model: (name: string) => lookUp(level, (at) => at.models.get(name.toLowerCase())),
    };
    for (const statement of statements) {
      if (this.#full) return;
      if (statement.kind === 'directive') onDirective({ line: statement, prefix: level.prefix });
    }
    for (const statement of statements) {
      if (this.#full) return;
      if (statement.kind !== 'card') continue;
      if (statement.letter === 'X') this.#instance(statement as InstanceCard, level);
      else {
        const element = elementOf(statement, place);
        if (element !== undefined) this.#add(element);
      }
    }
  }

  #instance(card: InstanceCard, level: Level): void {
    const { diagnostics, recogniser } = this.#options;
    const key = card.subcircuit.text.toLowerCase();
    const definition = lookUp(level, (at) => at.definitions.get(key));
    const name = level.prefix + card.name.text;
    const pins = recogniser.instance(name, { card, definition, scope: level.scope });
    if (pins === 'refused') return;
    if (pins !== undefined) {
      const node = (index: number) => {
        const word = card.nodes[index];
        return word === undefined ? GROUND : this.#node(word, level);
      };
      this.#add(opAmpElement({ name, card, pins, node }));
      return;
    }
    if (definition === undefined) {
      const visible = lookUpAll(level);
      diagnostics.error(
        'undefined_subcircuit',
        card.subcircuit.span,
        `Subcircuit "${card.subcircuit.text}" of "${card.name.text}" is not defined${didYouMean(card.subcircuit.text, visible)}.`,
        `If it is an op amp, say so: *@ opamp ${name} pins=+,-,V+,V-,out vos=+-1m`,
      );
      return;
    }
    if (definition.ports.length !== card.nodes.length) {
      diagnostics.error(
        'wrong_node_count',
        card.span,
        `"${card.name.text}" connects ${card.nodes.length} nodes, but "${definition.name.text}" has ${definition.ports.length} ports (${definition.ports.map((port) => port.text).join(' ')}).`,
      );
      return;
    }
    if (level.open.includes(definition) || level.open.length >= MAXIMUM_DEPTH) {
      diagnostics.error(
        'recursive_subcircuit',
        card.subcircuit.span,
        level.open.includes(definition)
          ? `Subcircuit "${definition.name.text}" contains itself.`
          : `Subcircuits are nested more than ${MAXIMUM_DEPTH} levels deep.`,
      );
      this.#full = true;
      return;
    }
    this.#expandInstance(card, definition, level);
  }

  #expandInstance(card: InstanceCard, definition: Subcircuit, level: Level): void {
    const owner = ownerOf(level, definition);
    const scope = new Scope(owner.scope);
    for (const { key, value } of definition.parameters) scope.define(key.text, value);
    for (const { key, value } of card.parameters) {
      try {
        const number = level.scope.evaluate(value);
        if (key.text.toLowerCase() === 'm' && number !== 1) {
          throw new EvaluationFault(
            'unsupported_multiplier',
            key.span,
            `"${card.name.text}" has the multiplier m=${number}; only m=1 can be expanded.`,
            'Write the parallel instances out.',
          );
        }
        scope.fix(key.text, number);
      } catch (fault) {
        if (!(fault instanceof EvaluationFault)) throw fault;
        this.#options.diagnostics.error(fault.code, fault.span, fault.message, fault.hint);
        return;
      }
    }
    const ports = new Map<string, number>();
    definition.ports.forEach((port, index) => {
      const word = card.nodes[index];
      if (word !== undefined) ports.set(port.text.toLowerCase(), this.#node(word, level));
    });
    const inner = openLevel(definition.statements, {
      scope,
      prefix: `${level.prefix}${card.name.text}.`,
      ports,
      open: [...level.open, definition],
      parent: owner,
    });
    this.#expand(definition.statements, inner);
  }

  #add(element: Element): void {
    const key = element.name.toLowerCase();
    const first = this.#names.get(key);
    if (first !== undefined) {
      this.#options.diagnostics.error(
        'duplicate_name',
        element.span,
        `There are two elements called "${element.name}".`,
        'Names are compared without regard to case.',
      );
      return;
    }
    if (this.#elements.length >= MAXIMUM_ELEMENTS) {
      this.#options.diagnostics.error(
        'too_large',
        element.span,
        `The netlist expands to more than ${MAXIMUM_ELEMENTS} elements.`,
      );
      this.#full = true;
      return;
    }
    this.#names.set(key, element);
    this.#elements.push(element);
  }

  /** The node a word means here: ground, a port of the instance, a global node, or a local one. */
  #node(word: Word, level: Level): number {
    const key = word.text.toLowerCase();
    if (key === '0' || key === 'gnd') return GROUND;
    const port = level.ports.get(key);
    if (port !== undefined) return port;
    const name = this.#options.globals.has(key) ? word.text : level.prefix + word.text;
    const full = name.toLowerCase();
    let index = this.#nodeIndex.get(full);
    if (index === undefined) {
      index = this.#nodes.length;
      this.#nodes.push(name);
      this.#nodeIndex.set(full, index);
    }
    return index;
  }
}

/** Collects what the statements of one level define. */
function openLevel(
  statements: readonly Statement[],
  given: Omit<Level, 'definitions' | 'models' | 'parent'> & { parent?: Level },
): Level {
  const definitions = new Map<string, Subcircuit>();
  const models = new Map<string, readonly Assignment[]>();
  for (const statement of statements) {
    switch (statement.kind) {
      case 'parameters':
        for (const { key, value } of statement.assignments) given.scope.define(key.text, value);
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
        models.set(statement.name.text.toLowerCase(), statement.parameters);
        break;
      default:
        break;
    }
  }
  return { parent: undefined, ...given, definitions, models };
}

/** The nearest level at which `find` finds something. */
function lookUp<T>(level: Level, find: (at: Level) => T | undefined): T | undefined {
  for (let at: Level | undefined = level; at !== undefined; at = at.parent) {
    const found = find(at);
    if (found !== undefined) return found;
  }
  return undefined;
}

function lookUpAll(level: Level): string[] {
  const names: string[] = [];
  lookUp(level, (at) => {
    for (const definition of at.definitions.values()) names.push(definition.name.text);
    return undefined;
  });
  return names;
}

/** The level that defines a subcircuit: names inside it are looked up from there. */
function ownerOf(level: Level, definition: Subcircuit): Level {
  return (
    lookUp(level, (at) => ([...at.definitions.values()].includes(definition) ? at : undefined)) ??
    level
  );
}

function opAmpElement({
  name,
  card,
  pins,
  node,
}: {
  name: string;
  card: InstanceCard;
  pins: Exclude<ReturnType<OpAmpRecogniser['instance']>, undefined | 'refused'>;
  node: (index: number) => number;
}): OpAmp {
  const at = (role: string) => pins.roles.indexOf(role as (typeof pins.roles)[number]);
  const supply = (role: string) => (at(role) < 0 ? undefined : node(at(role)));
  const positiveSupply = supply('positiveSupply');
  const negativeSupply = supply('negativeSupply');
  return {
    kind: 'opAmp',
    name,
    span: card.span,
    plus: node(at('plus')),
    minus: node(at('minus')),
    output: { plus: node(at('output')), minus: GROUND },
    ...(positiveSupply === undefined ? {} : { positiveSupply }),
    ...(negativeSupply === undefined ? {} : { negativeSupply }),
    specification: pins.specification,
    part: pins.part,
    evidence: pins.evidence,
  };
}
