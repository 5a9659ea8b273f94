// Builds dist/: the command bundled for a fast start (dist/cli), the library as ES modules with types
// (dist/lib), and the licences of what the bundle contains (dist/cli/THIRD-PARTY-NOTICES.txt).
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { directImports } from './direct-imports.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
rmSync('dist', { recursive: true, force: true });

const { metafile } = await build({
  entryPoints: {
    nullor: 'src/cli.ts',
    'node-worker': 'src/ngspice/node-worker.ts',
    'node-sample-worker': 'src/threads/node-sample-worker.ts',
  },
  outdir: 'dist/cli',
  bundle: true,
  splitting: true,
  minify: true,
  legalComments: 'none',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // 20 MB of ngspice stay a package of their own, loaded by the worker alone.
  external: ['eecircuit-engine'],
  // The package's other entry is one CommonJS file, of which nothing can be left out.
  alias: { 'ml-matrix': './node_modules/ml-matrix/src/index.js' },
  plugins: [directImports('src/index.ts')],
  metafile: true,
  logLevel: 'warning',
});
const command = 'dist/cli/nullor.js';
writeFileSync(command, `#!/usr/bin/env node\n${readFileSync(command, 'utf8')}`);
chmodSync(command, 0o755);
writeFileSync('dist/cli/THIRD-PARTY-NOTICES.txt', notices(Object.keys(metafile.inputs)));

execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});

/** Name, licence and licence text of every package whose code is in the bundle. */
function notices(inputs) {
  const folders = new Set(
    inputs.flatMap((path) => /^(node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
  );
  return [...folders]
    .sort()
    .map(notice)
    .join(`\n${'-'.repeat(78)}\n`);
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text =
    file !== undefined && existsSync(join(folder, file))
      ? readFileSync(join(folder, file), 'utf8')
      : '';
  return `${name} ${version}\nLicence: ${license}\n\n${text}`;
}
