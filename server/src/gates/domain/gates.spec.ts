import { describe, expect, it } from '@jest/globals';
import { type Grade, NO_GRADES, type StandingGrade } from '../../grades/domain/grade.js';
import {
  type GovernmentSystem,
  type Project,
  UNKNOWN_DETAILS,
  UNKNOWN_PROJECT_DETAILS,
} from '../../systems/domain/system.js';
import { wrongDraft, wrongRules } from './check-rules.js';
import { CHECKS, type GatedLine, type GateFacts } from './checks.js';
import { appliesTo, closed, judge } from './judge.js';
import {
  FOR_EVERYTHING,
  GATE_CHECKS,
  type GateCheck,
  type GateCondition,
  type GateRule,
  type Product,
} from './rules.js';

const TODAY = '2026-11-29';
function product(
  part: Product['part'],
  key: string,
  name: string,
  domestic: boolean | null,
  architectures: Product['architectures'] = [],
): Product {
  return { key, part, name, statedAs: [name, key], offeredAs: [name, key], architectures, domestic };
}
const system: GovernmentSystem = {
  ...UNKNOWN_DETAILS,
  id: 'system',
  code: 'XT-1',
  name: '业务系统',
  departmentId: 'bureau',
  protectionLevel: 3,
  localMode: 'SINGLE',
  remoteMode: 'NONE',
  filed: true,
  frozen: false,
  ownerUserId: 'owner',
  contacts: [{ name: '王', phone: '025-0000000', role: '负责人' }],
  dataClass: 'IMPORTANT',
  assessedOn: '2026-03-01',
  assessmentResult: 'CONFORMING',
  cryptoAssessedOn: '2026-03-01',
  cryptoResult: 'BASICALLY_CONFORMING',
  declarationValidUntil: '2027-12-31',
  reliabilityValidUntil: '2027-12-31',
  reliabilityEntries: [
    { part: 'CPU', product: '鲲鹏', domestic: true, reason: null },
    { part: 'OS', product: '银河麒麟 V10', domestic: true, reason: null },
  ],
};
const project: Project = {
  ...UNKNOWN_PROJECT_DETAILS,
  id: 'project',
  code: 'XM-1',
  name: '项目',
  departmentId: 'bureau',
  budgetYear: 2026,
  fundSource: '财政',
  approvalNumber: '1号',
};
const line: GatedLine = {
  kind: 'VM',
  zone: 'GOVERNMENT_EXTRANET',
  domesticCpu: true,
  localMode: 'SINGLE',
  remoteMode: 'NONE',
  grows: true,
  architecture: 'ARM64',
  cpuMaker: null,
  software: { code: 'kylin-v10-arm64', name: '银河麒麟 V10', part: 'OS' },
};
const PRODUCTS: readonly Product[] = [
  product('CPU', 'kunpeng', '鲲鹏', true, ['ARM64']),
  product('CPU', 'phytium', '飞腾', true, ['ARM64']),
  product('CPU', 'hygon', '海光', true, ['AMD64']),
  product('CPU', 'xeon', 'Intel', false, ['AMD64']),
  product('OS', 'kylin', '麒麟', true),
  product('OS', 'ubuntu', 'Ubuntu', false),
  product('DATABASE', 'dameng', '达梦', true),
];
const facts: GateFacts = {
  today: TODAY,
  system,
  project,
  departmentLevel: 'BUREAU',
  departmentIds: ['bureau', 'city'],
  grades: NO_GRADES,
  request: { id: null, purpose: '业务系统扩容', lines: [line] },
};
const rule = (check: GateCheck, more: Partial<GateRule> = {}): GateRule => ({
  key: check.toLowerCase().replaceAll('_', '-'),
  check,
  severity: 'REFUSE',
  title: { zh: '标题', en: 'title' },
  text: { zh: '请补办', en: 'Put it right' },
  linkTo: 'SYSTEM_PAGE',
  parameter: CHECKS[check].parameter ? 4 : null,
  condition: FOR_EVERYTHING,
  ...more,
});
/** What one check says of the facts with these changes. */
const look = (
  check: GateCheck,
  changes: {
    system?: Partial<GovernmentSystem>;
    project?: Partial<Project>;
    lines?: GatedLine[];
    purpose?: string;
  } = {},
  parameter: number | null = CHECKS[check].parameter ? 60 : null,
) => {
  const changed: GateFacts = {
    ...facts,
    system: { ...system, ...changes.system },
    project: { ...project, ...changes.project },
    request: { ...facts.request, lines: changes.lines ?? [line], purpose: changes.purpose ?? facts.request.purpose },
  };
  const [verdict] = judge({ rules: [rule(check, { parameter })], products: PRODUCTS }, changed);
  if (!verdict) throw new Error('no rule was asked');
  return verdict;
};
const passes = (...args: Parameters<typeof look>): boolean => look(...args).passed;

