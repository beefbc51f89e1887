/**
 * Records transcripts/*.json anew: node test/cluster/record.ts [name …]
 *
 * Each transcript is played twice on the judge before it is written: what a real server does not
 * answer the same way every time is no golden answer.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { kubernetesVersion } from './build.ts';
import { startJudge } from './judge.ts';
import { record } from './recorder.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios/all.ts';
import { playTranscript } from './transcript.ts';

const PROOFS = 2;
const directory = path.join(import.meta.dirname, 'transcripts');

const wanted = process.argv.slice(2);
const chosen = wanted.length === 0 ? scenarios : scenarios.filter(({ name }) => wanted.includes(name));
if (chosen.length < wanted.length) throw new Error(`there are only: ${scenarios.map(({ name }) => name).join(', ')}`);

const judge = await startJudge();
const source = `kube-apiserver ${await kubernetesVersion()}`;
try {
  await mkdir(directory, { recursive: true });
  for (const scenario of chosen) {
    try {
      await recordOne(scenario);
    } catch (error) {
      // The others are recorded all the same: one run shows all that is wrong.
      console.error(error);
      process.exitCode = 1;
    }
  }
  if (wanted.length === 0) await removeOthers(new Set(scenarios.map(({ name }) => `${name}.json`)));
} finally {
  await judge.stop();
}

async function recordOne(scenario: Scenario): Promise<void> {
  const transcript = await record(scenario, source, judge);
  for (let proof = 0; proof < PROOFS; proof += 1) {
    const differences = await playTranscript(transcript, judge);
    if (differences.length > 0) {
      throw new Error(`${scenario.name} does not play as it was recorded: ${JSON.stringify(differences, null, 1)}`);
    }
  }
  await writeFile(path.join(directory, `${scenario.name}.json`), `${JSON.stringify(transcript, null, 1)}\n`);
  console.log(`${scenario.name}: ${transcript.steps.length} steps`);
}

async function removeOthers(known: ReadonlySet<string>): Promise<void> {
  for (const file of await readdir(directory)) {
    if (!known.has(file)) await rm(path.join(directory, file));
  }
}
