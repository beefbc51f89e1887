/** Decides who hears of evaluations and appeals, and in which words. */
import { GRADE_WORDS, type Grade, type GradedKind } from '../../grades/domain/grade.js';
import { counted, say } from '../../kernel/bilingual.js';
import { calendarDate } from '../../kernel/calendar.js';
import type { Notice } from '../../kernel/notice.js';

interface RunToTell {
  readonly id: string;
  readonly code: string;
  readonly period: string;
  readonly preparedById: string;
}

/** To those who may publish, but for who evaluated. */
export function runWaits(run: RunToTell, subjects: number): Notice {
  return {
    kind: 'WORK_WAITING',
    subject: { type: 'PerformanceRun', id: run.id },
    audience: {
      roles: [
        { role: 'CLOUD_AUTHORITY', departmentId: null },
        { role: 'LEADER', departmentId: null },
      ],
      except: [run.preparedById],
    },
    text: say(
      `${run.period} 绩效评价 ${run.code} 已评 ${subjects} 个对象，待审定发布`,
      `The evaluation ${run.code} of ${run.period} has ${counted(subjects, 'subject', 'subjects')} and waits to be published`,
    ),
    onceKey: `performance-run ${run.id}`,
  };
}

/** One to the head of each department, about itself and all of its systems. */
export function gradesPublished(
  run: RunToTell,
  grades: readonly {
    readonly departmentId: string;
    readonly kind: GradedKind;
    readonly grade: Grade | null;
    readonly evaluationId: string;
  }[],
  appealDueAt: Date,
): Notice[] {
  const lastDay = calendarDate(appealDueAt);
  return [...Map.groupBy(grades, ({ departmentId }) => departmentId)].map(([departmentId, own]): Notice => {
    const department = own.find(({ kind }) => kind === 'DEPARTMENT') ?? own[0];
    const poor = own.filter(({ grade, kind }) => kind === 'SYSTEM' && grade === 'POOR').length;
    const grade = department?.grade ?? null;
    const [zh, en] = grade === null ? ['未评等次', 'not graded'] : [GRADE_WORDS[grade].zh, GRADE_WORDS[grade].en];
    return {
      kind: poor > 0 || grade === 'POOR' ? 'WORK_WAITING' : 'WORK_MOVED',
      subject: { type: 'PerformanceEvaluation', id: department?.evaluationId ?? '' },
      audience: { roles: [{ role: 'DEPARTMENT_HEAD', departmentId }] },
      text: say(
        `${run.period} 绩效评价已发布：本单位“${zh}”，${poor} 个系统为差；${lastDay} 前可申诉`,
        `Grades of ${run.period} are published: your department is ${en}, ${counted(poor, 'system is', 'systems are')} poor; appeals until ${lastDay}`,
      ),
      onceKey: `performance-grades ${run.id} ${departmentId}`,
    };
  });
}

interface AppealToTell {
  readonly evaluationId: string;
  readonly code: string;
  readonly name: string;
  readonly departmentId: string;
  readonly raisedById: string;
}

export function appealRaised(appeal: AppealToTell): Notice {
  return {
    kind: 'WORK_WAITING',
    subject: { type: 'PerformanceEvaluation', id: appeal.evaluationId },
    audience: {
      roles: [
        { role: 'CLOUD_AUTHORITY', departmentId: null },
        { role: 'LEADER', departmentId: null },
      ],
      except: [appeal.raisedById],
    },
    text: say(
      `${appeal.name} 对绩效评价 ${appeal.code} 提出申诉，请答复`,
      `${appeal.name} appeals against ${appeal.code}: answer it`,
    ),
    onceKey: null,
  };
}

/** @param grade of the version that stands now. */
export function appealAnswered(appeal: AppealToTell, changed: boolean, grade: Grade | null): Notice {
  const [zh, en] = grade === null ? ['未评等次', 'not graded'] : [GRADE_WORDS[grade].zh, GRADE_WORDS[grade].en];
  return {
    kind: 'WORK_MOVED',
    subject: { type: 'PerformanceEvaluation', id: appeal.evaluationId },
    audience: {
      userIds: [appeal.raisedById],
      roles: [{ role: 'DEPARTMENT_HEAD', departmentId: appeal.departmentId }],
    },
    text: changed
      ? say(
          `申诉采纳：${appeal.name} 重新评为“${zh}”（${appeal.code}）`,
          `The appeal was accepted: ${appeal.name} is ${en} now (${appeal.code})`,
        )
      : say(
          `申诉已答复：${appeal.name} 维持“${zh}”（${appeal.code}）`,
          `The appeal was answered: ${appeal.name} stays ${en} (${appeal.code})`,
        ),
    onceKey: null,
  };
}
