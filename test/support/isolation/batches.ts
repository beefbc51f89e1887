import type { Type } from '@nestjs/common';
import { BatchStarts } from '../../../server/src/batches/batch-starts.service.js';
import { columnsOf } from '../../../server/src/batches/domain/batch-columns.js';
import { FilesService } from '../../../server/src/files/files.service.js';
import { toNodeId, uuidOf } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { csvText } from '../../../server/src/platform/spreadsheet/write-csv.js';
import { UnfinishedForms } from '../../../server/src/requests/unfinished-forms.service.js';
import { viewerWith } from '../application.ts';
import type { ConsoleClient } from '../console-client.ts';
import type { ContentInput } from '../request-form.ts';
import { idOf } from '../request-journey.ts';
import { byId, type Cases, CLOSED, type Clients, type Foreign, has, type NodeIds } from './case.ts';

/** A table of lines that somebody of the department sent, and that waits. */
export async function foreignBatch(
  get: <T>(type: Type<T>) => T,
  departmentId: string,
  content: ContentInput,
): Promise<{ lineBatchId: string; lineBatchFileId: string }> {
  const viewer = viewerWith(['APPLICANT'], departmentId);
  const columns = columnsOf('VM');
  const table = csvText([columns.map(({ title }) => title.zh), columns.map(({ example }) => example || 'x')]);
  const file = await get(FilesService).upload({ name: 'lines.csv', bytes: Buffer.from(table) }, viewer);
  if (!file.ok) throw new Error(JSON.stringify(file.error));
  const started = await get(BatchStarts).start(viewer, {
    kind: 'VM',
    fileId: file.value.id,
    requestId: null,
    systemId: uuidOf('System', content.systemId),
    projectId: uuidOf('Project', content.projectId),
    purpose: content.purpose,
    idempotencyKey: newId(),
  });
  return {
    lineBatchId: toNodeId('LineBatch', idOf(started)),
    lineBatchFileId: toNodeId('StoredFile', file.value.id),
  };
}

const batch = (f: Foreign, exists: boolean): string => (exists ? f.lineBatchId : toNodeId('LineBatch', newId()));
const request = (f: Foreign, exists: boolean): string => (exists ? f.requestId : f.nothing);
const act = (mutation: string, type: string, more: object, selection = 'lineBatch { id }') => ({
  ...CLOSED,
  ask: (f: Foreign, exists: boolean) => ({
    query: `mutation M($input: ${type}!) { ${mutation}(input: $input) { ${selection} errors { code message path } } }`,
    variables: { input: { id: batch(f, exists), expectedVersion: 1, idempotencyKey: newId(), ...more } },
  }),
});
const lines = (mutation: string, type: string, more: (f: Foreign, exists: boolean) => object) => ({
  ...CLOSED,
  ask: (f: Foreign, exists: boolean) => ({
    query: `mutation M($input: ${type}!) { ${mutation}(input: $input) { request { id } errors { code message path } } }`,
    variables: {
      input: { id: request(f, exists), expectedVersion: 6, idempotencyKey: newId(), ...more(f, exists) },
    },
  }),
});
const lineId = (f: Foreign, exists: boolean): string => (exists ? f.lineId : toNodeId('RequestLine', newId()));

const headOf = ({ content: { systemId, projectId, purpose } }: Foreign) => ({ systemId, projectId, purpose });

export const batchCases: Cases = {
  // Drafts and what leads to them are the department's own, also to those who see every request.
  'Query.lineBatch': {
    ...CLOSED,
    ask: byId(
      'lineBatch',
      (f) => f.lineBatchId,
      () => toNodeId('LineBatch', newId()),
    ),
    shows: has('lineBatch', 'id'),
  },
  'Query.openLineBatches': {
    ...CLOSED,
    ask: (f, exists) => ({
      query: 'query O($id: ID) { openLineBatches(requestId: $id) { id } }',
      variables: { id: request(f, exists) },
    }),
    shows: (answer) => ((answer.data?.openLineBatches as unknown as unknown[] | undefined)?.length ?? 0) > 0,
  },
  'Mutation.startLineBatch': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'mutation S($input: StartLineBatchInput!) { startLineBatch(input: $input) { lineBatch { id } errors { code message path } } }',
      variables: {
        input: {
          kind: 'VM',
          fileId: exists ? f.lineBatchFileId : toNodeId('StoredFile', newId()),
          requestId: request(f, exists),
          idempotencyKey: newId(),
        },
      },
    }),
  },
  'Mutation.editLineBatch': act('editLineBatch', 'EditLineBatchInput', {
    cells: [{ row: 2, column: 'name', value: 'x' }],
  }),
  'Mutation.addLineBatchRow': act('addLineBatchRow', 'AddLineBatchRowInput', {}),
  'Mutation.removeLineBatchRows': act('removeLineBatchRows', 'RemoveLineBatchRowsInput', { rows: [2] }),
  'Mutation.discardLineBatch': act('discardLineBatch', 'LineBatchActInput', {}),
  'Mutation.takeLineBatch': act('takeLineBatch', 'TakeLineBatchInput', { take: 'RIGHT' }, 'request { id }'),
  'Mutation.addRequestLines': lines('addRequestLines', 'AddRequestLinesInput', (f) => ({ lines: f.content.lines })),
  'Mutation.changeRequestLine': lines('changeRequestLine', 'ChangeRequestLineInput', (f, exists) => ({
    lineId: lineId(f, exists),
    line: f.content.lines[0],
  })),
  'Mutation.removeRequestLines': lines('removeRequestLines', 'RemoveRequestLinesInput', (f, exists) => ({
    lineIds: [lineId(f, exists)],
  })),
  'Mutation.editRequestLineCells': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'mutation M($input: EditRequestLineCellsInput!) { editRequestLineCells(input: $input) { request { id } errors { code message path } } }',
      variables: {
        input: {
          ...{ id: request(f, exists), expectedVersion: 6, idempotencyKey: newId(), kind: 'VM' },
          cells: [{ lineId: lineId(f, exists), column: 'count', value: '2' }],
        },
      },
    }),
  },
  'Mutation.updateRequestHead': lines('updateRequestHead', 'UpdateRequestHeadInput', (f) => ({ head: headOf(f) })),
  'Mutation.repeatRequest': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'mutation M($input: RepeatRequestInput!) { repeatRequest(input: $input) { request { id } errors { code message path } } }',
      variables: { input: { likeId: request(f, exists), idempotencyKey: newId(), head: headOf(f) } },
    }),
  },
  'Mutation.moveRequestLine': lines('moveRequestLine', 'MoveRequestLineInput', (f, exists) => ({
    lineId: lineId(f, exists),
    to: 0,
  })),
};

