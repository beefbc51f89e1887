import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PlanningService } from '../../../server/src/allocation/planning.service.js';
import type { LineContent } from '../../../server/src/requests/domain/content.js';
import { QuotationService } from '../../../server/src/requests/quotation.service.js';
import { wishesOf } from '../../../server/src/requests/quotation-plan.js';
import type { WhatIfLine } from '../../../server/src/simulator/domain/what-if.js';
import { SimulatorService } from '../../../server/src/simulator/simulator.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';

let app: TestApplication;
let desk: KindsDesk;
let sites: Site[];
beforeAll(async () => {
  app = await openTestApplication();
  desk = await KindsDesk.open(app);
  sites = [];
  for (const role of ['ACTIVE_A', 'ACTIVE_B', 'RECOVERY'] as const)
    sites.push(await desk.openSite(role, { vcpu: 40, servers: 5, cabinets: [{}, {}] }));
});
afterAll(() => app.close());

const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });

/** What a request asks for, as the simulator is asked. */
async function whatIfOf(lines: readonly LineContent[]): Promise<WhatIfLine[]> {
  const quoted = await get(QuotationService).quote(desk.journey.scope, desk.content(lines));
  if (!quoted.ok) throw new Error(JSON.stringify(quoted.error));
  return wishesOf(quoted.value).map(({ thing }, at) => {
    const line = quoted.value.lines[at] as (typeof quoted.value.lines)[number];
    const { localMode, remoteMode, centerId, content } = line;
    return {
      ...{ thing, localMode, remoteMode, centerId, count: content.count },
      offerId: content.server?.offerId ?? null,
      protectionLevel: quoted.value.system.protectionLevel,
      standbyRatioPercent: thing.kind === 'VM' ? thing.standbyRatioPercent : 50,
    };
  });
}
async function previewed(lines: readonly LineContent[]) {
  const preview = await desk.journey.submission.preview(desk.journey.scope, desk.content(lines), null);
  if (!preview.ok) throw new Error(JSON.stringify(preview.error));
  return preview.value.plan;
}

const lists = fc.array(
  fc
    .record({
      kind: fc.constantFrom('VM' as const, 'SERVER' as const, 'CABINET' as const, 'SERVICE' as const),
      count: fc.integer({ min: 1, max: 9 }),
      localMode: fc.constantFrom('SINGLE' as const, 'DUAL_ACTIVE' as const),
      remoteMode: fc.constantFrom('NONE' as const, 'DATA' as const, 'APPLICATION' as const),
      at: fc.constantFrom(0, 1, null),
    })
    .map(({ at, ...line }) => ({ ...line, at: line.localMode === 'SINGLE' ? at : null })),
  { minLength: 1, maxLength: 4 },
);

describe('the simulator', () => {
  it('answers as the preview of a request of the same content does, whatever is asked, and holds nothing', async () => {
    const before = await desk.books();
    await fc.assert(
      fc.asyncProperty(lists, async (list) => {
        const lines = list.map(({ kind, at, ...more }, index): LineContent => {
          const centerId = at === null ? null : (sites[at]?.center.id ?? null);
          const own = desk.line(kind, { ...more, name: `line-${index}` });
          return kind === 'SERVICE' ? { ...own, localMode: null, remoteMode: null } : { ...own, centerId };
        });
        const plan = await previewed(lines);
        const answer = await get(SimulatorService).simulate(await whatIfOf(lines));
        expect(answer.feasible).toBe(plan.feasible);
        if (plan.feasible) expect(answer.lines.map(({ shares }) => shares)).toEqual(plan.lines.map((l) => l.shares));
        // One line is judged alone by both: the same criterion refuses it, with the same figures.
        else if (lines.length === 1)
          expect(answer.lines[0]?.checks).toEqual(plan.lines[0]?.checks.filter(({ criterion }) => criterion !== 'P19'));
      }),
      { numRuns: 40 },
    );
    expect(await desk.books()).toEqual(before);
  });

  it('looks once, however many lines it tries', async () => {
    const asked = await whatIfOf([desk.line('CABINET', { count: 1 }), desk.line('SERVER', { count: 1 })]);
    const planning = get(PlanningService);
    const ground = planning.ground.bind(planning);
    let looks = 0;
    planning.ground = (looked, standing, asker) => {
      if (!asker.tx) looks += 1;
      return ground(looked, standing, asker);
    };
    const answer = await get(SimulatorService).simulate(asked.flatMap((one) => [{ ...one, count: 500 }, one, one]));
    planning.ground = ground;
    expect(answer.feasible).toBe(false);
    expect(looks).toBe(1);
  });
});
