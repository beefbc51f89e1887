/** Decides who may set whose quota, and which numbers can be limits at all. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { TenantScope } from '../../kernel/viewer.js';
import { LIMIT_MAX, type LimitWish, type QuotaSubject } from './quota.js';

/** A tenant divides what it was given; how much that is, the province says. */
export function maySetLimits(
  viewer: { readonly departmentId: string | null },
  scope: TenantScope,
  subject: QuotaSubject,
): Refusal[] {
  if (scope.kind === 'PROVINCE' || subject.id !== viewer.departmentId) return [];
  return [
    {
      code: 'NOT_PERMITTED',
      path: ['id'],
      reason: 'OWN_QUOTA',
      message: say('本单位自己的定额由省级设置', 'Your own department’s quota is set by the province'),
    },
  ];
}

export function checkLimitNumbers(limits: LimitWish): Refusal[] {
  return Object.entries(limits)
    .filter(([, limit]) => limit !== null && !(Number.isInteger(limit) && limit >= 0 && limit <= LIMIT_MAX))
    .map(([meter]) => ({
      code: 'INVALID_INPUT',
      path: ['limits', meter],
      rule: 'range',
      message: say('定额为不小于 0 的整数；留空表示不限', 'A limit is a whole number, 0 or more; empty means no limit'),
    }));
}
