/** Decides when a system that went live is to be evaluated by its own department (自评价), when that is reminded of, and what the pack holds. */
import type { Grade } from '../../grades/domain/grade.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { addDays, type CalendarDate } from '../../kernel/calendar.js';
import type { Notice } from '../../kernel/notice.js';
import type { Refusal } from '../../kernel/refusal.js';
import { type Evidence, NO_EVIDENCE, percent } from './evidence.js';
import { INDICATOR_MEANINGS } from './indicators.js';
import type { PerformanceRule } from './rule.js';

export interface Window {
  readonly from: CalendarDate;
  /** The first day on which it is too late. */
  readonly to: CalendarDate;
}

/** The same day of a later month, or that month's last where it has none: 29 February plus a year is the 28th. */
export function addMonths(day: CalendarDate, months: number): CalendarDate {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const whole = year * 12 + (month - 1) + months;
  const first = `${Math.floor(whole / 12)}-${String((whole % 12) + 1).padStart(2, '0')}`;
  const last = Number(
    addDays(`${Math.floor((whole + 1) / 12)}-${String(((whole + 1) % 12) + 1).padStart(2, '0')}-01`, -1).slice(8),
  );
  return `${first}-${String(Math.min(date, last)).padStart(2, '0')}`;
}

export function windowOf(
  liveSince: CalendarDate,
  rule: { readonly selfEvaluationFromMonths: number; readonly selfEvaluationToMonths: number },
): Window {
  return {
    from: addMonths(liveSince, rule.selfEvaluationFromMonths),
    to: addMonths(liveSince, rule.selfEvaluationToMonths),
  };
}

/** Days before it is too late on which its people hear of it again; the first word is the opening itself, the last that it is overdue. */
export const REMINDER_DAYS = [180, 90, 30, 7, 0] as const;

/** How many of all words are due by today; 0 = the window has not begun. */
export function stageDue({ from, to }: Window, today: CalendarDate): number {
  if (today < from) return 0;
  return 1 + REMINDER_DAYS.filter((days) => addDays(to, -days) <= today).length;
}

/** One line of the pack: what was promised, what the records say, and the gap. */
export interface PackRow {
  readonly title: Bilingual;
  readonly target: Bilingual;
  readonly actual: Bilingual;
  readonly gap: Bilingual;
  readonly source: Bilingual;
}

/** 自评价材料, with figures from records; what people have to say stands beside. */
export interface PackContent {
  readonly system: {
    readonly code: string;
    readonly name: string;
    readonly departmentName: string;
    readonly protectionLevel: number;
    readonly liveSince: CalendarDate;
  };
  readonly asOf: CalendarDate;
  readonly window: Window;
  /** Of which days the evidence is. */
  readonly period: Window;
  readonly projects: readonly {
    readonly code: string;
    readonly name: string;
    readonly approvalNumber: string | null;
    readonly filingNumber: string | null;
    /** Fen as text; null = not on record. */
    readonly totalBudget: string | null;
    /** 绩效目标 as they were filed. */
    readonly targets: readonly string[];
  }[];
  readonly rows: readonly PackRow[];
  readonly evidence: readonly Evidence[];
  /** By month of use, fen as text. */
  readonly costs: readonly { readonly month: string; readonly amount: string }[];
  readonly evaluations: readonly {
    readonly code: string;
    readonly period: string;
    readonly points: number;
    readonly grade: Grade | null;
  }[];
}

const NOT_ASKED = say('不适用', 'not asked for');
const REACHED = say('达到', 'reached');

/** The target of an indicator is what earns full marks by the rule in force. */
export function packRows(rule: PerformanceRule, evidence: readonly Evidence[]): PackRow[] {
  return evidence.map(({ indicator, applies, value, source }): PackRow => {
    const { better, title } = INDICATOR_MEANINGS[indicator];
    const bound = rule.indicators.find((one) => one.indicator === indicator)?.bands[0]?.bound ?? 0;
    const sign = better === 'MORE' ? '≥' : '≤';
    const target = say(`${sign} ${percent(bound).zh}`, `${sign} ${percent(bound).en}`);
    if (!applies) return { title, target: NOT_ASKED, actual: NOT_ASKED, gap: NOT_ASKED, source };
    if (value === null) return { title, target, actual: NO_EVIDENCE, gap: NO_EVIDENCE, source };
    const short = better === 'MORE' ? bound - value : value - bound;
    const gap = short <= 0 ? REACHED : say(`差 ${percent(short).zh}`, `${percent(short).en} short`);
    return { title, target, actual: percent(value), gap, source };
  });
}

const STATEMENT_LENGTH = { least: 20, most: 2_000 };

export function handInObjections(
  task: { readonly state: string; readonly version: number; readonly dueFrom: CalendarDate },
  wish: { readonly expectedVersion: number; readonly statement: string },
  today: CalendarDate,
): Refusal[] {
  if (task.state !== 'OPEN')
    return [
      {
        ...{ code: 'ILLEGAL_TRANSITION', path: [], state: task.state, action: 'HAND_IN' },
        message: say('自评价已提交，不再变动', 'The self-evaluation was handed in and stays'),
      },
    ];
  if (task.version !== wish.expectedVersion)
    return [
      {
        ...{
          code: 'VERSION_CONFLICT',
          path: ['expectedVersion'],
          expected: wish.expectedVersion,
          current: task.version,
        },
        message: say('刚被他人更新，请刷新后再操作', 'Somebody has just changed it; look again'),
      },
    ];
  if (today < task.dueFrom)
    return [
      {
        ...{ code: 'NOT_PERMITTED', path: [], reason: 'TOO_EARLY' },
        message: say(`${task.dueFrom} 起方可提交`, `It may be handed in from ${task.dueFrom} on`),
      },
    ];
  const { length } = wish.statement.trim();
  if (length < STATEMENT_LENGTH.least || length > STATEMENT_LENGTH.most)
    return [
      {
        ...{ code: 'INVALID_INPUT', path: ['statement'], rule: 'length' },
        message: say(
          `请填写自评结论，${STATEMENT_LENGTH.least} 至 ${STATEMENT_LENGTH.most} 字`,
          `Say what comes of it in ${STATEMENT_LENGTH.least} to ${STATEMENT_LENGTH.most} characters`,
        ),
      },
    ];
  return [];
}

export function selfEvaluationDue(
  task: {
    readonly id: string;
    readonly systemName: string;
    readonly departmentId: string;
    readonly dueTo: CalendarDate;
  },
  stage: number,
): Notice {
  const over = stage > REMINDER_DAYS.length;
  const { systemName: name, dueTo } = task;
  const lastDay = addDays(dueTo, -1);
  return {
    kind: over ? 'DEADLINE' : stage === 1 ? 'WORK_WAITING' : 'DEADLINE',
    subject: { type: 'SelfEvaluation', id: task.id },
    audience: {
      roles: [
        { role: 'DEPARTMENT_HEAD', departmentId: task.departmentId },
        ...(over ? [{ role: 'CLOUD_AUTHORITY' as const, departmentId: null }] : []),
      ],
    },
    text: over
      ? say(`${name} 的自评价已逾期（${lastDay} 截止）`, `The self-evaluation of ${name} is overdue (${lastDay})`)
      : say(`请于 ${lastDay} 前完成 ${name} 的自评价`, `The self-evaluation of ${name} is due by ${lastDay}`),
    onceKey: `self-evaluation ${task.id} ${stage}`,
  };
}
