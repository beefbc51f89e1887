import type { MaintenanceWindow } from '../facilities/domain/maintenance.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { TEXT_LENGTH_MAX } from './domain/outage.js';
import { unknown } from './outage-refusals.js';
import type { OutageWish } from './outages.service.js';
import type { OutageRow } from './outages.types.js';

export function plain({ fromAt, toAt, ...wish }: Omit<OutageWish, 'idempotencyKey'>) {
  return { ...wish, fromAt: fromAt.toISOString(), toAt: toAt?.toISOString() ?? null };
}

function spokenOf({ fromAt, toAt, liability, layer, version }: OutageRow): object {
  return { layer, liability, fromAt: fromAt.toISOString(), toAt: toAt?.toISOString() ?? null, version };
}

export function factOf(row: OutageRow, verb: Bilingual, before: OutageRow | null, wish: object) {
  return {
    objectType: 'Outage',
    objectId: row.id,
    departmentId: null,
    summary: say(`${verb.zh} ${row.code} ${row.title}`, `${verb.en} ${row.code} ${row.title}`),
    ...(before ? { before: spokenOf(before) } : {}),
    after: { ...wish, ...spokenOf(row) },
  };
}

export const noSuchFile = (): Refusal => unknown(['fileIds'], '找不到上传的文件', 'There is no such file');
export const noReason = (): Refusal => ({
  code: 'INVALID_INPUT',
  path: ['reason'],
  rule: 'length',
  message: say(`请写明原因，最多 ${TEXT_LENGTH_MAX} 字`, `Say why, ${TEXT_LENGTH_MAX} characters at most`),
});

/** The one that it is said to have fallen in, or one that took away the whole pool that was down. */
export function excuses(window: MaintenanceWindow, { windowId, poolId }: OutageRow): boolean {
  return window.id === windowId || (window.extent === 'WHOLE_POOL' && poolId !== null && window.poolId === poolId);
}
