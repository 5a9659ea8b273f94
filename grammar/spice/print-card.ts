/** Element cards back to text, numbers in full. */

import type { Expression, Word } from '../expression.ts';
import type { Span } from '../source.ts';
import { cardText } from './card-text.ts';
import { type Languages, printExpression, printNumber } from './print-expression.ts';
import type {
  Assignment,
  BehaviouralCard,
  CurrentControlledCard,
  ElementCard,
  InstanceCard,
  NodePair,
  PassiveCard,
  SourceCard,
  SpecialControl,
  VoltageControlledCard,
} from './tree.ts';

const texts = (words: readonly Word[]): string[] => words.map(({ text }) => text);
const line = (...parts: readonly (string | readonly string[])[]): string =>
  parts
    .flat()
    .filter((part) => part !== '')
    .join(' ');

/** A number, or an expression in braces. */
export function printValue(value: Expression, languages: Languages): string {
  if (value.kind === 'number') return printNumber(value.value, value.unit);
  return `{${printExpression(value, languages)}}`;
}

/** A name of its own, as a parameter of a model has it. */
const BARE = /^[A-Za-z_\u0080-\uffff][^\s+\-*/^<>|&!?{}(),=;'"]*$/;

export function printAssignments(
  assignments: readonly Assignment[],
  languages: Languages,
): string[] {
  return assignments.map(({ key, value }) => {
    if (value.kind !== 'name') return `${key.text}=${printValue(value, languages)}`;
    return `${key.text}=${BARE.test(value.name) ? value.name : `"${value.name}"`}`;
  });
}

export function printCard(card: ElementCard, languages: Languages): string {
  switch (card.letter) {
    case 'R':
    case 'C':
    case 'L':
      return passive(card as PassiveCard, languages);
    case 'V':
    case 'I':
      return source(card as SourceCard, languages);
    case 'E':
    case 'G':
    case 'F':
    case 'H':
      return controlled(card as VoltageControlledCard | CurrentControlledCard, languages);
    case 'X':
      return instance(card as InstanceCard, languages);
    case 'B':
      if ('expression' in card) return behavioural(card, languages);
  }
  return cardText(card.span, languages.from.lexical);
}

function passive(card: PassiveCard, languages: Languages): string {
  const { name, nodes, value, model, parameters, letter } = card;
  const keyed = value !== undefined && dependsOnSolution(value);
  const bare = value?.kind === 'name' && !isEnclosed(value.span);
  const shown = bare ? value.name : value && printValue(value, languages);
  return line(
    texts([name, ...nodes]),
    model?.text ?? '',
    shown === undefined ? '' : keyed ? `${letter}=${shown}` : shown,
    printAssignments(parameters, languages),
  );
}

/** True if braces or quotes stood around it: a bare name may be a model's. */
function isEnclosed({ source, start }: Span): boolean {
  return /[{']/.test(source.text[start - 1] ?? '');
}

/** True if a voltage or current stands in the expression. */
function dependsOnSolution(expression: Expression): boolean {
  switch (expression.kind) {
    case 'probe':
      return true;
    case 'unary':
    case 'magnitude':
      return dependsOnSolution(expression.operand);
    case 'binary':
      return dependsOnSolution(expression.left) || dependsOnSolution(expression.right);
    case 'conditional':
      return [expression.test, expression.consequent, expression.alternative].some(
        dependsOnSolution,
      );
    case 'call':
      return expression.arguments.some(dependsOnSolution);
    default:
      return false;
  }
}

function source(card: SourceCard, languages: Languages): string {
  const { name, nodes, dc, ac, waveform, flags = [], parameters } = card;
  const values = (list: readonly Expression[]) => list.map((each) => printValue(each, languages));
  return line(
    texts([name, ...nodes]),
    dc === undefined ? '' : `DC ${printValue(dc, languages)}`,
    ac === undefined ? '' : line('AC', values(ac)),
    waveform === undefined ? '' : `${waveform.shape.text}(${values(waveform.arguments).join(' ')})`,
    texts(flags),
    printAssignments(parameters, languages),
  );
}

function controlled(
  { name, nodes, control, parameters }: VoltageControlledCard | CurrentControlledCard,
  languages: Languages,
): string {
  const head = texts([name, ...nodes]);
  const tail = printAssignments(parameters, languages);
  const value = (each: Expression) => printValue(each, languages);
  switch (control.form) {
    case 'linear':
      return line(head, texts(controls(control)), value(control.gain), tail);
    case 'polynomial': {
      const count = 'pairs' in control ? control.pairs.length : control.sources.length;
      const names = texts(controls(control));
      return line(head, `POLY(${count})`, names, control.coefficients.map(value), tail);
    }
    case 'value':
      return line(
        head,
        `${control.keyword.text}={${printExpression(control.expression, languages)}}`,
        tail,
      );
    default:
      return line(head, special(control, languages), tail);
  }
}

/** The controlling nodes or sources. */
function controls(
  control: Extract<
    (VoltageControlledCard | CurrentControlledCard)['control'],
    { form: 'linear' | 'polynomial' }
  >,
): readonly Word[] {
  if ('pair' in control) return control.pair;
  if ('source' in control) return [control.source];
  return 'pairs' in control ? control.pairs.flat() : control.sources;
}

function special(control: SpecialControl, languages: Languages): string {
  const keyword = control.keyword.text;
  const value = (each: Expression) => printValue(each, languages);
  switch (control.form) {
    case 'opamp':
      return line(keyword, texts(control.pair));
    case 'other':
      return line(keyword, control.rest.text);
    case 'frequency': {
      const points = control.points.map((point) => `(${point.map(value).join(', ')})`);
      return line(`${keyword} {${printExpression(control.input, languages)}} =`, [
        ...texts(control.options),
        ...points,
      ]);
    }
    case 'laplace': {
      const transfer = printExpression(control.transfer, languages);
      const pair = languages.to.name === 'ltspice' ? pairOf(control.input) : undefined;
      if (pair !== undefined) return line(texts(pair), `${keyword}={${transfer}}`);
      return `${keyword} {${printExpression(control.input, languages)}} = {${transfer}}`;
    }
    case 'table': {
      const pair = pairOf(control.input);
      const flat = control.points.flat().map(value);
      if (pair !== undefined && keyword.toUpperCase() === 'PWL') {
        return line('PWL(1)', texts(pair), flat);
      }
      if (pair !== undefined && languages.to.name === 'ltspice') {
        return line(texts(pair), `${keyword}=(${flat.join(', ')})`);
      }
      const points = control.points.map(([x, y]) => `(${value(x)}, ${value(y)})`);
      return line(`${keyword} {${printExpression(control.input, languages)}} =`, points);
    }
  }
}

/** The nodes of an input that is V(p,m) and nothing else. */
function pairOf(input: Expression): NodePair | undefined {
  if (input.kind !== 'probe' || input.quantity.toUpperCase() !== 'V') return undefined;
  const [plus, minus] = input.names;
  return plus === undefined || minus === undefined ? undefined : [plus, minus];
}

function instance(card: InstanceCard, languages: Languages): string {
  const { name, nodes, subcircuit, parameters, pins } = card;
  return line(
    texts([name, ...nodes, subcircuit]),
    parametersWord(parameters, languages),
    printAssignments(parameters, languages),
    pins === undefined ? '' : `;\u00a7pnba ${pins.join(')')}`,
  );
}

/** PSpice wants `PARAMS:` before the parameters of a subcircuit; elsewhere it may be left out. */
export function parametersWord(parameters: readonly Assignment[], { to }: Languages): string {
  const wanted = to.name === 'pspice' || to.name === 'tina';
  return wanted && parameters.length > 0 ? 'PARAMS:' : '';
}

function behavioural(card: BehaviouralCard, languages: Languages): string {
  const { name, nodes, quantity, expression, parameters, flags = [] } = card;
  return line(
    texts([name, ...nodes]),
    `${quantity.text}={${printExpression(expression, languages)}}`,
    printAssignments(parameters, languages),
    texts(flags),
  );
}
