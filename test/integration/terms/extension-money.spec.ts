import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type CalendarDate, calendarDate } from '../../../server/src/kernel/calendar.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { costOfDays } from '../../../server/src/pricing/domain/cost-of-days.js';
import type { RequestContent } from '../../../server/src/requests/domain/content.js';
import { Extensions } from '../../../server/src/terms/extensions.service.js';
import { LineExtensions } from '../../../server/src/terms/line-extensions.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { MovedClock } from '../../support/chain-desk.ts';
import { HandedLines } from '../../support/handed-lines.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { LifeDesk } from '../../support/life-desk.ts';
import { OwnBudget } from '../../support/own-budget.ts';
import { idOf, type RequestJourney } from '../../support/request-journey.ts';

/** Each run is a whole life on a real database. */
const RUNS = 12;
const WHOLE = 10_000_000_000n;
const NEW_YEAR = '2027-01-01';
const clock = new MovedClock();
const reviewer = viewerWith(['CENTER_REVIEWER'], null, { name: '许审' });
const today = () => calendarDate(clock.now());

let app: TestApplication;
let kinds: KindsDesk;
let journey: RequestJourney;
let life: LifeDesk;
let handed: HandedLines;
let money: OwnBudget;
let site: Site;
let wholes: { readonly thisYear: string; readonly next: string };

beforeAll(async () => {
  app = await openTestApplication(clock);
  kinds = await KindsDesk.open(app);
  ({ journey } = kinds);
  life = new LifeDesk(app, journey);
  money = new OwnBudget(app, journey, () => clock.now());
  site = await kinds.openSite('ACTIVE_A', { vcpu: 10_000, servers: 1, cabinets: [{}] });
  handed = new HandedLines(app, kinds, site);
  wholes = { thisYear: await money.whole(WHOLE), next: await money.whole(WHOLE, 'PROVINCE', 2027) };
});
afterAll(() => app.close());

/** What is temporary and pays for itself, of a budget that has exactly what it takes to the year's end, and its next year's. */
async function granted(content: RequestContent, until: CalendarDate) {
  const project = await money.project();
  const asked = { ...content, projectId: project.id, temporaryUntil: until };
  const { monthlyFen } = await journey.row(await journey.draft(asked));
  if (!monthlyFen) throw new Error('it costs nothing');
  const unit = costOfDays(monthlyFen, today(), NEW_YEAR);
  const item = await money.item(wholes.thisYear, unit, project);
  const next = await money.item(wholes.next, unit, project, { year: 2027 });
  const requestId = await journey.submitted(asked);
  idOf(await journey.approve(requestId));
  /** Of this year and of the next, with what their entries and encumbrances come to. */
  const reserved = async () => {
    const [now, coming] = [await money.books(item), await money.books(next)];
    expect([now.entries, now.left]).toEqual([now.reserved, now.reserved]);
    return { now: now.reserved, entries: now.entryCount, nextYear: coming.reserved };
  };
  return { requestId, monthlyFen, unit, reserved };
}

/** Granted at once within the rule, else by the center. */
async function longer(answer: Awaited<ReturnType<LifeDesk['extend']>>): Promise<void> {
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  if (answer.value.state === 'GRANTED') return;
  const wish = { extensionId: answer.value.id, expectedVersion: 1, opinion: '同意', idempotencyKey: newId() };
  idOf(await life.get(Extensions).answer(reviewer, WHOLE_PROVINCE, 'GRANT', wish));
}

describe('the budget of what is temporary', () => {
  it('is reserved to the year’s end at submit: no extension takes more of it, and what goes gives back its days to the fen', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 31 }),
        fc.array(fc.integer({ min: 1, max: 120 }), { maxLength: 3 }),
        fc.boolean(),
        fc.integer({ min: 0, max: 30 }),
        async (term, extensions, forGood, used) => {
          const from = today();
          let until = addDays(from, term);
          const content = journey.content(site.center.id);
          const { requestId, monthlyFen, unit, reserved } = await granted(content, until);
          const [machine = ''] = ((await life.resources.ofRequests([requestId]))[0] ?? []).map(({ id }) => id);
          await life.observe(machine, 'RUNNING');
          expect(await reserved()).toEqual({ now: unit, entries: 1, nextYear: 0n });
          for (const days of extensions) {
            until = addDays(until, days);
            await longer(await life.extend(machine, until));
          }
          if (forGood) await longer(await life.extend(machine, null));
          expect((await life.row(machine)).temporaryUntil).toBe(forGood ? null : until);
          // Whether it ends in this year or in the next: the item has nothing left, and is asked for nothing.
          expect(await reserved()).toEqual({ now: unit, entries: 1, nextYear: 0n });
          clock.pass(used);
          idOf(await life.release(machine));
          idOf(await life.purge(machine));
          await life.observe(machine, 'GONE');
          // What is left is what it was used for: the day of its going belongs to nobody.
          expect(await reserved()).toEqual({ now: costOfDays(monthlyFen, from, today()), entries: 2, nextYear: 0n });
          clock.pass(-used);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('is so of a service that people set up, extended by rule and by the center, and given back early', async () => {
    const from = today();
    const until = addDays(from, 10);
    const { requestId, monthlyFen, unit, reserved } = await granted(kinds.content([kinds.line('SERVICE')]), until);
    const lineId = (await journey.requests.linesOf([requestId]))[0]?.[0]?.id ?? '';
    await handed.handOver(lineId);
    for (const day of [addDays(until, 5), addDays(until, 300), null]) {
      const { version } = await handed.term(lineId);
      const wish = { lineId, until: day, reason: '项目延期', expectedVersion: version, idempotencyKey: newId() };
      await longer(await life.get(LineExtensions).extend(journey.applicant, journey.scope, wish));
      expect((await handed.term(lineId)).temporaryUntil).toBe(day);
      expect(await reserved()).toEqual({ now: unit, entries: 1, nextYear: 0n });
    }
    clock.pass(7);
    idOf(await handed.giveBack(requestId, lineId));
    expect(await reserved()).toEqual({ now: costOfDays(monthlyFen, from, today()), entries: 2, nextYear: 0n });
    clock.pass(-7);
  });
});
