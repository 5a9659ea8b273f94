/** A report as a list of blocks: what it says, without how it looks. The renderers decide that. */

import type { HistogramPicture } from './histogram.ts';
import type { Bar } from './svg.ts';

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

export interface KeyFigure {
  readonly label: string;
  readonly value: string;
  /** Below the value. */
  readonly note?: string;
  readonly tone?: 'good' | 'bad';
}

export type Block =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  /** Labelled values, one per line. */
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [label: string, value: string])[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
      /** Index of the first row of the sums, which a line sets apart. */
      readonly totals?: number;
    }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** The results at a glance, for a page; media of text have them among the facts. */
  | { readonly kind: 'keyFigures'; readonly figures: readonly KeyFigure[] }
  /** Text as it is written, its lines numbered from 1. */
  | { readonly kind: 'listing'; readonly text: string }
  /** Shown by pages alone. */
  | { readonly kind: 'drawing'; readonly svg: string }
  /** Bars around a common zero; a picture beside a table, which media without pictures leave out. */
  | {
      readonly kind: 'tornado';
      readonly title: string;
      readonly bars: readonly Bar[];
      /** How a number of the axis is written. */
      readonly tick: (value: number) => string;
    }
  /** The same of a distribution. */
  | {
      readonly kind: 'histogram';
      readonly title: string;
      readonly picture: HistogramPicture;
      readonly tick: (value: number) => string;
    };

export type Document = readonly Block[];
