// All gates that need no running service, in one command: format and lint, types, documents, unused code, key parity,
// then the tests that hold the structure (floors, schema snapshot, migrations without drift). Every gate runs, so that
// one look shows all that is wrong; the exit code is 1 if any failed.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js'];

const GATES = [
  ['format and lint', 'biome', ['ci', '--error-on-warnings', '--colors=off', '--max-diagnostics=30']],
  ['types of the server', 'tsc', ['-p', 'server/tsconfig.json', '--noEmit']],
  ['types of the console', 'tsc', ['-p', 'web/tsconfig.json', '--noEmit']],
  ['types of the tests', 'tsc', ['-p', 'test/tsconfig.json', '--noEmit']],
  ['console documents against the schema', 'gql.tada', ['check', '-c', 'web/tsconfig.json']],
  ['unused code', 'knip', []],
  ['zh/en key parity', 'node', ['web/scripts/check-translations.mjs']],
  ['floors', 'node', [...jest, '--selectProjects', 'unit', '--testPathPatterns', 'test/architecture']],
  [
    'schema snapshot, migrations without drift',
    'node',
    [...jest, '--selectProjects', 'integration', '--testPathPatterns', 'schema-(drift|snapshot)'],
  ],
];

const failed = [];
for (const [name, command, args] of GATES) {
  const started = Date.now();
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const ok = result.status === 0;
  process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
  if (!ok) {
    failed.push(name);
    process.stdout.write(`${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}\n`);
  }
}
process.stdout.write(`${GATES.length - failed.length} passed, ${failed.length} failed\n`);
process.exitCode = failed.length > 0 ? 1 : 0;
