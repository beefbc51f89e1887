/** Decides what the records of a system, or of all systems of a department, say about each indicator, with figures and their sources. */
import { yuanText } from '../../documents/domain/form-words.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { addDays, type CalendarDate } from '../../kernel/calendar.js';
import type { Fen } from '../../kernel/money.js';
import type { AssessmentResult, GovernmentSystem } from '../../systems/domain/system.js';
import { type Indicator, VALUE_MAX, WHOLE } from './indicators.js';
import type { PerformanceRule } from './rule.js';
import type { Measured } from './score.js';

export interface Figure {
  readonly label: Bilingual;
  readonly value: Bilingual;
}

/** One indicator as it stood: its value, the figures behind it, and from which records they are. */
export interface Evidence extends Measured {
  readonly figures: readonly Figure[];
  readonly source: Bilingual;
}

/** What one machine used in the period; shares in hundredths of a percent, each times the size of the day. */
export interface MachineUse {
  readonly days: number;
  readonly cpu: bigint;
  readonly vcpuDays: bigint;
  readonly memory: bigint;
  readonly mibDays: bigint;
}

/** One month of one system as it was measured. */
export interface AvailabilityReading {
  readonly systemId: string;
  readonly month: string;
  readonly minutes: number;
  readonly downMinutes: number;
  /** Agreed maintenance, or the other side's fault: of the minutes down. */
  readonly excusedMinutes: number;
}

export interface CostFacts {
  readonly cost: Fen;
  /** Of these days; null = nothing was budgeted that could be compared with. */
  readonly target: Fen | null;
  /** What the target is made of, as people know it. */
  readonly budgets: readonly string[];
  /** Months of which something is still drafted. */
  readonly draftedMonths: readonly string[];
}

export type RecordedSystem = Pick<
  GovernmentSystem,
  | 'id'
  | 'protectionLevel'
  | 'filed'
  | 'assessedOn'
  | 'assessmentResult'
  | 'cryptoAssessedOn'
  | 'cryptoResult'
  | 'sharesData'
  | 'dataClass'
  | 'availabilityMilliPercent'
>;

export interface SubjectFacts {
  /** One, or all of a department. */
  readonly systems: readonly RecordedSystem[];
  readonly machines: number;
  readonly uses: readonly MachineUse[];
  readonly readings: readonly AvailabilityReading[];
  readonly months: number;
  readonly cost: CostFacts;
}

/** A machine that was seen on fewer days says nothing of the whole time. */
const SEEN_DAYS_LEAST = 14;
const HUNDRED_PERCENT = 100_000;

export function evidenceOf(rule: PerformanceRule, facts: SubjectFacts, today: CalendarDate): Evidence[] {
  const fromLevel = new Map(rule.indicators.map((one) => [one.indicator, one.fromLevel]));
  return rule.indicators.map(({ indicator }) => {
    const least = fromLevel.get(indicator) ?? 1;
    const asked = facts.systems.filter(({ protectionLevel }) => protectionLevel >= least);
    const applies = asked.length > 0;
    const said = SAYINGS[indicator](rule, { ...facts, systems: asked }, today);
    return { indicator, applies, ...said, value: applies ? said.value : null };
  });
}

type Said = Omit<Evidence, 'indicator' | 'applies'>;
type Saying = (rule: PerformanceRule, facts: SubjectFacts, today: CalendarDate) => Said;

const SAYINGS: { readonly [I in Indicator]: Saying } = {
  UTILISATION: (_, { uses, machines }) => utilisation(uses, machines),
  AVAILABILITY: (rule, facts) => availability(rule, facts),
  COST: (_, { cost }) => costAgainstTarget(cost),
  PROTECTION: ({ assessedWithinDays: { level2, level3 } }, { systems }, today) =>
    assessments(
      systems.map((system) => {
        // Not filed is known, and is nothing; filed and never assessed is not known.
        if (system.protectionLevel > 1 && !system.filed) return 0;
        const days = system.protectionLevel === 3 ? level3 : level2;
        return resultIn(system.assessedOn, system.assessmentResult, today, days);
      }),
      say('系统档案：等保备案与测评', 'The system’s record: filing and assessment'),
    ),
  CRYPTOGRAPHY: ({ cryptoWithinDays }, { systems }, today) =>
    assessments(
      systems.map((system) => resultIn(system.cryptoAssessedOn, system.cryptoResult, today, cryptoWithinDays)),
      say('系统档案：密码应用安全性评估', 'The system’s record: assessment of cryptography'),
    ),
  SHARING: (_, { systems }) =>
    assessments(
      // A record of which nobody has said what data there are was never kept: its "no" says nothing.
      systems.map(({ sharesData, dataClass }) => (sharesData ? WHOLE : dataClass === null ? null : 0)),
      say('系统档案：数据共享', 'The system’s record: data sharing'),
    ),
};

