/** Decides who hears of drills, and in which words. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Notice } from '../../kernel/notice.js';
import type { DrillKind } from './drill-state.js';

export const DRILL_KIND_WORDS: { readonly [K in DrillKind]: Bilingual } = {
  TABLETOP: say('桌面推演', 'tabletop exercise'),
  SIMULATED: say('模拟演练', 'simulated drill'),
};

interface DrillToTell {
  readonly id: string;
  readonly code: string;
  readonly departmentId: string;
  readonly groupName: string;
}

const subjectOf = ({ id }: DrillToTell) => ({ type: 'DrDrill', id });
const operators = [
  { role: 'DR_OPERATOR' as const, departmentId: null },
  { role: 'DUTY_ENGINEER' as const, departmentId: null },
];

/** Planned: of those who may agree to it, whoever planned it is none. */
export function awaitsApproval(
  drill: DrillToTell & { readonly kind: DrillKind; readonly plannedById: string },
): Notice {
  const word = DRILL_KIND_WORDS[drill.kind];
  return {
    kind: 'WORK_WAITING',
    subject: subjectOf(drill),
    audience: {
      roles: [
        { role: 'CLOUD_AUTHORITY', departmentId: null },
        { role: 'LEADER', departmentId: null },
        { role: 'DEPARTMENT_HEAD', departmentId: drill.departmentId },
      ],
      except: [drill.plannedById],
    },
    text: say(
      `【演练】${drill.groupName} 的${word.zh} ${drill.code} 待批准`,
      `[Drill] The ${word.en} ${drill.code} of ${drill.groupName} awaits approval`,
    ),
    onceKey: `dr-drill/${drill.id}/approve`,
  };
}

export function isBegun(drill: DrillToTell): Notice {
  return {
    kind: 'WORK_WAITING',
    subject: subjectOf(drill),
    audience: { roles: [...operators, { role: 'DEPARTMENT_HEAD', departmentId: drill.departmentId }] },
    text: say(
      `【演练】${drill.groupName} 容灾演练 ${drill.code} 已开始计时，请确认收到`,
      `[Drill] The clock of drill ${drill.code} of ${drill.groupName} runs: acknowledge it`,
    ),
    onceKey: `dr-drill/${drill.id}/begun`,
  };
}

/** What was talked through is restored nowhere. */
export function awaitsOwner(drill: DrillToTell & { readonly kind: DrillKind }): Notice {
  return {
    kind: 'WORK_WAITING',
    subject: subjectOf(drill),
    audience: { roles: [{ role: 'DEPARTMENT_HEAD', departmentId: drill.departmentId }] },
    text:
      drill.kind === 'TABLETOP'
        ? say(
            `【演练】${drill.groupName} 桌面推演已走完，请确认结论（${drill.code}）`,
            `[Drill] ${drill.groupName} was talked through: say what came of it (${drill.code})`,
          )
        : say(
            `【演练】${drill.groupName} 已在隔离环境恢复，请验证业务（${drill.code}）`,
            `[Drill] ${drill.groupName} is restored in the isolated place: verify it (${drill.code})`,
          ),
    onceKey: `dr-drill/${drill.id}/validate`,
  };
}

export function cleanupFailed(drill: DrillToTell, attempt: number, trouble: Bilingual): Notice {
  return {
    kind: 'WORK_WAITING',
    subject: subjectOf(drill),
    audience: { roles: operators },
    text: say(
      `演练 ${drill.code} 清理失败，${drill.groupName} 的其他切换与演练被锁定，请处理后重试：${trouble.zh}`,
      `Drill ${drill.code} could not be cleaned up; nothing else can be executed on ${drill.groupName} until it is. Put it right and try again: ${trouble.en}`,
    ),
    onceKey: `dr-drill/${drill.id}/cleanup/${attempt}`,
  };
}

/** Once for each due day: what stays undone is on the calendar, not in the inbox every morning. */
export function isOverdue(
  group: { readonly id: string; readonly name: string; readonly departmentId: string },
  kind: DrillKind,
  dueOn: string,
): Notice {
  const word = DRILL_KIND_WORDS[kind];
  return {
    kind: 'WORK_WAITING',
    subject: { type: 'DrGroup', id: group.id },
    audience: { roles: operators },
    text: say(
      `${group.name} 的${word.zh}已逾期（应于 ${dueOn} 前完成），请安排演练`,
      `The ${word.en} of ${group.name} was due on ${dueOn}: plan it`,
    ),
    onceKey: `dr-drill-due/${group.id}/${kind}/${dueOn}`,
  };
}
