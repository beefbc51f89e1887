import type { Department } from '../departments/domain/department.js';
import type { DocumentKind, Party } from '../golive/domain/go-live-policy.js';
import type { GoLiveState } from '../golive/domain/go-live-state.js';
import type { AcceptanceFacts, EntryRow, SignatureRow } from '../golive/go-live.types.js';
import type { PastGoLive } from '../golive/past-go-lives.service.js';
import { accountingYear, addDays, calendarDate, startOfDay } from '../kernel/calendar.js';
import type { GovernmentSystem } from '../systems/domain/system.js';
import { type MadeUpUser, TOUR_DEPARTMENT } from './made-up-people.js';
import type { MadeUpRecords } from './made-up-records.js';
import type { Seeded } from './seeded.js';

const DAY_MS = 86_400_000;
const TRIAL_DAYS = 30;
/** Of ten systems of the others so many are long since in service; the tenth is still being built. */
const LIVE_OF_TEN = 9;
const LIVE_SINCE_DAYS = { least: 120, spread: 900 };

/** Days from now: when its trial began; its book; who has signed on which day. */
interface Plan {
  readonly state: GoLiveState;
  readonly begunDays: number;
  readonly presentedDays: number | null;
  readonly entries: readonly {
    readonly days: number;
    readonly kind: EntryRow['kind'];
    readonly text: string;
    readonly resolution: string | null;
  }[];
  readonly documents: readonly (readonly [kind: DocumentKind, reference: string])[];
  readonly signed: readonly (readonly [party: Party, days: number])[];
}

const PAPERS: Plan['documents'] = [
  ['TRIAL_REPORT', '人社信息〔试运行〕04 号（纸质归档）'],
  ['ACCEPTANCE_REPORT', '人社信息〔验收〕02 号（纸质归档）'],
  ['PROTECTION_REPORT', '省等保测字 0418 号'],
];

/** One in its trial with something to mend, one that waits for the center and the builder, one that went live. */
const PLANS: readonly Plan[] = [
  {
    state: 'LIVE',
    begunDays: -75,
    presentedDays: -42,
    entries: [
      { days: -70, kind: 'RECORD', text: '首批 4 个地市经办窗口接入，日均业务 3,200 笔，响应正常。', resolution: null },
      {
        days: -61,
        kind: 'INCIDENT',
        text: '下午 3 时起查询变慢，约 40 分钟，影响 4 个地市窗口。',
        resolution: '数据库连接池过小，扩为 200 并补充监控告警；一周内未再发生。',
      },
      { days: -48, kind: 'RECORD', text: '完成同城切换演练，RTO 6 分钟，数据无丢失。', resolution: null },
    ],
    documents: PAPERS,
    signed: [
      ['DEPARTMENT', -41],
      ['VENDOR', -40],
      ['ASSESSOR', -39],
      ['CENTER', -38],
    ],
  },
  {
    state: 'ACCEPTANCE',
    begunDays: -36,
    presentedDays: -2,
    entries: [
      { days: -30, kind: 'RECORD', text: '试点 2 个地市上线，累计办理 1.1 万件，无差错。', resolution: null },
      {
        days: -22,
        kind: 'INCIDENT',
        text: '与省一体化平台单点登录偶发失败。',
        resolution: '证书链缺中间证书，已补齐并更新部署手册。',
      },
      { days: -6, kind: 'RECORD', text: '完成 3 倍峰值压测，CPU 最高 58%，平均响应 180 毫秒。', resolution: null },
    ],
    documents: PAPERS,
    signed: [['DEPARTMENT', -1]],
  },
  {
    state: 'TRIAL',
    begunDays: -12,
    presentedDays: null,
    entries: [
      { days: -11, kind: 'RECORD', text: '部署完成，内部用户 60 人开始使用。', resolution: null },
      { days: -3, kind: 'INCIDENT', text: '批量导入 5 万条时超时，已改为分批，待厂商修复。', resolution: null },
    ],
    documents: [],
    signed: [],
  },
];

export interface MadeUpGoLives {
  readonly cases: readonly {
    readonly id: string;
    readonly plan: Plan;
    readonly system: GovernmentSystem;
    readonly department: Department;
    readonly partIds: readonly string[];
  }[];
  readonly people: { readonly applicant: MadeUpUser; readonly head: MadeUpUser; readonly reviewer: MadeUpUser };
}

