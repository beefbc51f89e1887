import type { StepRole } from '../approvals/domain/step-roles.js';
import type { Done } from '../audit/audit.types.js';
import { say } from '../kernel/bilingual.js';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { LineSource, RequestRow } from './requests.types.js';

/** Wish of a person who acts on one request. */
export interface ActWish {
  readonly requestId: string | undefined;
  readonly idempotencyKey: string;
  readonly expectedVersion: number;
  readonly opinion?: string | null;
  /** The opinion as a file. */
  readonly fileId?: string | null;
  /** Which of several seats of the step is signed; null = the first that fits. */
  readonly seatId?: string | null;
}

/** What an act's input says, with the id of a request where it is one. */
export function toWish(input: {
  id: string;
  idempotencyKey: string;
  expectedVersion: number;
  opinion?: string | null;
  fileId?: string | null;
  seatId?: string | null;
}): ActWish {
  const { idempotencyKey, expectedVersion, opinion, fileId, seatId } = input;
  return {
    requestId: uuidOf('Request', input.id),
    idempotencyKey,
    expectedVersion,
    opinion: opinion ?? null,
    // An id that is none names no file: the act says so.
    fileId: fileId ? (uuidOf('StoredFile', fileId) ?? NO_FILE) : null,
    seatId: seatId ?? null,
  };
}

const NO_FILE = '-';

/** What else is written in the transaction that writes lines of a draft. */
export interface Alongside {
  /** The table that the lines came from. */
  readonly source?: LineSource;
  /** What was pressed, where the lines themselves were not in it: the same press is known by it. */
  readonly input?: unknown;
  /** What is known to stand in the way: kept under the key like every other answer. */
  readonly refused?: readonly Refusal[];
  readonly within?: (tx: Tx, requestId: string) => Promise<Result<void, readonly Refusal[]>>;
}

/** Which signature an act gave, as whoever gave it is told. */
export type SignedAs = {
  /** null = as a person who was added. */
  readonly role: StepRole | null;
  readonly onBehalfOf: string | null;
  /** There were other seats that it could have been. */
  readonly hadChoice: boolean;
};

export type Answer = Promise<Result<{ id: string; signedAs?: SignedAs }, readonly Refusal[]>>;

/** A change is edited as a change, and what is new as what is new. */
export function otherNature({ state, nature }: Pick<RequestRow, 'state' | 'nature'>): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: ['id'],
    state,
    action: 'EDIT',
    message:
      nature === 'CHANGE'
        ? say('这是一张变更申请，请在变更表单中修改', 'This is a change request: edit it in its own form')
        : say('这不是变更申请', 'This is no change request'),
  };
}

export function done(
  id: string,
  departmentId: string,
  summary: { zh: string; en: string },
  before: unknown,
  after: unknown,
): Done<{ id: string }> {
  return { value: { id }, audit: { objectType: 'Request', objectId: id, departmentId, summary, before, after } };
}
