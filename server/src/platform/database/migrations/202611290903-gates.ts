import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const EDITION_ID = '019ad000-0000-7000-8000-000000000002';
const PUBLISHED_AT = new Date('2026-11-29T00:00:00.000Z');
const EFFECTIVE_FROM = '2026-01-01';

const EVERYTHING = {
  kinds: null,
  zones: null,
  protectionLevels: null,
  localModes: null,
  remoteModes: null,
  departmentLevels: null,
  departmentIds: null,
};

const rule = (
  key: string,
  check: string,
  severity: 'REFUSE' | 'WARN',
  linkTo: string,
  title: readonly [zh: string, en: string],
  text: readonly [zh: string, en: string],
  more: { readonly parameter?: number; readonly protectionLevels?: readonly number[] } = {},
) => ({
  key,
  check,
  severity,
  title: { zh: title[0], en: title[1] },
  text: { zh: text[0], en: text[1] },
  linkTo,
  parameter: more.parameter ?? null,
  condition: { ...EVERYTHING, protectionLevels: more.protectionLevels ?? null },
});

const RULES = [
  rule(
    'system-open',
    'SYSTEM_OPEN',
    'REFUSE',
    'SYSTEM_PAGE',
    ['系统未被冻结', 'The system is not frozen'],
    ['该系统已被冻结，暂不能申请资源', 'This system is frozen: nothing may be asked for it'],
  ),
  rule(
    'not-classified',
    'NOT_CLASSIFIED',
    'REFUSE',
    'SYSTEM_DECLARATION',
    ['非涉密声明有效', 'Declared not classified'],
    [
      '政务云不承载涉密系统，请提交有效的非涉密声明',
      'Nothing classified runs on this cloud: give a declaration that is valid today',
    ],
  ),
  rule(
    'declaration-lasts',
    'DECLARATION_LASTS',
    'WARN',
    'SYSTEM_DECLARATION',
    ['非涉密声明将到期', 'The declaration runs out soon'],
    ['非涉密声明将在 60 天内到期，请提前续签', 'The declaration runs out within 60 days: sign the next in time'],
    { parameter: 60 },
  ),
  rule(
    'reliability-stated',
    'RELIABILITY_STATED',
    'REFUSE',
    'SYSTEM_RELIABILITY',
    ['安全可靠情况说明有效', 'Statement of reliability'],
    [
      '请提交安全可靠情况说明（处理器、操作系统、数据库的信创情况）',
      'State which processors, operating systems and databases are domestic (信创), with the signed file',
    ],
  ),
  rule(
    'reliability-lasts',
    'RELIABILITY_LASTS',
    'WARN',
    'SYSTEM_RELIABILITY',
    ['安全可靠情况说明将到期', 'The statement of reliability runs out soon'],
    ['安全可靠情况说明将在 60 天内到期，请提前更新', 'It runs out within 60 days: renew it in time'],
    { parameter: 60 },
  ),
  rule(
    'foreign-reasoned',
    'FOREIGN_REASONED',
    'REFUSE',
    'SYSTEM_RELIABILITY',
    ['非信创规格说明原因', 'A reason for what is not domestic'],
    [
      '申请了非信创处理器的规格，请在安全可靠情况说明中列出并说明原因',
      'Offers on processors that are not domestic are asked for: name them in the statement, with the reason',
    ],
  ),
  rule(
    'level-filed',
    'LEVEL_FILED',
    'REFUSE',
    'SYSTEM_RECORD',
    ['等保已备案', 'The protection level is filed'],
    [
      '二级及以上系统须先完成等保备案，请填写备案号、备案机关和日期',
      'A system of level 2 or 3 is filed with the police first: enter number, organ and date',
    ],
    { protectionLevels: [2, 3] },
  ),
  rule(
    'level-assessed',
    'LEVEL_ASSESSED',
    'WARN',
    'SYSTEM_RECORD',
    ['等保测评在一年内', 'Assessed within a year'],
    [
      '三级系统每年测评一次，请更新测评日期和结论',
      'A system of level 3 is assessed every year: enter the last assessment',
    ],
    { parameter: 365, protectionLevels: [3] },
  ),
  rule(
    'crypto-assessed',
    'CRYPTO_ASSESSED',
    'WARN',
    'SYSTEM_RECORD',
    ['密评在一年内', 'Cryptography assessed within a year'],
    [
      '三级系统每年开展密码应用安全性评估，请更新密评信息',
      'The cryptography of a system of level 3 is assessed every year: enter the last assessment',
    ],
    { parameter: 365, protectionLevels: [3] },
  ),
  rule(
    'contact-named',
    'CONTACT_NAMED',
    'REFUSE',
    'SYSTEM_RECORD',
    ['系统有联系人', 'The system has a contact'],
    ['请登记系统的联系人和电话', 'Enter whom to call about the system'],
  ),
  rule(
    'owner-named',
    'OWNER_NAMED',
    'WARN',
    'SYSTEM_RECORD',
    ['系统有负责人', 'Somebody answers for the system'],
    ['该系统没有系统负责人，请指定', 'Nobody answers for this system: name somebody'],
  ),
  rule(
    'data-classed',
    'DATA_CLASSED',
    'WARN',
    'SYSTEM_RECORD',
    ['数据已分级', 'The data is classed'],
    ['该系统的数据尚未分级，请填写数据级别', 'The data of this system is not classed yet'],
  ),
  rule(
    'project-approved',
    'PROJECT_APPROVED',
    'WARN',
    'PROJECT_RECORD',
    ['项目已立项或备案', 'The project is approved or filed'],
    ['该项目没有立项批复号或备案号，请补登', 'The project has neither approval nor filing number: enter one'],
  ),
  rule(
    'purpose-said',
    'PURPOSE_SAID',
    'REFUSE',
    'REQUEST_FORM',
    ['用途写清楚', 'The purpose is said'],
    ['请写清用途，审核人据此判断', 'Say what it is for: reviewers decide by it'],
    { parameter: 2 },
  ),
];

