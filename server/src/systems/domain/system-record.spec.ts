import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DepartmentLevel } from '../../departments/domain/department.js';
import { daysAfter, declarationStateOn } from './declaration.js';
import { isCalendarDate } from './field-checks.js';
import {
  checkEnd,
  checkKeysOnly,
  checkLink,
  checkProject,
  checkTakeBack,
  type ProjectContent,
} from './project-record.js';
import { overlaps, type Project, UNKNOWN_PROJECT_DETAILS } from './system.js';
import { checkSystem, type SystemContent } from './system-record.js';
import { isBoundOn } from './vendor-binding.js';

const TODAY = '2026-11-24';
const system: SystemContent = {
  code: 'XT-RST-001',
  name: '社会保险信息系统',
  protectionLevel: 3,
  localMode: 'DUAL_ACTIVE',
  remoteMode: 'DATA',
  description: null,
  filingNumber: '32010099999-00001',
  filingOrgan: '省公安厅',
  filedOn: '2025-03-01',
  assessedOn: '2026-05-01',
  assessmentResult: 'CONFORMING',
  cryptoAssessedOn: null,
  cryptoResult: null,
  cryptoNumber: null,
  dataClass: 'IMPORTANT',
  criticalInfrastructure: true,
  sharesData: true,
  availabilityMilliPercent: 99_950,
  usersEstimate: 10_000,
  concurrencyEstimate: 500,
  contacts: [{ name: '陈晓舟', phone: '025-83300000', role: '业务负责人' }],
  vendorCompany: '某某信息技术有限公司',
};
const wrongFields = (more: Partial<SystemContent>): string[] => {
  const checked = checkSystem({ ...system, ...more }, TODAY);
  return checked.ok
    ? []
    : checked.error.map(({ path, ...e }) => `${path.slice(1).join('.')}:${'rule' in e ? e.rule : ''}`);
};

describe('checkSystem', () => {
  it('takes a full record, and one of which hardly anything is known', () => {
    expect(checkSystem(system, TODAY)).toMatchObject({ ok: true, value: { filed: true } });
    const bare = { filingNumber: ' ', filingOrgan: '', filedOn: null, assessedOn: null, assessmentResult: null };
    expect(
      checkSystem({ ...system, ...bare, dataClass: null, availabilityMilliPercent: null, contacts: [] }, TODAY),
    ).toMatchObject({ ok: true, value: { filed: false, filingNumber: null, filingOrgan: null } });
  });

  it.each<[Partial<SystemContent>, string[]]>([
    [{ code: 'xt-1' }, ['code:code']],
    [{ code: 'X'.repeat(41) }, ['code:code']],
    [{ name: '   ' }, ['name:length']],
    [{ protectionLevel: 4 }, ['protectionLevel:range']],
    [{ protectionLevel: 2.5 }, ['protectionLevel:range']],
    [{ filingOrgan: null }, ['filingOrgan:together']],
    [{ filedOn: '2026-11-25' }, ['filedOn:past']],
    [{ filedOn: '2026-02-30' }, ['filedOn:date']],
    [{ filingNumber: '号' }, ['filingNumber:format']],
    [{ assessmentResult: null }, ['assessmentResult:together']],
    [{ cryptoNumber: 'MP-1' }, ['cryptoAssessedOn:together', 'cryptoResult:together']],
    [{ availabilityMilliPercent: 100_001 }, ['availabilityPercent:range']],
    [{ availabilityMilliPercent: 99_950.5 }, ['availabilityPercent:range']],
    [{ usersEstimate: -1 }, ['usersEstimate:range', 'concurrencyEstimate:range']],
    [{ concurrencyEstimate: 10_001 }, ['concurrencyEstimate:range']],
    [
      { contacts: [{ name: '', phone: 'x', role: '' }] },
      ['contacts.0.name:length', 'contacts.0.role:length', 'contacts.0.phone:phone'],
    ],
    [
      { contacts: Array.from({ length: 11 }, () => ({ name: '甲', phone: '12345', role: '值班' })) },
      ['contacts:range'],
    ],
  ])('refuses %j', (more, wrong) => {
    expect(wrongFields(more)).toEqual(wrong);
  });

  it('says everything that is wrong at once', () => {
    expect(wrongFields({ code: '', name: '', protectionLevel: 0 })).toHaveLength(3);
  });
});

