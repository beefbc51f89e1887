/** Decides what one line of a yearly plan (年度用云需求计划) may say, and how much of each meter it asks for. */
import type { Architecture, NetworkZone } from '../../facilities/domain/facility.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { InputPath, InvalidInput, QuotaMeter } from '../../kernel/refusal.js';
import { type SomeAmounts, sumAmounts } from '../../quotas/domain/quota.js';
import type { LocalMode, RemoteMode } from '../../systems/domain/system.js';

export const PLAN_LINE_KINDS = ['VM', 'SERVER', 'CABINET', 'SERVICE'] as const;
export type PlanLineKind = (typeof PLAN_LINE_KINDS)[number];

/** One kind of thing that a system needs in the year: `count` times the same. What does not belong to its kind is 0 or null. */
export interface PlanLineContent {
  readonly systemId: string;
  readonly kind: PlanLineKind;
  readonly count: number;
  /** Of one machine. */
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly ssdGib: number;
  readonly hddGib: number;
  /** null = whichever there is. */
  readonly architecture: Architecture | null;
  /** null = whichever there is. */
  readonly zone: NetworkZone | null;
  /** Code of a class of servers or of a service in the catalog. */
  readonly offerCode: string | null;
  /** Against which quota such a service is counted; null = none, or no service. */
  readonly quotaMeter: QuotaMeter | null;
  /** Of one place in a cabinet. */
  readonly halfUnits: number;
  readonly powerW: number;
  readonly localMode: LocalMode;
  readonly remoteMode: RemoteMode;
  /** From which month of the year on, 1 to 12. */
  readonly month: number;
  readonly reason: string;
}

/** A line with what the center has accepted of it; null = all that is asked. */
export interface PlannedLine extends PlanLineContent {
  readonly acceptedCount: number | null;
}

/** Where copies of a line stand. EITHER: in one of the same-city centers, whichever has room. */
export const DEMAND_SIDES = ['EITHER', 'ACTIVE_A', 'ACTIVE_B', 'RECOVERY'] as const;
export type DemandSide = (typeof DEMAND_SIDES)[number];

/** What one line asks of one side, by meter; storage also by tier. */
export interface SideDemand {
  readonly side: DemandSide;
  readonly machines: number;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly ssdGib: number;
  readonly hddGib: number;
  readonly servers: number;
  readonly halfUnits: number;
  readonly powerW: number;
}

export const PLAN_COUNT_MAX = 10_000;
export const PLAN_VCPU_MAX = 512;
export const PLAN_MEMORY_MIB_MAX = 16 * 1024 * 1024;
/** One machine's disks of one tier: 1 PiB, as no system of a province has. */
export const PLAN_STORAGE_GIB_MAX = 1024 * 1024;
/** A cabinet of 60 U. */
export const PLAN_HALF_UNITS_MAX = 120;
/** Liquid-cooled cabinets end near 100 kW. */
export const PLAN_POWER_W_MAX = 100_000;
export const PLAN_REASON_LENGTH_MAX = 500;
/** A department with more has something to sum up first; by import as well as by hand. */
export const PLAN_LINES_MAX = 1_000;
const MONTHS = 12;
/**
 * A machine that stands by in the recovery center is planned with half its processors and memory: as an offer is unless
 * the catalog says otherwise. Which offer it will be is not known in the year before.
 */
const STANDBY_RATIO_PERCENT = 50;
const PERCENT = 100;

/** How many of it count now. */
export function countOf(line: Pick<PlannedLine, 'count' | 'acceptedCount'>): number {
  return line.acceptedCount ?? line.count;
}

/**
 * What a line asks of each side. Dual-active: all of it in both same-city centers. A remote mode adds the recovery
 * center's share: storage in full; machines, and half their size, only where the application is to run there. Cabinets,
 * servers and services have no such share: whoever wants them there too writes a line for it.
 */
export function sidesOf(line: PlannedLine): SideDemand[] {
  const whole = sideOf(line, countOf(line), 1);
  const local: SideDemand[] =
    line.localMode === 'DUAL_ACTIVE'
      ? [
          { ...whole, side: 'ACTIVE_A' },
          { ...whole, side: 'ACTIVE_B' },
        ]
      : [{ ...whole, side: 'EITHER' }];
  if (line.kind !== 'VM' || line.remoteMode === 'NONE') return local;
  const standby = line.remoteMode === 'APPLICATION';
  const share = (amount: number) => (standby ? Math.ceil((amount * STANDBY_RATIO_PERCENT) / PERCENT) : 0);
  return [
    ...local,
    {
      ...whole,
      side: 'RECOVERY',
      machines: standby ? whole.machines : 0,
      vcpu: share(line.vcpu) * whole.machines,
      memoryMib: share(line.memoryMib) * whole.machines,
    },
  ];
}

