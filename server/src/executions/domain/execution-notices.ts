/** Decides who hears of executions, and in which words. */
import { say } from '../../kernel/bilingual.js';
import type { Notice } from '../../kernel/notice.js';

/** Pressed under an advance approval, and nobody of the other side has confirmed it in time: told once, to all who could. */
export function confirmationMissed(execution: {
  readonly id: string;
  readonly code: string;
  readonly groupName: string;
  readonly requestedBy: string;
}): Notice {
  const { code, groupName, id, requestedBy } = execution;
  return {
    kind: 'WORK_WAITING',
    subject: { type: 'DrExecution', id },
    audience: {
      roles: [
        { role: 'LEADER', departmentId: null },
        { role: 'DR_OPERATOR', departmentId: null },
        { role: 'CLOUD_AUTHORITY', departmentId: null },
      ],
    },
    text: say(
      `【逾期未确认】${groupName} 的切换 ${code} 由 ${requestedBy} 依预授权发起，24 小时内无人事后确认；请核实并确认，或追究`,
      `[Not confirmed in time] Execution ${code} of ${groupName} was pressed by ${requestedBy} under an advance approval and nobody confirmed it within 24 hours: look into it, and confirm it`,
    ),
    onceKey: `dr-execution/${id}/confirm-missed`,
  };
}
