import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Freezer } from '../../../server/src/accounting/freezer.service.js';
import { AccountDesk, shanghai, story, type UseStory, Wall } from '../../support/account-desk.ts';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { DyingProcess } from '../../support/dying-process.ts';
import { SYSTEM } from '../../support/life-desk.ts';
import { SOAKS } from '../../support/soak.ts';

const wall = new Wall();
let app: TestApplication;
let desk: AccountDesk;
let dying: DyingProcess;

beforeAll(async () => {
  app = await openTestApplication(wall);
  desk = await AccountDesk.begin(app, wall);
  dying = await DyingProcess.beside(app, wall);
});
afterAll(async () => {
  await dying.close();
  await app.close();
});

/** A minute later, for the database's own clock: whoever died holds nothing any more. */
const leaseRunsOut = () =>
  desk.sql("update lease set expires_at = utc_timestamp(3) - interval 1 second where name = 'accounting'");

describe('a process that dies while it freezes', () => {
  it('at any statement leaves the month wholly open or wholly closed, and the next brings it to its end', async () => {
    const uses = [
      story(desk.bureau.id, '2026-09-01 00:00', 4, { steps: [{ at: shanghai('2026-09-01 00:00'), vcpu: 4, gib: 20 }] }),
      story(desk.other.id, '2026-09-10 00:00', 2),
    ];
    const months = ['2026-09', '2026-10', '2026-11', '2026-12', '2027-01', '2027-02', '2027-03', '2027-04'].slice(
      0,
      SOAKS ? 8 : 4,
    );
    const dies: [number, 'BEFORE' | 'AFTER'][] = [];
    for (const [at, month] of months.entries()) {
      const [year = 0, number = 0] = month.split('-').map(Number);
      wall.set(`${number === 12 ? year + 1 : year}-${String((number % 12) + 1).padStart(2, '0')}-03 10:00`);
      await desk.rate(uses);
      await desk.passed();
      const asked = await desk.request(month);
      const id = asked.ok ? asked.value.id : '';
      // Signed for, with nobody there to freeze it yet.
      await desk.sql(
        "update closing set state = 'FREEZING', decided_by_id = ?, decided_by_name = '孙财政', decided_at = utc_timestamp(3), version = 2 where id = ?",
        [desk.second.userId, id],
      );
      const freeze = () => dying.get(Freezer).run(SYSTEM);
      if (at === 0) {
        // Two departments and the seal: some forty statements, of which each month dies at another few.
        expect(await dying.statementsOf(freeze)).toBeGreaterThan(20);
        continue;
      }
      for (let statement = at * 2; ; statement += months.length * (SOAKS ? 1 : 2)) {
        const moment = statement % 4 < 2 ? 'BEFORE' : 'AFTER';
        if (!(await dying.dieAt(statement, moment, freeze))) break;
        dies.push([statement, moment]);
        await leaseRunsOut();
        const [row] = await desk.sql(
          `select c.state, d.hash from closing c left join ${desk.audit}.closed_document d on d.id = c.id where c.id = ?`,
          [id],
        );
        expect([row?.state === 'CLOSED', row?.hash !== null]).toEqual(
          row?.state === 'CLOSED' ? [true, true] : [false, false],
        );
        if (row?.state === 'CLOSED') break;
      }
      await leaseRunsOut();
      await desk.freezer.run(SYSTEM);
      expect(await desk.stateOf(id)).toBe('CLOSED');
      expect((await desk.verification.document(id))?.findings).toEqual([]);
      const [settled] = await desk.sql('select settled from closing where id = ?', [id]);
      expect(Number(settled?.settled)).toBe(1);
      expect(await desk.chargedOf(month)).toBe(await desk.ratedOf(month));
    }
    expect(dies.length).toBeGreaterThan(months.length);
  });
});