describe('each check', () => {
  it('finds a system in order where all is in order', () => {
    const parameters: Partial<Record<GateCheck, number>> = {
      LEVEL_ASSESSED: 365,
      CRYPTO_ASSESSED: 365,
      PURPOSE_SAID: 4,
    };
    for (const check of GATE_CHECKS) expect([check, passes(check, {}, parameters[check])]).toEqual([check, true]);
  });

  it.each([
    ['NOT_CLASSIFIED', 'declarationValidUntil'],
    ['RELIABILITY_STATED', 'reliabilityValidUntil'],
  ] as const)('%s holds to the end of its last day, and not where nothing was signed', (check, field) => {
    expect(passes(check, { system: { [field]: TODAY } })).toBe(true);
    expect(passes(check, { system: { [field]: '2026-11-28' } })).toBe(false);
    expect(look(check, { system: { [field]: null } })).toMatchObject({ passed: false, figures: { zh: '尚未提交' } });
  });

  it.each([
    ['DECLARATION_LASTS', 'declarationValidUntil'],
    ['RELIABILITY_LASTS', 'reliabilityValidUntil'],
  ] as const)('%s warns before the end, and leaves what is over or missing to the other', (check, field) => {
    expect(passes(check, { system: { [field]: '2027-01-28' } })).toBe(true);
    expect(passes(check, { system: { [field]: '2027-01-27' } })).toBe(false);
    expect(passes(check, { system: { [field]: '2026-11-28' } })).toBe(true);
    expect(passes(check, { system: { [field]: null } })).toBe(true);
  });

  it('asks for a reason where a processor is not domestic, and names the lines', () => {
    const foreign = { ...line, domesticCpu: false };
    const stated = { part: 'CPU', product: 'Xeon', domestic: false, reason: '授权绑定' } as const;
    expect(look('FOREIGN_REASONED', { lines: [line, foreign, foreign] })).toMatchObject({
      passed: false,
      figures: { zh: '第 2、3 行', en: 'line 2, 3' },
      path: ['content', 'lines'],
    });
    expect(passes('FOREIGN_REASONED', { lines: [foreign], system: { reliabilityEntries: [stated] } })).toBe(true);
    const ofSystem = { ...stated, part: 'OS' } as const;
    expect(passes('FOREIGN_REASONED', { lines: [foreign], system: { reliabilityEntries: [ofSystem] } })).toBe(false);
    // Cabinet space and services have no processor.
    expect(passes('FOREIGN_REASONED', { lines: [{ ...line, domesticCpu: null }] })).toBe(true);
  });

  it('looks at the rest of the record', () => {
    expect(passes('LEVEL_FILED', { system: { filed: false } })).toBe(false);
    expect(passes('SYSTEM_OPEN', { system: { frozen: true } })).toBe(false);
    expect(passes('OWNER_NAMED', { system: { ownerUserId: null } })).toBe(false);
    expect(passes('CONTACT_NAMED', { system: { contacts: [] } })).toBe(false);
    expect(passes('DATA_CLASSED', { system: { dataClass: null } })).toBe(false);
    expect(passes('LEVEL_ASSESSED', { system: { assessedOn: '2025-11-29' } }, 365)).toBe(true);
    expect(passes('LEVEL_ASSESSED', { system: { assessedOn: '2025-11-28' } }, 365)).toBe(false);
    expect(passes('LEVEL_ASSESSED', { system: { assessedOn: null } }, 365)).toBe(false);
    expect(passes('CRYPTO_ASSESSED', { system: { cryptoResult: 'NOT_CONFORMING' } }, 365)).toBe(false);
    expect(passes('PROJECT_APPROVED', { project: { approvalNumber: null } })).toBe(false);
    expect(passes('PROJECT_APPROVED', { project: { approvalNumber: null, filingNumber: 'BA-1' } })).toBe(true);
    expect(look('PURPOSE_SAID', { purpose: ' 扩容 ' }, 4)).toMatchObject({
      passed: false,
      figures: { zh: '已写 2 字，至少 4 字' },
      subjectType: 'Request',
      subjectId: null,
    });
  });
});

