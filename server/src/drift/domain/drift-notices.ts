/** Decides who hears of a drift, and in which words. */
import { say } from '../../kernel/bilingual.js';
import type { Notice } from '../../kernel/notice.js';

/** Somebody has opened a way that nobody approved: put back at once, and told to whoever looks for who did it. */
export function boundaryOpened(drift: {
  readonly id: string;
  readonly subjectCode: string;
  readonly path: string;
  readonly manager: string | null;
  readonly handling: 'HEAL' | 'REPORT';
}): Notice {
  const { handling, id, manager, path, subjectCode } = drift;
  const what =
    handling === 'HEAL'
      ? say('系统立即恢复', 'the console closes it at once')
      : say('按规则等待处置', 'by its rule it waits for a person');
  return {
    kind: 'CALL_OUT',
    subject: { type: 'Drift', id },
    audience: {
      roles: [
        { role: 'DUTY_ENGINEER', departmentId: null },
        { role: 'SECURITY_ADMINISTRATOR', departmentId: null },
        { role: 'FACILITY_ENGINEER', departmentId: null },
      ],
    },
    text: say(
      `隔离边界被打开：${subjectCode} 的 ${path} 被${manager ? ` ${manager} ` : '他人'}改动，${what.zh}；请查明来源`,
      `A boundary was opened: ${path} of ${subjectCode} was changed by ${manager ?? 'somebody else'}; ${what.en}. Find out who did it`,
    ),
    onceKey: `drift/${id}/opened`,
  };
}

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
