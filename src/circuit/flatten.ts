/**
 * Subcircuit expansion: the statements of a netlist -> flat elements with hierarchical names
 * (`XA.R1`, node `XA.n`). Every level has its own scope of parameters, models and definitions; what is
 * not found there is looked up outside. An instance that is an op amp is not expanded: the error model
 * replaces the macromodel (design section 5).
 */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { DirectiveLine } from '../../grammar/directive/tree.ts';
import type { Word } from '../../grammar/expression.ts';
import type { Span } from '../../grammar/source.ts';
import { type Dialect, isGround } from '../../grammar/spice/dialect.ts';
import type { InstanceCard, Statement } from '../../grammar/spice/tree.ts';
import { didYouMean } from '../../grammar/suggest.ts';
import { type Element, GROUND, type NodeIndex } from './circuit.ts';
import { EventNodes } from './code-models/event-nodes.ts';
import { reportMixedNodes } from './code-models/mixed-nodes.ts';
import { elementsOf } from './elements.ts';
import { vocabulary } from './functions.ts';
import {
  checkInstance,
  copiesOf,
  definitionAt,
  MAXIMUM_ELEMENTS,
  MAXIMUM_INSTANCES,
  openingOf,
} from './instance.ts';
import { binsAt, definitionNames, type Level, modelAt, openLevel } from './level.ts';
import { ltspiceOpAmp } from './ltspice-op-amps.ts';
import { missingModelHint } from './missing-model.ts';
import { multiplied, warnMultiplier } from './multiplier.ts';
import { NodeTable } from './node-table.ts';
import { opAmpElement } from './op-amp-element.ts';
import type { OpAmpRecogniser } from './op-amps.ts';
import type { Place } from './place.ts';
import type { SolvedPins } from './recognition/recognise.ts';
import { EvaluationFault, Scope } from './scope.ts';
import { evaluated } from './settings.ts';
import { absurdValue, LARGEST_VALUE, SMALLEST_VALUE } from './value-range.ts';

/** A directive together with the instance in whose definition it stands. */
export interface PlacedDirective {
  readonly line: DirectiveLine;
  /** `XA.` inside the instance XA, empty at top level. */
  readonly prefix: string;
  /** The parameters that are visible there. */
  readonly scope: Scope;
}

export interface FlatCircuit {
  readonly nodes: readonly string[];
  readonly elements: readonly Element[];
  /** Node voltages from which the search for the operating point starts [V]. */
  readonly start: ReadonlyMap<NodeIndex, number>;
}

export interface FlattenOptions {
  /** Who knows which instances are op amps; without one every subcircuit is expanded as written. */
  readonly recogniser: OpAmpRecogniser | undefined;
  /** Pins of definitions that the recogniser takes where their text is silent or uncertain. */
  readonly solvedPins: SolvedPins;
  /** Called for every directive of a level before the cards of that level are read. */
  readonly onDirective: (directive: PlacedDirective) => void;
  readonly diagnostics: Diagnostics;
  readonly dialect: Dialect;
  /** T_A of the circuit [deg C]. */
  readonly temperature: number;
  /** Numbers of `.options` by lower-case name. */
  readonly settings: ReadonlyMap<string, number>;
  readonly globals: ReadonlySet<string>;
  /** Values of top-level parameters that beat their definitions, by lower-case name. */
  readonly parameters?: ReadonlyMap<string, number>;
}

/** The elements and nodes of all levels; faults go to `options.diagnostics`. */
export function flatten(statements: readonly Statement[], options: FlattenOptions): FlatCircuit {
  return new Flattener(options).run(statements);
}

class Flattener {
  readonly #options: FlattenOptions;
  readonly #nodes: NodeTable;
  readonly #elements: Element[] = [];
  readonly #names = new Map<string, Element>();
  readonly #start: { readonly node: string; readonly value: number }[] = [];
  /** By lower-case name, where an element stands for several in parallel. */
  readonly #multipliers = new Map<string, number>();
  readonly #events = new EventNodes();
  readonly #deferred: { readonly make: () => readonly Element[]; readonly level: Level }[] = [];
  #instances = 0;
  #full = false;

