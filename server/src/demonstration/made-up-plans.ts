import type { Department } from '../departments/domain/department.js';
import type { PlanLineContent } from '../plans/domain/plan-line.js';
import type { PlanKind, PlanState } from '../plans/domain/plan-state.js';
import type { GovernmentSystem } from '../systems/domain/system.js';
import type { Seeded } from './seeded.js';

export interface MadeUpPlan {
  readonly departmentId: string;
  readonly inCity: boolean;
  readonly kind: PlanKind;
  /** Of last year (-1), this one (0) or the next (1). */
  readonly yearsAhead: -1 | 0 | 1;
  readonly state: PlanState;
  readonly reason: string;
  /** Made up: who wrote it and who signed it, by name. */
  readonly author: string;
  readonly head: string;
  readonly lines: readonly (PlanLineContent & {
    readonly acceptedCount: number | null;
    readonly reductionReason: string | null;
  })[];
}

const PEOPLE = [
  '王建华',
  '李晓东',
  '张敏',
  '刘志远',
  '陈雪梅',
  '杨文博',
  '赵海燕',
  '周俊杰',
  '吴清扬',
  '郑安琪',
] as const;
const SIZES = [
  [4, 16],
  [8, 32],
  [16, 64],
  [8, 64],
] as const;
const SERVER_CLASSES = ['kunpeng-2s-64c', 'hygon-2s-64c', 'phytium-2s-128c'] as const;
const SERVICES = ['backup', 'load-balancer', 'host-security'] as const;
const REASONS = [
  '业务量增长，扩容应用集群',
  '系统升级改造，新增数据分析节点',
  '信创改造，迁移到国产处理器',
  '历史数据归档，扩大存储',
] as const;
const MIB_PER_GIB = 1024;
const JANUARY = 1;
/** The department that the tour goes through has no plan of the next year yet: the tour begins one. */
const TOUR = 'rst';
/** Plans leave out each department's first system, of the tour's the first three: what is asked for them is beyond a plan. */
const UNPLANNED = 1;
const UNPLANNED_OF_TOUR = 3;
/** By percent of the departments, in this order; the others have not begun. */
const NEXT_YEAR: readonly (readonly [upTo: number, state: PlanState])[] = [
  [12, 'DRAFT'],
  [20, 'AWAITING_SIGN_OFF'],
  [44, 'CENTER_REVIEW'],
  [62, 'AWAITING_APPROVAL'],
  [70, 'APPROVED'],
  [73, 'RETURNED'],
];
const CITY_REVIEW_FROM = 30;
const GROWS_PERCENT = 25;
const WHOLE_PERCENT = 100;

/** Plans of three years, and a few additions: last year's and this one's approved, the next one's on their way. */
export function makeUpPlans(
  seeded: Seeded,
  departments: readonly Department[],
  systems: readonly GovernmentSystem[],
  scale: number,
): MadeUpPlan[] {
  const levels = new Map(departments.map(({ id, level }) => [id, level]));
  const ofDepartment = Map.groupBy(systems, (system) => system.departmentId);
  return departments.flatMap((department, at): MadeUpPlan[] => {
    const own = ofDepartment.get(department.id) ?? [];
    if (own.length === 0) return [];
    const inCity = department.level === 'BUREAU' && levels.get(department.parentId ?? '') === 'CITY';
    const base = own
      .slice(department.code === TOUR ? UNPLANNED_OF_TOUR : UNPLANNED)
      .flatMap((system) => linesOf(seeded, system, scale));
    const people = { author: seeded.pick(PEOPLE), head: seeded.pick(PEOPLE) };
    const plan = (more: Pick<MadeUpPlan, 'yearsAhead' | 'state' | 'lines'> & Partial<MadeUpPlan>): MadeUpPlan => ({
      departmentId: department.id,
      inCity,
      kind: 'ANNUAL',
      reason: '',
      ...people,
      ...more,
    });
    const plans = [
      plan({ yearsAhead: -1, state: 'APPROVED', lines: base.map((line) => ({ ...line, month: JANUARY })) }),
      plan({
        yearsAhead: 0,
        state: 'APPROVED',
        lines: reduced(
          base.map((line) => grown(line, 0)),
          at,
        ),
      }),
    ];
    const extra = own[0] && linesOf(seeded, own[0], scale);
    if (extra && at % 12 === 5)
      plans.push(
        plan({
          kind: 'ADDITION',
          yearsAhead: 0,
          state: at % 24 === 5 ? 'CENTER_REVIEW' : 'APPROVED',
          reason: '年中新增重点任务，原计划未包含',
          lines: extra,
        }),
      );
    const state = stateOf(seeded, inCity);
    if (state && department.code !== TOUR)
      plans.push(plan({ yearsAhead: 1, state, lines: base.map((line) => grown(line, GROWS_PERCENT)) }));
    return plans;
  });
}

