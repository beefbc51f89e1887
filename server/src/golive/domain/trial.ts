/** Decides when a trial run may begin, when its days are over, and what still keeps it from acceptance. */
import { isWorkingDay, type WorkingCalendar } from '../../calendars/domain/working-days.js';
import { say } from '../../kernel/bilingual.js';
import { addDays, type CalendarDate, isCalendarDate } from '../../kernel/calendar.js';
import type { InputPath, Refusal } from '../../kernel/refusal.js';
import type { DocumentKind, GoLivePolicy } from './go-live-policy.js';

export function checkBegin(
  begunOn: CalendarDate,
  today: CalendarDate,
  policy: Pick<GoLivePolicy, 'beginBackDays' | 'beginAheadDays'>,
): Refusal[] {
  const [least, most] = [addDays(today, -policy.beginBackDays), addDays(today, policy.beginAheadDays)];
  if (isCalendarDate(begunOn) && begunOn >= least && begunOn <= most) return [];
  return [
    {
      code: 'INVALID_INPUT',
      path: ['begunOn'],
      rule: 'range',
      message: say(`试运行开始日期须在 ${least} 至 ${most} 之间`, `A trial begins between ${least} and ${most}`),
    },
  ];
}

/** The first day on which the trial is over: it runs so many days, the first one counted. */
export function overOnOf(
  begunOn: CalendarDate,
  days: number,
  kind: GoLivePolicy['trialDayKind'],
  calendar: WorkingCalendar,
): CalendarDate {
  if (kind === 'CALENDAR') return addDays(begunOn, days);
  let [day, counted] = [begunOn, 0];
  for (; counted < days; day = addDays(day, 1)) if (isWorkingDay(calendar, day)) counted += 1;
  return day;
}

/** After a refusal a trial runs on for some days, and never ends sooner than it would have. */
export function overOnAfterRefusal(
  overOn: CalendarDate,
  today: CalendarDate,
  policy: Pick<GoLivePolicy, 'retrialDays' | 'trialDayKind'>,
  calendar: WorkingCalendar,
): CalendarDate {
  const again = overOnOf(today, policy.retrialDays, policy.trialDayKind, calendar);
  return again > overOn ? again : overOn;
}

/** Days of the trial that are still to come; 0 = over. */
export function daysLeft(overOn: CalendarDate, today: CalendarDate): number {
  return Math.max(0, Math.round((Date.parse(overOn) - Date.parse(today)) / 86_400_000));
}

export interface TrialSoFar {
  readonly overOn: CalendarDate;
  readonly entries: number;
  readonly openIncidents: number;
  readonly documents: readonly DocumentKind[];
}

export const OBSTACLES = ['DAYS', 'NO_RECORD', 'OPEN_INCIDENT', 'DOCUMENT'] as const;
export type ObstacleKind = (typeof OBSTACLES)[number];

export interface Obstacle {
  readonly kind: ObstacleKind;
  /** Days left, incidents that are open; 0 where nothing is counted. */
  readonly count: number;
  readonly document: DocumentKind | null;
}

/** What keeps the trial from acceptance; empty = it may be presented. */
export function obstaclesOf(trial: TrialSoFar, today: CalendarDate, wanted: readonly DocumentKind[]): Obstacle[] {
  const left = daysLeft(trial.overOn, today);
  return [
    ...(left > 0 ? [{ kind: 'DAYS' as const, count: left, document: null }] : []),
    ...(trial.entries === 0 ? [{ kind: 'NO_RECORD' as const, count: 0, document: null }] : []),
    ...(trial.openIncidents > 0
      ? [{ kind: 'OPEN_INCIDENT' as const, count: trial.openIncidents, document: null }]
      : []),
    ...wanted
      .filter((kind) => !trial.documents.includes(kind))
      .map((document) => ({ kind: 'DOCUMENT' as const, count: 0, document })),
  ];
}

export const DOCUMENT_WORDS = {
  TRIAL_REPORT: say('试运行报告', 'the trial report'),
  ACCEPTANCE_REPORT: say('验收报告', 'the acceptance report'),
  PROTECTION_REPORT: say('等保测评报告', 'the 等保 assessment report'),
  OTHER: say('其他材料', 'other papers'),
} as const;

export function obstacleRefusal({ kind, count, document }: Obstacle): Refusal {
  const words = document && DOCUMENT_WORDS[document];
  const message = {
    DAYS: say(`试运行还须 ${count} 天`, `The trial runs ${count} more days`),
    NO_RECORD: say('还没有试运行记录', 'There is no record of the trial yet'),
    OPEN_INCIDENT: say(`还有 ${count} 个故障未解决`, `${count} incidents are not resolved`),
    DOCUMENT: say(`还缺${words?.zh ?? ''}`, `${words?.en ?? ''} is missing`),
  }[kind];
  return { code: 'NOT_PERMITTED', path: document ? ['documents', document] : [], reason: kind, message };
}

/** Whatever kind it is: a system may stand in a cabinet with machines of its own, or use nothing but services. */
export function isAnythingInUse(inUse: {
  readonly machines: number;
  readonly servers: number;
  readonly places?: number;
  readonly services?: number;
}): boolean {
  const { machines, servers, places = 0, services = 0 } = inUse;
  return machines + servers + places + services > 0;
}

/** Neither begins nor is presented: there would be nothing to try, or nothing to accept. */
export function nothingInUse(path: InputPath): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path,
    reason: 'NO_RESOURCES',
    message: say('系统没有在用的资源，请先完成资源开通', 'Nothing of the system is in use'),
  };
}
