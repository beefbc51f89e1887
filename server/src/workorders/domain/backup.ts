/** Decides what the record of a backup says, which life it has, and who may do what to it. */
import { say } from '../../kernel/bilingual.js';
import { type CalendarDate, isCalendarDate } from '../../kernel/calendar.js';
import type { InvalidInput } from '../../kernel/refusal.js';
import { checkedTable, nextState } from '../../kernel/state-machine.js';
import {
  BACKUP_CYCLES,
  type BackupCycle,
  type BackupSchedule,
  copiesUntil,
  MINUTES_OF_DAY,
} from './backup-schedule.js';
import type { LineToDo } from './granted-line.js';

export const BACKUP_STATES = ['PREPARING', 'ACTIVE', 'SUSPENDED', 'ENDED'] as const;
export type BackupState = (typeof BACKUP_STATES)[number];
export const LIVE_BACKUP_STATES = ['PREPARING', 'ACTIVE', 'SUSPENDED'] as const satisfies readonly BackupState[];
export const BACKUP_ACTIONS = ['SET_UP', 'ACTIVATE', 'RECORD', 'SUSPEND', 'RESUME', 'END', 'RESTORE'] as const;
export type BackupAction = (typeof BACKUP_ACTIONS)[number];

/** ACTIVATE is pressed by nobody: the confirmed order of its setting up does it. */
export const backupTable = checkedTable<BackupState, BackupAction>({
  name: 'backup',
  states: BACKUP_STATES,
  initial: 'PREPARING',
  actions: BACKUP_ACTIONS,
  transitions: {
    PREPARING: { SET_UP: 'PREPARING', ACTIVATE: 'ACTIVE', END: 'ENDED' },
    ACTIVE: { SET_UP: 'ACTIVE', RECORD: 'ACTIVE', SUSPEND: 'SUSPENDED', END: 'ENDED', RESTORE: 'ACTIVE' },
    SUSPENDED: { SET_UP: 'SUSPENDED', RECORD: 'SUSPENDED', RESUME: 'ACTIVE', END: 'ENDED', RESTORE: 'SUSPENDED' },
    ENDED: { RESTORE: 'ENDED' },
  },
});

export function backupAfter(state: BackupState, action: BackupAction): BackupState | undefined {
  return nextState(backupTable, state, action);
}

/** OWNER: of the department whose things are backed up. CENTER: runs the backup platform. WORKER: has the order that sets it up. */
export type BackupSide = 'OWNER' | 'CENTER' | 'WORKER';
const SIDES: { readonly [A in BackupAction]: readonly BackupSide[] } = {
  SET_UP: ['CENTER', 'WORKER'],
  ACTIVATE: [],
  RECORD: ['CENTER'],
  SUSPEND: ['CENTER'],
  RESUME: ['CENTER'],
  END: ['OWNER', 'CENTER'],
  RESTORE: ['OWNER', 'CENTER'],
};

export interface BackupSubject {
  readonly state: BackupState;
  readonly endedAt: Date | null;
  readonly keepDays: number;
}

/** Which acts are open; drives buttons and guards alike. Of an ended one the copies are restored as long as they are kept. */
export function backupActions(
  backup: BackupSubject,
  sides: readonly BackupSide[],
  today: CalendarDate,
): Exclude<BackupAction, 'ACTIVATE'>[] {
  return BACKUP_ACTIONS.filter((action) => action !== 'ACTIVATE').filter(
    (action) =>
      backupAfter(backup.state, action) !== undefined &&
      SIDES[action].some((side) => sides.includes(side)) &&
      (backup.endedAt === null || copiesUntil(backup.endedAt, backup.keepDays) >= today),
  );
}

/** Acts that say why, because somebody's data is without a copy from then on. */
export const BACKUP_NEEDS_REASON: readonly BackupAction[] = ['SUSPEND', 'END'];

export const BACKUP_OBJECTS = ['MACHINE', 'DATABASE', 'FILES'] as const;
export type BackupObject = (typeof BACKUP_OBJECTS)[number];

export interface BackupSetup extends BackupSchedule {
  /** Machines of the system that are backed up, or on which the database or the files are. */
  readonly resourceIds: readonly string[];
  /** Names of databases, or paths; empty where whole machines are copied. */
  readonly contents: string;
  readonly keepDays: number;
  readonly keepCopies: number;
  readonly targetCenterId: string | null;
  readonly encrypted: boolean;
  /** 密评: by which algorithm and whose keys, or why not. */
  readonly encryptionNote: string;
  readonly restoreTestMonths: number;
  readonly nextRestoreTestOn: CalendarDate;
}