  constructor(options: FlattenOptions) {
    this.#options = options;
    this.#nodes = new NodeTable({ grounds: options.dialect.grounds, globals: options.globals });
  }

  run(statements: readonly Statement[]): FlatCircuit {
    const { diagnostics, dialect, temperature } = this.#options;
    const scope = new Scope(undefined, vocabulary(dialect, temperature));
    for (const [name, value] of this.#options.parameters ?? []) scope.fix(name, value);
    const top = {
      scope,
      prefix: '',
      ports: new Map(),
      supplied: new Set<string>(),
      multiplier: 1,
      open: [],
      diagnostics,
    };
    this.#expand(openLevel(statements, top));
    this.#makeDeferred();
    reportMixedNodes(this.#events.places, { elements: this.#elements, diagnostics });
    const elements = multiplied(this.#elements, { multipliers: this.#multipliers, diagnostics });
    return { nodes: this.#nodes.names, elements, start: this.#startValues() };
  }

  #makeDeferred(): void {
    for (const { make, level } of this.#deferred) {
      try {
        for (const element of make()) this.#add(element, level);
      } catch (fault) {
        if (!(fault instanceof EvaluationFault)) throw fault;
        this.#options.diagnostics.error(fault.code, fault.span, fault.message, fault.hint);
      }
    }
  }

  /** Of the nodes that are there; a later value counts. */
  #startValues(): ReadonlyMap<NodeIndex, number> {
    const values = new Map<NodeIndex, number>();
    for (const { node, value } of this.#start) {
      const index = this.#nodes.find(node);
      if (index !== undefined) values.set(index, value);
    }
    return values;
  }

  #expand({ statements, level }: ReturnType<typeof openLevel>): void {
    const { diagnostics, onDirective } = this.#options;
    const place = this.#place(level);
    for (const statement of statements) {
      if (this.#full) return;
      if (statement.kind === 'directive') {
        onDirective({ line: statement, prefix: level.prefix, scope: level.scope });
      }
    }
    for (const statement of statements) {
      if (this.#full) return;
      if (statement.kind === 'connect') this.#connect(statement, level);
      if (statement.kind === 'start') this.#noteStart(statement, level);
      if (statement.kind !== 'card') continue;
      warnMultiplier(statement, { level, diagnostics });
      if (statement.letter === 'X') this.#instance(statement as InstanceCard, level);
      else {
        for (const element of elementsOf(statement, place)) this.#add(element, level);
      }
    }
  }

  #place(level: Level): Place {
    const { diagnostics } = this.#options;
    const { dialect } = level.scope.words;
    return {
      scope: level.scope,
      diagnostics,
      prefix: level.prefix,
      temperature: this.#options.temperature,
      settings: this.#options.settings,
      nominalTemperature:
        this.#options.settings.get('tnom') ?? this.#options.dialect.nominalTemperature,
      dialect,
      resistorModel: dialect.resistorModel,
      node: (word: Word) => this.#nodes.at(word, level),
      innerNode: (name: string) => this.#nodes.named(name),
      events: this.#events,
      defer: (make: () => readonly Element[]) => this.#deferred.push({ make, level }),
      coupled: ({ text }: Word) => level.coupled.has(text.toLowerCase()),
      model: (name: string) => modelAt(level, name),
      bins: (name: string) => binsAt(level, name),
    };
  }

  /** LTspice and PSpice write the nodes of instances with a colon: `V(X1:n)`. */
  #noteStart({ values }: Extract<Statement, { kind: 'start' }>, level: Level): void {
    for (const { node, value } of values) {
      const name = (level.prefix + node.text).toLowerCase().replaceAll(':', '.');
      const number = evaluated(value, level.scope, this.#options.diagnostics);
      if (number !== undefined) this.#start.push({ node: name, value: number });
    }
  }

  /** HSPICE `.connect a b`: a short. */
  #connect({ nodes: [a, b], span }: Extract<Statement, { kind: 'connect' }>, level: Level): void {
    const port = { plus: this.#nodes.at(a, level), minus: this.#nodes.at(b, level) };
    const name = `${level.prefix}.connect ${a.text} ${b.text}`;
    this.#add({ kind: 'resistor', name, span, port, resistance: 0 }, level);
  }

  #instance(card: InstanceCard, level: Level): void {
    try {
      this.#opAmpsOrLevel(card, level);
    } catch (fault) {
      if (!(fault instanceof EvaluationFault)) throw fault;
      this.#options.diagnostics.error(fault.code, fault.span, fault.message, fault.hint);
      this.#full ||= fault.code === 'recursive_subcircuit';
    }
  }

  #opAmpsOrLevel(card: InstanceCard, level: Level): void {
    const { diagnostics, dialect, recogniser, solvedPins } = this.#options;
    const find = (wanted: string) => definitionAt(level, wanted);
    const definition = find(card.subcircuit.text);
    const name = level.prefix + card.name.text;
    const opAmps = recogniser?.instance(name, {
      card,
      definition,
      scope: level.scope,
      find,
      solved: solvedPins,
      isSupplied: ({ text }) => isGround(text, dialect) || level.supplied.has(text.toLowerCase()),
    });
    if (opAmps === 'refused') return;
    if (opAmps !== undefined) {
      const node = (index: number) => {
        const word = card.nodes[index];
        return word === undefined ? GROUND : this.#nodes.at(word, level);
      };
      const multiplier = level.multiplier * copiesOf(card, { level });
      for (const pins of opAmps) this.#add(opAmpElement({ card, pins, node }), { multiplier });
      return;
    }
    const generic =
      definition === undefined && recogniser === undefined && dialect.name === 'ltspice'
        ? ltspiceOpAmp(card, this.#place(level))
        : undefined;
    if (generic !== undefined) {
      const multiplier = level.multiplier * copiesOf(card, { level });
      for (const element of generic) this.#add(element, { multiplier });
      return;
    }
    if (definition === undefined) {
      const visible = definitionNames(level);
      diagnostics.error(
        'undefined_subcircuit',
        card.subcircuit.span,
        `Subcircuit "${card.subcircuit.text}" of "${card.name.text}" is not defined${didYouMean(card.subcircuit.text, visible)}.`,
        missingModelHint(name, { card, asWritten: recogniser === undefined }),
      );
      return;
    }
    checkInstance(card, { definition, level });
    if (++this.#instances > MAXIMUM_INSTANCES) {
      this.#stop(card.span, `The netlist expands to more than ${MAXIMUM_INSTANCES} instances.`);
      return;
    }
    const opening = openingOf(card, { definition, level, nodes: this.#nodes });
    this.#expand(openLevel(definition.statements, { ...opening, diagnostics }));
  }

  #add(element: Element, { multiplier }: Pick<Level, 'multiplier'>): void {
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
      this.#stop(element.span, `The netlist expands to more than ${MAXIMUM_ELEMENTS} elements.`);
      return;
    }
    const absurd = absurdValue(element);
    if (absurd !== undefined) {
      this.#options.diagnostics.error(
        'value_out_of_range',
        element.span,
        `"${element.name}" has the value ${absurd}; values are 0 or between ${SMALLEST_VALUE} and ${LARGEST_VALUE}.`,
      );
      return;
    }
    this.#names.set(key, element);
    if (multiplier !== 1) this.#multipliers.set(key, multiplier);
    this.#elements.push(element);
  }

  #stop(span: Span, message: string): void {
    this.#options.diagnostics.error('too_large', span, message);
    this.#full = true;
  }
}
