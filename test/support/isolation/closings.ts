import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { type Case, type Cases, CLOSED, type NodeIds } from './case.ts';

/** Nothing is closed and no line is disputed here; what others see of either is accounting/closing.spec and disputes.spec. */
const nothing = (type: string) => toNodeId(type, newId());
const city = nothing('Department');
const CLOSING = nothing('Closing');
const DISPUTE = nothing('LineDispute');

const asked = (query: string, variables: Record<string, unknown> = {}): Case => ({
  ...CLOSED,
  ask: () => ({ query, variables }),
});
/** A key of its own for each press: the answer is told twice and must be one. */
const pressed = (mutation: string, input: string, of: string, variables: () => object): Case => ({
  ...CLOSED,
  ask: () => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { ${of} errors { code message path } } }`,
    variables: { input: { ...variables(), idempotencyKey: newId() } },
  }),
});
const decided = (mutation: string): Case =>
  pressed(mutation, 'DecideClosingInput', 'closing { id }', () => ({
    id: CLOSING,
    expectedVersion: 1,
    opinion: '请核对',
  }));

export const closingCases: Cases = {
  'Query.monthToClose': asked('{ monthToClose { closedThrough next { month amount } } }'),
  'Query.closingBooks': asked('{ closingBooks { own } }'),
  'Query.closingRecord': asked('{ closingRecord { totalCount nodes { id } } }'),
  'Query.closingMonth': asked('query M($id: ID) { closingMonth(month: "2026-11", cityId: $id) { month amount } }', {
    id: city,
  }),
  'Query.closing': asked('query C($id: ID!) { closing(id: $id) { id amount } }', { id: CLOSING }),
  'Query.lineDisputes': asked('{ lineDisputes { totalCount nodes { id } } }'),
  'Query.lineDispute': asked('query D($id: ID!) { lineDispute(id: $id) { id amount } }', { id: DISPUTE }),
  'Mutation.requestClosing': pressed('requestClosing', 'RequestClosingInput', 'closing { id }', () => ({
    ...{ month: '2026-11', cityId: city, explanations: [] },
  })),
  'Mutation.requestReversal': pressed('requestReversal', 'RequestReversalInput', 'closing { id }', () => ({
    ...{ closingId: CLOSING, reason: '有误' },
  })),
  'Mutation.approveClosing': decided('approveClosing'),
  'Mutation.returnClosing': decided('returnClosing'),
  'Mutation.withdrawClosing': decided('withdrawClosing'),
  'Mutation.verifyClosing': asked('mutation V($id: ID!) { verifyClosing(id: $id) { whole } }', { id: CLOSING }),
  'Mutation.confirmStatement': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'mutation M($input: ConfirmStatementInput!) { confirmStatement(input: $input) { confirmed errors { code message path } } }',
      variables: {
        input: {
          ...{ month: '2026-10', departmentId: exists ? f.departmentId : nothing('Department') },
          ...{ expectedLines: 0, expectedAmount: '0', idempotencyKey: newId() },
        },
      },
    }),
  },
  'Mutation.disputeStatementLine': pressed(
    'disputeStatementLine',
    'DisputeStatementLineInput',
    'lineDispute { id }',
    () => ({ month: '2026-10', useId: newId(), meter: 'VCPU', from: '2026-09-30T16:00:00.000Z', reason: '不认可' }),
  ),
  'Mutation.answerLineDispute': pressed('answerLineDispute', 'AnswerLineDisputeInput', 'lineDispute { id }', () => ({
    ...{ id: DISPUTE, expectedVersion: 1, answer: '维持' },
  })),
  'Mutation.withdrawLineDispute': pressed(
    'withdrawLineDispute',
    'WithdrawLineDisputeInput',
    'lineDispute { id }',
    () => ({ id: DISPUTE, expectedVersion: 1 }),
  ),
};

export async function closingNodes(): Promise<NodeIds> {
  return { Closing: [CLOSING, []], LineDispute: [DISPUTE, []] };
}
