import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { type Cases, CLOSED, type Foreign } from './case.ts';

const content = (f: Foreign, exists: boolean) => ({
  purpose: '扩容',
  restartAgreed: true,
  lines: [{ resourceIds: [exists ? f.resourceId : f.nothingResource], diskGib: 500 }],
});

/** 变更申请: a foreign resource is changed by nobody, and nobody is told that it is there. */
export const changeCases: Cases = {
  'Query.changeGroups': {
    ...CLOSED,
    ask: (f, exists) => ({
      query: 'query G($ids: [ID!]!) { changeGroups(resourceIds: $ids) { name resources { id code } } }',
      variables: { ids: [exists ? f.resourceId : f.nothingResource] },
    }),
  },
  'Query.changeableServices': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'query S($lineIds: [ID!]) { changeableServices(lineIds: $lineIds) { id count line { name } request { code } } }',
      variables: { lineIds: [exists ? f.lineId : toNodeId('RequestLine', newId())] },
    }),
  },
  'Query.changeableThings': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'query T($lineIds: [ID!]) { changeableThings(lineIds: $lineIds) { id count spots line { name } request { code } } }',
      variables: { lineIds: [exists ? f.lineId : toNodeId('RequestLine', newId())] },
    }),
  },
  'Query.previewChange': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'query P($input: PreviewChangeInput!) { previewChange(input: $input) { preview { feasible errors { code message path } } } }',
      variables: { input: { content: content(f, exists) } },
    }),
  },
  'Mutation.createChangeDraft': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'mutation C($input: CreateChangeDraftInput!) { createChangeDraft(input: $input) { request { id } errors { code message path } } }',
      variables: { input: { idempotencyKey: newId(), content: content(f, exists) } },
    }),
  },
  'Mutation.updateChangeDraft': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'mutation U($input: UpdateChangeDraftInput!) { updateChangeDraft(input: $input) { request { id } errors { code message path } } }',
      variables: {
        input: {
          id: exists ? f.requestId : toNodeId('Request', newId()),
          expectedVersion: 1,
          idempotencyKey: newId(),
          content: content(f, exists),
        },
      },
    }),
  },
};
