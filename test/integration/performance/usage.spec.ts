import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, calendarDate } from '../../../server/src/kernel/calendar.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { stageDue } from '../../../server/src/performance/domain/self-evaluation.js';
import { packSheets, printPack } from '../../../server/src/performance/paper/self-evaluation-pack.js';
import { printUsageNotice, usageNoticeSheet } from '../../../server/src/performance/paper/usage-notice-paper.js';
import { SelfEvaluations } from '../../../server/src/performance/self-evaluations.service.js';
import { UsageRepository } from '../../../server/src/performance/usage.repository.js';
import { UsageNotices } from '../../../server/src/performance/usage-notices.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { readSheet } from '../../../server/src/platform/spreadsheet/read-sheet.js';
import { SystemsService } from '../../../server/src/systems/systems.service.js';
import { UtilisationService } from '../../../server/src/utilisation/utilisation.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { system } from '../../support/builders/system.ts';
import { MovedClock } from '../../support/chain-desk.ts';
import { LifeDesk, SYSTEM } from '../../support/life-desk.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';

const clock = new MovedClock();
const EVERYTHING = { first: 100, after: null };
let app: TestApplication;
let journey: RequestJourney;
let desk: LifeDesk;

const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });

beforeAll(async () => {
  app = await openTestApplication(clock);
  journey = await RequestJourney.begin(app);
  desk = new LifeDesk(app, journey);
  const { center } = await journey.openCenter('usage', 1_000);
  const [machine = ''] = await desk.delivered(center.id);
  const days = Array.from({ length: 20 }, (_, at) => ({
    ...{ resourceId: machine, day: `2026-10-${String(at + 1).padStart(2, '0')}`, vcpu: 1, memoryMib: 1_024 },
    ...{ hours: 24, samples: 288, cpuP95: 500, memoryP95: 600, cpuMean: 300, memoryMean: 500, figures: {} },
    lastSampleAt: clock.now(),
  }));
  await get(UnitOfWork).run((tx) => get(UtilisationService).recordPast(tx, days));
});
afterAll(() => app.close());

describe('资源使用通报', () => {
  const notices = () =>
    get(UsageNotices).page(WHOLE_PROVINCE, { month: '2026-10', unread: false, search: null }, EVERYTHING);

  it('is made of the month before from its third day on, once a department, whoever is at it', async () => {
    // The clock stands at 30 November: that of October.
    await Promise.all([get(UsageNotices).make(SYSTEM, '2026-10'), get(UsageNotices).make(SYSTEM, '2026-10')]);
    await get(UsageNotices).run(SYSTEM);
    const { rows } = await notices();
    expect(rows).toHaveLength(1);
    expect(rows[0]?.content).toMatchObject({ machines: 1, cpuMean: 300, memoryMean: 500, provinceCpuMean: 300 });
    const told = await desk.notices(rows[0]?.id ?? '');
    expect(told.map(({ zh }) => zh)).toEqual(['2026-10 资源使用通报已生成，1 项需要处理']);
  });

  it('is read once by its head, of his own department only, and comes as PDF and as a table', async () => {
    const [row] = (await notices()).rows;
    if (!row) throw new Error('there is no notice');
    const stranger = { kind: 'DEPARTMENTS', departmentIds: [newId()] } as const;
    const wish = () => ({ id: row.id, idempotencyKey: newId() });
    expect(codesOf(await get(UsageNotices).acknowledge(journey.head, stranger, wish()))).toEqual(['UNKNOWN_REFERENCE']);
    idOf(await get(UsageNotices).acknowledge(journey.head, journey.scope, wish()));
    expect(codesOf(await get(UsageNotices).acknowledge(journey.head, journey.scope, wish()))).toEqual([
      'NOT_PERMITTED',
    ]);
    expect((await notices()).rows[0]).toMatchObject({ readBy: '李主任' });
    const pdf = await printUsageNotice(row, clock.now(), '李主任');
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const sheet = await readSheet(await usageNoticeSheet(row), 'XLSX');
    if (!sheet.ok) throw new Error('the table cannot be read');
    const [head, first] = sheet.value.rows;
    expect(head?.cells.slice(0, 3)).toEqual(['系统编号', '系统名称', '云主机']);
    expect(first?.cells.slice(0, 7)).toEqual([journey.system.code, journey.system.name, '1', '1', '1', '3%', '5%']);
  });
});

