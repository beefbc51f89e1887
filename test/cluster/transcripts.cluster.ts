import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { at, isObject, type Json, type JsonObject } from './json.ts';
import { readTranscripts } from './library.ts';
import { type CallStep, needsCompact, playTranscript, type Transcript, type WatchStep } from './transcript.ts';
import { type ServerUnderTest, startServerUnderTest } from './under-test.ts';

/** A cold build of the API server and a start. */
const START_LIMIT_MS = 30 * 60_000;

const transcripts = readTranscripts();
let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServerUnderTest();
}, START_LIMIT_MS);

afterAll(async () => {
  await server?.stop();
});

describe('a real API server answers as it was recorded', () => {
  for (const transcript of transcripts) {
    // Nobody's own cluster has its history cut by us.
    const play = process.env.TEST_KUBECONFIG && needsCompact(transcript) ? test.skip : test;
    play(transcript.name, async () => {
      expect(await playTranscript(transcript, server.target)).toEqual([]);
    });
  }
});

describe('a transcript with one planted fault is told from the truth', () => {
  const change = (transcript: string, step: number, alter: (step: CallStep) => CallStep) =>
    altered(transcript, step, (original) => alter(original as CallStep));
  const body = (alter: (body: JsonObject) => Json) => (step: CallStep) => ({
    ...step,
    answer: { ...step.answer, body: alter(step.answer.body as JsonObject) },
  });
  const metadata = (over: JsonObject) =>
    body((whole) => ({ ...whole, metadata: { ...(whole.metadata as JsonObject), ...over } }));
  const watch = (alter: (step: WatchStep) => WatchStep) =>
    altered('watch-from-list', 3, (original) => alter(original as WatchStep));
  const events = (alter: (step: WatchStep) => WatchStep['events']) =>
    watch((step) => {
      const changed = alter(step);
      return changed === undefined ? step : { ...step, events: changed };
    });

  test.each<[string, string, Transcript]>([
    ['a status code', 'status', change('create-and-read', 1, (s) => ({ ...s, answer: { ...s.answer, status: 200 } }))],
    [
      'a value',
      'body.type',
      change(
        'create-and-read',
        2,
        body((b) => ({ ...b, type: 'kubernetes.io/tls' })),
      ),
    ],
    [
      'a key too many',
      'body.kind',
      change(
        'create-and-read',
        2,
        body(({ kind: _, ...rest }) => rest),
      ),
    ],
    [
      'a key too few',
      'body.immutable',
      change(
        'create-and-read',
        2,
        body((b) => ({ ...b, immutable: true })),
      ),
    ],
    [
      'a reason',
      'body.reason',
      change(
        'create-and-read',
        3,
        body((b) => ({ ...b, reason: 'Conflict' })),
      ),
    ],
    [
      'a message',
      'body.message',
      change(
        'create-and-read',
        3,
        body((b) => ({ ...b, message: 'taken' })),
      ),
    ],
    ['no bump', 'body.metadata.resourceVersion', change('apply-life', 4, metadata({ resourceVersion: '<rv:web.1>' }))],
    ['a bump', 'body.metadata.resourceVersion', change('apply-life', 2, metadata({ resourceVersion: '<rv:web.9>' }))],
    ['a generation', 'body.metadata.generation', change('apply-life', 5, metadata({ generation: 3 }))],
    ['an owner', 'body.metadata.managedFields.0.manager', change('apply-life', 1, body(otherManager))],
    [
      'a warning',
      'warnings.1',
      change('unknown-fields', 2, (s) => ({
        ...s,
        answer: { ...s.answer, warnings: (s.answer.warnings ?? []).slice(0, 1) },
      })),
    ],
    ['the order of a list', 'body.items.0.metadata.name', change('lists', 10, body(reversedItems))],
    ['an event too many', 'events.4', events((s) => s.events?.slice(0, -1))],
    ['an event too few', 'events.5', events((s) => [...(s.events ?? []), ...(s.events ?? []).slice(0, 1)])],
    ['an event of another type', 'events.0', events((s) => s.events?.map((e) => ({ ...e, type: 'MODIFIED' })))],
    ['the order of events', 'events.0', events((s) => s.events?.toReversed())],
    ['a stream that ends', 'ends', watch((s) => ({ ...s, ends: true }))],
    ['what discovery must list', 'body.resources[nothings]', change('discovery', 6, body(moreResources))],
  ])('%s', async (_, path, transcript) => {
    const differences = await playTranscript(transcript, server.target);
    expect(differences.map((difference) => difference.path)).toContainEqual(expect.stringContaining(path));
  });
});

function altered<Step extends Transcript['steps'][number]>(
  name: string,
  index: number,
  alter: (step: Transcript['steps'][number]) => Step,
): Transcript {
  const transcript = transcripts.find((each) => each.name === name);
  if (transcript === undefined) throw new Error(`there is no transcript ${name}`);
  return { ...transcript, steps: transcript.steps.map((step, each) => (each === index ? alter(step) : step)) };
}

function otherManager(body: JsonObject): JsonObject {
  const entries = at(body, 'metadata', 'managedFields');
  if (!Array.isArray(entries) || !isObject(body.metadata))
    throw new Error('the transcript keeps no managedFields here');
  const managedFields = entries.map((entry: Json) => (isObject(entry) ? { ...entry, manager: 'nobody' } : entry));
  return { ...body, metadata: { ...body.metadata, managedFields } };
}

function reversedItems(body: JsonObject): JsonObject {
  return { ...body, items: (body.items as readonly Json[]).toReversed() };
}

function moreResources(body: JsonObject): JsonObject {
  return { ...body, resources: [...(body.resources as readonly Json[]), { name: 'nothings' }] };
}
