// The entry of the worker thread that runs ngspice under Node. It loads the 20 MB package by its bare name.

import { setFlagsFromString } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import type { SpiceSimulation } from './simulation.ts';
import { type Request, serve } from './worker-protocol.ts';

// V8 would optimise the hot functions after some 50 ms of ngspice, and a process that ends meanwhile has to wait for the
// compiler: 0.15 s more for one run. Ten times the default budget leaves long series as fast as before.
setFlagsFromString('--wasm-tiering-budget=18000000');

async function load(): Promise<SpiceSimulation> {
  const { Simulation } = await import('eecircuit-engine');
  return new Simulation() as unknown as SpiceSimulation; // its types hide `commandList`
}

const service = serve(load, (reply) => parentPort?.postMessage(reply));
parentPort?.on('message', (request: Request) => service.receive(request));

// WebAssembly traps arrive here; unheard, they would end the process with 65 kB of text (rule 6).
process.on('unhandledRejection', (fault) => service.fail(String(fault)));
process.on('uncaughtException', (fault) => service.fail(String(fault)));