describe('whatever is told late, and whenever months are closed', () => {
  const DAY = 24 * 3_600_000;
  // The months after those that were died in.
  const MONTHS = SOAKS ? ['2027-05', '2027-06', '2027-07'] : ['2027-01', '2027-02', '2027-03'];
  const START = shanghai(`${MONTHS[0]}-01 00:00`).getTime();

  it('invariants 4, 5, 6, 7: closed + corrections = rated from scratch, closed lines never change, told again nothing is written', async () => {
    wall.set(SOAKS ? '2027-08-02 10:00' : '2027-04-02 10:00');
    // What the months before stand at is closed, or nobody used anything.
    const life = fc.record({
      begins: fc.integer({ min: 0, max: 80 }),
      days: fc.integer({ min: 1, max: 90 }),
      ends: fc.boolean(),
      ofOther: fc.boolean(),
      steps: fc.array(fc.record({ after: fc.integer({ min: 1, max: 60 }), vcpu: fc.integer({ min: 1, max: 9 }) }), {
        maxLength: 3,
      }),
    });
    type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;
    const told = (base: UseStory, { begins, days, ends, ofOther, steps }: Life): UseStory => {
      const at = START + begins * DAY;
      return {
        ...base,
        departmentId: ofOther ? desk.other.id : desk.bureau.id,
        begins: new Date(at),
        ends: ends ? new Date(at + days * DAY) : null,
        steps: [
          { at: new Date(at), vcpu: 2 },
          ...steps.map(({ after, vcpu }) => ({ at: new Date(at + after * DAY), vcpu })),
        ],
      };
    };
    const command = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ kind: fc.constant('TELL' as const), which: fc.integer({ min: 0, max: 2 }), life }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant('PRICE' as const),
          day: fc.integer({ min: 0, max: 80 }),
          yuan: fc.integer({ min: 1, max: 90 }),
        }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('CLOSE' as const) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('REVERSE' as const) }) },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(life, { minLength: 3, maxLength: 3 }),
        fc.array(command, { minLength: 3, maxLength: SOAKS ? 8 : 5 }),
        async (lives, commands) => {
          const bases = lives.map(() => story(desk.bureau.id, `${MONTHS[0]}-01 00:00`, 2));
          const stories = bases.map((base, at) => told(base, lives[at] as Life));
          const tell = async (from?: string) => {
            const repriced = from ? { repriced: new Map([['VCPU', from]]) } : {};
            await desk.rate(stories, repriced);
          };
          await tell();
          let frozen = await desk.closedText();
          for (const each of commands) {
            if (each.kind === 'TELL') {
              stories[each.which] = told(bases[each.which] as UseStory, each.life);
              await tell();
            } else if (each.kind === 'PRICE') {
              const day = new Date(START + each.day * DAY + 8 * 3_600_000).toISOString().slice(0, 10);
              desk.price(day, String(each.yuan));
              await tell(day);
            } else {
              await desk.passed();
              if (each.kind === 'CLOSE') {
                const open = await firstOpen();
                if (open) await desk.close(open);
              } else {
                const [closed] = await desk.sql(
                  "select id from closing where state = 'CLOSED' and kind = 'STATEMENT' and of_month in (?) order by of_month limit 1",
                  [MONTHS],
                );
                if (closed) await desk.reverse(closed.id as string);
              }
              const now = await desk.closedText();
              expect(unchanged(frozen, now)).toBe(true);
              frozen = now;
            }
            // A month that is closed was charged what is rated now, to the fen; told again, nothing is written.
            const corrections = JSON.stringify(await desk.corrections());
            await tell();
            expect(JSON.stringify(await desk.corrections())).toBe(corrections);
            expect(await desk.closedText()).toBe(frozen);
            for (const month of MONTHS) {
              const [closed] = await desk.sql(
                "select 1 from closing where state = 'CLOSED' and kind = 'STATEMENT' and of_month = ?",
                [month],
              );
              for (const { resourceId } of stories)
                if (closed) expect(await desk.chargedOf(month, resourceId)).toBe(await desk.ratedOf(month, resourceId));
            }
          }
        },
      ),
      { numRuns: SOAKS ? 60 : 3 },
    );
    for await (const { findings } of desk.verification.all()) expect(findings).toEqual([]);
  });

  async function firstOpen(): Promise<string | null> {
    const rows = await desk.sql(
      "select of_month from closing where state = 'CLOSED' and kind = 'STATEMENT' and book = 'PROVINCE'",
    );
    const closed = new Set(rows.map(({ of_month }) => of_month as string));
    return MONTHS.find((month) => !closed.has(month)) ?? null;
  }

  /** Every row that stood before stands as it was; rows only come. */
  function unchanged(before: string, now: string): boolean {
    const [was, is] = [before, now].map((text) =>
      (JSON.parse(text) as object[][]).map((rows) => new Set(rows.map((row) => JSON.stringify(row)))),
    );
    return (was ?? []).every((rows, table) => [...rows].every((row) => is?.[table]?.has(row)));
  }
});
