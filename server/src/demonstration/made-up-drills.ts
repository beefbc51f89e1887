/** Decides which drills the province had before the console: most groups in time, one too long ago, one that missed what was promised. */
import type { DrillKind } from '../drills/domain/drill-state.js';
import { Seeded } from './seeded.js';

export interface DrilledGroup {
  readonly id: string;
  readonly isDual: boolean;
  readonly hasData: boolean;
  /** Where copies of it can stand; null = nowhere. */
  readonly centerId: string | null;
}

export interface MadeUpDrill {
  readonly groupId: string;
  readonly kind: DrillKind;
  readonly centerId: string | null;
  readonly scenario: string;
  /** Working days are not counted: the morning of so many days ago. */
  readonly daysAgo: number;
  /** Seconds of each entry of the checklist, the planner's own among them. */
  readonly took: readonly number[];
  readonly dataAgeSeconds: number | null;
  readonly own: readonly { readonly title: string; readonly limitSeconds: number }[];
  readonly cleanupHours: number;
  readonly cleanupSeconds: number;
  readonly rectified: { readonly days: number; readonly note: string } | null;
}

/** So many groups were drilled on copies; what is left was only talked through, or not at all. */
export const DRILLED_MAX = 24;
const DRILLS_SEED = 20_260_301;
const CHECKED = { title: '核对窗口业务办件与对账', limitSeconds: 900 };
/** The rule's half a year, and some days: nobody has planned the next. */
const TOO_LONG_AGO_DAYS = 192;
const MISSED_DAYS_AGO = 12;
const LATE_CLEANUP_DAYS_AGO = 151;

const SCENARIOS = [
  '主用机房整体断电，在隔离环境用副本恢复全部虚拟机并验证业务',
  '主用中心存储阵列故障，数据不可读，用副本恢复业务',
  '同城链路与主用中心同时失联，由另一中心用副本恢复',
  '勒索软件加密主用数据，回退到最近可用副本',
];
const TALKED = '主用中心供电中断 2 小时，值班、决策与业务部门逐步推演接管过程';

/** Seconds: acknowledge, declare, decide, fence, snapshot, restore, start, probe, the planner's own, verify. */
const USUAL = [70, 150, 120, 8, 60, 460, 90, 70, 260, 240] as const;
const RESTORE_AT = 5;
/** Beyond its entry's half an hour, and with it beyond what was promised. */
const RESTORE_TOO_LONG_S = 2_340;
/** From afar it takes so much longer, and was promised so. */
const REMOTE_TIMES = 3;
const TALK = [240, 540, 480, 1_500] as const;

/** @param groups in an order that stays, so that the same province has had the same drills. */
export function madeUpDrills(groups: readonly DrilledGroup[]): MadeUpDrill[] {
  const seeded = new Seeded(DRILLS_SEED);
  const copied = groups.filter(({ centerId }) => centerId !== null);
  const [missed] = copied.filter(({ isDual }) => isDual);
  const [overdue, late, ...others] = copied.filter((group) => group !== missed);
  const drills = others.slice(0, DRILLED_MAX - 3).flatMap((group, at) => {
    // The last ones are due again within a month.
    const last = onCopies(seeded, group, 14 + seeded.below(150));
    // Every third had one before, half a year earlier.
    return at % 3 === 0 ? [onCopies(seeded, group, last.daysAgo + 170 + seeded.below(20)), last] : [last];
  });
  if (overdue) drills.push(onCopies(seeded, overdue, TOO_LONG_AGO_DAYS));
  if (late) drills.push(lateCleanup(onCopies(seeded, late, LATE_CLEANUP_DAYS_AGO)));
  if (missed) {
    drills.push(onCopies(seeded, missed, MISSED_DAYS_AGO + 110), tooSlow(onCopies(seeded, missed, MISSED_DAYS_AGO)));
  }
  // Talked through: those of which nothing can be copied, and some besides.
  const talked = groups.filter(({ centerId }, at) => centerId === null || at % 5 === 2).slice(0, DRILLED_MAX / 3);
  drills.push(...talked.map((group) => talkedThrough(seeded, group)));
  return drills.toSorted((a, b) => b.daysAgo - a.daysAgo || (a.groupId < b.groupId ? -1 : 1));
}

const around = (seeded: Seeded, seconds: number) => Math.max(3, Math.round((seconds * (80 + seeded.below(31))) / 100));

function onCopies(seeded: Seeded, group: DrilledGroup, daysAgo: number): MadeUpDrill {
  const times = group.isDual ? 1 : REMOTE_TIMES;
  return {
    ...{ groupId: group.id, kind: 'SIMULATED', centerId: group.centerId, scenario: seeded.pick(SCENARIOS), daysAgo },
    took: USUAL.map((seconds, at) => around(seeded, at === RESTORE_AT ? seconds * times : seconds)),
    dataAgeSeconds: group.hasData ? around(seeded, group.isDual ? 45 : 640) : null,
    ...{ own: [CHECKED], cleanupHours: 4, cleanupSeconds: around(seeded, 140) },
    rectified: { days: 9 + seeded.below(14), note: '预案已按演练结果修订并重新核验' },
  };
}

/** One that was to be put right by people who have not done so yet. */
function tooSlow(drill: MadeUpDrill): MadeUpDrill {
  return { ...drill, took: drill.took.with(RESTORE_AT, RESTORE_TOO_LONG_S), rectified: null };
}

/** Taken away only in the afternoon, long past its time; said, put right, and over since. */
function lateCleanup(drill: MadeUpDrill): MadeUpDrill {
  const rectified = { days: 20, note: '清理改由系统到时自动执行，已复演确认' };
  return { ...drill, cleanupSeconds: 5 * 3_600, rectified };
}

function talkedThrough(seeded: Seeded, group: DrilledGroup): MadeUpDrill {
  return {
    ...{ groupId: group.id, kind: 'TABLETOP', centerId: null, scenario: TALKED, daysAgo: 60 + seeded.below(280) },
    ...{ took: TALK.map((seconds) => around(seeded, seconds / 2)), dataAgeSeconds: null, own: [] },
    ...{ cleanupHours: 4, cleanupSeconds: 5, rectified: { days: 15, note: '推演发现的预案缺项已补齐' } },
  };
}
