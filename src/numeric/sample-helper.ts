// What a thread does that helps to draw samples.

import { engineOf, type Program } from './fastest-engine.ts';
import { DRAWN, finishPortion, LEFT, type SampleMemory, takePortion } from './sample-memory.ts';
import { drawPortion, type Measure, summarise } from './sample-portion.ts';

/** Samples to be drawn by several threads, as a message. */
export interface SampleJob {
  readonly program: Program;
  readonly seed: number;
  readonly measure: Measure;
  readonly memory: SampleMemory;
}

/** Takes portions until there are none. Those that need more than the engine are left to whoever asked. */
export function helpWith({ program, seed, measure, memory }: SampleJob, thread: number): void {
  const engine = engineOf(program);
  for (;;) {
    const portion = takePortion(memory);
    if (portion === undefined) return;
    const settled = drawPortion(engine, { samples: memory.samples, seed, portion });
    if (settled !== undefined) summarise(memory, { portion, thread, measure, settled });
    finishPortion(memory, { portion, state: settled === undefined ? LEFT : DRAWN });
  }
}
