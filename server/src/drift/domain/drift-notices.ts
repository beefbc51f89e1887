/** Decides who hears of a drift, and in which words. */
import { say } from '../../kernel/bilingual.js';
import type { Notice } from '../../kernel/notice.js';

/** It is left as it is until one of those decides who answer for the place. */
export function driftWaits(drift: {
  readonly id: string;
  readonly subjectCode: string;
  readonly path: string;
  readonly manager: string | null;
}): Notice {
  const { id, manager, path, subjectCode } = drift;
  return {
    kind: 'WORK_WAITING',
    subject: { type: 'Drift', id },
    audience: {
      roles: [
        { role: 'FACILITY_ENGINEER', departmentId: null },
        { role: 'CAPACITY_ALLOCATOR', departmentId: null },
      ],
    },
    text: say(
      `${subjectCode} 的 ${path} 被${manager ? ` ${manager} ` : '他人'}改动，请决定恢复或暂时接受`,
      `${path} of ${subjectCode} was changed by ${manager ?? 'somebody else'}: put it back, or accept it for a while`,
    ),
    onceKey: `drift/${id}`,
  };
}
