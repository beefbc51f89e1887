import type { Done } from '../audit/audit.types.js';
import { say } from '../kernel/bilingual.js';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import type { RequestRow } from './requests.types.js';

/** Wish of a person who acts on one request. */
export interface ActWish {
  readonly requestId: string | undefined;
  readonly idempotencyKey: string;
  readonly expectedVersion: number;
  readonly opinion?: string | null;
  /** The opinion as a file. */
  readonly fileId?: string | null;
}

/** What an act's input says, with the id of a request where it is one. */
export function toWish(input: {
  id: string;
  idempotencyKey: string;
  expectedVersion: number;
  opinion?: string | null;
  fileId?: string | null;
}): ActWish {
  const { idempotencyKey, expectedVersion, opinion, fileId } = input;
  return {
    requestId: uuidOf('Request', input.id),
    idempotencyKey,
    expectedVersion,
    opinion: opinion ?? null,
    // An id that is none names no file: the act says so.
    fileId: fileId ? (uuidOf('StoredFile', fileId) ?? NO_FILE) : null,
  };
}

const NO_FILE = '-';

export type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

export function unknownRequest(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['id'],
    message: say('找不到这张申请单，或不属于您的单位', 'There is no such request, or it is not your department’s'),
  };
}

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
