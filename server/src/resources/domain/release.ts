/** Decides whether a machine may be released as asked. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { nextState } from '../../kernel/state-machine.js';
import { type ResourceState, resourceTable } from './resource-state.js';

export interface ReleaseWish {
  readonly expectedVersion: number;
  readonly reason: string;
  readonly confirmName: string;
}

/** Room for a sentence or two; the reason is shown in the timeline and the audit. */
export const REASON_LENGTH_MAX = 500;

export function decideRelease(
  resource: { readonly state: ResourceState; readonly version: number; readonly name: string },
  wish: ReleaseWish,
): Result<ResourceState, readonly Refusal[]> {
  const refusals: Refusal[] = [];
  const reason = wish.reason.trim();
  if (reason.length === 0 || reason.length > REASON_LENGTH_MAX)
    refusals.push({
      code: 'INVALID_INPUT',
      path: ['reason'],
      rule: 'length',
      message: say(
        `请填写释放原因，1 至 ${REASON_LENGTH_MAX} 字`,
        `Give a reason of 1 to ${REASON_LENGTH_MAX} characters`,
      ),
    });
  if (wish.confirmName !== resource.name)
    refusals.push({
      code: 'INVALID_INPUT',
      path: ['confirmName'],
      rule: 'confirmName',
      message: say(`请原样输入名称 ${resource.name}`, `Type the name ${resource.name} exactly`),
    });
  if (refusals.length > 0) return refuse(refusals);
  const next = nextState(resourceTable, resource.state, 'RELEASE');
  if (next === undefined)
    return refuse([
      {
        code: 'ILLEGAL_TRANSITION',
        path: [],
        state: resource.state,
        action: 'RELEASE',
        message: say('这台资源已在释放或已释放', 'This resource is being or has been released'),
      },
    ]);
  if (wish.expectedVersion !== resource.version)
    return refuse([
      {
        code: 'VERSION_CONFLICT',
        path: ['expectedVersion'],
        expected: wish.expectedVersion,
        current: resource.version,
        message: say('这台资源刚刚变化，请核对后再操作', 'The resource has just changed; look again before you act'),
      },
    ]);
  return ok(next);
}