describe('lines against the statement', () => {
  const hygon: GatedLine = { ...line, architecture: 'AMD64' };
  const ubuntu: GatedLine = { ...line, software: { code: 'ubuntu-24.04', name: 'Ubuntu Server', part: 'OS' } };
  const strange: GatedLine = { ...line, software: { code: 'own-os', name: '自研系统', part: 'OS' } };
  const cpu = (name: string, domestic = true) => ({ part: 'CPU', product: name, domestic, reason: null }) as const;
  const os = (name: string, domestic = true) => ({ part: 'OS', product: name, domestic, reason: null }) as const;
  const stating = (...reliabilityEntries: GovernmentSystem['reliabilityEntries']) => ({ reliabilityEntries });

  it('refuses software that the statement does not name, at its line, with what it names', () => {
    const verdict = look('SOFTWARE_STATED', { lines: [line, ubuntu] });
    expect(verdict).toMatchObject({
      passed: false,
      figures: { zh: '第 2 行：Ubuntu Server 未列入说明；说明中的操作系统：银河麒麟 V10' },
    });
    expect(closed([verdict])).toMatchObject([
      { gate: 'software-stated', path: ['content', 'lines', '1', 'vm', 'imageId'], subjectType: 'System' },
    ]);
  });

  it('refuses a database service that is not stated, and asks nothing of a service that is no software', () => {
    const service = (name: string): GatedLine => ({
      ...line,
      kind: 'SERVICE',
      architecture: null,
      software: { code: 'service', name, part: null },
    });
    expect(closed([look('SOFTWARE_STATED', { lines: [service('达梦数据库')] })])).toMatchObject([
      { path: ['content', 'lines', '0', 'service', 'offerId'] },
    ]);
    expect(look('SOFTWARE_STATED', { lines: [service('备份服务')] })).toMatchObject({ passed: true, figures: null });
  });

  it('refuses a processor that is none of those stated, and takes any that is', () => {
    const verdict = look('PROCESSOR_STATED', { lines: [hygon, line] });
    expect(closed([verdict])).toMatchObject([
      { path: ['content', 'lines', '0', 'vm', 'offerId'], message: { zh: expect.stringContaining('鲲鹏') } },
    ]);
    expect(passes('PROCESSOR_STATED', { lines: [hygon], system: stating(cpu('鲲鹏'), cpu('海光 7380')) })).toBe(true);
  });

  it('asks a server for its own maker, not for any of its architecture', () => {
    const server: GatedLine = { ...line, kind: 'SERVER', cpuMaker: 'PHYTIUM', software: null };
    expect(closed([look('PROCESSOR_STATED', { lines: [server] })])).toMatchObject([
      { path: ['content', 'lines', '0', 'server', 'offerId'], message: { zh: expect.stringContaining('飞腾 ARM64') } },
    ]);
    expect(passes('PROCESSOR_STATED', { lines: [server], system: stating(cpu('飞腾 S5000C')) })).toBe(true);
  });

  it('refuses what the statement calls domestic and the directory does not', () => {
    const said = look('SOFTWARE_STATED', { lines: [ubuntu], system: stating(cpu('鲲鹏'), os('Ubuntu 24.04')) });
    expect(said).toMatchObject({ passed: false, figures: { zh: expect.stringContaining('称“Ubuntu 24.04”为国产') } });
    expect(
      passes('SOFTWARE_STATED', { lines: [ubuntu], system: stating(cpu('鲲鹏'), os('Ubuntu 24.04', false)) }),
    ).toBe(true);
    expect(passes('PROCESSOR_STATED', { lines: [hygon], system: stating(cpu('Intel Xeon')) })).toBe(false);
  });

  it('says what the directory does not know instead of guessing', () => {
    expect(look('SOFTWARE_STATED', { lines: [strange, strange] })).toMatchObject({
      passed: true,
      figures: { zh: '“自研系统”不在产品目录中，未比对' },
    });
    expect(look('PROCESSOR_STATED', { lines: [hygon], system: stating(cpu('某型处理器')) })).toMatchObject({
      passed: true,
      figures: { zh: '“某型处理器”不在产品目录中，未比对' },
    });
  });

  it('leaves what was never stated to the rule that asks for a statement, and a change alone', () => {
    for (const check of ['PROCESSOR_STATED', 'SOFTWARE_STATED'] as const) {
      expect(look(check, { lines: [hygon, ubuntu], system: stating() })).toMatchObject({ passed: true, figures: null });
      expect(passes(check, { lines: [{ ...hygon, architecture: null, software: null }] })).toBe(true);
    }
  });

  it('names twenty lines and counts the rest', () => {
    const verdict = look('SOFTWARE_STATED', { lines: Array.from({ length: 50 }, () => ubuntu) });
    expect(closed([verdict])).toHaveLength(20);
    expect(verdict.figures?.zh).toContain('另有 30 行');
  });
});

