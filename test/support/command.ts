// The built command as a user runs it.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../dist/cli/nullor.js', import.meta.url));

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export function nullor(args: readonly string[], input: string | Uint8Array = ''): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [COMMAND, ...args]);
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (data: Buffer) => out.push(data));
    child.stderr.on('data', (data: Buffer) => err.push(data));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code, out: `${Buffer.concat(out)}`, err: `${Buffer.concat(err)}` }),
    );
    child.stdin.on('error', () => {}); // a command that reads no input closes it
    child.stdin.end(input);
  });
}

/** What a command says whose reader takes the first output and closes its end, as `head -1` does. */
export function interrupted(args: readonly string[]): Promise<Omit<Run, 'out'>> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [COMMAND, ...args]);
    const err: Buffer[] = [];
    child.stdout.once('data', () => child.stdout.destroy());
    child.stderr.on('data', (data: Buffer) => err.push(data));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, err: `${Buffer.concat(err)}` }));
  });
}

/** `nullor` with `--json`, and what it printed as an object. */
export async function json(args: readonly string[], input?: string | Uint8Array) {
  const run = await nullor([...args, '--json'], input);
  return { ...run, json: JSON.parse(run.out) };
}
