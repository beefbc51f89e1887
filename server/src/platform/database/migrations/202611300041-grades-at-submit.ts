import type { Migration } from '../migration.js';

const GATES_BEFORE = '019ad000-0000-7000-8000-000000000003';
const GATES = '019ad000-0000-7000-8000-000000000041';
const CHAINS_BEFORE = '019ad000-0000-7000-8000-000000000001';
const CHAINS = '019ad000-0000-7000-8000-000000000042';
const PUBLISHED_AT = new Date('2026-11-30T00:00:00.000Z');

const rule = (
  key: string,
  check: string,
  severity: string,
  title: readonly [string, string],
  text: readonly [string, string],
) => ({
  key,
  check,
  severity,
  title: { zh: title[0], en: title[1] },
  text: { zh: text[0], en: text[1] },
  linkTo: 'EVALUATION',
  parameter: null,
  condition: {
    kinds: null,
    zones: null,
    protectionLevels: null,
    localModes: null,
    remoteModes: null,
    departmentLevels: null,
    departmentIds: null,
  },
});

/** A department is warned: one good system is not to wait for its neighbours. A province may make it a refusal. */
const RULES = [
  rule(
    'system-grade',
    'SYSTEM_GRADE',
    'REFUSE',
    ['系统绩效评价不为差', 'The system is not graded poor'],
    [
      '该系统绩效评价等次为差，不予扩容；请先整改、降配或对评价提出申诉',
      'The system is graded poor and may not grow: put it right, make it smaller, or appeal against the evaluation',
    ],
  ),
  rule(
    'department-grade',
    'DEPARTMENT_GRADE',
    'WARN',
    ['单位绩效评价不为差', 'The department is not graded poor'],
    [
      '本单位绩效评价等次为差，扩容申请将从严审核',
      'The department is graded poor: what grows is looked at with more care',
    ],
  ),
];

/**
 * 差 does not grow, and takes no short chain: another edition of the gates and one of the chains. A province that has
 * published its own keeps it; its cloud authority takes these over with its next one.
 */
export const gradesAtSubmit: Migration = {
  id: '202611300041-grades-at-submit',
  async up({ sql }) {
    const [content, values] = RULES.reduce<readonly [string, readonly unknown[]]>(
      ([to, with_], one) => [
        `json_array_append(${to}, '$.rules', json_extract(?, '$'))`,
        [...with_, JSON.stringify(one)],
      ],
      ['content', []],
    );
    await sql(
      `insert into gate_edition (id, number, open_draft, note, effective_from, content, version, changed_at, changed_by_id,
         changed_by, published_at, published_by_id, published_by)
       select ?, 3, null, '绩效评价为差的不予扩容', '2026-01-01', ${content}, 1, ?, null, '集云', ?, null, '集云'
         from gate_edition where id = ? and (select max(number) from gate_edition) = 2`,
      [GATES, ...values, PUBLISHED_AT, PUBLISHED_AT, GATES_BEFORE],
    );
    await sql(
      `insert into approval_edition (id, number, open_draft, note, content, version, changed_at, changed_by_id, changed_by,
         published_at, published_by_id, published_by)
       select ?, 2, null, '绩效评价为差的不走简易流程', json_set(content, '$.rules[0].condition.exceptPoor', true), 1, ?, null,
         '集云', ?, null, '集云'
         from approval_edition where id = ? and (select max(number) from approval_edition) = 1`,
      [CHAINS, PUBLISHED_AT, PUBLISHED_AT, CHAINS_BEFORE],
    );
  },
};
