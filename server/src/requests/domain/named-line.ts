/** Decides what people call a line that is in use, and what is said where there is none. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';

export function lineNamed({ requestCode, name }: { readonly requestCode: string; readonly name: string }): string {
  return `${requestCode} ${name}`;
}

/** null = no decision stands. Whoever disagrees has it taken back by the center, not the term lengthened beside it. */
export function reclaimStands({ reclaimedAt }: { readonly reclaimedAt: Date | null }): Refusal | null {
  if (reclaimedAt === null) return null;
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'RECLAIM_DECIDED',
    message: say(
      '已决定收回这条明细，期限未变；如仍需使用，请联系大数据中心撤销收回',
      'It is decided that this is taken back, and its term was left as it is; if you still need it, ask the center to take the decision back',
    ),
  };
}

export function unknownLine(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['lineId'],
    message: say(
      '找不到这条明细，或不属于您的单位，或已退还',
      'There is no such line, it is not your department’s, or it was given back',
    ),
  };
}
