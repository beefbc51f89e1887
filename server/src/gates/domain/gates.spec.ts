import { describe, expect, it } from '@jest/globals';
import {
  type GovernmentSystem,
  type Project,
  UNKNOWN_DETAILS,
  UNKNOWN_PROJECT_DETAILS,
} from '../../systems/domain/system.js';
import { wrongDraft, wrongRules } from './check-rules.js';
import { CHECKS, type GatedLine, type GateFacts } from './checks.js';
import { appliesTo, closed, judge } from './judge.js';
import { FOR_EVERYTHING, GATE_CHECKS, type GateCheck, type GateCondition, type GateRule } from './rules.js';

const TODAY = '2026-11-29';
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
  reliabilityEntries: [{ part: 'CPU', product: '鲲鹏', domestic: true, reason: null }],
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
const line: GatedLine = { kind: 'VM', zone: 'GOVERNMENT_EXTRANET', domesticCpu: true };
const facts: GateFacts = {
  today: TODAY,
  system,
  project,
  departmentLevel: 'BUREAU',
  departmentIds: ['bureau', 'city'],
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
  const [verdict] = judge({ rules: [rule(check, { parameter })] }, changed);
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
    wrongRules({ rules }, TODAY, TODAY).map(
      (refusal) => `${refusal.path.join('.')} ${'rule' in refusal ? refusal.rule : ''}`,
    );

  it('may be published when every rule is whole', () => {
    expect(wrong(...GATE_CHECKS.map((check) => rule(check)))).toEqual([]);
  });

  it('is refused at each place that is wrong', () => {
    const bad = rule('DECLARATION_LASTS', {
      key: 'Not A Key',
      title: { zh: '', en: 'x'.repeat(41) },
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

  it('may be kept half made, never endless', () => {
    expect(wrongDraft('改动', TODAY, { rules: [rule('SYSTEM_OPEN', { key: '' })] })).toEqual([]);
    expect(wrongDraft('', '29.11.', { rules: Array.from({ length: 41 }, () => rule('SYSTEM_OPEN')) })).toMatchObject([
      { path: ['note'] },
      { path: ['effectiveFrom'] },
      { path: ['rules'] },
    ]);
  });
});
