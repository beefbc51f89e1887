import { DeliveriesService } from '../../../server/src/documents/deliveries.service.js';
import { SheetsService } from '../../../server/src/documents/sheets.service.js';
import { toNodeId, uuidOf } from '../../../server/src/kernel/node-id.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { RequestsService } from '../../../server/src/requests/requests.service.js';
import { viewerWith } from '../application.ts';
import type { TestConsole } from '../console.ts';
import { PaperDesk } from '../paper-desk.ts';
import { type Case, type Cases, type Clients, type Foreign, listed, type NodeIds, REQUESTS_OF_ALL } from './case.ts';

const onSheet = (
  mutation: string,
  input: string,
  fields: (f: Foreign, exists: boolean) => Record<string, unknown>,
): Case => ({
  ask: (f, exists) => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { request { id } errors { code message path } } }`,
    variables: { input: { idempotencyKey: newId(), ...fields(f, exists) } },
  }),
  // Whoever sees the request is told that its department confirms.
  seen: REQUESTS_OF_ALL,
  shows: (answer) => JSON.stringify(answer.data).includes('NOT_PERMITTED'),
});

/** What lies on paper of requests, and what is handed over of them. */
export const paperCases: Cases = {
  'Mutation.uploadSealedScan': {
    ask: (f, exists) => ({
      query:
        'mutation M($input: UploadSealedScanInput!) { uploadSealedScan(input: $input) { scan { id } errors { code message path } } }',
      variables: {
        input: {
          requestId: exists ? f.requestId : f.nothing,
          fileId: f.nothing,
          checkCode: '0000-0000',
          idempotencyKey: newId(),
        },
      },
    }),
    // Whoever sees the request is told that its department sends its paper.
    seen: REQUESTS_OF_ALL,
    shows: (answer) => JSON.stringify(answer.data).includes('NOT_PERMITTED'),
  },
  // Whoever sees requests sees what of them waits for a seal; the foreign trial is not presented, its sheet waits.
  'Query.waitingPapers': {
    ask: (f, exists) => ({
      query: 'query W($filter: WaitingPaperFilter) { waitingPapers(filter: $filter) { totalCount } }',
      variables: { filter: { search: exists ? f.sheetCode : 'no such code' } },
    }),
    seen: REQUESTS_OF_ALL,
    shows: listed('waitingPapers'),
  },
  'Query.deliverySheets': {
    ask: (f, exists) => ({
      query: 'query D($filter: DeliverySheetFilter) { deliverySheets(filter: $filter) { totalCount } }',
      variables: { filter: { search: exists ? f.sheetCode : 'no such code' } },
    }),
    seen: REQUESTS_OF_ALL,
    shows: listed('deliverySheets'),
  },
  'Mutation.confirmDelivery': onSheet('confirmDelivery', 'ConfirmDeliveryInput', (f, exists) => ({
    requestId: exists ? f.requestId : f.nothing,
    expectedVersion: 1,
  })),
  'Mutation.objectToDelivery': onSheet('objectToDelivery', 'ObjectToDeliveryInput', (f, exists) => ({
    requestId: exists ? f.requestId : f.nothing,
    expectedVersion: 1,
    objections: [{ resourceId: f.resourceId, reason: 'x' }],
  })),
  // Whoever answers for the center may; a word that is none is refused, so that asking changes nothing.
  'Mutation.answerObjection': {
    ask: (f, exists) => ({
      query:
        'mutation M($input: AnswerObjectionInput!) { answerObjection(input: $input) { request { id } errors { code message path } } }',
      variables: {
        input: { objectionId: exists ? f.objectionId : f.nothing, answer: '', idempotencyKey: newId() },
      },
    }),
    seen: REQUESTS_OF_ALL,
    shows: (answer) => /NOT_PERMITTED|INVALID_INPUT/.test(JSON.stringify(answer.data)),
  },
  'Mutation.revealFirstLogin': {
    ask: (f, exists) => ({
      query:
        'mutation M($input: RevealFirstLoginInput!) { revealFirstLogin(input: $input) { login { password } errors { code message path } } }',
      variables: { input: { resourceId: exists ? f.resourceId : f.nothingResource, idempotencyKey: newId() } },
    }),
    // They see the resource, and are told that it is not theirs.
    seen: REQUESTS_OF_ALL,
    shows: (answer) => JSON.stringify(answer.data).includes('NOT_PERMITTED'),
  },
  'Mutation.resetFirstLogin': {
    ask: (f, exists) => ({
      query:
        'mutation M($input: ResetFirstLoginInput!) { resetFirstLogin(input: $input) { request { id } errors { code message path } } }',
      variables: {
        input: { resourceId: exists ? f.resourceId : f.nothingResource, reason: '口令遗失', idempotencyKey: newId() },
      },
    }),
    seen: REQUESTS_OF_ALL,
    shows: (answer) => JSON.stringify(answer.data).includes('NOT_PERMITTED'),
  },
};

/** A sealed scan of the foreign request, sent by somebody of its department. */
export async function foreignScan(console_: TestConsole, requestId: string, departmentId: string): Promise<string> {
  const desk = new PaperDesk(console_.application);
  const applicant = viewerWith(['APPLICANT'], uuidOf('Department', departmentId) as string);
  return desk.seal(applicant, uuidOf('Request', requestId) as string);
}

/** The sheet of the foreign request, with an objection of its department. */
export async function foreignSheet(
  console_: TestConsole,
  requestId: string,
  resourceId: string,
): Promise<Pick<Foreign, 'sheetId' | 'sheetCode' | 'objectionId'>> {
  const get = <T>(type: new (...args: never[]) => T): T => console_.application.get(type, { strict: false });
  const request = await get(RequestsService).inScope(WHOLE_PROVINCE, uuidOf('Request', requestId) as string);
  if (!request) throw new Error(`no request ${requestId}`);
  // Its machine may or may not run by now: a sheet is opened once either way.
  await get(UnitOfWork).run((tx) => get(DeliveriesService).delivered(tx, request));
  const [sheet] = await get(SheetsService).sheetsOf([request]);
  const applicant = viewerWith(['APPLICANT'], request.departmentId);
  const objected = await get(DeliveriesService).object(applicant, {
    requestId: request.id,
    expectedVersion: 1,
    idempotencyKey: newId(),
    objections: [{ resourceId: uuidOf('Resource', resourceId), reason: '网络不通' }],
  });
  if (!sheet || !objected.ok) throw new Error(JSON.stringify(objected));
  const [after] = await get(SheetsService).sheetsOf([request]);
  return {
    sheetId: toNodeId('DeliverySheet', sheet.row.id),
    sheetCode: sheet.row.code,
    objectionId: toNodeId('DeliveryObjection', after?.objections[0]?.id ?? ''),
  };
}

export async function paperNodes(_clients: Clients, foreign: Foreign): Promise<NodeIds> {
  return {
    SealedScan: [foreign.scanId, REQUESTS_OF_ALL],
    DeliverySheet: [foreign.sheetId, REQUESTS_OF_ALL],
    DeliveryObjection: [foreign.objectionId, REQUESTS_OF_ALL],
  };
}