/** The gates (准入规则) as data, with a first edition; and how each request was judged, when and by which edition. */
export const gateTables: Migration = {
  id: '202611290903-gates',
  async up({ sql }) {
    await sql(`create table gate_edition (
      id ${ID} not null primary key,
      number int null,
      open_draft tinyint null,
      note varchar(200) not null,
      effective_from date not null,
      content longtext not null,
      version int not null,
      changed_at datetime(3) not null,
      changed_by_id ${ID} null,
      changed_by varchar(100) not null,
      published_at datetime(3) null,
      published_by_id ${ID} null,
      published_by varchar(100) null,
      unique key uq_gate_edition_number (number),
      unique key uq_gate_edition_draft (open_draft),
      constraint ck_gate_edition_number check ((number is null) = (published_at is null)),
      constraint ck_gate_edition_publisher check (published_by_id is null or published_by_id <> changed_by_id)
    ) engine=InnoDB`);
    await sql(
      `insert into gate_edition (id, number, open_draft, note, effective_from, content, version, changed_at, changed_by_id,
         changed_by, published_at, published_by_id, published_by)
       values (?, 1, null, '初始规则', ?, ?, 1, ?, null, '集云', ?, null, '集云')`,
      [EDITION_ID, EFFECTIVE_FROM, JSON.stringify({ rules: RULES }), PUBLISHED_AT, PUBLISHED_AT],
    );
    await sql(`create table request_judgement (
      id ${ID} not null primary key,
      request_id ${ID} not null,
      judged_at datetime(3) not null,
      moment varchar(8) character set ascii collate ascii_bin not null,
      edition_id ${ID} not null,
      edition_number int not null,
      verdicts longtext not null,
      key ix_request_judgement_request (request_id, judged_at, id),
      constraint fk_request_judgement_request foreign key (request_id) references request (id)
        on delete restrict on update no action,
      constraint ck_request_judgement_moment check (moment in ('SEND', 'HOLD'))
    ) engine=InnoDB`);
  },
};