function sideOf(line: PlannedLine, count: number, per: number): Omit<SideDemand, 'side'> {
  const of = (kind: PlanLineKind, amount: number) => (line.kind === kind ? amount * count * per : 0);
  return {
    machines: of('VM', 1),
    vcpu: of('VM', line.vcpu),
    memoryMib: of('VM', line.memoryMib),
    ssdGib: of('VM', line.ssdGib),
    hddGib: of('VM', line.hddGib),
    servers: of('SERVER', 1),
    halfUnits: of('CABINET', line.halfUnits),
    powerW: of('CABINET', line.powerW),
  };
}

/** What a line asks for by the meters of quotas, in all centers together: as its claims will be counted. */
export function amountsOf(line: PlannedLine): SomeAmounts {
  const sum = (of: (side: SideDemand) => number) => sidesOf(line).reduce((total, side) => total + of(side), 0);
  const ofService = line.quotaMeter === null ? {} : { [line.quotaMeter]: countOf(line) };
  const ofSides = {
    MACHINE: sum((side) => side.machines),
    VCPU: sum((side) => side.vcpu),
    MEMORY_MIB: sum((side) => side.memoryMib),
    STORAGE_GIB: sum((side) => side.ssdGib + side.hddGib),
    SERVER: sum((side) => side.servers),
    CABINET_HALF_UNIT: sum((side) => side.halfUnits),
    POWER_W: sum((side) => side.powerW),
  };
  return sumAmounts([ofSides, ofService]);
}

type FieldProblem = { readonly field: keyof PlanLineContent; readonly rule: string; readonly message: Bilingual };

/** Everything that is wrong with what was written, field by field; what it names is looked up by the caller. */
export function lineProblems(line: Omit<PlanLineContent, 'systemId'>): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const whole = (field: keyof PlanLineContent, value: number, least: number, most: number, zh: string, en: string) => {
    if (!Number.isInteger(value) || value < least || value > most)
      problems.push({
        field,
        rule: 'range',
        message: say(`${zh}为 ${least} 至 ${most}`, `${en}: ${least} to ${most}`),
      });
  };
  whole('count', line.count, 1, PLAN_COUNT_MAX, '数量', 'Count');
  whole('month', line.month, 1, MONTHS, '预计使用月份', 'Month');
  if (line.kind === 'VM') {
    whole('vcpu', line.vcpu, 1, PLAN_VCPU_MAX, '每台 vCPU', 'vCPU of each');
    whole('memoryMib', line.memoryMib, 1, PLAN_MEMORY_MIB_MAX, '每台内存（MiB）', 'Memory of each in MiB');
    whole('ssdGib', line.ssdGib, 0, PLAN_STORAGE_GIB_MAX, '每台 SSD 存储（GiB）', 'SSD storage of each in GiB');
    whole('hddGib', line.hddGib, 0, PLAN_STORAGE_GIB_MAX, '每台 HDD 存储（GiB）', 'HDD storage of each in GiB');
  }
  if (line.kind === 'CABINET') {
    whole('halfUnits', line.halfUnits, 1, PLAN_HALF_UNITS_MAX, '机柜空间（半 U）', 'Cabinet space in half units');
    whole('powerW', line.powerW, 0, PLAN_POWER_W_MAX, '用电（W）', 'Power in W');
  }
  if ((line.kind === 'SERVER' || line.kind === 'SERVICE') && line.offerCode === null)
    problems.push({
      field: 'offerCode',
      rule: 'required',
      message: say('请选择服务目录中的规格', 'Choose an offer of the catalog'),
    });
  if (line.reason.trim() === '' || line.reason.length > PLAN_REASON_LENGTH_MAX)
    problems.push({
      field: 'reason',
      rule: 'length',
      message: say(
        `请说明需求理由，1 至 ${PLAN_REASON_LENGTH_MAX} 字`,
        `Say why it is needed in 1 to ${PLAN_REASON_LENGTH_MAX} characters`,
      ),
    });
  return problems;
}

export function checkLine(line: Omit<PlanLineContent, 'systemId'>, path: InputPath = ['line']): InvalidInput[] {
  return lineProblems(line).map(({ field, rule, message }) => ({
    code: 'INVALID_INPUT',
    path: [...path, field],
    rule,
    message,
  }));
}

/** Without what does not belong to its kind, so that two lines that ask the same are the same. */
export function tidied(line: PlanLineContent): PlanLineContent {
  const [machine, space] = [line.kind === 'VM', line.kind === 'CABINET'];
  return {
    ...line,
    vcpu: machine ? line.vcpu : 0,
    memoryMib: machine ? line.memoryMib : 0,
    ssdGib: machine ? line.ssdGib : 0,
    hddGib: machine ? line.hddGib : 0,
    architecture: machine ? line.architecture : null,
    zone: machine || space ? line.zone : null,
    offerCode: machine || space ? null : line.offerCode,
    quotaMeter: line.kind === 'SERVICE' ? line.quotaMeter : null,
    halfUnits: space ? line.halfUnits : 0,
    powerW: space ? line.powerW : 0,
    remoteMode: machine ? line.remoteMode : 'NONE',
    localMode: line.kind === 'SERVICE' ? 'SINGLE' : line.localMode,
    reason: line.reason.trim(),
  };
}
