import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CostCells } from '../../../server/src/costs/cost-cells.service.js';
import { MADE_UP_ASSUMPTIONS } from '../../../server/src/demonstration/made-up-self-build.js';
import { type TenantScope, type Viewer, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { SelfBuildComparisons } from '../../../server/src/selfbuild/comparisons.service.js';
import { textOf } from '../../../server/src/selfbuild/domain/ratio.js';
import { SelfBuildEditions } from '../../../server/src/selfbuild/self-build-editions.service.js';
import { AccountDesk, story, Wall } from '../../support/account-desk.ts';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { countStatements } from '../../support/count-statements.ts';
import { idOf } from '../../support/request-journey.ts';

const wall = new Wall();
const systems = [newId(), newId()];
let app: TestApplication;
let desk: AccountDesk;
let editions: SelfBuildEditions;

beforeAll(async () => {
  app = await openTestApplication(wall);
  desk = await AccountDesk.begin(app, wall);
  editions = desk.get(SelfBuildEditions);
});
afterAll(() => app.close());

const draft = (more: Partial<Parameters<SelfBuildEditions['save']>[2]> = {}) => ({
  ...{ note: '首版', effectiveFrom: editions.today(), content: MADE_UP_ASSUMPTIONS },
  ...more,
});
const wish = (id: string, expectedVersion: number) => ({ id, expectedVersion, idempotencyKey: newId() });
const begin = async (by: Viewer = desk.finance) => idOf(await editions.begin(by, '首版', newId()));
const refusedFor = (answer: Awaited<ReturnType<SelfBuildEditions['publish']>>) =>
  answer.ok ? [] : answer.error.map((refusal) => ('reason' in refusal ? refusal.reason : refusal.code));

describe('assumptions about building for oneself', () => {
  it('are half made as a draft, and put in force whole, by another than who wrote them', async () => {
    expect(await editions.newestInForce()).toBeNull();
    const id = await begin();
    // Nothing is said yet: everything is wrong with it, but for who presses.
    expect(refusedFor(await editions.publish(desk.second, wish(id, 1))).length).toBeGreaterThan(30);
    expect((await editions.save(desk.finance, wish(id, 1), draft())).ok).toBe(true);
    expect(refusedFor(await editions.publish(desk.finance, wish(id, 2)))).toEqual(['OWN_DRAFT']);
    expect(refusedFor(await editions.publish(desk.second, wish(id, 1)))).toEqual(['VERSION_CONFLICT']);
    const press = wish(id, 2);
    expect((await editions.publish(desk.second, press)).ok).toBe(true);
    // The same press again is the same answer, and no second edition.
    expect((await editions.publish(desk.second, press)).ok).toBe(true);
    expect(await editions.newestInForce()).toMatchObject({ id, number: 1, changedBy: '钱财政', publishedBy: '孙财政' });
  });

  it('never change once they are in force; the next edition begins with them', async () => {
    const [first] = await editions.list();
    expect(refusedFor(await editions.save(desk.finance, wish(first?.id ?? '', 2), draft()))).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
    const id = await begin(desk.second);
    expect((await editions.edition(id))?.content).toEqual(first?.content);
    expect((await editions.discard(desk.finance, wish(id, 1))).ok).toBe(true);
    expect((await editions.list()).map(({ number }) => number)).toEqual([1]);
  });

  it('have one draft, whoever begins it at the same moment', async () => {
    const answers = await Promise.all(
      [desk.finance, desk.second, desk.finance].map((by) => editions.begin(by, '二版', newId())),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.flatMap((answer) => refusedFor(answer))).toEqual(['DRAFT_EXISTS', 'DRAFT_EXISTS']);
    const [id = ''] = answers.flatMap((answer) => (answer.ok ? [answer.value.id] : []));
    await editions.discard(desk.finance, wish(id, 1));
  });

  it('that begin later wait for their day, and what was compared by the first stays by the first', async () => {
    const id = await begin();
    const later = draft({ effectiveFrom: '2026-12-01' });
    expect((await editions.save(desk.finance, wish(id, 1), later)).ok).toBe(true);
    expect((await editions.publish(desk.second, wish(id, 2))).ok).toBe(true);
    expect((await editions.newestInForce())?.number).toBe(1);
    wall.set('2026-12-01 10:00');
    expect((await editions.newestInForce())?.number).toBe(2);
    wall.set('2026-11-10 10:00');
  });

  it('take no value that a person cannot answer for, and say which', async () => {
    const id = await begin();
    const wrong = draft({ content: [{ key: 'PUE', value: '0.5', source: 'ASSUMED', note: '' }] });
    const answer = await editions.save(desk.finance, wish(id, 1), wrong);
    expect(answer.ok ? [] : answer.error.map(({ path }) => path)).toEqual([['assumptions', 'PUE', 'value']]);
    await editions.discard(desk.finance, wish(id, 1));
  });
});

describe('the comparison', () => {
  const ask = async (departmentId: string | null, systemId: string | null, scope: TenantScope = WHOLE_PROVINCE) => {
    const edition = await editions.newestInForce();
    if (!edition) throw new Error('no edition is in force');
    const question = { departmentId, systemId, first: '2026-09', last: '2026-10', years: 5 };
    return desk.get(SelfBuildComparisons).compare(scope, edition, question);
  };

  beforeAll(async () => {
    wall.set('2026-11-10 10:00');
    const owner = (at: number) => ({ systemId: systems[at] ?? null, centerId: newId() });
    await desk.rate([
      story(desk.bureau.id, '2026-09-01 00:00', 120, { owner: owner(0) }),
      // From October on: half of the time that is looked at, near enough.
      story(desk.bureau.id, '2026-10-01 00:00', 61, { owner: owner(1) }),
      story(desk.other.id, '2026-09-01 00:00', 40, { owner: owner(1) }),
    ]);
    await desk.passed();
    await desk.get(CostCells).take();
  });

  it('takes what was in use on average, and what it was accounted at: both as the statements have it', async () => {
    const found = await ask(desk.bureau.id, null);
    // 61 days, of which 31 are October's.
    expect(found?.sites.map(({ vcpu }) => textOf(vcpu, 4)).toSorted()).toEqual(['120', '31']);
    expect(found?.accounted).toBe(2n * 120n * 3_000n + 61n * 3_000n);
    expect(found?.comparison.jiyun).toBe(((found?.accounted ?? 0n) * 12n * 5n) / 2n);
    expect(found?.draftedMonths).toEqual(['2026-09', '2026-10']);
    expect(found?.comparison.savings).toBe((found?.comparison.selfBuild ?? 0n) - (found?.comparison.jiyun ?? 0n));
  });

  it('is the same on another day by the same edition, once the months are closed (invariant 15)', async () => {
    const before = await ask(desk.bureau.id, null);
    await desk.close('2026-09');
    await desk.close('2026-10');
    await desk.get(CostCells).take();
    const after = await ask(desk.bureau.id, null);
    expect(after?.comparison).toEqual(before?.comparison);
    expect(after?.draftedMonths).toEqual([]);
  });

  it('of a system is of all departments that had it, and of those alone that the viewer sees (invariant 16)', async () => {
    const whole = await ask(null, systems[1] ?? '');
    expect(whole?.accounted).toBe(61n * 3_000n + 2n * 40n * 3_000n);
    const own: TenantScope = { kind: 'DEPARTMENTS', departmentIds: [desk.other.id] };
    expect((await ask(null, systems[1] ?? '', own))?.accounted).toBe(2n * 40n * 3_000n);
    expect(await ask(null, systems[0] ?? '', own)).toBeNull();
    expect(await ask(desk.bureau.id, null, own)).toBeNull();
  });

  it('asks the database as often whatever was in use', async () => {
    const few = await countStatements(app.test.db, () => ask(desk.other.id, null));
    const many = await countStatements(app.test.db, () => ask(desk.bureau.id, null));
    expect(many.statements).toBe(few.statements);
  });
});