const FORM_FIELDS = 'unfinishedForm { id } errors { code message path }';

/** Half-filled forms are their writer's own; packages belong to no department. */
export const formAndPackageCases: Cases = {
  'Query.unfinishedForm': {
    ...CLOSED,
    ask: byId(
      'unfinishedForm',
      (f) => f.unfinishedFormId,
      () => toNodeId('UnfinishedForm', newId()),
    ),
    shows: has('unfinishedForm', 'id'),
  },
  'Query.unfinishedForms': {
    ...CLOSED,
    ask: () => ({ query: '{ unfinishedForms { id } }' }),
    shows: (answer) => ((answer.data?.unfinishedForms as unknown as unknown[] | undefined)?.length ?? 0) > 0,
  },
  'Mutation.saveUnfinishedForm': {
    ...CLOSED,
    ask: (f, exists) => ({
      query: `mutation S($input: SaveUnfinishedFormInput!) { saveUnfinishedForm(input: $input) { ${FORM_FIELDS} } }`,
      variables: {
        input: { requestId: request(f, exists), requestVersion: 6, startKey: 'x', expectedVersion: 0, form: '{}' },
      },
    }),
    shows: has('saveUnfinishedForm', 'unfinishedForm'),
  },
  'Mutation.discardUnfinishedForm': {
    ...CLOSED,
    ask: (f, exists) => ({
      query: `mutation D($input: DiscardUnfinishedFormInput!) { discardUnfinishedForm(input: $input) { ${FORM_FIELDS} } }`,
      variables: { input: { id: exists ? f.unfinishedFormId : toNodeId('UnfinishedForm', newId()) } },
    }),
  },
  'Query.requestPackages': { ...CLOSED, ask: () => ({ query: '{ requestPackages { id } }' }) },
  ...Object.fromEntries(
    ['publishPackage', 'withdrawPackage'].map((mutation) => [
      `Mutation.${mutation}`,
      {
        ...CLOSED,
        ask: () => ({
          query: `mutation P($input: PackageActInput!) { ${mutation}(input: $input) { errors { code message path } } }`,
          variables: {
            input: { id: toNodeId('RequestPackage', newId()), expectedVersion: 1, idempotencyKey: newId() },
          },
        }),
      },
    ]),
  ),
  'Mutation.savePackage': {
    ...CLOSED,
    ask: () => ({
      query: 'mutation P($input: SavePackageInput!) { savePackage(input: $input) { errors { code message path } } }',
      variables: { input: { name: '', summary: '', lines: [], expectedVersion: 0, idempotencyKey: newId() } },
    }),
  },
};

/** A form that somebody of the department has begun. */
export async function foreignForm(
  get: <T>(type: Type<T>) => T,
  departmentId: string,
): Promise<{ unfinishedFormId: string }> {
  const saved = await get(UnfinishedForms).save(viewerWith(['APPLICANT'], departmentId), {
    ...{ requestId: null, requestVersion: null },
    ...{ startKey: newId(), expectedVersion: 0, form: '{"purpose":"half"}' },
  });
  return { unfinishedFormId: toNodeId('UnfinishedForm', idOf(saved)) };
}

export async function batchNodes(clients: Clients, foreign: Foreign): Promise<NodeIds> {
  const { requestPackages } = await (clients.get('applicant') as ConsoleClient).data('{ requestPackages { id } }');
  return {
    LineBatch: [foreign.lineBatchId, []],
    UnfinishedForm: [foreign.unfinishedFormId, []],
    RequestPackage: [requestPackages[0].id, 'open'],
  };
}
