// npm run test:cluster: the cluster suites, against TEST_KUBECONFIG's API server, else against one
// built from its Go modules. Without either it says so and is content: nothing was asked to be proved.
//
//   node test/cluster/run.mjs [arguments of jest]
//   node test/cluster/run.mjs record [names of scenarios]
//   node test/cluster/run.mjs build             what the suites need, and no suite: CI does it beside its other work
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Some thousand starts of a program: with the rest of .ci/run it would be more than half an hour on two cores. */
const KUBECTL_TAKES = 'some four minutes, two more to build it first';

const root = path.resolve(import.meta.dirname, '../..');
const given = process.env.TEST_KUBECONFIG;
const recording = process.argv[2] === 'record';
const building = process.argv[2] === 'build';

const go = findGo();
if (given && !existsSync(given)) fail(`TEST_KUBECONFIG names no file: ${given}`);
if (recording && go === undefined) fail('recording needs Go (https://go.dev/dl), and there is none');
if (!given && go === undefined) {
  console.log('test:cluster: nothing run: there is neither Go to build an API server nor a TEST_KUBECONFIG');
  process.exit(0);
}
const definitions = process.env.TEST_CRDS || path.resolve(root, '../shared/crds');
if (!given && !existsSync(definitions)) {
  fail(`there are no CustomResourceDefinitions in ${definitions}: name their folder in TEST_CRDS`);
}

const env = {
  ...process.env,
  ...(go === undefined ? {} : { PATH: `${path.dirname(go)}${path.delimiter}${process.env.PATH ?? ''}` }),
  NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules`.trim(),
};
const programs = [...(given ? [] : ['apiserver']), ...(go !== undefined && wantsKubectl() ? ['kubectl'] : [])];
const built = spawnSync(process.execPath, [path.join(root, 'test/cluster/build-all.ts'), ...programs], {
  stdio: 'inherit',
  env,
});
if (built.status !== 0) fail('what the suites need could not be built; nothing was run');

if (!building) {
  const child = spawn(process.execPath, recording ? recorder() : jest(), { cwd: root, stdio: 'inherit', env });
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 1;
  });
}

function jest() {
  const command = path.join(root, 'node_modules/jest/bin/jest.js');
  const wanted = process.argv.slice(2);
  const leaveOut = process.env.CI && wanted.length === 0 ? ['--testPathIgnorePatterns', 'kubectl\\.cluster'] : [];
  if (leaveOut.length > 0)
    console.log(
      `test:cluster: in CI without kubectl's own suite (${KUBECTL_TAKES}): \`npm run test:cluster -- kubectl\``,
    );
  // One server at a time: it takes a core by itself.
  return [command, '--selectProjects', 'cluster', '--runInBand', ...leaveOut, ...wanted];
}

function wantsKubectl() {
  const wanted = building ? [] : process.argv.slice(2);
  return wanted.length === 0 ? !process.env.CI : wanted.some((each) => each.includes('kubectl'));
}

function recorder() {
  return [path.join(root, 'test/cluster/record.ts'), ...process.argv.slice(3)];
}

/** On the PATH, or where Go's own installer puts it. */
function findGo() {
  const places = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/local/go/bin'];
  const candidates = places.filter((place) => place !== '').map((place) => path.join(place, 'go'));
  return candidates.find((candidate) => spawnSync(candidate, ['version']).status === 0);
}

function fail(message) {
  console.error(`test:cluster: ${message}`);
  process.exit(1);
}
