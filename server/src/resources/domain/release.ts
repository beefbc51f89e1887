/** Decides whether a machine may be given back as asked, and whether it lies in the bin first or goes at once. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { ChangeOpen, InputPath, Refusal } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { nextState } from '../../kernel/state-machine.js';
import { type ResourceMove, type ResourceState, resourceTable } from './resource-state.js';

export interface ReleaseWish {
  readonly expectedVersion: number;
  readonly reason: string;
  /** null = of a batch, whose rows are ticked, not typed. */
  readonly confirmName: string | null;
  /** Days that its disk shall outlive it; 0, null or left out = it goes with it. */
  readonly keepDiskDays?: number | null;
}

export interface ReleasedThing {
  readonly state: ResourceState;
  readonly version: number;
  readonly name: string;
  readonly deletionProtected: boolean;
  readonly openChangeId: string | null;
  readonly openChangeCode: string | null;
}

/** Room for a sentence or two; the reason is shown in the timeline and the audit. */
export const REASON_LENGTH_MAX = 500;
/** Resources of one batch; each stands alone, so a batch is no transaction and may be as long as a screen. */
export const BATCH_MAX = 50;

/** Why it lies in the bin. */
export const BIN_CAUSES = ['RELEASE', 'TERM', 'RECLAIM'] as const;
export type BinCause = (typeof BIN_CAUSES)[number];

export function decideRelease(
  resource: ReleasedThing,
  wish: ReleaseWish,
): Result<'IN_BIN' | 'RELEASING', readonly Refusal[]> {
  const refusals = [...checkReason(wish.reason)];
  if (wish.confirmName !== null && wish.confirmName !== resource.name) refusals.push(wrongName(resource.name));
  if (refusals.length > 0) return refuse(refusals);
  const intoBin = nextState(resourceTable, resource.state, 'BIN');
  const next =
    intoBin ?? (resource.state === 'IN_BIN' ? undefined : nextState(resourceTable, resource.state, 'RELEASE'));
  if (next === undefined)
    return refuse([
      illegal(
        resource.state,
        'RELEASE',
        say('已在回收站、释放中或已释放', 'It is in the bin, being released or released'),
      ),
    ]);
  const changing = changeOpen(resource);
  if (changing) return refuse([changing]);
  const held = [...ofVersion(resource, wish.expectedVersion), ...protection(resource)];
  if (held.length > 0) return refuse(held);
  if (next === 'RELEASING' && wish.confirmName === null)
    return refuse([
      {
        code: 'INVALID_INPUT',
        path: ['confirmName'],
        rule: 'confirmName',
        message: say(
          '尚未开通，释放后不能恢复，请单独释放并输入名称确认',
          'It is not delivered yet and cannot be restored; release it alone and type its name',
        ),
      },
    ]);
  return ok(next as 'IN_BIN' | 'RELEASING');
}

/** Out of the bin, into use again. */
export function decideRestore(
  resource: ReleasedThing & { readonly binCause: BinCause | null; readonly temporaryUntil: string | null },
  expectedVersion: number,
  today: string,
  /** The center takes its own reclaim back; a department does not. */
  byCenter: boolean,
): Result<'IN_USE', readonly Refusal[]> {
  if (nextState(resourceTable, resource.state, 'RESTORE') === undefined)
    return refuse([illegal(resource.state, 'RESTORE', say('不在回收站，不能恢复', 'It is not in the bin'))]);
  if (resource.binCause === 'RECLAIM' && !byCenter)
    return refuse([
      {
        code: 'NOT_PERMITTED',
        path: [],
        reason: 'RECLAIMED',
        message: say(
          '这台资源由大数据中心收回，如仍需使用请联系大数据中心撤销收回',
          'The center has reclaimed it; ask the center to take the reclaim back',
        ),
      },
    ]);
  if (resource.temporaryUntil !== null && resource.temporaryUntil < today)
    return refuse([
      {
        code: 'NOT_PERMITTED',
        path: [],
        reason: 'TERM_OVER',
        message: say(
          `使用期限 ${resource.temporaryUntil} 已过，请先延期再恢复`,
          `Its term ended on ${resource.temporaryUntil}; extend it first, then restore it`,
        ),
      },
    ]);
  const held = ofVersion(resource, expectedVersion);
  return held.length > 0 ? refuse(held) : ok('IN_USE');
}

