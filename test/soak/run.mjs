// Every property of the project, thousands of times, and whole what `npm test` takes a sample of: `npm run soak`, or `npm run soak -- life-model` for those whose path
// has the word. Begun again with the printed seed (and, of one property, with JIYUN_PATH) it does the same again.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const PLACES = ['server/src', 'test', 'web/src'];
const SPEC = /\.spec\.tsx?$/;
/** Seeds are whole numbers of 32 bits; half of them leave room for the rounds that follow. */
const SEEDS = 2 ** 30;

const words = process.argv.slice(2);
// `globSync` begins with Node 22; the project runs on 20.
const specs = PLACES.flatMap((place) =>
  readdirSync(resolve(root, place), { recursive: true }).map((path) => join(place, path)),
)
  .filter((path) => SPEC.test(path))
  .filter((path) => /from 'fast-check'|\bSOAKS\b/.test(readFileSync(resolve(root, path), 'utf8')))
  .filter((path) => words.length === 0 || words.some((word) => path.includes(word)));
const files = specs.sort();
if (files.length === 0) {
  process.stderr.write(`no property has ${words.join(' or ')} in its path\n`);
  process.exit(1);
}

const environment = {
  // Rounds of a property: models on a database come to some 2,000 runs, pure functions of 500 a round to 50,000.
  JIYUN_SOAK: '100',
  // A property that takes longer than that begins no further round.
  JIYUN_SOAK_SECONDS: '300',
  JIYUN_SEED: String(Date.now() % SEEDS),
  ...process.env,
};
const { JIYUN_SOAK, JIYUN_SOAK_SECONDS, JIYUN_SEED } = environment;
process.stdout.write(
  `${files.length} files, ${JIYUN_SOAK} rounds or ${JIYUN_SOAK_SECONDS} s of each property; again: JIYUN_SEED=${JIYUN_SEED} npm run soak\n`,
);
const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js'];
const projects = ['--selectProjects', 'unit', 'integration', 'api', 'web'];
const result = spawnSync(process.execPath, [...jest, ...projects, '--runTestsByPath', ...files], {
  cwd: root,
  stdio: 'inherit',
  env: environment,
});
process.exit(result.status ?? 1);
