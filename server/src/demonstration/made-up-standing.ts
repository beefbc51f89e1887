import type { Department } from '../departments/domain/department.js';
import type { CalendarDate } from '../kernel/calendar.js';
import type { ReliabilityEntry } from '../systems/domain/reliability.js';
import type { FundingMode, GovernmentSystem, Project } from '../systems/domain/system.js';
import { TOUR_DEPARTMENT } from './made-up-people.js';
import type { MadeUpRecords } from './made-up-records.js';
import { Seeded } from './seeded.js';

/** Another stream of dice, so that what was made up before stays as it was. */
const STANDING_SALT = 0x5a7e_61c1;
const PROCESSORS = ['鲲鹏 920', '海光 7380', '飞腾 S5000C', '兆芯 KH-40000'] as const;
const SYSTEMS_OF_MACHINES = ['银河麒麟 V10', '统信 UOS V20', '欧拉 22.03 LTS'] as const;
/** What the center offers first: most systems have some machine on it. */
const BESIDE: readonly ReliabilityEntry[] = [
  { part: 'CPU', product: '飞腾 S5000C', domestic: true, reason: null },
  { part: 'CPU', product: '海光 7380', domestic: true, reason: null },
  { part: 'OS', product: '欧拉 24.03 LTS', domestic: true, reason: null },
  { part: 'OS', product: '龙蜥 Anolis OS 8.9', domestic: true, reason: null },
];
const DATABASES = ['达梦 DM8', '人大金仓 V9', 'OceanBase 4.3', 'GaussDB 505'] as const;
const FOREIGN_REASONS = [
  '原有中间件只支持该架构，计划 2027 年完成迁移',
  '厂商授权与处理器绑定',
  '地图引擎暂无信创版本',
] as const;
const HAS_STATED_PERCENT = 82;
const IS_FOREIGN_PERCENT = 18;
const OWN_PAYS_PERCENT = 50;
const WITHIN_QUOTA_PERCENT = 15;
const LONG_FROM_NOW = '2029-12-31';
const LONG_OVER = '2026-06-30';

/**
 * How systems and projects stand to the gates and to who pays: mostly in order. Of every department the first system is, so
 * that a tour through it gets somewhere; in the tour's own department one declaration is over and one statement was never
 * given.
 */
export function withStanding(seed: number, records: MadeUpRecords, departments: readonly Department[]): MadeUpRecords {
  const seeded = new Seeded(seed ^ STANDING_SALT);
  const tour = departments.find((department) => department.code === TOUR_DEPARTMENT)?.id;
  const systems = Map.groupBy(records.systems, (system) => system.departmentId);
  const projects = Map.groupBy(records.projects, (project) => project.departmentId);
  return {
    ...records,
    systems: records.systems.map((system) => {
      const own = systems.get(system.departmentId) ?? [];
      const stated = { ...system, ...statementOf(seeded) };
      if (system.departmentId === tour) return toured(stated, own.length - own.indexOf(system));
      return own[0] === system ? inOrder(stated) : stated;
    }),
    projects: records.projects.map((project) => {
      const dice = fundingOf(seeded, project);
      if (project.departmentId !== tour) return { ...project, fundingMode: dice };
      // The tour's department shows both ways side by side: its last project it pays for itself.
      const own = projects.get(project.departmentId) ?? [];
      const newest = Math.max(...own.map((one) => one.budgetYear));
      const last = own.filter((one) => one.budgetYear === newest).at(-1);
      return { ...project, fundingMode: last === project ? 'OWN_PAYS' : 'CENTRAL' };
    }),
  };
}

/** The year that the declarations, statements and bindings of the made-up province were given for. */
const GIVEN_FOR = 2026;
const OF_YEAR = /^\d{4}/;