export const CONTENTS_LENGTH_MAX = 500;
export const ENCRYPTION_NOTE_LENGTH_MAX = 300;
export const RESOURCES_MAX = 100;
export const KEEP_DAYS_MIN = 1;
export const KEEP_DAYS_MAX = 3_650;
const KEEP_COPIES_MAX = 400;
/** What was not restored for two years is no backup but a hope. */
const RESTORE_TEST_MONTHS_MAX = 24;
/** A record that its order has not filled in yet. */
export const RESTORE_TEST_MONTHS_DEFAULT = 6;
const NIGHT_START_MINUTE = 2 * 60;

export interface SetupGround {
  readonly object: BackupObject;
  readonly remote: boolean;
  readonly today: CalendarDate;
  /** Where the machines are that the setup names. */
  readonly siteIds: readonly string[];
}

/** Everything that is wrong at once. */
export function checkSetup(setup: BackupSetup, ground: SetupGround): InvalidInput[] {
  const found: InvalidInput[] = [];
  const wrong = (field: string, rule: string, zh: string, en: string) =>
    found.push({ code: 'INVALID_INPUT', path: [field], rule, message: say(zh, en) });
  const whole = (value: number, least: number, most: number) =>
    Number.isInteger(value) && value >= least && value <= most;
  if (setup.resourceIds.length === 0)
    wrong('resourceIds', 'required', '请选择备份哪些资源', 'Choose what is backed up');
  if (setup.resourceIds.length > RESOURCES_MAX)
    wrong('resourceIds', 'count', `最多 ${RESOURCES_MAX} 个资源`, `At most ${RESOURCES_MAX} resources`);
  if (new Set(setup.resourceIds).size < setup.resourceIds.length)
    wrong('resourceIds', 'unique', '同一资源列了两次', 'A resource stands twice');
  const contents = setup.contents.trim();
  if (ground.object !== 'MACHINE' && contents === '')
    wrong('contents', 'required', '请写明数据库名或路径', 'Name the databases or the paths');
  if (contents.length > CONTENTS_LENGTH_MAX)
    wrong('contents', 'length', `最多 ${CONTENTS_LENGTH_MAX} 字`, `At most ${CONTENTS_LENGTH_MAX} characters`);
  if (setup.cycle === 'WEEKLY' ? !whole(setup.weekday ?? 0, 1, 7) : setup.weekday !== null)
    wrong('weekday', 'weekday', '每周备份须选星期几', 'A weekly backup has a day of the week');
  if (!whole(setup.startMinute, 0, MINUTES_OF_DAY - 1))
    wrong('startMinute', 'range', '开始时间须为一天之内的时刻', 'A time of the day');
  if (!whole(setup.keepDays, KEEP_DAYS_MIN, KEEP_DAYS_MAX))
    wrong(
      'keepDays',
      'range',
      `保留 ${KEEP_DAYS_MIN} 至 ${KEEP_DAYS_MAX} 天`,
      `${KEEP_DAYS_MIN} to ${KEEP_DAYS_MAX} days`,
    );
  if (!whole(setup.keepCopies, 1, KEEP_COPIES_MAX))
    wrong('keepCopies', 'range', `保留 1 至 ${KEEP_COPIES_MAX} 份`, `1 to ${KEEP_COPIES_MAX} copies`);
  if (setup.targetCenterId === null)
    wrong('targetCenterId', 'required', '请选择备份存放的数据中心', 'Choose the center that keeps the copies');
  else if (ground.remote && ground.siteIds.includes(setup.targetCenterId))
    wrong(
      'targetCenterId',
      'remote',
      '申请要求异地副本，存放中心不能是资源所在的中心',
      'A remote copy was asked for: it is kept in another center than the machines',
    );
  const note = setup.encryptionNote.trim();
  if (note.length < 2 || note.length > ENCRYPTION_NOTE_LENGTH_MAX)
    wrong(
      'encryptionNote',
      'length',
      `请写明密码算法与密钥管理，或不加密的理由，2 至 ${ENCRYPTION_NOTE_LENGTH_MAX} 字`,
      `By which algorithm and whose keys, or why not, in 2 to ${ENCRYPTION_NOTE_LENGTH_MAX} characters`,
    );
  if (!whole(setup.restoreTestMonths, 1, RESTORE_TEST_MONTHS_MAX))
    wrong(
      'restoreTestMonths',
      'range',
      `每 1 至 ${RESTORE_TEST_MONTHS_MAX} 个月做一次恢复验证`,
      `A restore is tested every 1 to ${RESTORE_TEST_MONTHS_MAX} months`,
    );
  if (!isCalendarDate(setup.nextRestoreTestOn) || setup.nextRestoreTestOn < ground.today)
    wrong('nextRestoreTestOn', 'future', '下次恢复验证不能早于今天', 'The next restore test is today or later');
  return found;
}

