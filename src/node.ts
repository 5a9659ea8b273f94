/** What needs Node: ngspice in a worker thread, and threads that help to draw samples. */

export { createNodeEngine, type NodeEngineOptions } from './ngspice/node-engine.ts';
export {
  createNodeThreads,
  type NodeThreads,
  type NodeThreadsOptions,
} from './threads/node-threads.ts';
