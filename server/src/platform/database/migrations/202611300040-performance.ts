import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const HASH = 'char(64) character set ascii collate ascii_bin';
const MONTH = 'char(7) character set ascii collate ascii_bin';
const word = (length: number): string => `varchar(${length}) character set ascii collate ascii_bin`;

const EDITION_ID = '019ad000-0000-7000-8000-000000000040';
const PUBLISHED_AT = new Date('2026-11-30T00:00:00.000Z');

const bands = (...pairs: readonly (readonly [bound: number, marks: number])[]) =>
  pairs.map(([bound, marks]) => ({ bound, marks }));

/** What a province judges by until it has set down a rule of its own. */
export const FIRST_PERFORMANCE_RULE = {
  indicators: [
    {
      indicator: 'UTILISATION',
      weight: 30,
      bands: bands([4_000, 100], [2_500, 85], [1_500, 65], [800, 40], [300, 15]),
      missingMarks: 30,
      fromLevel: 1,
      zeroCaps: 'FAIR',
    },
    {
      indicator: 'AVAILABILITY',
      weight: 20,
      bands: bands([10_000, 100], [8_000, 80], [5_000, 50], [2_500, 20]),
      missingMarks: 40,
      fromLevel: 1,
      zeroCaps: null,
    },
    {
      indicator: 'COST',
      weight: 20,
      bands: bands([10_000, 100], [10_500, 85], [12_000, 60], [15_000, 30]),
      missingMarks: 40,
      fromLevel: 1,
      zeroCaps: null,
    },
    {
      indicator: 'PROTECTION',
      weight: 15,
      bands: bands([10_000, 100], [7_000, 75], [4_000, 40]),
      missingMarks: 20,
      fromLevel: 2,
      zeroCaps: 'FAIR',
    },
    {
      indicator: 'CRYPTOGRAPHY',
      weight: 10,
      bands: bands([10_000, 100], [7_000, 75], [4_000, 40]),
      missingMarks: 20,
      fromLevel: 3,
      zeroCaps: null,
    },
    {
      indicator: 'SHARING',
      weight: 5,
      bands: bands([10_000, 100], [5_000, 60], [1, 30]),
      missingMarks: 0,
      fromLevel: 1,
      zeroCaps: null,
    },
  ],
  excellentFrom: 90,
  goodFrom: 75,
  fairFrom: 60,
  leastEvidencePercent: 40,
  assessedWithinDays: { level2: 730, level3: 365 },
  cryptoWithinDays: 365,
  availabilityTarget: 99_900,
  appealWorkingDays: 10,
  poorOpensCases: true,
  excellentQuotaPercent: 10,
  selfEvaluationFromMonths: 12,
  selfEvaluationToMonths: 24,
};

/**
 * 绩效: rules, runs of evaluation, appeals and what follows. What was published stands once more where the application may
 * only insert and select.
 */
