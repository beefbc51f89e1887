import type { Migration, MigrationStep } from '../migration.js';

const EDITION_ID = '019ad000-0000-7000-8000-000000000001';
const PUBLISHED_AT = new Date('2026-11-29T00:00:00.000Z');
const LARGE_FROM_FEN = '5000000';
const SMALL_BELOW_FEN = '500000';

interface Step {
  readonly key: string;
  readonly zh: string;
  readonly en: string;
  readonly role: string;
  readonly days: number;
  readonly escalatesTo: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

const SIGN_OFF: Step = {
  key: 'sign-off',
  zh: '单位信息化负责人审签',
  en: "Sign-off by the department's head of IT",
  role: 'DEPARTMENT_HEAD',
  days: 3,
  escalatesTo: 'DEPARTMENT_HEAD',
};
const CITY_REVIEW: Step = {
  key: 'city-review',
  zh: '市级初审',
  en: "The city's first review",
  role: 'CITY_ADMINISTRATOR',
  days: 3,
  escalatesTo: 'CENTER_ACCEPTANCE',
};
const ACCEPTANCE: Step = {
  key: 'acceptance',
  zh: '大数据中心受理',
  en: 'Acceptance by the big-data center',
  role: 'CENTER_ACCEPTANCE',
  days: 2,
  escalatesTo: 'LEADER',
  more: { holdsCapacity: true },
};
const TECHNICAL: Step = {
  key: 'technical-review',
  zh: '技术评审',
  en: 'Technical review',
  role: 'CENTER_REVIEWER',
  days: 5,
  escalatesTo: 'LEADER',
};
const EXPERTS: Step = {
  key: 'expert-review',
  zh: '专家评审',
  en: "The experts' review",
  role: 'CENTER_REVIEWER',
  days: 8,
  escalatesTo: 'LEADER',
  more: { needsFile: true },
};
const ALLOCATION: Step = {
  key: 'allocation',
  zh: '容量分配',
  en: 'Allocation of capacity',
  role: 'CAPACITY_ALLOCATOR',
  days: 3,
  escalatesTo: 'LEADER',
};
const AUTHORITY: Step = {
  key: 'authority',
  zh: '云主管部门审定',
  en: 'Decision by the cloud authority',
  role: 'CLOUD_AUTHORITY',
  days: 5,
  escalatesTo: 'LEADER',
};

const stepOf = ({ key, zh, en, role, days, escalatesTo, more }: Step) => ({
  key,
  title: { zh, en },
  roles: [role],
  mode: 'ANY',
  count: 1,
  deadlineWorkingDays: days,
  needsFile: false,
  holdsCapacity: false,
  escalatesTo,
  ...more,
});
const chainOf = (key: string, zh: string, en: string, steps: readonly Step[]) => ({
  key,
  title: { zh, en },
  steps: steps.map(stepOf),
});
const ruleOf = (zh: string, en: string, chainKey: string, condition: Readonly<Record<string, unknown>>) => ({
  title: { zh, en },
  chainKey,
  condition: {
    kinds: null,
    monthlyFenFrom: null,
    monthlyFenBelow: null,
    localModes: null,
    remoteModes: null,
    departmentLevels: null,
    departmentIds: null,
    insidePlan: false,
    ...condition,
  },
});

const STANDARD = [SIGN_OFF, CITY_REVIEW, ACCEPTANCE, TECHNICAL, ALLOCATION];
const CONTENT = {
  rules: [
    ruleOf('计划内小额', 'Small and foreseen in the plan', 'short', {
      monthlyFenBelow: SMALL_BELOW_FEN,
      insidePlan: true,
    }),
    ruleOf('大额（每月 5 万元起）', 'Large (50,000 yuan a month and more)', 'large', {
      monthlyFenFrom: LARGE_FROM_FEN,
    }),
    ruleOf('其余', 'Everything else', 'standard', {}),
  ],
  chains: [
    chainOf('short', '简易流程', 'Short chain', [SIGN_OFF, CITY_REVIEW, ACCEPTANCE, ALLOCATION]),
    chainOf('standard', '标准流程', 'Standard chain', STANDARD),
    chainOf('large', '大额流程', 'Chain for large requests', [
      SIGN_OFF,
      CITY_REVIEW,
      ACCEPTANCE,
      EXPERTS,
      ALLOCATION,
      AUTHORITY,
    ]),
  ],
};

/** The first edition of the chains, and what was under way before there were any, put where it stood. */
export const defaultChains: Migration = {
  id: '202611290302-default-chains',
  async up(step) {
    await step.sql(
      `insert into approval_edition (id, number, open_draft, note, content, version, changed_at, changed_by_id,
         changed_by, published_at, published_by_id, published_by)
       values (?, 1, null, ?, ?, 1, ?, null, '集云', ?, null, '集云')`,
      [EDITION_ID, '初始流程', JSON.stringify(CONTENT), PUBLISHED_AT, PUBLISHED_AT],
    );
    await step.sql('alter table request add column due_at datetime(3) null');
    await step.sql('alter table request add key ix_request_due (due_at, id)');
    await putUnderWay(step);
  },
};

/**
 * Requests that wait for sign-off or review take the standard chain where they are: signed off by whom they were, and
 * before the center's acceptance. Deadlines begin when the console next moves them; until then none is due.
 */
async function putUnderWay({ sql }: MigrationStep): Promise<void> {
  await sql(
    `insert into approval_round (id, subject_id, number, edition_id, chain_key, chosen_by, chain_title_zh, chain_title_en, state,
       running_subject_id, current_step_id, started_at, ended_at)
     select uuid(), r.id, 1, ?, 'standard', '', '标准流程', 'Standard chain', 'RUNNING', r.id, uuid(), r.state_since, null
     from request r where r.state in ('AWAITING_SIGN_OFF', 'UNDER_REVIEW')`,
    [EDITION_ID],
  );
  await sql(`insert into approval_participant (round_id, person_id)
     select d.id, r.applicant_id from approval_round d join request r on r.id = d.subject_id`);
  await sql(`insert ignore into approval_participant (round_id, person_id)
     select d.id, r.signer_id from approval_round d join request r on r.id = d.subject_id
     where r.state = 'UNDER_REVIEW' and r.signer_id is not null`);
  await sql(`insert ignore into approval_participant (round_id, person_id)
     select d.id, had.person_id from approval_round d join request r on r.id = d.subject_id
     join json_table(coalesce(r.former_applicant_ids, '[]'), '$[*]' columns (person_id char(36) path '$')) had`);
  for (const [index, { key, zh, en, role, days, escalatesTo, more }] of STANDARD.entries()) {
    // A city's review comes before the hold, and what is under review holds already.
    if (key === 'city-review') continue;
    const state =
      index === 0
        ? "if(r.state = 'AWAITING_SIGN_OFF', 'CURRENT', 'APPROVED')"
        : key === 'acceptance'
          ? "if(r.state = 'UNDER_REVIEW', 'CURRENT', 'WAITING')"
          : "'WAITING'";
    await sql(
      `insert into approval_step (id, round_id, position, step_key, title_zh, title_en, state,
         deadline_working_days, needs_file, holds_capacity, escalates_to, since, ended_at)
       select if(${state} = 'CURRENT', d.current_step_id, uuid()), d.id, ?, ?, ?, ?, ${state}, ?, 0, ?, ?,
         if(${state} = 'WAITING', null, r.state_since), if(${state} = 'APPROVED', r.state_since, null)
       from approval_round d join request r on r.id = d.subject_id`,
      [(index + 1) * 100, key, zh, en, days, more?.holdsCapacity === true ? 1 : 0, escalatesTo],
    );
    await sql(
      `insert into approval_seat (id, step_id, number, roles, verdict, decided_by_id, decided_by_name, decided_role, decided_at)
       select uuid(), s.id, 1, ?, if(s.state = 'APPROVED', 'APPROVE', null),
         if(s.state = 'APPROVED', coalesce(r.signer_id, '00000000-0000-0000-0000-000000000000'), null),
         if(s.state = 'APPROVED', coalesce((select t.actor_name from request_step t where t.request_id = r.id and t.action = 'SUBMIT'
           order by t.at desc limit 1), '–'), null),
         if(s.state = 'APPROVED', ?, null), s.ended_at
       from approval_step s join approval_round d on d.id = s.round_id join request r on r.id = d.subject_id
       where s.step_key = ?`,
      [role, role, key],
    );
  }
}
