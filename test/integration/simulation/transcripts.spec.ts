import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type SimulatedCluster,
  startSimulatedCluster,
  wallClock,
} from '../../../server/src/simulation/simulated-cluster.js';
import { type Difference, playTranscript, type Step, type Transcript } from '../../cluster/transcript.ts';

const folder = new URL('../../cluster/transcripts/', import.meta.url);
const transcripts = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Transcript);

/** The simulated API server, without stages, gives the answers that a real one was recorded to give. */
describe('transcripts of a real API server', () => {
  let cluster: SimulatedCluster;

  beforeAll(async () => {
    cluster = await startSimulatedCluster({
      name: 'judged',
      clock: wallClock,
      seed: 1,
      stageSpeed: 1,
      nodes: [],
      stages: 'off',
    });
  });

  afterAll(() => cluster?.stop());

  it('are all there', () => {
    expect(transcripts.length).toBeGreaterThanOrEqual(37);
  });

  it.each(transcripts.map((transcript) => [transcript.name, transcript] as const))(
    '%s',
    async (_name, transcript) => {
      expect((await playTranscript(transcript, cluster)).map(inOneLine)).toEqual([]);
    },
    60_000,
  );

  it('would show an answer that is not the recorded one', async () => {
    const transcript = transcripts.find(({ name }) => name === 'updates') as Transcript;
    const altered = transcript.steps.map((step, index) => (index === 3 ? otherStatus(step) : step));
    const differences = await playTranscript({ ...transcript, steps: altered }, cluster);
    expect(differences).toEqual([expect.objectContaining({ step: '3', path: 'status', expected: 299, got: 200 })]);
  });
});

function inOneLine({ about, expected, got, path, step }: Difference): string {
  const short = (value: unknown) => (JSON.stringify(value) ?? 'nothing').slice(0, 300);
  return `${step} (${about}) ${path}: expected ${short(expected)}, got ${short(got)}`;
}

function otherStatus(step: Step): Step {
  return 'call' in step ? { ...step, answer: { ...step.answer, status: 299 } } : step;
}