describe('isCalendarDate', () => {
  it('is true for days that there are, and only for them', () => {
    const day = fc.date({
      min: new Date('1990-01-01T00:00:00Z'),
      max: new Date('2099-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(fc.property(day, (date) => isCalendarDate(date.toISOString().slice(0, 10))));
    for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', '20260101', '', '1989-12-31', '2100-01-01'])
      expect(isCalendarDate(text)).toBe(false);
  });
});

describe('a declaration', () => {
  it('holds through its last day, and warns two months before', () => {
    expect(declarationStateOn(null, TODAY)).toBe('MISSING');
    expect(declarationStateOn('2026-11-23', TODAY)).toBe('EXPIRED');
    expect(declarationStateOn(TODAY, TODAY)).toBe('EXPIRING');
    expect(declarationStateOn(daysAfter(TODAY, 60), TODAY)).toBe('EXPIRING');
    expect(declarationStateOn(daysAfter(TODAY, 61), TODAY)).toBe('VALID');
  });
});

describe("a vendor's staff", () => {
  it('reaches a system through the last day of the binding, and not the day after', () => {
    expect(isBoundOn({ until: TODAY }, TODAY)).toBe(true);
    expect(isBoundOn({ until: TODAY }, '2026-11-25')).toBe(false);
  });
});

const project: ProjectContent = {
  ...UNKNOWN_PROJECT_DETAILS,
  code: 'XM-2026-0001',
  name: '升级改造项目',
  budgetYear: 2026,
  fundSource: '省级财政资金',
};

describe('checkProject', () => {
  const wrong = (more: Partial<ProjectContent>, level: DepartmentLevel = 'PROVINCE'): string[] => {
    const checked = checkProject({ ...project, ...more }, TODAY, level);
    return checked.ok ? [] : checked.error.map(({ path }) => path.slice(1).join('.'));
  };

  it('wants a reason for a budget level that is not the department’s', () => {
    for (const level of ['CITY', 'BUREAU'] as const) {
      expect(wrong({ budgetLevel: 'CITY' }, level)).toEqual([]);
      expect(wrong({ budgetLevel: 'PROVINCE' }, level)).toEqual(['budgetLevelReason']);
      expect(wrong({ budgetLevel: 'PROVINCE', budgetLevelReason: '省级专项转移支付' }, level)).toEqual([]);
    }
    expect(wrong({ budgetLevel: 'COUNTY' }, 'BUREAU')).toEqual([]);
    expect(wrong({ budgetLevel: 'CITY' })).toEqual(['budgetLevelReason']);
  });

  it('takes a period back that has not begun or was never used, with a reason', () => {
    const codes = (from: string, used: number, reason = '项目选错') =>
      checkTakeBack({ from }, { today: TODAY, used, reason }).map(({ path }) => path.join('.'));
    expect(codes(daysAfter(TODAY, 1), 5)).toEqual([]);
    expect(codes(TODAY, 0)).toEqual([]);
    expect(codes(TODAY, 1)).toEqual(['from']);
    expect(codes(TODAY, 0, ' ')).toEqual(['reason']);
  });

  it.each<[Partial<ProjectContent>, string[]]>([
    [{}, []],
    [
      { functionClass: '2010399', economicClass: '30227', budgetCode: '320000260001', fundNature: 'GENERAL_BUDGET' },
      [],
    ],
    [{ functionClass: '20103' }, []],
    [{ functionClass: '2010' }, ['functionClass']],
    [{ economicClass: '3022' }, ['economicClass']],
    [{ budgetCode: 'ab' }, ['budgetCode']],
    [{ budgetYear: 1999 }, ['budgetYear']],
    [{ totalBudgetFen: -1n }, ['totalBudgetFen']],
    [{ totalBudgetFen: 1_000_000_000_001n }, ['totalBudgetFen']],
    [{ filingNumber: 'BA-1' }, ['filedOn']],
    [{ performanceTargets: ['x'.repeat(201)] }, ['performanceTargets.0']],
  ])('judges %o', (more, fields) => {
    expect(wrong(more)).toEqual(fields);
  });

  it('drops empty targets', () => {
    expect(checkProject({ ...project, performanceTargets: ['', ' 上线率 99% '] }, TODAY, 'PROVINCE')).toMatchObject({
      value: { performanceTargets: ['上线率 99%'] },
    });
  });

  it('lets the finance office change keys and nothing else', () => {
    const before: Project = { ...project, id: 'p', departmentId: 'd', version: 1, totalBudgetFen: 5n };
    const { id: _i, departmentId: _d, version: _v, ...same } = before;
    expect(checkKeysOnly(before, { ...same, functionClass: '201', budgetYear: 2027 })).toEqual([]);
    expect(
      checkKeysOnly(before, { ...same, name: '别的', totalBudgetFen: 6n })
        .map((r) => r.path[1] ?? '')
        .toSorted((a, b) => (a < b ? -1 : 1)),
    ).toEqual(['name', 'totalBudgetFen']);
  });
});

describe('periods of one pair', () => {
  const day = fc.integer({ min: 0, max: 40 }).map((n) => daysAfter('2026-01-01', n));
  const period = fc
    .tuple(day, fc.option(fc.integer({ min: 1, max: 20 })))
    .map(([from, length]) => ({ from, to: length === null ? null : daysAfter(from, length) }));

  it('overlap exactly when they share a day', () => {
    const days = Array.from({ length: 80 }, (_, n) => daysAfter('2026-01-01', n));
    const covers = (p: { from: string; to: string | null }, d: string) => p.from <= d && (p.to === null || d < p.to);
    fc.assert(fc.property(period, period, (a, b) => overlaps(a, b) === days.some((d) => covers(a, d) && covers(b, d))));
  });

  it('are refused when they overlap or are empty', () => {
    const link = { systemId: 's', projectId: 'p', from: '2026-01-01', to: '2027-01-01' };
    expect(checkLink(link, [{ from: '2027-01-01', to: null }])).toEqual([]);
    expect(checkLink(link, [{ from: '2026-12-31', to: null }])).toMatchObject([{ rule: 'overlap' }]);
    expect(checkLink({ ...link, to: '2026-01-01' }, [])).toMatchObject([{ rule: 'period' }]);
    expect(checkLink({ ...link, from: 'tomorrow' }, [])).toMatchObject([{ rule: 'date' }]);
  });

  it('end later than they began and not later than they would', () => {
    expect(checkEnd({ from: '2026-01-01', to: null }, '2026-01-02')).toEqual([]);
    expect(checkEnd({ from: '2026-01-01', to: null }, '2026-01-01')).toHaveLength(1);
    expect(checkEnd({ from: '2026-01-01', to: '2026-06-01' }, '2026-06-02')).toHaveLength(1);
  });
});
