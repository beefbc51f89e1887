import { uuidOf } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { viewerWith } from '../application.ts';
import type { TestConsole } from '../console.ts';
import { PaperDesk } from '../paper-desk.ts';
import { type Cases, type Clients, type Foreign, type NodeIds, REQUESTS_OF_ALL } from './case.ts';

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
};

/** A sealed scan of the foreign request, sent by somebody of its department. */
export async function foreignScan(console_: TestConsole, requestId: string, departmentId: string): Promise<string> {
  const desk = new PaperDesk(console_.application);
  const applicant = viewerWith(['APPLICANT'], uuidOf('Department', departmentId) as string);
  return desk.seal(applicant, uuidOf('Request', requestId) as string);
}

export async function paperNodes(_clients: Clients, foreign: Foreign): Promise<NodeIds> {
  return { SealedScan: [foreign.scanId, REQUESTS_OF_ALL] };
}