describe('a poor grade', () => {
  const standing = (grade: Grade, evaluationId: string): StandingGrade => ({
    ...{ subjectId: 'system', kind: 'SYSTEM' as const, departmentId: 'bureau', grade, evaluationId },
    ...{ code: 'JX-2026-000001', periodTo: '2026-11-01' },
  });
  const found = (check: 'SYSTEM_GRADE' | 'DEPARTMENT_GRADE', grades: GateFacts['grades'], grows = true) => {
    const [verdict] = judge(
      { rules: [rule(check, { linkTo: 'EVALUATION' })] },
      {
        ...facts,
        grades,
        request: {
          ...facts.request,
          lines: [
            { ...line, grows: false },
            { ...line, grows },
          ],
        },
      },
    );
    if (!verdict) throw new Error('no rule was asked');
    return verdict;
  };

  it('refuses whatever grows, with the evaluation that says so, and nothing else', () => {
    const grades = { system: standing('POOR', 'e1'), department: standing('POOR', 'e2') };
    expect(closed([found('SYSTEM_GRADE', grades), found('DEPARTMENT_GRADE', grades)])).toMatchObject([
      {
        ...{ code: 'GATE_CLOSED', gate: 'system-grade', subjectType: 'PerformanceEvaluation', subjectId: 'e1' },
        ...{ linkTo: 'EVALUATION', path: ['content', 'lines'] },
        message: { zh: expect.stringContaining('JX-2026-000001') },
      },
      { gate: 'department-grade', subjectId: 'e2' },
    ]);
    expect(found('SYSTEM_GRADE', grades, false).passed).toBe(true);
    expect(found('SYSTEM_GRADE', { ...grades, system: standing('FAIR', 'e1') }).passed).toBe(true);
    expect(found('SYSTEM_GRADE', { system: null, department: grades.department }).passed).toBe(true);
  });
});

