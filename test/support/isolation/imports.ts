import type { Type } from '@nestjs/common';
import { FilesService } from '../../../server/src/files/files.service.js';
import { ImportRegistry } from '../../../server/src/imports/import-registry.service.js';
import { ImportsService } from '../../../server/src/imports/imports.service.js';
import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { viewerWith } from '../application.ts';
import { thingImport } from '../import-kind.ts';
import { idOf } from '../request-journey.ts';
import { until } from '../until.ts';
import { type Cases, CLOSED, type Clients, type Foreign, has, listed, type NodeIds } from './case.ts';

const KIND = 'isolation-things';
/** Those who may import what the run imports, for the whole province. */
const SEEN = ['facility'];

/** A run of somebody else's, with its file. */
export async function foreignImport(
  get: <T>(type: Type<T>) => T,
): Promise<{ importRunId: string; importFileId: string }> {
  get(ImportRegistry).register(thingImport(KIND, { existing: async () => [], insert: async () => {} }));
  const viewer = viewerWith(['FACILITY_ENGINEER'], null);
  const file = await get(FilesService).upload({ name: 'things.csv', bytes: Buffer.from('wrong heading\n') }, viewer);
  if (!file.ok) throw new Error(JSON.stringify(file.error));
  const importFileId = toNodeId('StoredFile', file.value.id);
  const imports = get(ImportsService);
  const runId = idOf(await imports.start(viewer, KIND, [file.value.id], newId()));
  // While it is still being read, each press would meet another state and version.
  await until('the foreign file was read', async () => (await imports.run(viewer, runId))?.state === 'PREVIEWED');
  return { importRunId: toNodeId('ImportRun', runId), importFileId };
}

const run = (f: Foreign, exists: boolean): string => (exists ? f.importRunId : toNodeId('ImportRun', newId()));
const act = (mutation: string) => (f: Foreign, exists: boolean) => ({
  query: `mutation M($input: ImportRunActInput!) { ${mutation}(input: $input) { importRun { id } errors { code } } }`,
  variables: { input: { id: run(f, exists), expectedVersion: 1, idempotencyKey: newId() } },
});

export const importCases: Cases = {
  'Query.importKinds': { ...CLOSED, ask: () => ({ query: '{ importKinds { name } }' }) },
  'Query.importRun': {
    ask: (f, exists) => ({
      query: 'query R($id: ID!) { importRun(id: $id) { id } }',
      variables: { id: run(f, exists) },
    }),
    seen: SEEN,
    shows: has('importRun', 'id'),
  },
  'Query.importRuns': {
    ask: (_f, exists) => ({
      query: 'query R($kind: String) { importRuns(kind: $kind) { totalCount } }',
      variables: { kind: exists ? KIND : 'no-such-kind' },
    }),
    seen: SEEN,
    shows: listed('importRuns'),
  },
  // Another person's file is as unknown as none, also to those who may import.
  'Mutation.startImport': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'mutation S($input: StartImportInput!) { startImport(input: $input) { importRun { id } errors { code message path } } }',
      variables: {
        input: {
          kind: KIND,
          fileIds: [exists ? f.importFileId : toNodeId('StoredFile', newId())],
          idempotencyKey: newId(),
        },
      },
    }),
  },
  'Mutation.applyImport': {
    ask: act('applyImport'),
    seen: SEEN,
    shows: (answer) => /VERSION_CONFLICT|ILLEGAL_TRANSITION/.test(JSON.stringify(answer.data)),
  },
  'Mutation.discardImport': {
    ask: act('discardImport'),
    seen: SEEN,
    shows: (answer) => /"id"|VERSION_CONFLICT|ILLEGAL_TRANSITION/.test(JSON.stringify(answer.data)),
  },
  'Subscription.importRunChanged': {
    ask: (f, exists) => ({
      query: 'subscription S($id: ID!) { importRunChanged(id: $id) { importRun { id } } }',
      variables: { id: run(f, exists) },
    }),
    seen: SEEN,
    shows: has('importRunChanged', 'importRun', 'id'),
  },
};

export async function importNodes(_clients: Clients, foreign: Foreign): Promise<NodeIds> {
  return { ImportRun: [foreign.importRunId, SEEN], StoredFile: [foreign.importFileId, SEEN] };
}
