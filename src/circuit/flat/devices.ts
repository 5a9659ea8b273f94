/** The cards that the tree keeps word by word, as text of the flat netlist: semiconductors, switches, lines, K. */

import type { Expression, Word } from '../../../grammar/expression.ts';
import { cardText } from '../../../grammar/spice/card-text.ts';
import { printValue } from '../../../grammar/spice/print-card.ts';
import type { Languages } from '../../../grammar/spice/print-expression.ts';
import type { CouplingCard, Device, OtherCard } from '../../../grammar/spice/tree.ts';
import { EvaluationFault } from '../scope.ts';
import { type FlatPlace, refuseMultiplier } from './place.ts';

/** Letters whose `m=` is a number of devices in parallel. */
const MULTIPLIED: ReadonlySet<string> = new Set(['D', 'Q', 'J', 'M', 'Z']);

/** The device with its nodes, source and model under flat names; text and tree of one card. */
export function flatDevice(
  card: OtherCard,
  { place, languages }: { place: FlatPlace; languages: Languages },
): OtherCard {
  const { device, name, letter } = card;
  if (device === undefined) {
    if (place.isTop) return card;
    throw new EvaluationFault(
      'cannot_flatten',
      card.span,
      `Which words of "${name.text}" are nodes cannot be told, so that it cannot be taken out of its subcircuit.`,
    );
  }
  const { multiplier } = place;
  if (!MULTIPLIED.has(letter)) refuseMultiplier(name, { multiplier, what: 'a device without m=' });
  const { nodes, control, model } = device;
  const flat = {
    nodes: nodes.map(place.node),
    ...(control === undefined ? {} : { control: place.source(control).word }),
    ...(model === undefined ? {} : { model: place.model(model) }),
  };
  if (control !== undefined) {
    refuseMultiplier(name, { ...place.source(control), what: 'a switch in a multiplied branch' });
  }
  const head = [
    ...flat.nodes,
    ...(flat.control === undefined ? [] : [flat.control]),
    ...(flat.model === undefined ? [] : [flat.model]),
  ];
  const rest = card.words.slice(head.length);
  const tail = tailOf(rest, { device, place, languages });
  return { ...card, device: { ...device, ...flat }, words: [...head, ...tail] };
}

/** What stands behind the model, expressions as numbers, `m` times the multiplier. */
function tailOf(
  words: readonly Word[],
  { device, place, languages }: { device: Device; place: FlatPlace; languages: Languages },
): Word[] {
  const { multiplier } = place;
  const isM = (key: string): boolean => key.toLowerCase() === 'm';
  const parameters = place.values(device.parameters);
  const own = device.parameters.findIndex(({ key }) => isM(key.text));
  const numbers: { readonly start: number; readonly value: Expression }[] = [
    ...device.values.map((each) => ({ start: each.span.start, value: place.value(each) })),
    ...device.parameters.map((each, i) => {
      const value = parameters[i]?.value ?? each.value;
      const scaled =
        i === own && value.kind === 'number'
          ? { ...value, value: value.value * multiplier }
          : value;
      return { start: each.value.span.start, value: scaled };
    }),
  ];
  const tail = words.map((word): Word => {
    const { start, end } = word.span;
    const number = numbers.find((each) => each.start >= start && each.start < end);
    if (number === undefined || number.value.kind === 'name') return word;
    return { ...word, text: printValue(number.value, languages) };
  });
  if (multiplier === 1 || own >= 0) return tail;
  const span = words.at(-1)?.span ?? device.model?.span;
  return span === undefined ? tail : [...tail, { text: `m=${multiplier}`, span }];
}

/** The words of a device on one line: `D.XA.D1 XA.a 0 DX area=2`. */
export function deviceText(card: OtherCard, { from }: Languages): string {
  if (card.device === undefined) return cardText(card.span, from.lexical);
  let line = card.name.text;
  let valued = false; // behind the value of a key: `ic=1,2`
  for (const [i, { text }] of card.words.entries()) {
    const glued = text === '=' || card.words[i - 1]?.text === '=';
    const list: boolean = valued && /^[-+.\d{]/.test(text) && card.words[i + 1]?.text !== '=';
    line += glued ? text : `${list ? ',' : ' '}${text}`;
    valued = list || card.words[i - 1]?.text === '=';
  }
  return line;
}

/** `K.XA.K1 L.XA.L1 L.XA.L2 0.99`; a card with more than that, as a core, stays where it names no level. */
export function couplingText(
  card: CouplingCard,
  { place, languages }: { place: FlatPlace; languages: Languages },
): string {
  const { name, inductors, coefficient } = card;
  const written = cardText(card.span, languages.from.lexical);
  if (coefficient !== undefined && written.split(/[\s=]+/).length <= inductors.length + 3) {
    const words = [name, ...inductors].map(({ text }) => text);
    return `${words.join(' ')} ${printValue(coefficient, languages)}`;
  }
  if (place.isTop) return written;
  throw new EvaluationFault(
    'cannot_flatten',
    card.span,
    `"${name.text}" says more than inductors and a coefficient, so that it cannot be taken out of its subcircuit.`,
  );
}
