/**
 * A netlist for other simulators in which every op amp is its DC error model, written out as sources: they find there
 * what nullor says of the operating point.
 */

import { Diagnostics } from '../../grammar/diagnostic.ts';
import type { Directive } from '../../grammar/directive/tree.ts';
import type { Span } from '../../grammar/source.ts';
import type { DialectName } from '../../grammar/spice/dialect.ts';
import { printNetlist } from '../../grammar/spice/printer.ts';
import type { ElementCard, InstanceCard, Netlist, Statement } from '../../grammar/spice/tree.ts';
import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import type { OpAmp } from '../circuit/circuit.ts';
import type { BiasPoint } from '../mna/excitation.ts';
import { errorModel } from './error-model.ts';
import { limitRemarks } from './limit-remark.ts';

export interface Annotated {
  /** null with an error among the diagnostics. */
  readonly text: string | null;
  readonly diagnostics: Diagnostics['all'];
}

interface Found {
  readonly opAmp: OpAmp;
  readonly point: BiasPoint | null;
}

/** `netlist` is what `analysis` was made of; the text is ngspice's unless `to` says otherwise. */
export function annotatedNetlist(
  netlist: Netlist,
  { opAmps }: CircuitAnalysis,
  { to = 'ngspice' }: { readonly to?: DialectName } = {},
): Annotated {
  const found = opAmps.map(({ opAmp, biasPoint }) => ({ opAmp, point: biasPoint }));
  const annotation = new Annotation(found);
  const statements = annotation.statements(netlist.statements);
  if (annotation.diagnostics.hasErrors) {
    return { text: null, diagnostics: annotation.diagnostics.all };
  }
  const used = usedDefinitions(statements);
  const kept = statements.filter(
    (each) => each.kind !== 'subcircuit' || used.has(each.name.text.toLowerCase()),
  );
  const text = printNetlist({ ...netlist, statements: kept }, { to });
  const analysed = kept.some((each) => each.kind === 'kept' && ANALYSIS.test(each.keyword.text));
  const tail = [...annotation.models, ...(analysed ? [] : ['.op']), '.end', ''];
  return {
    text: text.replace(/\.end\n$/, tail.join('\n')),
    diagnostics: annotation.diagnostics.all,
  };
}

const ANALYSIS = /^\.(?:op|tran|ac|dc|tf|noise|control)$/i;

/** Libraries that were not found, and what only LTspice's own files have. */
const LEFT_OUT = /^\.(?:lib|inc|include|backanno)$/i;

/** The others speak of op amps and of errors, of which there are none in a circuit of sources. */
const ABOUT_THE_CIRCUIT: ReadonlySet<Directive['kind']> = new Set(['output', 'input', 'temp']);

class Annotation {
  readonly diagnostics = new Diagnostics();
  readonly models: string[] = [];
  readonly #cards = new Map<string, Found[]>();
  readonly #names = new Set<string>();

  constructor(found: readonly Found[]) {
    for (const each of found) {
      const key = placeKey(each.opAmp.span);
      const same = this.#cards.get(key) ?? [];
      same.push(each);
      this.#cards.set(key, same);
    }
  }

  statements(statements: readonly Statement[]): readonly Statement[] {
    return statements.flatMap((statement): readonly Statement[] => {
      switch (statement.kind) {
        case 'card':
          return [this.#card(statement)];
        case 'subcircuit':
          return [{ ...statement, statements: this.statements(statement.statements) }];
        case 'if': {
          const branches = statement.branches.map((branch) => ({
            ...branch,
            statements: this.statements(branch.statements),
          }));
          return [{ ...statement, branches }];
        }
        case 'directive':
          return ABOUT_THE_CIRCUIT.has(statement.directive.kind) ? [statement] : [];
        case 'kept':
          return LEFT_OUT.test(statement.keyword.text) ? [] : [statement];
        default:
          return [statement];
      }
    });
  }

  #card(card: ElementCard): ElementCard {
    const found = this.#cards.get(placeKey(card.span));
    if (found === undefined) return card;
    const [first] = found;
    if (first?.opAmp.roles === undefined || !isInstance(card)) {
      if (first !== undefined && first.opAmp.specification.stated.length > 0) {
        const message = `The specifications of "${card.name.text}" have no place on its card.`;
        const hint = 'Make it an instance of a subcircuit with the pins of an op amp.';
        this.diagnostics.error('no_error_model', card.span, message, hint);
      }
      return card;
    }
    const [model, ...others] = this.#modelsAt(found);
    if (model === undefined) return card;
    const name = this.#nameFor(card.name.text);
    const text = errorModel(name, model);
    const same = text.join('\n');
    if (others.some((other) => errorModel(name, other).join('\n') !== same)) {
      const message = `"${card.name.text}" is not alike in every instance of the subcircuit around it.`;
      const hint = 'Give the instances definitions of their own.';
      this.diagnostics.error('different_op_amps', card.span, message, hint);
      return card;
    }
    const part = first.opAmp.part.replace(/[^ -~]/g, '?');
    const remarks = limitRemarks(model.map(({ opAmp }) => opAmp));
    this.models.push('', `* ${card.name.text}: ${part}`, ...remarks, ...text);
    const { pins: _, ...rest } = card;
    const subcircuit = { text: name, span: card.subcircuit.span };
    return { ...rest, subcircuit, parameters: [] };
  }

  /** What stands at one card, instance by instance of the definitions around it: a dual has two op amps in each. */
  #modelsAt(found: readonly Found[]): readonly (readonly Found[])[] {
    const instances: Found[][] = [];
    for (const each of found) {
      const last = instances.at(-1);
      const begins = last === undefined || last.some((other) => isSameChannel(other, each));
      if (begins) instances.push([each]);
      else last.push(each);
    }
    return instances;
  }

  #nameFor(element: string): string {
    const base = `NULLOR_${element.replace(/\W/g, '_')}`;
    let name = base;
    for (let count = 2; this.#names.has(name.toLowerCase()); count++) name = `${base}_${count}`;
    this.#names.add(name.toLowerCase());
    return name;
  }
}

function isSameChannel(one: Found, other: Found): boolean {
  return one.opAmp.roles?.join() === other.opAmp.roles?.join();
}

function isInstance(card: ElementCard): card is InstanceCard {
  return card.letter === 'X' && 'subcircuit' in card;
}

function placeKey({ source, start, end }: Span): string {
  return `${source.name}\n${start}\n${end}`;
}

/** Names of the definitions that the cards use, directly or through others, in lower case. */
function usedDefinitions(statements: readonly Statement[]): ReadonlySet<string> {
  const bodies = new Map(
    statements.flatMap((each) =>
      each.kind === 'subcircuit' ? [[each.name.text.toLowerCase(), each.statements]] : [],
    ),
  );
  const used = new Set<string>();
  const visit = (list: readonly Statement[]): void => {
    for (const each of list) {
      if (each.kind === 'if') for (const branch of each.branches) visit(branch.statements);
      if (each.kind !== 'card' || !isInstance(each)) continue;
      const name = each.subcircuit.text.toLowerCase();
      if (used.has(name)) continue;
      used.add(name);
      visitDefinition(bodies.get(name) ?? []);
    }
  };
  /** Definitions within a definition are its own. */
  const visitDefinition = (list: readonly Statement[]): void => {
    visit(list);
    for (const each of list) if (each.kind === 'subcircuit') visitDefinition(each.statements);
  };
  visit(statements);
  return used;
}
