// The least that any cross-check costs: eecircuit-engine loaded and started, one operating point, the end.
import { Simulation } from 'eecircuit-engine';

console.error = () => {}; // every line of ngspice's standard error goes there
const simulation = new Simulation();
await simulation.start();
simulation.setNetList('Divider\nV1 in 0 1\nR1 in out 1k\nR2 out 0 1k\n.op\n.end\n');
const { data } = await simulation.runSim();
if (data.length === 0) throw new Error('ngspice gave no result.');
