import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { MovedClock } from '../../support/chain-desk.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';

const clock = new MovedClock();
let app: TestApplication;
let desk: KindsDesk;
beforeAll(async () => {
  app = await openTestApplication(clock);
  desk = await KindsDesk.open(app);
});
// What centers there are is remembered for a second.
afterEach(async () => {
  await app.test.db.query("update center set life = 'STOPPED'");
  clock.pass(1);
});
afterAll(() => app.close());

const single = { localMode: 'SINGLE', remoteMode: 'NONE', centerId: null } as const;
const content = (vms: number) =>
  desk.content([
    desk.line('VM', { ...single, count: vms }),
    desk.line('SERVER', { ...single, count: 2 }),
    desk.line('CABINET', single),
  ]);
const planOf = async (vms: number) => {
  const preview = await desk.journey.submission.preview(desk.journey.scope, content(vms), null);
  if (!preview.ok) throw new Error(JSON.stringify(preview.error));
  return preview.value.plan;
};
const centersOf = (plan: Awaited<ReturnType<typeof planOf>>) =>
  plan.lines.flatMap((line) => line.shares.map((share) => share.centerId));
const saidOf = (plan: Awaited<ReturnType<typeof planOf>>) =>
  plan.lines.map((line) => line.checks.find((check) => check.criterion === 'D6')?.figures?.zh);

describe('lines of one request that run alone and name no center (D6)', () => {
  const three = (site: Site) => Array.from({ length: 3 }, () => site.center.id);

  it('go into the one that has room for all of them, whatever each would choose alone', async () => {
    await desk.openSite('ACTIVE_A', { vcpu: 100, servers: 1 });
    const b = await desk.openSite('ACTIVE_B', { vcpu: 10, servers: 4 });
    const plan = await planOf(4);
    expect(centersOf(plan)).toEqual(three(b));
    expect(saidOf(plan)).toEqual(Array.from({ length: 3 }, () => b.center.name));
  });

  it('go where the system is already, if that has room', async () => {
    const a = await desk.openSite('ACTIVE_A', { vcpu: 100 });
    const b = await desk.openSite('ACTIVE_B', { vcpu: 100 });
    const { journey } = desk;
    const more = { ...single, centerId: b.center.id, count: 60 };
    await journey.approve(await journey.submitted(desk.content([desk.line('VM', more)])));
    expect(centersOf(await planOf(4))).toEqual(three(b));
    expect(centersOf(await planOf(60))).toEqual(three(a));
  });

  it('are divided where no center has room for all, and the plan says so', async () => {
    const a = await desk.openSite('ACTIVE_A', { vcpu: 100, servers: 1 });
    const b = await desk.openSite('ACTIVE_B', { vcpu: 1, servers: 4 });
    const plan = await planOf(4);
    expect(plan.lines.flatMap((line) => line.refusals)).toEqual([]);
    expect(centersOf(plan).slice(0, 2)).toEqual([a.center.id, b.center.id]);
    expect(saidOf(plan)[0]).toMatch(/^没有中心放得下全部，分放在 /);
  });

  it('hold what the preview showed', async () => {
    await desk.openSite('ACTIVE_A', { vcpu: 100, servers: 1 });
    const b = await desk.openSite('ACTIVE_B', { vcpu: 10, servers: 4 });
    const id = await desk.journey.submitted(content(4));
    const lines = (await desk.journey.requests.linesOf([id]))[0] ?? [];
    expect(lines.flatMap((line) => line.shares.map((share) => share.centerId))).toEqual(three(b));
  });
});
