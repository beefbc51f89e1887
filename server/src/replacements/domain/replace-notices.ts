/** Decides who hears of a machine that its cluster does not place, and in which words. */
import { say } from '../../kernel/bilingual.js';
import type { Notice } from '../../kernel/notice.js';

interface TaskToTell {
  readonly id: string;
  readonly departmentId: string;
}

/** A notice is one sentence; the task has the whole of what the scheduler said. */
const SCHEDULER_TOLD = 160;

export function isStuck(task: TaskToTell, machine: string, centerName: string, schedulerText: string): Notice {
  const told = schedulerText.length > SCHEDULER_TOLD ? `${schedulerText.slice(0, SCHEDULER_TOLD)}…` : schedulerText;
  return {
    kind: 'WORK_WAITING',
    subject: { type: 'ReplaceTask', id: task.id },
    audience: { roles: [{ role: 'CAPACITY_ALLOCATOR', departmentId: null }] },
    text: say(
      `${centerName}没有节点放得下 ${machine}，请改放；占用保留。调度器：${told}`,
      `No node of ${centerName} takes ${machine}: place it elsewhere, its claim is kept. Scheduler: ${told}`,
    ),
    onceKey: `replace-task/${task.id}`,
  };
}

/** To its department: it need do nothing, and wonders why it takes longer. */
export function wasPlaced(task: TaskToTell, machine: string, centerName: string, reason: string): Notice {
  const roles = (['APPLICANT', 'DEPARTMENT_HEAD'] as const).map((role) => ({
    role,
    departmentId: task.departmentId,
  }));
  const why = reason.length > SCHEDULER_TOLD ? `${reason.slice(0, SCHEDULER_TOLD)}…` : reason;
  return {
    kind: 'WORK_MOVED',
    subject: { type: 'ReplaceTask', id: task.id },
    audience: { roles },
    text: say(
      `${machine} 改在${centerName}开通，无需您处理。原因：${why}`,
      `${machine} is made in ${centerName} instead; you need do nothing. Reason: ${why}`,
    ),
    onceKey: null,
  };
}
