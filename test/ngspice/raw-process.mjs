// A process that runs whole netlists in ngspice: { text, behaviour } in, { vectors } or { fault } out, one at a time.
// ngspice may exit, trap or loop for ever, so whoever asks must be ready to lose the process.
import { Simulation } from 'eecircuit-engine';

const EMPTY =
  'Title: none\nDate: none\nPlotname: none\nFlags: real\nNo. Variables: 0\nNo. Points: 0\nVariables:\nBinary:\n';

console.error = () => {};
process.on('unhandledRejection', () => process.exit(1));

const simulation = new Simulation();
await simulation.start();
let count = 0;

process.on('message', async ({ text, behaviour }) => {
  // The title proves that the answer belongs to the question.
  const title = `deck${++count}x`;
  simulation.setNetList(`${title}\n${text.slice(text.indexOf('\n') + 1)}`);
  simulation.__getSpiceModuleForTests().FS.writeFile('/out.raw', EMPTY);
  simulation.commandList = [
    ' ',
    'unset interactive', // an undefined parameter exits instead of asking for ever
    'set sourcepath = ( / )',
    'optran 1 1 1 0 0 0', // no invented solution of a singular deck
    behaviour === undefined ? 'unset ngbehavior' : `set ngbehavior=${behaviour}`,
    'source test.cir',
    'op',
    'write out.raw',
    'destroy all',
    'remcirc',
  ];
  // ngspice does not come back when it gives up, and cannot be asked again.
  const poll = setInterval(() => {
    if (!/fatal error in ngspice, exit\(|can't allocate/.test(simulation.getInfo())) return;
    clearInterval(poll);
    process.send({ fault: simulation.getError().join('\n'), lost: true });
  }, 5);
  const result = await simulation.runSim();
  clearInterval(poll);
  const answers = result.header.includes(title) && /operating point/i.test(result.header);
  const vectors = Object.fromEntries(result.data.map(({ name, values }) => [name, values[0]]));
  process.send(answers ? { vectors } : { fault: simulation.getError().join('\n') });
});
process.send('ready');