function utilisation(uses: readonly MachineUse[], machines: number): Said {
  const seen = uses.filter(({ days }) => days >= SEEN_DAYS_LEAST);
  const total = (of: Exclude<keyof MachineUse, 'days'>) => seen.reduce((sum, use) => sum + use[of], 0n);
  const share = (used: bigint, size: bigint) => (size === 0n ? null : Number(used / size));
  const cpu = share(total('cpu'), total('vcpuDays'));
  const memory = share(total('memory'), total('mibDays'));
  // Half of the machines at least: what is known of one says nothing of ninety-nine others.
  const known = machines > 0 && seen.length * 2 >= machines && cpu !== null && memory !== null;
  return {
    value: known ? Math.max(cpu, memory) : null,
    figures: [
      figure('CPU 平均利用率', 'Mean CPU use', cpu === null ? null : percent(cpu)),
      figure('内存平均利用率', 'Mean memory use', memory === null ? null : percent(memory)),
      {
        label: say(`有 ${SEEN_DAYS_LEAST} 天以上数据的云主机`, `Machines seen on ${SEEN_DAYS_LEAST} days or more`),
        value: say(`${seen.length} / ${machines} 台`, `${seen.length} of ${machines}`),
      },
    ],
    source: say('利用率日记录（监控采集）', 'Daily records of use, from monitoring'),
  };
}

function availability(rule: PerformanceRule, { readings, months, systems }: SubjectFacts): Said {
  const targets = new Map(systems.map((one) => [one.id, one.availabilityMilliPercent ?? rule.availabilityTarget]));
  const own = readings.filter(({ systemId }) => targets.has(systemId));
  const wanted = months * systems.length;
  let [allowed, counted, minutes] = [0, 0, 0];
  for (const { systemId, minutes: all, downMinutes, excusedMinutes } of own) {
    allowed += (all * (HUNDRED_PERCENT - (targets.get(systemId) ?? 0))) / HUNDRED_PERCENT;
    counted += Math.max(0, downMinutes - excusedMinutes);
    minutes += all;
  }
  const known = own.length > 0 && own.length * 2 >= wanted;
  return {
    value: !known ? null : counted <= allowed ? WHOLE : Math.floor((allowed * WHOLE) / counted),
    figures: [
      figure('实际可用性', 'Measured', minutes === 0 ? null : percent(((minutes - counted) * WHOLE) / minutes, 3)),
      figure('允许中断', 'May be down', say(`${Math.floor(allowed)} 分钟`, `${Math.floor(allowed)} min`)),
      figure('计入中断', 'Was down', say(`${counted} 分钟`, `${counted} min`)),
      figure('有读数的系统月', 'Months with a reading', say(`${own.length} / ${wanted}`, `${own.length} of ${wanted}`)),
    ],
    source: say('可用性台账（每月登记）', 'Book of availability, kept by month'),
  };
}

function costAgainstTarget({ cost, target, budgets, draftedMonths }: CostFacts): Said {
  const known = target !== null && target > 0n;
  const ratio = known ? Number((cost * BigInt(WHOLE)) / target) : null;
  return {
    value: ratio === null ? null : Math.max(0, Math.min(ratio, VALUE_MAX)),
    figures: [
      figure('核算费用', 'Accounted cost', yuan(cost)),
      figure('预算额度（按天折算）', 'Budget of these days', known ? yuan(target) : null),
      ...(budgets.length > 0
        ? [{ label: say('预算项目', 'Budgets'), value: say(budgets.join('、'), budgets.join(', ')) }]
        : []),
      ...(draftedMonths.length > 0
        ? [
            {
              label: say('尚未结账的月份', 'Months that are not closed'),
              value: say(draftedMonths.join('、'), draftedMonths.join(', ')),
            },
          ]
        : []),
    ],
    source: say('核算费用（按使用月份）与部门预算', 'Accounted cost by the month of use, and budgets'),
  };
}

const RESULT_VALUES: { readonly [R in AssessmentResult]: number } = {
  CONFORMING: WHOLE,
  BASICALLY_CONFORMING: 7_000,
  NOT_CONFORMING: 0,
};

/** null = nobody has assessed it. What is too long ago is known, and counts for nothing. */
function resultIn(
  on: CalendarDate | null,
  result: AssessmentResult | null,
  today: CalendarDate,
  days: number,
): number | null {
  if (on === null || result === null) return null;
  return on < addDays(today, -days) ? 0 : RESULT_VALUES[result];
}

/** The mean; a system of which nothing is known counts for nothing beside others, and alone is no evidence. */
function assessments(values: readonly (number | null)[], source: Bilingual): Said {
  const known = values.filter((value) => value !== null);
  const mean = known.length === 0 ? null : Math.floor(known.reduce((sum, one) => sum + one, 0) / values.length);
  return {
    value: mean,
    figures: [
      figure('达标程度', 'Attained', mean === null ? null : percent(mean)),
      figure(
        '有佐证的系统',
        'Systems with evidence',
        say(`${known.length} / ${values.length} 个`, `${known.length} of ${values.length}`),
      ),
    ],
    source,
  };
}

export const NO_EVIDENCE = say('无佐证', 'no evidence');

function figure(zh: string, en: string, value: Bilingual | null): Figure {
  return { label: say(zh, en), value: value ?? NO_EVIDENCE };
}

/** "41.25%" of 4125; digits beyond the second only where they are asked for. */
export function percent(value: number, digits = 2): Bilingual {
  const text = `${Number((Math.floor(value * 10 ** (digits - 2)) / 10 ** digits).toFixed(digits))}%`;
  return say(text, text);
}

function yuan(fen: Fen): Bilingual {
  return say(`${yuanText(fen)} 元`, `${yuanText(fen)} yuan`);
}