/** A few systems of the tour's department on their way into service. */
export function makeUpGoLives(
  seeded: Seeded,
  departments: readonly Department[],
  { systems, bindings }: Pick<MadeUpRecords, 'systems' | 'bindings'>,
  users: readonly MadeUpUser[],
): MadeUpGoLives {
  const department = departments.find(({ code }) => code === TOUR_DEPARTMENT) as Department;
  const own = systems.filter((system) => system.departmentId === department.id);
  // Where the vendor of the tour is bound it may sign: that one waits for it.
  const bound = own.find((system) => bindings.some((binding) => binding.systemId === system.id));
  const rest = own.filter((system) => system.id !== bound?.id).toReversed();
  const person = (username: string) => users.find((user) => user.username === username) as MadeUpUser;
  const cases = PLANS.flatMap((plan) => {
    const system = plan.state === 'ACCEPTANCE' && bound ? bound : rest.shift();
    if (!system) return [];
    const parts = plan.entries.length + plan.documents.length + plan.signed.length;
    return [{ id: seeded.id(), plan, system, department, partIds: Array.from({ length: parts }, () => seeded.id()) }];
  });
  return { cases, people: { applicant: person('applicant'), head: person('head'), reviewer: person('reviewer') } };
}

/** Systems with the day since which they are in service, told from the day on which they are loaded. */
export function liveAt(
  made: MadeUpGoLives,
  systems: readonly GovernmentSystem[],
  now: Date,
): readonly GovernmentSystem[] {
  const today = calendarDate(now);
  const plans = new Map(made.cases.map(({ system, plan }) => [system.id, plan]));
  return systems.map((system, index) => {
    const plan = plans.get(system.id);
    const last = plan?.signed.at(-1);
    if (plan) return { ...system, liveSince: plan.state === 'LIVE' && last ? addDays(today, last[1]) : null };
    const days = LIVE_SINCE_DAYS.least + ((index * 37) % LIVE_SINCE_DAYS.spread);
    return index % 10 < LIVE_OF_TEN ? { ...system, liveSince: addDays(today, -days) } : system;
  });
}

/** As they stand at that moment. */
export function goLivesAt(made: MadeUpGoLives, now: Date): PastGoLive[] {
  return made.cases.map((one, index) => goLiveAt(one, made.people, index + 1, now));
}

function goLiveAt(
  { id, plan, system, department, partIds }: MadeUpGoLives['cases'][number],
  { applicant, head, reviewer }: MadeUpGoLives['people'],
  number: number,
  now: Date,
): PastGoLive {
  const ids = [...partIds];
  const nextId = () => ids.shift() as string;
  const at = (days: number) => new Date(now.getTime() + days * DAY_MS);
  const today = calendarDate(now);
  const day = (days: number) => addDays(today, days);
  const [begunOn, overOn] = [day(plan.begunDays), day(plan.begunDays + TRIAL_DAYS)];
  const entries = plan.entries.map(({ days, kind, text, resolution }) => ({
    id: nextId(),
    caseId: id,
    kind,
    day: day(days),
    text,
    fileIds: [],
    enteredAt: at(days),
    enteredBy: applicant.displayName,
    resolvedAt: resolution === null ? null : at(days + 1),
    resolvedBy: resolution === null ? null : applicant.displayName,
    resolution,
  }));
  const documents = plan.documents.map(([kind, reference]) => ({
    id: nextId(),
    caseId: id,
    kind,
    fileId: null,
    reference,
    addedAt: at(plan.presentedDays ?? 0),
    addedBy: applicant.displayName,
  }));
  const last = plan.signed.at(-1)?.[1] ?? 0;
  const isLive = plan.state === 'LIVE';
  const event = (
    action: PastGoLive['events'][number]['action'],
    toState: GoLiveState,
    days: number,
    by: MadeUpUser,
  ) => ({
    caseId: id,
    at: at(days),
    actorName: by.displayName,
    action,
    toState,
    reason: null,
  });
  return {
    row: {
      id,
      code: `SX-${accountingYear(now)}-${String(number).padStart(6, '0')}`,
      systemId: system.id,
      systemName: system.name,
      departmentId: department.id,
      state: plan.state,
      policyNumber: 1,
      level: system.protectionLevel,
      begunOn,
      overOn,
      round: plan.presentedDays === null ? 0 : 1,
      dueStep: isLive ? null : plan.presentedDays === null ? 'TRIAL_OVER' : 'SIGN',
      dueAt: isLive ? null : plan.presentedDays === null ? startOfDay(overOn) : at(plan.presentedDays + 14),
      toldAt: null,
      content: plan.presentedDays === null ? null : factsOf(system, department, entries, documents, begunOn, overOn),
      liveSince: isLive ? day(last) : null,
      closedAt: isLive ? at(last) : null,
      openedById: applicant.id,
      openedByName: applicant.displayName,
      openedAt: at(plan.begunDays),
      version: 1 + plan.entries.length + plan.documents.length,
    },
    entries,
    documents,
    // An assessor signs for systems of level 3 only.
    signatures: plan.signed
      .filter(([party]) => party !== 'ASSESSOR' || system.protectionLevel === 3)
      .map(([party, days]) => signatureOf(nextId(), id, party, at(days), { applicant, head, reviewer }, system)),
    events: [
      event('BEGIN', 'TRIAL', plan.begunDays, applicant),
      ...(plan.presentedDays === null ? [] : [event('PRESENT', 'ACCEPTANCE', plan.presentedDays, applicant)]),
      ...(isLive ? [event('COMPLETE', 'LIVE', last, reviewer)] : []),
    ],
  };
}

