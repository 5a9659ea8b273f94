/** A report as a list of blocks: what it says, without how it looks. The renderers decide that. */

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
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
  | { readonly kind: 'list'; readonly items: readonly string[] };

export type Document = readonly Block[];
