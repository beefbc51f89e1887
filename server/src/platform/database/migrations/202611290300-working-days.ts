import type { Migration } from '../migration.js';

const SOURCE = '国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）';

/** Day off from, to (both included), name. */
const HOLIDAYS_2026: readonly (readonly [from: string, to: string, name: string])[] = [
  ['2026-01-01', '2026-01-03', '元旦'],
  ['2026-02-15', '2026-02-23', '春节'],
  ['2026-04-04', '2026-04-06', '清明节'],
  ['2026-05-01', '2026-05-05', '劳动节'],
  ['2026-06-19', '2026-06-21', '端午节'],
  ['2026-09-25', '2026-09-27', '中秋节'],
  ['2026-10-01', '2026-10-07', '国庆节'],
];
const WORKED_2026: readonly (readonly [day: string, name: string])[] = [
  ['2026-01-04', '元旦调休'],
  ['2026-02-14', '春节调休'],
  ['2026-02-28', '春节调休'],
  ['2026-05-09', '劳动节调休'],
  ['2026-09-20', '国庆节调休'],
  ['2026-10-10', '国庆节调休'],
];

/** The calendar of working days, with the one year that the State Council has published. The next comes by hand, when it does. */
export const workingDays: Migration = {
  id: '202611290300-working-days',
  async up({ sql }) {
    await sql(`create table calendar_year (
      year smallint not null primary key,
      source varchar(200) not null,
      version int not null,
      changed_at datetime(3) not null,
      changed_by varchar(100) not null
    ) engine=InnoDB`);
    await sql(`create table calendar_day (
      day char(10) character set ascii collate ascii_bin not null primary key,
      year smallint not null,
      kind varchar(10) character set ascii collate ascii_bin not null,
      name varchar(40) not null,
      key ix_calendar_day_year (year),
      constraint ck_calendar_day_kind check (kind in ('HOLIDAY', 'WORKING'))
    ) engine=InnoDB`);
    await sql('insert into calendar_year (year, source, version, changed_at, changed_by) values (?, ?, 1, ?, ?)', [
      2026,
      SOURCE,
      new Date('2026-11-29T00:00:00.000Z'),
      '集云',
    ]);
    const rows = [
      ...HOLIDAYS_2026.flatMap(([from, to, name]) => daysOf(from, to).map((day) => [day, 2026, 'HOLIDAY', name])),
      ...WORKED_2026.map(([day, name]) => [day, 2026, 'WORKING', name]),
    ];
    await sql('insert into calendar_day (day, year, kind, name) values ?', [rows]);
  },
};

function daysOf(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