const OPINIONS: { readonly [P in Party]: string } = {
  DEPARTMENT: '业务功能符合建设要求，试运行平稳，同意上线。',
  CENTER: '资源使用与监控、备份配置符合要求，同意上线。',
  VENDOR: '已完成全部交付与培训，承诺质保期内 7×24 小时响应。',
  ASSESSOR: '测评结论为基本符合，无高风险项。',
};

/** Builder and assessor have no account that was bound then: they signed on paper. */
function signatureOf(
  id: string,
  caseId: string,
  party: Party,
  at: Date,
  { applicant, head, reviewer }: MadeUpGoLives['people'],
  system: GovernmentSystem,
): Omit<SignatureRow, 'contentHash'> {
  const common = { id, caseId, round: 1, party, decision: 'ACCEPT' as const, opinion: OPINIONS[party], at };
  const own = party === 'DEPARTMENT' ? head : party === 'CENTER' ? reviewer : null;
  if (own)
    return {
      ...common,
      signerId: own.id,
      signerName: own.displayName,
      organisation: null,
      enteredById: null,
      enteredBy: null,
      fileId: null,
    };
  return {
    ...common,
    signerId: null,
    signerName: party === 'VENDOR' ? '贺建业' : '庄明远',
    organisation: party === 'VENDOR' ? (system.vendorCompany ?? '江海数智科技有限公司') : '江海信息安全测评中心',
    enteredById: applicant.id,
    enteredBy: applicant.displayName,
    // Of what was kept before the console; its scan lies in the archive.
    fileId: id,
  };
}

function factsOf(
  system: GovernmentSystem,
  department: Department,
  entries: readonly EntryRow[],
  documents: readonly { readonly kind: DocumentKind; readonly reference: string }[],
  begunOn: string,
  overOn: string,
): AcceptanceFacts {
  return {
    system: {
      code: system.code,
      name: system.name,
      department: department.name,
      protectionLevel: system.protectionLevel,
      filingNumber: system.filingNumber,
      vendorCompany: system.vendorCompany,
    },
    trial: { begunOn, overOn, policyNumber: 1 },
    entries: entries.map(({ kind, day, text, enteredBy, resolution }) => ({
      kind,
      day,
      text,
      by: enteredBy,
      resolution,
    })),
    documents: documents.map(({ kind, reference }) => ({ kind, reference, fileName: null, sm3: null })),
    resources: { machines: 6, vcpu: 48, memoryMib: 98_304, diskGib: 3_000, servers: 0, centers: ['同城主中心（A）'] },
  };
}