export const performanceTables: Migration = {
  id: '202611300040-performance',
  async up({ sql, auditSchema }) {
    await sql(`create table standing_grade (
      subject_id ${ID} not null primary key,
      kind ${word(10)} not null,
      department_id ${ID} not null,
      grade ${word(10)} not null,
      evaluation_id ${ID} not null,
      code ${word(30)} not null,
      period_to date not null,
      constraint ck_standing_grade_kind check (kind in ('SYSTEM', 'DEPARTMENT')),
      constraint ck_standing_grade_grade check (grade in ('EXCELLENT', 'GOOD', 'FAIR', 'POOR'))
    ) engine=InnoDB`);
    await sql(`create table performance_edition (
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
      unique key uq_performance_edition_number (number),
      unique key uq_performance_edition_draft (open_draft),
      constraint ck_performance_edition_number check ((number is null) = (published_at is null)),
      constraint ck_performance_edition_publisher check (published_by_id is null or published_by_id <> changed_by_id)
    ) engine=InnoDB`);
    await sql(
      `insert into performance_edition (id, number, open_draft, note, effective_from, content, version, changed_at,
         changed_by_id, changed_by, published_at, published_by_id, published_by)
       values (?, 1, null, '初始评价规则', '2026-01-01', ?, 1, ?, null, '集云', ?, null, '集云')`,
      [EDITION_ID, JSON.stringify(FIRST_PERFORMANCE_RULE), PUBLISHED_AT, PUBLISHED_AT],
    );
    await sql(`create table performance_run (
      id ${ID} not null primary key,
      code ${word(30)} not null,
      period ${word(8)} not null,
      from_day date not null,
      to_day date not null,
      edition_id ${ID} not null,
      edition_number int not null,
      state ${word(10)} not null,
      live tinyint null default 1,
      version int not null,
      subjects int not null,
      prepared_by_id ${ID} not null,
      prepared_by varchar(200) not null,
      prepared_at datetime(3) not null,
      gathered_at datetime(3) null,
      decided_by_id ${ID} null,
      decided_by varchar(200) null,
      decided_at datetime(3) null,
      opinion varchar(500) null,
      unique key uq_performance_run_code (code),
      unique key uq_performance_run_live (period, live),
      key ix_performance_run_state (state),
      key ix_performance_run_prepared (prepared_at, id),
      constraint fk_performance_run_edition foreign key (edition_id) references performance_edition (id)
        on delete restrict on update no action,
      constraint ck_performance_run_state check (state in ('GATHERING', 'PREPARED', 'PUBLISHED', 'RETURNED', 'WITHDRAWN')),
      constraint ck_performance_run_live check ((live is null) = (state in ('RETURNED', 'WITHDRAWN'))),
      constraint ck_performance_run_second check (decided_by_id is null or state = 'WITHDRAWN' or decided_by_id <> prepared_by_id)
    ) engine=InnoDB`);
    const ofRun = (table: string) =>
      `constraint fk_${table}_run foreign key (run_id) references performance_run (id) on delete restrict on update no action`;
    await sql(`create table performance_evaluation (
      id ${ID} not null primary key,
      run_id ${ID} not null,
      code ${word(30)} not null,
      kind ${word(10)} not null,
      subject_id ${ID} not null,
      subject_name varchar(160) not null,
      department_id ${ID} not null,
      version int not null,
      newest tinyint null default 1,
      grade ${word(10)} null,
      points int not null,
      evidence_percent tinyint unsigned not null,
      content longtext not null,
      hash ${HASH} not null,
      created_at datetime(3) not null,
      published_at datetime(3) null,
      appeal_due_at datetime(3) null,
      settled tinyint(1) not null,
      unique key uq_performance_evaluation_code (code, version),
      unique key uq_performance_evaluation_newest (run_id, subject_id, newest),
      key ix_performance_evaluation_subject (subject_id, published_at),
      key ix_performance_evaluation_department (department_id, published_at),
      key ix_performance_evaluation_settled (settled, published_at),
      constraint ck_performance_evaluation_kind check (kind in ('SYSTEM', 'DEPARTMENT')),
      constraint ck_performance_evaluation_grade check (grade in ('EXCELLENT', 'GOOD', 'FAIR', 'POOR')),
      constraint ck_performance_evaluation_points check (points between 0 and 10000),
      constraint ck_performance_evaluation_newest check (newest is null or newest = 1),
      ${ofRun('performance_evaluation')}
    ) engine=InnoDB`);
    await sql(`create table \`${auditSchema}\`.frozen_evaluation (
      id ${ID} not null primary key,
      run_id ${ID} not null,
      code ${word(30)} not null,
      subject_id ${ID} not null,
      version int not null,
      grade ${word(10)} null,
      points int not null,
      content longtext not null,
      previous_hash ${HASH} null,
      hash ${HASH} not null,
      format ${word(20)} not null,
      prepared_by_id ${ID} not null,
      published_by_id ${ID} not null,
      frozen_at datetime(3) not null,
      unique key uq_frozen_evaluation (code, version),
      constraint ck_frozen_evaluation_second check (prepared_by_id <> published_by_id)
    ) engine=InnoDB`);
    await sql(`create table performance_appeal (
      id ${ID} not null primary key,
      evaluation_id ${ID} not null,
      department_id ${ID} not null,
      state ${word(10)} not null,
      open tinyint null default 1,
      version int not null,
      reason varchar(1000) not null,
      raised_by_id ${ID} not null,
      raised_by varchar(200) not null,
      raised_at datetime(3) not null,
      answer varchar(1000) null,
      answered_by_id ${ID} null,
      answered_by varchar(200) null,
      answered_at datetime(3) null,
      replaced_by_id ${ID} null,
      unique key uq_performance_appeal_open (evaluation_id, open),
      key ix_performance_appeal_state (state, raised_at),
      constraint fk_performance_appeal_evaluation foreign key (evaluation_id) references performance_evaluation (id)
        on delete restrict on update no action,
      constraint ck_performance_appeal_state check (state in ('OPEN', 'WITHDRAWN', 'KEPT', 'CHANGED')),
      constraint ck_performance_appeal_open check ((open is null) = (state <> 'OPEN')),
      constraint ck_performance_appeal_changed check ((replaced_by_id is not null) = (state = 'CHANGED')),
      constraint ck_performance_appeal_second check (answered_by_id is null or state = 'WITHDRAWN' or answered_by_id <> raised_by_id)
    ) engine=InnoDB`);
    await sql(`create table performance_consequence (
      evaluation_id ${ID} not null,
      kind ${word(12)} not null,
      object_id ${ID} not null,
      label varchar(200) not null,
      at datetime(3) not null,
      primary key (evaluation_id, kind, object_id),
      constraint ck_performance_consequence_kind check (kind in ('CASE', 'QUOTA_UP', 'QUOTA_DOWN'))
    ) engine=InnoDB`);
    await sql(`create table quota_bonus (
      subject_id ${ID} not null primary key,
      evaluation_id ${ID} not null,
      amounts longtext not null,
      given_at datetime(3) not null
    ) engine=InnoDB`);
    await sql(`create table availability_reading (
      system_id ${ID} not null,
      month ${MONTH} not null,
      down_minutes int unsigned not null,
      excused_minutes int unsigned not null,
      source varchar(200) not null,
      entered_by varchar(200) not null,
      entered_at datetime(3) not null,
      primary key (system_id, month),
      key ix_availability_reading_month (month),
      constraint ck_availability_reading_minutes check (excused_minutes <= down_minutes and down_minutes <= 44640)
    ) engine=InnoDB`);
  },
};
