// An esbuild plugin: what the commands import from src/index.ts they import from the file that has it. A chunk
// that reaches everything through one re-exporting file holds everything.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const LIST = /\{([^}]*)\}/;
const EXPORTS = /export (?:type )?(\{[^}]*\}) from '([^']+)';/g;
const IMPORTS = /import (\{[^}]*\}) from '([^']*\/index\.ts)';/g;

export function directImports(index) {
  const origins = new Map();
  for (const [, list, from] of readFileSync(index, 'utf8').matchAll(EXPORTS)) {
    for (const name of namesIn(list)) origins.set(name, resolve(dirname(index), from));
  }
  const redirected = (path, text) =>
    text.replace(IMPORTS, (statement, list, from) => {
      if (resolve(dirname(path), from) !== resolve(index)) return statement;
      return namesIn(list)
        .map((name) => `import { ${name} } from '${origins.get(name)}';`)
        .join('');
    });
  return {
    name: 'direct-imports',
    setup({ onLoad }) {
      onLoad({ filter: /[/\\]src[/\\]cli([/\\].*)?\.ts$/ }, ({ path }) => ({
        contents: redirected(path, readFileSync(path, 'utf8')),
        loader: 'ts',
      }));
    },
  };
}

/** The names of values in `{ a, type B, c }`. */
function namesIn(list) {
  const [, inside = ''] = LIST.exec(list) ?? [];
  return inside
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '));
}
