/** Decides whether an application to restore a backup says enough, and what its people are told to do. */
import { say } from '../../kernel/bilingual.js';
import type { InvalidInput } from '../../kernel/refusal.js';

export const RESTORE_PURPOSES = ['TEST', 'RECOVER'] as const;
/** TEST: onto a side track, to see that it can be done. RECOVER: what was lost comes back. */
export type RestorePurpose = (typeof RESTORE_PURPOSES)[number];

export interface RestoreWish {
  readonly purpose: RestorePurpose;
  /** As of when; null = the newest copy. */
  readonly point: Date | null;
  /** Where to: the same place, or another machine, database or path. */
  readonly target: string;
  readonly reason: string;
}

const TARGET_LENGTH_MAX = 200;
const REASON_LENGTH_MIN = 4;
const REASON_LENGTH_MAX = 300;

export function checkRestore(wish: RestoreWish, now: Date): InvalidInput[] {
  const found: InvalidInput[] = [];
  const wrong = (field: string, rule: string, zh: string, en: string) =>
    found.push({ code: 'INVALID_INPUT', path: [field], rule, message: say(zh, en) });
  if (wish.point !== null && !(wish.point <= now))
    wrong('point', 'future', '恢复点不能在未来', 'Nothing is restored as of the future');
  const target = wish.target.trim();
  if (target === '' || target.length > TARGET_LENGTH_MAX)
    wrong(
      'target',
      'length',
      `请写明恢复到哪里，1 至 ${TARGET_LENGTH_MAX} 字`,
      `Say where it is restored to, in 1 to ${TARGET_LENGTH_MAX} characters`,
    );
  const reason = wish.reason.trim();
  if (reason.length < REASON_LENGTH_MIN || reason.length > REASON_LENGTH_MAX)
    wrong(
      'reason',
      'length',
      `请说明理由，${REASON_LENGTH_MIN} 至 ${REASON_LENGTH_MAX} 字`,
      `Say why, in ${REASON_LENGTH_MIN} to ${REASON_LENGTH_MAX} characters`,
    );
  return found;
}

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

export function restoreInstructions(backupCode: string, { purpose, point, target, reason }: RestoreWish): string {
  const at = point && new Date(point.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
  return [
    `备份：${backupCode}`,
    `目的：${purpose === 'TEST' ? '恢复验证' : '数据恢复'}`,
    `恢复点：${at ?? '最近一份成功副本'}`,
    `恢复到：${target.trim()}`,
    `理由：${reason.trim()}`,
  ].join('\n');
}