/** Out of the bin for good, before its time. */
export function decidePurge(
  resource: ReleasedThing,
  wish: { readonly expectedVersion: number; readonly confirmName: string },
): Result<'RELEASING', readonly Refusal[]> {
  if (wish.confirmName !== resource.name) return refuse([wrongName(resource.name)]);
  if (resource.state !== 'IN_BIN')
    return refuse([
      illegal(resource.state, 'PURGE', say('只有回收站中的资源可以立即清除', 'Only what is in the bin can be purged')),
    ]);
  const held = [...ofVersion(resource, wish.expectedVersion), ...protection(resource)];
  return held.length > 0 ? refuse(held) : ok('RELEASING');
}

/** A person's sentence that goes into the timeline and the audit. */
export function checkReason(text: string, path: readonly string[] = ['reason']): Refusal[] {
  const { length } = text.trim();
  if (length > 0 && length <= REASON_LENGTH_MAX) return [];
  return [
    {
      code: 'INVALID_INPUT',
      path,
      rule: 'length',
      message: say(`请填写原因，1 至 ${REASON_LENGTH_MAX} 字`, `Give a reason of 1 to ${REASON_LENGTH_MAX} characters`),
    },
  ];
}

/** What may be left out, and is as long as a reason where it is said. */
export function checkRemark(text: string | null, path: readonly string[]): Refusal[] {
  return (text ?? '').trim() === '' ? [] : checkReason(text ?? '', path);
}

export function ofVersion(resource: { readonly version: number }, expected: number): Refusal[] {
  if (expected === resource.version) return [];
  return [
    {
      code: 'VERSION_CONFLICT',
      path: ['expectedVersion'],
      expected,
      current: resource.version,
      message: say('这台资源刚刚变化，请核对后再操作', 'The resource has just changed; look again before you act'),
    },
  ];
}

export function illegal(state: ResourceState, action: ResourceMove | string, message: Bilingual): Refusal {
  return { code: 'ILLEGAL_TRANSITION', path: [], state, action, message };
}

/** What is being changed is not let go meanwhile: the change ends first, or is withdrawn. null = none is under way. */
export function changeOpen(
  resource: Pick<ReleasedThing, 'name' | 'openChangeId' | 'openChangeCode'>,
  path: InputPath = [],
): ChangeOpen | null {
  const { openChangeId, openChangeCode, name } = resource;
  if (openChangeId === null) return null;
  const code = openChangeCode ?? '';
  return {
    code: 'CHANGE_OPEN',
    path,
    requestId: openChangeId,
    requestCode: code,
    message: say(
      `${name} 有变更申请 ${code} 正在办理，请等它办结或先撤回`,
      `${name} is being changed by ${code}; wait for its end or withdraw it first`,
    ),
  };
}

function protection(resource: ReleasedThing): Refusal[] {
  if (!resource.deletionProtected) return [];
  return [
    {
      code: 'NOT_PERMITTED',
      path: [],
      reason: 'DELETION_PROTECTED',
      message: say('已开启删除保护，请先关闭再释放', 'It is protected from deletion; lift the protection first'),
    },
  ];
}

function wrongName(name: string): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['confirmName'],
    rule: 'confirmName',
    message: say(`请原样输入名称 ${name}`, `Type the name ${name} exactly`),
  };
}

/** What was decided by its size cannot stand any more. */
export function changedMeanwhile(name: string, path: InputPath): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path,
    reason: 'CHANGED_MEANWHILE',
    message: say(
      `${name} 的规格刚刚变化，请刷新后核对再提交`,
      `The size of ${name} has just changed; look again before you send`,
    ),
  };
}
