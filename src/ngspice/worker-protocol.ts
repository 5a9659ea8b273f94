// What the page or the program and the worker that runs ngspice say to each other.
//
//   worker -> host   started, once; or failed
//   host -> worker   a request, one at a time
//   worker -> host   answered, once per request; or failed
//
// After `failed`, or an answer that is not `usable`, the worker has to be replaced.

import type { Deck } from './engine.ts';
import { refusal } from './engine.ts';
import { type Answer, type Spice, type SpiceSimulation, startSpice } from './simulation.ts';

export interface Request {
  readonly id: number;
  readonly deck: Deck;
}

export type Reply =
  | { readonly kind: 'started'; readonly version: string }
  | { readonly kind: 'answered'; readonly id: number; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly reason: string };

/** The worker's side: hand it the requests, and every fault that nobody caught. */
export interface Service {
  receive(request: Request): Promise<void>;
  fail(reason: string): void;
}

/** Loads and starts ngspice, then answers requests through `post`. */
export function serve(load: () => Promise<SpiceSimulation>, post: (reply: Reply) => void): Service {
  const fail = (reason: string) => post({ kind: 'failed', reason });
  const started: Promise<Spice | null> = load()
    .then(startSpice)
    .catch((fault) => {
      fail(`ngspice cannot be started: ${firstLine(fault)}`);
      return null;
    });
  started.then((spice) => {
    if (spice !== null) post({ kind: 'started', version: spice.version });
  });

  return {
    async receive({ id, deck }) {
      const spice = await started;
      if (spice === null) return;
      const answer = await spice.run(deck).catch((fault) => ({
        outcome: refusal(`ngspice failed: ${firstLine(fault)}`),
        usable: false,
      }));
      post({ kind: 'answered', id, answer });
    },
    fail: (reason) => fail(`ngspice crashed: ${firstLine(reason)}`),
  };
}

/** Traps and import failures carry pages of text. */
export function firstLine(fault: unknown): string {
  const line = String(fault).split('\n', 1)[0] ?? '';
  return line.length > 300 ? `${line.slice(0, 300)} ...` : line;
}
