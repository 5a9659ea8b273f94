/** What a drawing is made of, in the coordinates of the sheet: x to the right, y down. */

import type { Point } from '../schematic/segments.ts';

export type Shape =
  | { readonly kind: 'line'; readonly points: readonly Point[]; readonly role: Role }
  | { readonly kind: 'area'; readonly points: readonly Point[]; readonly role: Role }
  | {
      readonly kind: 'circle';
      readonly centre: Point;
      readonly radius: number;
      readonly filled: boolean;
      readonly role: Role;
    }
  | {
      readonly kind: 'text';
      readonly at: Point;
      readonly text: string;
      /** Where the text lies, seen from `at`, along its own lines: -1 before it, 0 around it, 1 behind it. */
      readonly along: number;
      /** The same across its lines: 1 below. */
      readonly across: number;
      readonly upright: boolean;
      readonly role: Role;
    };

/** What a shape stands for; a style sheet draws it. */
export type Role =
  | 'wire'
  | 'part'
  | 'name'
  | 'value'
  | 'net'
  | 'directive'
  | 'comment'
  /** What an analysis says of a net, and of an op amp. */
  | 'voltage'
  | 'finding';

/** A drawing, and what of it an analysis can speak of. */
export interface Picture {
  readonly shapes: readonly Shape[];
  /** Wires by the node that the netlist calls them. */
  readonly wires: readonly NetWire[];
  /** Where each op amp is, by the name of its element. */
  readonly opAmps: readonly { readonly name: string; readonly shapes: readonly Shape[] }[];
  /** Height of letters. */
  readonly font: number;
}

export interface NetWire {
  readonly node: string;
  readonly from: Point;
  readonly to: Point;
}

export function line(role: Role, ...points: readonly Point[]): Shape {
  return { kind: 'line', role, points };
}

export function area(role: Role, ...points: readonly Point[]): Shape {
  return { kind: 'area', role, points };
}
