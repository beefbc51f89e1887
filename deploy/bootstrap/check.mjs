// All gates that need no running service, in one command: format and lint, types, documents, unused code, key parity,
// then the tests that hold the structure (floors, schema snapshot, migrations without drift). Every gate runs, so that
// one look shows all that is wrong; the exit code is 1 if any failed.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js'];

/** TypeScript 7; what asks the compiler stays with 6 (ADR 0077). One checker: each works out the documents' types anew. */
const tsc = ['node_modules/typescript7/bin/tsc', '--noEmit', '--checkers', '1', '-p'];

/** The longest first, so that none is left to run alone; no gate writes what another reads. */
const GATES = [
  ['types of the console', 'node', [...tsc, 'web/tsconfig.json']],
  ['format and lint', 'biome', ['ci', '--error-on-warnings', '--colors=off', '--max-diagnostics=30']],
  ['types of the tests', 'node', [...tsc, 'test/tsconfig.json']],
  ['types of the server', 'node', [...tsc, 'server/tsconfig.json']],
  ['floors', 'node', [...jest, '--selectProjects', 'unit', '--testPathPatterns', 'test/architecture']],
  [
    'schema snapshot, migrations without drift',
    'node',
    [...jest, '--selectProjects', 'integration', '--testPathPatterns', 'schema-(drift|snapshot)'],
  ],
  ['console documents against the schema', 'gql.tada', ['check', '-c', 'web/tsconfig.json']],
  ['unused code', 'knip', []],
  ['zh/en key parity', 'node', ['web/scripts/check-translations.mjs']],
];

const waiting = [...GATES];
const failed = [];
await Promise.all(Array.from({ length: availableParallelism() }, runWaiting));
process.stdout.write(`${GATES.length - failed.length} passed, ${failed.length} failed\n`);
process.exitCode = failed.length > 0 ? 1 : 0;

async function runWaiting() {
  for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) {
    const [name, command, args] = gate;
    const started = Date.now();
    const { ok, said } = await run(command, args);
    process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
    if (ok) continue;
    failed.push(name);
    process.stdout.write(`${said}\n`);
  }
}

function run(command, args) {
  return new Promise((resolved) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk) => {
        said += chunk;
      });
    child.once('error', (error) => resolved({ ok: false, said: `${said}${error.message}` }));
    child.once('close', (code, signal) =>
      resolved({ ok: code === 0, said: signal === null ? said : `${said}ended by ${signal}` }),
    );
  });
}