function stateOf(seeded: Seeded, inCity: boolean): PlanState | null {
  const dice = seeded.below(WHOLE_PERCENT);
  const state = NEXT_YEAR.find(([upTo]) => dice < upTo)?.[1] ?? null;
  return state === 'CENTER_REVIEW' && inCity && dice < CITY_REVIEW_FROM + 4 ? 'CITY_REVIEW' : state;
}

function linesOf(seeded: Seeded, system: GovernmentSystem, scale: number): MadeUpPlan['lines'] {
  const [vcpu, memoryGib] = seeded.pick(SIZES);
  const arm = seeded.chance(60);
  const zone = seeded.chance(75) ? ('GOVERNMENT_EXTRANET' as const) : ('INTERNET' as const);
  const machine = {
    ...blank(system),
    count: (2 + seeded.below(5)) * scale,
    vcpu,
    memoryMib: memoryGib * MIB_PER_GIB,
    ssdGib: 100 * (1 + seeded.below(4)),
    hddGib: seeded.chance(30) ? 500 : 0,
    architecture: seeded.chance(85) ? (arm ? ('ARM64' as const) : ('AMD64' as const)) : null,
    zone,
    reason: '在用资源，继续使用',
  };
  const more = {
    ...machine,
    count: (1 + seeded.below(3)) * scale,
    month: 2 + seeded.below(10),
    reason: seeded.pick(REASONS),
  };
  const lines: MadeUpPlan['lines'][number][] = [machine, more];
  if (seeded.chance(8))
    lines.push({
      ...blank(system),
      kind: 'SERVER',
      count: 1 + seeded.below(2),
      offerCode: seeded.pick(SERVER_CLASSES),
      month: 4,
      reason: '数据库独立部署',
    });
  if (seeded.chance(6))
    lines.push({
      ...blank(system),
      kind: 'CABINET',
      count: 1,
      halfUnits: 2 * (2 + seeded.below(6)),
      powerW: 1_500,
      month: 6,
      reason: '自有设备托管',
    });
  if (seeded.chance(10))
    lines.push({
      ...blank(system),
      kind: 'SERVICE',
      count: 20 * (1 + seeded.below(5)),
      offerCode: seeded.pick(SERVICES),
      localMode: 'SINGLE',
      month: 3,
      reason: '按等保要求配套',
    });
  return lines.map((line) => (line.kind === 'VM' ? line : { ...line, remoteMode: 'NONE' as const }));
}

function blank({ id, localMode, remoteMode }: GovernmentSystem): MadeUpPlan['lines'][number] {
  return {
    systemId: id,
    kind: 'VM',
    count: 1,
    vcpu: 0,
    memoryMib: 0,
    ssdGib: 0,
    hddGib: 0,
    architecture: null,
    zone: null,
    offerCode: null,
    quotaMeter: null,
    halfUnits: 0,
    powerW: 0,
    localMode,
    remoteMode,
    month: JANUARY,
    reason: '',
    acceptedCount: null,
    reductionReason: null,
  };
}

function grown(line: MadeUpPlan['lines'][number], percent: number): MadeUpPlan['lines'][number] {
  return { ...line, count: Math.ceil((line.count * (WHOLE_PERCENT + percent)) / WHOLE_PERCENT) };
}

/** Of every fourth department the center did not take all: one machine less of what was to come. */
function reduced(lines: MadeUpPlan['lines'], at: number): MadeUpPlan['lines'] {
  if (at % 4 !== 0) return lines;
  const cut = lines.findIndex((line) => line.kind === 'VM' && line.count > 1 && line.month > JANUARY);
  return lines.map((line, index) =>
    index === cut ? { ...line, acceptedCount: line.count - 1, reductionReason: '现有资源利用率偏低，先挖潜' } : line,
  );
}