describe('自评价', () => {
  it('is opened in its window, reminded of once a stage, and handed in with its figures, which then stay', async () => {
    const today = calendarDate(clock.now());
    const live = (liveSince: string) => system(journey.department.id, { liveSince });
    const [young, due, old] = [live('2025-12-01'), live('2025-11-30'), live('2024-11-30')];
    await get(UnitOfWork).run((tx) =>
      get(SystemsService).add(tx, { systems: [young, due, old], projects: [], links: [] }),
    );
    await get(SelfEvaluations).run(SYSTEM);
    await get(SelfEvaluations).run(SYSTEM);
    const list = async () =>
      (await get(SelfEvaluations).page(journey.scope, { state: null, overdue: false, search: null }, EVERYTHING)).rows;
    const [task, ...others] = await list();
    if (!task) throw new Error('nothing was opened');
    expect(others).toEqual([]);
    expect(task).toMatchObject({ systemId: due.id, dueFrom: today, dueTo: '2027-11-30', state: 'OPEN', toldStage: 1 });
    expect(await desk.notices(task.id)).toHaveLength(1);

    const draft = await get(SelfEvaluations).contentOf(task);
    expect(draft).toMatchObject({ system: { code: due.code }, rows: expect.any(Array), projects: [] });
    const statement = '系统上线一年来运行稳定，达到预期绩效目标，利用率仍有提升空间。';
    const wish = { id: task.id, expectedVersion: 1, statement, idempotencyKey: newId() };
    idOf(await get(SelfEvaluations).handIn(journey.head, journey.scope, wish));
    const again = { ...wish, expectedVersion: 2, idempotencyKey: newId() };
    expect(codesOf(await get(SelfEvaluations).handIn(journey.head, journey.scope, again))).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
    await app.test.db.query("update government_system set name = '改名' where id = ?", [due.id]);
    const [handed] = await list();
    if (!handed) throw new Error('it is gone');
    expect((await get(SelfEvaluations).contentOf(handed)).system.name).toBe(due.name);
    const pdf = await printPack(handed, await get(SelfEvaluations).contentOf(handed), clock.now(), '李主任');
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const sheet = await readSheet(await packSheets(handed, await get(SelfEvaluations).contentOf(handed)), 'XLSX');
    expect(sheet.ok && sheet.value.rows.some(({ cells }) => cells[1] === statement)).toBe(true);
    // Nothing more is told of what was handed in.
    clock.pass(364);
    await get(SelfEvaluations).run(SYSTEM);
    expect(await desk.notices(task.id)).toHaveLength(1);
  });

  it('has a word for each of whom one is due, whoever stands before them', async () => {
    const today = calendarDate(clock.now());
    const departmentId = newId();
    const days = [-10, 0, 1, 7, 8, 30, 31, 90, 180, 181, 400];
    const rows = [1, 0].flatMap((missed) =>
      days.map((away) => {
        const window = { from: addDays(today, -30), to: addDays(today, away) };
        return {
          ...{ id: newId(), systemId: newId(), systemName: '系统', departmentId, state: 'OPEN' as const, version: 1 },
          ...{ liveSince: addDays(today, -400), dueFrom: window.from, dueTo: window.to, openedAt: clock.now() },
          ...{ toldStage: stageDue(window, today) - missed, statement: null, content: null, hash: null },
          ...{ handedInBy: null, handedInAt: null },
        };
      }),
    );
    await get(UnitOfWork).run(async (tx) => {
      for (const row of rows) await get(UsageRepository).insertTask(tx, row);
    });
    const due = (await get(UsageRepository).toRemind(today, days.length)).filter(
      (row) => row.departmentId === departmentId,
    );
    expect(due.map(({ id }) => id)).toEqual(rows.slice(0, days.length).map(({ id }) => id));
  });
});
