import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { plainContent } from '../support/request-form.ts';

let console_: TestConsole;
let city: ConsoleClient;
let province: ConsoleClient;
beforeAll(async () => {
  console_ = await startTestConsole();
  // An applicant of a city's bureau, and one of a provincial department.
  [city, province] = await Promise.all([console_.signIn('applicant.nanjing-sjj'), console_.signIn('applicant')]);
});
afterAll(() => console_.close());

const PREVIEW = `query P($input: PreviewRequestInput!) { previewRequest(input: $input) {
  feasible
  lines { feasible checks { criterion passed figures } }
  errors { __typename code message ... on CapacityShortage { meter requested free short } }
} }`;

async function preview(client: ConsoleClient, count: number, vcpuMin: number) {
  const { systems } = await client.data('{ systems(first: 100) { nodes { id projects { id } } } }');
  const system = systems.nodes.find((s: { projects: unknown[] }) => s.projects.length > 0);
  const content = await plainContent(client);
  const { catalog } = await client.data('{ catalog { offers { id architecture vcpu } } }');
  const offer = catalog.offers.find(
    (o: { architecture: string; vcpu: number }) => o.vcpu >= vcpuMin && o.architecture === 'ARM64',
  );
  const [line] = content.lines;
  const { previewRequest } = await client.data(PREVIEW, {
    input: {
      content: {
        ...content,
        systemId: system.id,
        projectId: system.projects[0].id,
        lines: [{ ...line, offerId: vcpuMin > 0 ? offer.id : line?.offerId, count }],
      },
    },
  });
  return previewRequest;
}

/** Two digits and more: figures of the place; the numbers of criteria are not. */
const DIGITS = /\d{2,}/;

/** Thirteen vCPU in each pool: two machines of eight are three too many. */
const shrink = () =>
  console_.test.db.query(
    "update capacity_counter set limit_amount = 13 where kind = 'POOL' and meter = 'VCPU' and live_amount <= 13",
  );

describe('a city', () => {
  it('is given no figure of any pool', async () => {
    const query = '{ centers { pools { code capacity { total free } sizing { reservePercent } } } }';
    const [theirs, ours] = [await city.data(query), await province.data(query)];
    const pools = (data: typeof theirs) =>
      data.centers.flatMap((c: { pools: { capacity: unknown[]; sizing: unknown }[] }) => c.pools);
    expect(pools(ours).every((p: { capacity: unknown[] }) => p.capacity.length >= 4)).toBe(true);
    for (const pool of pools(theirs)) expect(pool).toMatchObject({ capacity: [], sizing: null });
  });

  it('is told that one can be met', async () => {
    const fits = await preview(city, 1, 0);
    expect(fits.feasible).toBe(true);
    const vcpu = fits.lines[0].checks.find((c: { criterion: string }) => c.criterion === 'P7');
    expect(vcpu).toMatchObject({ passed: true, figures: 'Can be met' });
  });

  it('is told that a request cannot be met, and not how far it misses', async () => {
    await shrink();
    const refused = await preview(city, 2, 8);
    expect(refused.feasible).toBe(false);
    expect(refused.errors).toMatchObject([{ code: 'CAPACITY_SHORTAGE', free: null, short: null }]);
    expect(refused.errors[0].requested).toBeGreaterThan(0);
    expect(refused.errors[0].message).not.toMatch(DIGITS);
    const told = refused.lines.flatMap((l: { checks: { criterion: string; figures: string | null }[] }) => l.checks);
    for (const { criterion, figures } of told)
      if (!['P1', 'P2', 'P3', 'P4'].includes(criterion)) expect(figures ?? '').not.toMatch(DIGITS);
  });

  it('reads no capacity page, no clouds, no maintenance', async () => {
    for (const query of [
      '{ capacity { groups { zone } } }',
      '{ clouds { code } }',
      '{ maintenanceWindows { totalCount } }',
    ])
      expect((await city.ask(query)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});

describe('a provincial department', () => {
  it('sees how far its request misses', async () => {
    const refused = await preview(province, 2, 8);
    expect(refused.errors[0].short).toBeGreaterThan(0);
    expect(refused.errors[0].message).toMatch(DIGITS);
  });
});
