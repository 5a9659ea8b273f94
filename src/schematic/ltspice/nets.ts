/** What the wires of a sheet connect, and what LTspice calls it. */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import type { Flag, Point, Schematic } from '../../../grammar/ltspice/tree.ts';
import { PointTable } from '../point-table.ts';
import type { Segments } from '../segments.ts';
import { UnionFind } from '../union-find.ts';
import { attribute, type Part } from './parts.ts';

/** The name of the net at a point where a wire, a label or a pin is. */
export type NetNames = (point: Point) => string;

/** A symbol that joins its nets and is no element. */
export function isJumper(part: Part): boolean {
  return attribute(part, 'prefix')?.text.toUpperCase() === 'J' && part.pins.length === 2;
}

export interface NetOptions {
  readonly segments: Segments;
  readonly parts: readonly Part[];
  /** Labels in lower case that win over others of their net: the pins of the block that the sheet stands for. */
  readonly ports: ReadonlySet<string>;
  readonly diagnostics: Diagnostics;
}

/**
 * The nets of a sheet. Connected are: the ends of a wire, what touches an end or the inside of it, pins at one
 * point, labels of one name, and both sides of a jumper; not wires that merely cross.
 */
export function netNames(schematic: Schematic, options: NetOptions): NetNames {
  const { segments, parts } = options;
  const nets = new UnionFind();
  for (let run = 0; run < segments.runs; run++) nets.add();
  const points = new PointTable();
  let joined = 0;
  const joinRun = (run: number): void => nets.join(joined, run);
  const memberAt = (point: Point): number => {
    const known = points.size;
    const number = points.add(point);
    if (number < known) return segments.runs + number;
    joined = nets.add();
    segments.visit(point, joinRun);
    return segments.runs + number;
  };
  for (const { from, to } of schematic.wires) nets.join(memberAt(from), memberAt(to));
  const labelled = new Map<string, number>();
  for (const { at, name } of schematic.flags) {
    const key = name.text.toLowerCase();
    const member = memberAt(at);
    nets.join(member, labelled.get(key) ?? member);
    labelled.set(key, member);
  }
  for (const { pins } of parts) for (const pin of pins) memberAt(pin);
  for (const part of parts) {
    const [one, other] = part.pins;
    if (isJumper(part) && one !== undefined && other !== undefined)
      nets.join(memberAt(one), memberAt(other));
  }
  const netAt = (point: Point): number => nets.find(memberAt(point));
  const names = new Naming(schematic, { ...options, netAt }).names;
  return (point) => names.get(netAt(point)) ?? '';
}

/** 0, or a name that SPICE takes for it. */
function isGroundLabel(name: string): boolean {
  return name === '0' || name.toLowerCase() === 'gnd';
}

/** Names by net. LTspice numbers its own in the order of wires, then of pins. */
class Naming {
  readonly names = new Map<number, string>();
  readonly #taken: ReadonlySet<string>;
  readonly #counts = new Map<string, number>();

  constructor(
    { flags, wires }: Schematic,
    { netAt, parts, ports, diagnostics }: NetOptions & { readonly netAt: (point: Point) => number },
  ) {
    this.#taken = new Set(flags.map(({ name }) => name.text.toLowerCase()));
    this.#labels(flags, { netAt, ports, diagnostics });
    for (const { from } of wires) this.#number(netAt(from), 'N', 3);
    const pins = parts.flatMap((part) => part.pins.map(netAt));
    const meeting = new Map<number, number>();
    for (const net of pins) meeting.set(net, (meeting.get(net) ?? 0) + 1);
    for (const net of pins) {
      if ((meeting.get(net) ?? 0) > 1) this.#number(net, 'P', 3);
      else this.#number(net, 'NC_', 2);
    }
  }

  /** Ground wins, then a port, then the first label of the file. */
  #labels(
    flags: readonly Flag[],
    {
      netAt,
      ports,
      diagnostics,
    }: { netAt: (point: Point) => number } & Pick<NetOptions, 'ports' | 'diagnostics'>,
  ): void {
    const rank = ({ name: { text } }: Flag): number =>
      text === '0' ? 0 : isGroundLabel(text) ? 1 : ports.has(text.toLowerCase()) ? 2 : 3;
    const best = new Map<number, Flag>();
    for (const flag of flags) {
      const net = netAt(flag.at);
      const other = best.get(net);
      if (other === undefined || rank(flag) < rank(other)) best.set(net, flag);
    }
    for (const [net, { name }] of best) this.names.set(net, name.text);
    const told = new Set<string>();
    for (const { at, name } of flags) {
      const used = this.names.get(netAt(at)) ?? name.text;
      const key = name.text.toLowerCase();
      if (used.toLowerCase() === key || told.has(key)) continue;
      told.add(key);
      const message = `One net is labelled both "${used}" and "${name.text}"; it is called "${used}".`;
      diagnostics.warning('several_net_names', name.span, message, 'Remove one of the labels.');
    }
  }

  #number(net: number, prefix: string, digits: number): void {
    if (this.names.has(net)) return;
    let name: string;
    do {
      const count = (this.#counts.get(prefix) ?? 0) + 1;
      this.#counts.set(prefix, count);
      name = prefix + String(count).padStart(digits, '0');
      // A label of that name is another net.
    } while (this.#taken.has(name.toLowerCase()));
    this.names.set(net, name);
  }
}
