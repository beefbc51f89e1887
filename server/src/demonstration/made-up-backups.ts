import type { Department } from '../departments/domain/department.js';
import type { Center } from '../facilities/domain/facility.js';
import { accountingYear, addDays, calendarDate, startOfDay } from '../kernel/calendar.js';
import type { GovernmentSystem } from '../systems/domain/system.js';
import { newBackup } from '../workorders/backup-orders.service.js';
import type { BackupRunRow, PastBackup } from '../workorders/backups.types.js';
import type { BackupObject, BackupState } from '../workorders/domain/backup.js';
import { type BackupCycle, nextRestoreTest, owedAfter } from '../workorders/domain/backup-schedule.js';
import type { Seeded } from './seeded.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const PLATFORM = '备份一体机 B-01';
/** So many copies of each stand on its page. */
const RUNS = 14;

/** How the newest copies went, the newest first; what is not said went well. */
interface Plan {
  readonly name: string;
  readonly object: BackupObject;
  readonly contents: string;
  readonly cycle: BackupCycle;
  readonly keepDays: number;
  readonly state: BackupState;
  readonly sizeGib: number;
  readonly newest?: readonly ('FAILED' | 'MISSED')[];
  /** Days since the last restore test. */
  readonly testedDays: number;
  readonly plain?: boolean;
}

const PLANS: readonly Plan[] = [
  {
    name: '社保业务库备份',
    object: 'DATABASE',
    contents: 'sbk_core, sbk_pay',
    cycle: 'DAILY',
    keepDays: 30,
    state: 'ACTIVE',
    sizeGib: 412,
    testedDays: 61,
  },
  {
    name: '人事档案影像备份',
    object: 'FILES',
    contents: '/data/archive, /data/images',
    cycle: 'WEEKLY',
    keepDays: 90,
    state: 'ACTIVE',
    sizeGib: 2_380,
    testedDays: 120,
  },
  {
    name: '就业服务库备份',
    object: 'DATABASE',
    contents: 'jy_main',
    cycle: 'DAILY',
    keepDays: 30,
    state: 'ACTIVE',
    sizeGib: 96,
    newest: ['FAILED'],
    testedDays: 200,
  },
  {
    name: '电子证照文件备份',
    object: 'FILES',
    contents: '/srv/licences',
    cycle: 'DAILY',
    keepDays: 60,
    state: 'ACTIVE',
    sizeGib: 655,
    newest: ['MISSED', 'MISSED', 'FAILED'],
    testedDays: 30,
  },
  {
    name: '测试库备份',
    object: 'DATABASE',
    contents: 'sbk_test',
    cycle: 'WEEKLY',
    keepDays: 14,
    state: 'SUSPENDED',
    sizeGib: 20,
    testedDays: 15,
    plain: true,
  },
];

export interface MadeUpBackups {
  readonly department: Department;
  readonly systems: readonly GovernmentSystem[];
  readonly centerId: string;
  readonly ids: readonly { readonly backup: string; readonly runs: readonly string[] }[];
}

/** Backups of the tour's department: good ones, one that failed last night, one that is missing copies, one that is paused. */
export function makeUpBackups(
  seeded: Seeded,
  departments: readonly Department[],
  systems: readonly GovernmentSystem[],
  centers: readonly Center[],
): MadeUpBackups {
  const department = departments.find(({ code }) => code === 'rst') as Department;
  const keeper = centers.find(({ role }) => role === 'RECOVERY') ?? centers[0];
  return {
    department,
    systems: systems.filter((system) => system.departmentId === department.id),
    centerId: keeper?.id ?? '',
    ids: PLANS.map(() => ({ backup: seeded.id(), runs: Array.from({ length: RUNS }, () => seeded.id()) })),
  };
}

/** As they stand at that moment. */
export function backupsAt(made: MadeUpBackups, now: Date): PastBackup[] {
  const year = accountingYear(now);
  return PLANS.map((plan, index): PastBackup => {
    const { backup: id = '', runs: runIds = [] } = made.ids[index] ?? {};
    const system = made.systems[index % made.systems.length] as GovernmentSystem;
    const schedule = { cycle: plan.cycle, weekday: plan.cycle === 'WEEKLY' ? 6 : null, startMinute: 90 + index * 30 };
    const runs = runsOf(plan, schedule, id, runIds, now);
    const [last] = runs;
    const lastGoodAt = runs.find((run) => run.result === 'SUCCEEDED')?.endedAt ?? null;
    const tested = addDays(calendarDate(now), -plan.testedDays);
    const active = plan.state === 'ACTIVE';
    const owed = active && lastGoodAt ? owedAfter(schedule, lastGoodAt, now) : { deadlineAt: null, missedSince: null };
    const since = new Date(now.getTime() - 300 * DAY_MS);
    return {
      resourceIds: [],
      runs,
      backup: {
        ...newBackup(id, `BF-${year}-${String(index + 1).padStart(6, '0')}`, plan.name, since),
        ...schedule,
        ...owed,
        state: plan.state,
        stateSince: active ? since : new Date(now.getTime() - 3 * DAY_MS),
        departmentId: made.department.id,
        systemId: system.id,
        object: plan.object,
        contents: plan.contents,
        keepDays: plan.keepDays,
        keepCopies: plan.cycle === 'WEEKLY' ? Math.ceil(plan.keepDays / 7) : plan.keepDays,
        remote: true,
        targetCenterId: made.centerId,
        encrypted: !plan.plain,
        encryptionNote: plan.plain
          ? '测试数据，不含个人信息，经评估不加密'
          : 'SM4-CBC，密钥由服务器密码机管理，每年轮换',
        lastRestoreTestOn: tested,
        nextRestoreTestOn: nextRestoreTest(tested, 6),
        activeSince: since,
        lastResult: last?.result ?? null,
        lastEndedAt: last?.endedAt ?? null,
        lastGoodAt,
        lastSizeMib: plan.sizeGib * 1_024,
        reason: active ? null : '测试环境改造，暂停至下月',
      },
    };
  });
}

/** The newest first. */
function runsOf(
  plan: Plan,
  { cycle, startMinute }: { readonly cycle: BackupCycle; readonly startMinute: number },
  backupId: string,
  ids: readonly string[],
  now: Date,
): BackupRunRow[] {
  const step = cycle === 'WEEKLY' ? 7 : 1;
  const today = startOfDay(calendarDate(now)).getTime();
  const offset = cycle === 'WEEKLY' ? weekdaysSinceSaturday(now) : 0;
  return ids.flatMap((id, at) => {
    const how = plan.newest?.[at];
    const endedAt = new Date(today - (offset + at * step) * DAY_MS + (startMinute + 38 + (at % 5)) * MINUTE_MS);
    if (how === 'MISSED' || endedAt > now) return [];
    const failed = how === 'FAILED';
    return [
      {
        id,
        backupId,
        endedAt,
        result: failed ? ('FAILED' as const) : ('SUCCEEDED' as const),
        sizeMib: failed ? null : Math.round(plan.sizeGib * 1_024 * (1 - at * 0.004)),
        note: failed ? '备份代理连接超时，作业中止' : null,
        source: 'SIGNAL' as const,
        toldBy: PLATFORM,
        at: endedAt,
      },
    ];
  });
}

function weekdaysSinceSaturday(now: Date): number {
  const weekday = new Date(`${calendarDate(now)}T00:00:00.000Z`).getUTCDay();
  return (weekday + 1) % 7;
}