/** The same renewed for a later year: what was in order then is in order when the province is loaded, what was over stays over. */
export function renewedFor(records: MadeUpRecords, year: number): MadeUpRecords {
  const later = Math.max(0, year - GIVEN_FOR);
  const renewed = (until: CalendarDate): CalendarDate =>
    until <= LONG_OVER ? until : until.replace(OF_YEAR, (of) => String(Number(of) + later));
  return {
    ...records,
    systems: records.systems.map(({ declarationValidUntil, reliabilityValidUntil, ...system }) => ({
      ...system,
      declarationValidUntil: declarationValidUntil && renewed(declarationValidUntil),
      reliabilityValidUntil: reliabilityValidUntil && renewed(reliabilityValidUntil),
    })),
    bindings: records.bindings.map((binding) => ({ ...binding, until: renewed(binding.until) })),
  };
}

/** By its place from the end. */
function toured(system: GovernmentSystem, fromEnd: number): GovernmentSystem {
  const ordered = inOrder(system);
  if (fromEnd === 1) return { ...ordered, reliabilityValidUntil: null, reliabilityEntries: [] };
  return fromEnd === 2 ? { ...ordered, declarationValidUntil: LONG_OVER } : ordered;
}

function inOrder(system: GovernmentSystem): GovernmentSystem {
  return {
    ...system,
    declarationValidUntil: LONG_FROM_NOW,
    reliabilityValidUntil: LONG_FROM_NOW,
    reliabilityEntries: [
      { part: 'CPU', product: PROCESSORS[0], domestic: true, reason: null },
      { part: 'CPU', product: 'Xeon Gold 6338', domestic: false, reason: FOREIGN_REASONS[0] },
      ...BESIDE,
      { part: 'OS', product: SYSTEMS_OF_MACHINES[0], domestic: true, reason: null },
      { part: 'DATABASE', product: DATABASES[0], domestic: true, reason: null },
    ],
    ...(system.protectionLevel > 1 && !system.filed
      ? { filed: true, filingNumber: '32000099001-24001', filingOrgan: '省公安厅', filedOn: '2024-05-20' }
      : {}),
  };
}

function statementOf(
  seeded: Seeded,
): Pick<GovernmentSystem, 'reliabilityValidUntil' | 'reliabilityEntries' | 'reliabilityFileId'> {
  const stated = seeded.chance(HAS_STATED_PERCENT);
  const foreign = seeded.chance(IS_FOREIGN_PERCENT);
  const entry = (part: ReliabilityEntry['part'], product: string): ReliabilityEntry => ({
    part,
    product,
    domestic: true,
    reason: null,
  });
  const entries = [...new Set([PROCESSORS[0], seeded.pick(PROCESSORS)])].map((name) => entry('CPU', name));
  entries.push(
    entry('OS', '欧拉 24.03 LTS'),
    entry('OS', '龙蜥 Anolis OS 8.9'),
    entry('OS', seeded.pick(SYSTEMS_OF_MACHINES)),
    entry('DATABASE', seeded.pick(DATABASES)),
  );
  const reason = seeded.pick(FOREIGN_REASONS);
  const until = `${2027 + seeded.below(3)}-${String(1 + seeded.below(12)).padStart(2, '0')}-28`;
  if (!stated) return { reliabilityFileId: null, reliabilityValidUntil: null, reliabilityEntries: [] };
  return {
    reliabilityFileId: null,
    reliabilityValidUntil: until,
    reliabilityEntries: foreign
      ? [...entries, { part: 'CPU', product: 'Xeon Gold 6338', domestic: false, reason }]
      : entries,
  };
}

function fundingOf(seeded: Seeded, project: Project): FundingMode {
  const dice = seeded.below(100);
  if (project.fundSource.includes('自有') || dice < OWN_PAYS_PERCENT) return 'OWN_PAYS';
  return dice < OWN_PAYS_PERCENT + WITHIN_QUOTA_PERCENT ? 'CENTRAL_WITHIN_QUOTA' : 'CENTRAL';
}