describe('a judgement', () => {
  it('tells everything at once, refuses by what refuses, and only warns of what warns', () => {
    const verdicts = judge(
      {
        rules: [
          rule('NOT_CLASSIFIED'),
          rule('OWNER_NAMED', { severity: 'WARN' }),
          rule('PROJECT_APPROVED'),
          rule('SYSTEM_OPEN'),
        ],
      },
      {
        ...facts,
        system: { ...system, declarationValidUntil: '2026-06-30', ownerUserId: null },
        project: { ...project, approvalNumber: null },
      },
    );
    expect(verdicts.map(({ key, passed }) => [key, passed])).toEqual([
      ['not-classified', false],
      ['owner-named', false],
      ['project-approved', false],
      ['system-open', true],
    ]);
    expect(closed(verdicts)).toEqual([
      {
        code: 'GATE_CLOSED',
        path: ['content', 'systemId'],
        gate: 'not-classified',
        subjectType: 'System',
        subjectId: 'system',
        linkTo: 'SYSTEM_PAGE',
        message: { zh: '请补办（有效期至 2026-06-30）', en: 'Put it right (valid until 2026-06-30)' },
      },
      expect.objectContaining({ gate: 'project-approved', subjectType: 'Project', subjectId: 'project' }),
    ]);
  });

  it('is for those requests that every part of the condition names', () => {
    const applies = (condition: Partial<GateCondition>) => appliesTo({ ...FOR_EVERYTHING, ...condition }, facts);
    const yes: Partial<GateCondition>[] = [
      {},
      { kinds: ['SERVER', 'VM'] },
      { zones: ['GOVERNMENT_EXTRANET'] },
      { protectionLevels: [3] },
      { localModes: ['SINGLE'], remoteModes: ['NONE'] },
      { departmentLevels: ['BUREAU'], departmentIds: ['city'] },
    ];
    const no: Partial<GateCondition>[] = [
      { kinds: ['CABINET'] },
      { zones: ['INTERNET'] },
      { protectionLevels: [1, 2] },
      { localModes: ['DUAL_ACTIVE'] },
      { remoteModes: ['DATA'] },
      { departmentLevels: ['CITY'] },
      { departmentIds: ['another'] },
      { protectionLevels: [3], departmentLevels: ['PROVINCE'] },
    ];
    expect(yes.filter((condition) => !applies(condition))).toEqual([]);
    expect(no.filter(applies)).toEqual([]);
  });
});

describe('an edition', () => {
  const wrong = (...rules: GateRule[]) =>
    wrongRules({ rules, products: PRODUCTS }, TODAY, TODAY).map(
      (refusal) => `${refusal.path.join('.')} ${'rule' in refusal ? refusal.rule : ''}`,
    );

  it('may be published when every rule is whole', () => {
    expect(wrong(...GATE_CHECKS.map((check) => rule(check)))).toEqual([]);
  });

  it('is refused at each place that is wrong', () => {
    const bad = rule('DECLARATION_LASTS', {
      key: 'Not A Key',
      title: { zh: '', en: 'x'.repeat(61) },
      text: { zh: ' ', en: 'x' },
      parameter: 0,
      condition: { ...FOR_EVERYTHING, zones: [] },
    });
    expect(wrong(bad)).toEqual([
      'rules.0.key format',
      'rules.0.title.zh length',
      'rules.0.text.zh length',
      'rules.0.title.en length',
      'rules.0.parameter range',
      'rules.0.condition.zones empty',
    ]);
    expect(wrong(rule('SYSTEM_OPEN'), rule('SYSTEM_OPEN'))).toEqual(['rules.0.key twice', 'rules.1.key twice']);
    expect(wrong(rule('SYSTEM_OPEN', { parameter: 5 }))).toEqual(['rules.0.parameter range']);
    expect(wrongRules({ rules: [] }, '2026-11-28', TODAY)).toMatchObject([{ path: ['effectiveFrom'], rule: 'past' }]);
  });

  it('is refused where a product of the directory is not whole, or a rule has none to compare with', () => {
    const [kylin] = PRODUCTS.filter(({ key }) => key === 'kylin') as [Product];
    const at = (products: readonly Product[], ...rules: GateRule[]) =>
      wrongRules({ rules, products }, TODAY, TODAY).map(({ path }) => path.join('.'));
    expect(at([{ ...kylin, key: '-', name: '', statedAs: [], offeredAs: ['a'], architectures: ['ARM64'] }])).toEqual([
      'products.0.key',
      'products.0.name',
      'products.0.statedAs',
      'products.0.offeredAs',
      'products.0.architectures',
    ]);
    expect(at([kylin, kylin])).toEqual(['products.0.key', 'products.1.key']);
    expect(at([{ ...kylin, part: 'CPU' }])).toEqual(['products.0.architectures']);
    expect(at([kylin], rule('SOFTWARE_STATED'), rule('PROCESSOR_STATED'))).toEqual(['rules.1.check']);
  });

  it('may be kept half made, never endless', () => {
    expect(wrongDraft('改动', TODAY, { rules: [rule('SYSTEM_OPEN', { key: '' })] })).toEqual([]);
    expect(wrongDraft('', '29.11.', { rules: Array.from({ length: 41 }, () => rule('SYSTEM_OPEN')) })).toMatchObject([
      { path: ['note'] },
      { path: ['effectiveFrom'] },
      { path: ['rules'] },
    ]);
  });
});
