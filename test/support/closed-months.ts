import { LineDisputes } from '../../server/src/accounting/line-disputes.service.js';
import { FacilitiesService } from '../../server/src/facilities/facilities.service.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { SystemsService } from '../../server/src/systems/systems.service.js';
import { AccountDesk, scopeOf, shanghai, story, type UseStory, type Wall } from './account-desk.ts';
import type { TestApplication } from './application.ts';
import { project, system } from './builders/system.ts';

/** More than a page of any reader. */
export const CITY_USES = 1_100;
/** For whom a city's figures are enough. */
export const FEW_CITY_USES = 3;

/** What was closed, and in which centers and departments its use was. */
export interface ClosedMonthsOfTest {
  readonly desk: AccountDesk;
  readonly centerIds: readonly string[];
  readonly uses: readonly UseStory[];
}

/**
 * Three months of a made-up province with all that a closed month can hold: September closed; a late fact and a changed
 * price that correct it in October; October closed with a disputed line, opened again by reversal and closed anew with
 * the dispute answered; a city that closed September; November open. DR shares, two centers, half a day's use, a common cost.
 * @param alsoOf departments that use something, too.
 * @param cityUses how much the city has for some days.
 */
export async function closeMonths(
  app: TestApplication,
  wall: Wall,
  alsoOf: readonly string[] = [],
  cityUses = CITY_USES,
): Promise<ClosedMonthsOfTest> {
  const desk = await AccountDesk.begin(app, wall);
  const centers = await desk.get(FacilitiesService).centers();
  const centerIds = [centers[0]?.id ?? '', centers[2]?.id ?? centers[1]?.id ?? ''];
  const owned = system(desk.bureau.id, { code: 'XT-EXPORTS' });
  const paying = project(desk.bureau.id, { code: 'XM-EXPORTS' });
  await desk.work((tx) => desk.get(SystemsService).add(tx, { systems: [owned], projects: [paying], links: [] }));
  const owner = (center: number, more = {}) => ({ centerId: centerIds[center] ?? null, ...more });
  const inBureau: UseStory = {
    ...story(desk.bureau.id, '2026-09-01 00:00', 4, {
      owner: owner(0, { systemId: owned.id, projectId: paying.id, share: 'MAIN_A' }),
    }),
    steps: [
      { at: shanghai('2026-09-01 00:00'), vcpu: 4, gib: 333 },
      { at: shanghai('2026-09-17 09:30'), vcpu: 7, gib: 500 },
    ],
  };
  const recovery = story(desk.bureau.id, '2026-09-03 10:00', 3, {
    owner: owner(1, { systemId: owned.id, projectId: paying.id, share: 'RECOVERY' }),
  });
  const short = story(desk.bureau.id, '2026-09-20 08:00', 2, { ends: shanghai('2026-09-20 15:00'), owner: owner(0) });
  const inOther = story(desk.other.id, '2026-09-11 00:00', 2, { owner: owner(1) });
  const inCity = story(desk.ofCity.id, '2026-09-05 00:00', 8, { owner: owner(0) });
  const others = alsoOf.map((id) => story(id, '2026-09-02 00:00', 1, { owner: owner(0) }));
  const many = Array.from({ length: cityUses }, () =>
    story(desk.ofCity.id, '2026-09-08 00:00', 1, { owner: owner(1), ends: shanghai('2026-09-20 00:00') }),
  );
  const uses = [inBureau, recovery, short, inOther, inCity, ...others];
  // By tiers, so that every reader of these months reads them too.
  const tiers = {
    STORAGE_GIB_SSD: [200n, 400n].map((from, at) => ({ from, price: 25_010_003n - BigInt(at) * 4_999_999n })),
  };
  desk.price('2026-01-01', '31.37', tiers);
  // Spread by what use came to, in the accounts of the province and of the city, and spread anew with October.
  await desk.shares(centerIds[0] ?? '', 'exports-network', 1_234_567n, '2026-09');
  wall.set('2026-10-03 10:00');
  await desk.rate(uses);
  for (let at = 0; at < many.length; at += 500) await desk.rate(many.slice(at, at + 500));
  await desk.passed();
  await desk.close('2026-09');
  await desk.close('2026-09', desk.city.id);

  wall.set('2026-11-02 10:00');
  const grown = { ...inOther, steps: [...inOther.steps, { at: shanghai('2026-09-21 00:00'), vcpu: 5 }] };
  const later = uses.map((use) => (use === inOther ? grown : use));
  await desk.rate(later);
  desk.price('2026-09-25', '28.03', tiers);
  await desk.rate(later, { repriced: new Map([['VCPU', '2026-09-25']]) });
  await desk.passed();
  const disputes = desk.get(LineDisputes);
  const raised = await disputes.raise(desk.head, scopeOf(desk.head), {
    ...{ month: '2026-10', resourceId: recovery.resourceId, meter: 'VCPU', reason: '容灾机未启用' },
    ...{ from: shanghai('2026-10-01 00:00').getTime(), idempotencyKey: newId() },
  });
  if (!raised.ok) throw new Error(JSON.stringify(raised.error));
  const october = await desk.close('2026-10');
  await desk.reverse(october);
  const answered = await disputes.decide(desk.finance, scopeOf(desk.finance), 'CORRECT', {
    ...{ id: raised.value.id, expectedVersion: 1, text: '按一半计', correctedFen: 1_234n, idempotencyKey: newId() },
  });
  if (!answered.ok) throw new Error(JSON.stringify(answered.error));
  await desk.rate(later);
  await desk.passed();
  await desk.close('2026-10');

  wall.set('2026-12-02 10:00');
  await desk.rate(later);
  await desk.passed();
  return { desk, centerIds, uses: later };
}
