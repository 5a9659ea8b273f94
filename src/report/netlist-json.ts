/**
 * Netlist -> the object of `convert --json`: schema nullor/netlist/1. Elements are the cards of the top
 * level; nets join their pins by name, as the dialect compares names, or are those of the drawing.
 */

import type { Word } from '../../grammar/expression.ts';
import { cardText } from '../../grammar/spice/card-text.ts';
import { isGround } from '../../grammar/spice/dialect.ts';
import type { ElementCard, Netlist, Statement, Subcircuit } from '../../grammar/spice/tree.ts';
import { diagnosticJson } from './json.ts';

export const NETLIST_SCHEMA = 'nullor/netlist/1';

interface ElementJson {
  readonly name: string;
  readonly nodes: readonly string[];
  readonly text: string;
}

interface NetJson {
  readonly name: string;
  readonly pins: { readonly element: string; readonly pin: string }[];
}

export function netlistJson(netlist: Netlist): Record<string, unknown> {
  const { title, dialect, source, statements, diagnostics } = netlist;
  const cards = cardsOf(statements);
  return {
    schema: NETLIST_SCHEMA,
    title,
    file: source.name,
    dialect: dialect.name,
    flavour: dialect.flavour ?? null,
    evidence: dialect.evidence,
    elements: cards.map((card) => elementJson(card, netlist)),
    nets: netlist.drawn ?? netsOf(cards, netlist),
    subcircuits: statements
      .filter((statement) => statement.kind === 'subcircuit')
      .map((definition) => subcircuitJson(definition, netlist)),
    diagnostics: diagnostics.map(diagnosticJson),
  };
}

function cardsOf(statements: readonly Statement[]): ElementCard[] {
  return statements.filter((statement) => statement.kind === 'card');
}

function elementJson(card: ElementCard, { dialect }: Netlist): ElementJson {
  return {
    name: card.name.text,
    nodes: nodesOf(card).map(({ text }) => text),
    text: cardText(card.span, dialect.facts.lexical),
  };
}

function subcircuitJson(definition: Subcircuit, netlist: Netlist): Record<string, unknown> {
  const { name, ports, statements } = definition;
  return {
    name: name.text,
    ports: ports.map(({ text }) => text),
    elements: cardsOf(statements).map((card) => elementJson(card, netlist)),
  };
}

/** The nodes a card connects; controlling nodes too. None where they cannot be told from other words. */
export function nodesOf(card: ElementCard): readonly Word[] {
  if ('device' in card) return card.device?.nodes ?? [];
  if (!('nodes' in card)) return [];
  if (!('control' in card)) return card.nodes;
  const { control } = card;
  switch (control.form) {
    case 'linear':
      return 'pair' in control ? [...card.nodes, ...control.pair] : card.nodes;
    case 'polynomial':
      return 'pairs' in control ? [...card.nodes, ...control.pairs.flat()] : card.nodes;
    case 'opamp':
      return [...card.nodes, ...control.pair];
    default:
      return card.nodes;
  }
}

function netsOf(cards: readonly ElementCard[], { dialect }: Netlist): NetJson[] {
  const nets = new Map<string, NetJson>();
  for (const card of cards) {
    const names = 'pins' in card ? card.pins : undefined;
    for (const [index, { text }] of nodesOf(card).entries()) {
      const ground = isGround(text, dialect.facts);
      const key = ground ? '0' : text.toLowerCase();
      const net = nets.get(key) ?? { name: ground ? '0' : text, pins: [] };
      net.pins.push({ element: card.name.text, pin: names?.[index] ?? String(index + 1) });
      nets.set(key, net);
    }
  }
  return [...nets.values()];
}