/** What the granted line says of it already; what it leaves open is filled in by whoever sets it up. */
export function wishOf(line: LineToDo): {
  readonly object: BackupObject;
  readonly cycle: BackupCycle;
  readonly weekday: number | null;
  readonly startMinute: number;
  readonly keepDays: number;
  readonly keepCopies: number;
  readonly remote: boolean;
} {
  const answer = (key: string): string => line.answers.find((each) => each.key === key)?.value.trim() ?? '';
  const asked = answer('cycle').toUpperCase();
  const cycle = BACKUP_CYCLES.find((each) => each === asked) ?? 'DAILY';
  const objects: { readonly [key: string]: BackupObject } = { vm: 'MACHINE', database: 'DATABASE', file: 'FILES' };
  const keepDays = Math.min(KEEP_DAYS_MAX, Math.max(KEEP_DAYS_MIN, Math.trunc(Number(answer('keepDays'))) || 30));
  return {
    object: objects[answer('object')] ?? 'MACHINE',
    cycle,
    weekday: cycle === 'WEEKLY' ? 6 : null,
    startMinute: NIGHT_START_MINUTE,
    keepDays,
    keepCopies: Math.min(KEEP_COPIES_MAX, cycle === 'WEEKLY' ? Math.ceil(keepDays / 7) : keepDays),
    remote: answer('remote') === 'yes',
  };
}

export const BACKUP_RESULTS = ['SUCCEEDED', 'FAILED'] as const;
export type BackupResult = (typeof BACKUP_RESULTS)[number];
export const RUN_NOTE_LENGTH_MAX = 300;
/** 2 PiB: no copy of one system is larger. */
const SIZE_MIB_MAX = 2_147_483_647;
/** A sender's clock, or a person's, may run ahead by so much. */
const AHEAD_MS = 5 * 60_000;
/** Older than what any copy is kept for; a typing error, not a run. */
const BEHIND_DAYS_MAX = 400;

export interface BackupRun {
  readonly endedAt: Date;
  readonly result: BackupResult;
  /** null = not told. */
  readonly sizeMib: number | null;
  readonly note: string | null;
}

export function checkRun(run: BackupRun, now: Date): InvalidInput[] {
  const found: InvalidInput[] = [];
  const wrong = (field: string, rule: string, zh: string, en: string) =>
    found.push({ code: 'INVALID_INPUT', path: [field], rule, message: say(zh, en) });
  const age = now.getTime() - run.endedAt.getTime();
  if (!(age >= -AHEAD_MS)) wrong('endedAt', 'future', '完成时间不能在未来', 'It cannot have ended in the future');
  else if (age > BEHIND_DAYS_MAX * 86_400_000)
    wrong('endedAt', 'past', `完成时间不能早于 ${BEHIND_DAYS_MAX} 天前`, `At most ${BEHIND_DAYS_MAX} days ago`);
  if (run.sizeMib !== null && !(Number.isInteger(run.sizeMib) && run.sizeMib >= 0 && run.sizeMib <= SIZE_MIB_MAX))
    wrong('sizeMib', 'range', '数据量须为非负整数 MiB', 'The size is a whole number of MiB');
  if ((run.note?.length ?? 0) > RUN_NOTE_LENGTH_MAX)
    wrong('note', 'length', `最多 ${RUN_NOTE_LENGTH_MAX} 字`, `At most ${RUN_NOTE_LENGTH_MAX} characters`);
  if (run.result === 'FAILED' && !run.note?.trim()) wrong('note', 'required', '失败须说明原因', 'Say why it failed');
  return found;
}
