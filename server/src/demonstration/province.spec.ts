import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../audit/domain/canonical-json.js';
import { powerLimitOf } from '../cabinets/domain/cabinet.js';
import {
  checkCabinet,
  checkCode,
  checkImage,
  checkMachine,
  checkName,
  checkServer,
} from '../catalog/domain/entries.js';
import { checkDefinition } from '../catalog/domain/service-definition.js';
import { isDepartmentCode } from '../departments/domain/department.js';
import { weaknessOf } from '../identity/domain/password-policy.js';
import { ROLES } from '../kernel/viewer.js';
import { quoteMachine } from '../pricing/domain/quote.js';
import { paysOn } from '../systems/domain/system.js';
import { makeUpHosts, makeUpMachines } from './made-up-hosts.js';
import { DEMONSTRATION_PASSWORD, demonstrationAccounts, shownAccounts } from './made-up-people.js';
import { makeUpPreferences } from './made-up-preferences.js';
import { makeUpProvince } from './province.js';
import { Seeded } from './seeded.js';

const UUID_7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** Cabinets are given away by the dice. */
const SEEDS = 30;
const province = makeUpProvince(20_260_101);
const text = (value: unknown): string => canonicalJson(value);
/** Without the years until which something is in order. */
const undated = (value: unknown): string =>
  text(value).replaceAll(/"(declarationValidUntil|reliabilityValidUntil|until)":"\d{4}/g, '"$1":"');

describe('Seeded', () => {
  it('makes ids of version 7 that never repeat and grow with time', () => {
    const seeded = new Seeded(1);
    const ids = Array.from({ length: 5_000 }, () => seeded.id());
    expect(ids.filter((id) => !UUID_7.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(ids);
  });

  it('takes some, each once, in their order', () => {
    const seeded = new Seeded(7);
    for (let i = 0; i < 200; i += 1) {
      const some = seeded.some([1, 2, 3, 4, 5], 3);
      expect(some).toHaveLength(3);
      expect(some.toSorted((a, b) => a - b)).toEqual(some);
    }
    expect(seeded.some([1, 2], 5)).toEqual([1, 2]);
  });
});

describe('makeUpProvince', () => {
  it('has hosts for what speaks Redfish in the active centers, the same whatever year and size it is made up for', () => {
    const { facilities, servers } = makeUpProvince(20_260_101, 5_000, 2031);
    expect(text(servers)).toBe(text(province.servers));
    const hosts = facilities.centers.map((center) =>
      makeUpHosts(servers, center).filter(({ kind }) => kind === 'BareMetalHost'),
    );
    expect(hosts.map((each) => each.length > 10)).toEqual([true, true, false]);
    expect(hosts[2]).toEqual([]);
    // Whoever registers a server finds that very machine behind its address.
    const machines = facilities.centers.flatMap((center) => [...makeUpMachines(servers, center)]);
    expect(machines.map(([address, { systemVendor }]) => [address, systemVendor.serialNumber])).toEqual(
      servers.servers.map(({ bmcAddress, serial }) => [bmcAddress, serial]),
    );
  });

  it('gives the same bytes for the same seed, and another province for another', () => {
    expect(text(makeUpProvince(20_260_101))).toBe(text(province));
    expect(text(makeUpProvince(1))).not.toBe(text(province));
  });

  it('has 61 provincial departments, the 13 cities and their bureaus, each with a code that namespaces can carry', () => {
    const count = (level: string) => province.departments.filter((department) => department.level === level).length;
    expect([count('PROVINCE'), count('CITY'), count('BUREAU')]).toEqual([61, 13, 52]);
    expect(province.departments.filter((department) => !isDepartmentCode(department.code))).toEqual([]);
    expect(new Set(province.departments.map((department) => department.name)).size).toBe(126);
  });

  it('has about 600 systems and 200 projects; every system is paid for now and years later', () => {
    const { systems, projects, links } = province.systems;
    expect(Math.abs(systems.length - 600)).toBeLessThan(60);
    expect(Math.abs(projects.length - 200)).toBeLessThan(60);
    for (const day of ['2026-01-01', '2030-01-01']) {
      const paid = new Set(links.filter((link) => paysOn(link, day)).map((link) => link.systemId));
      expect(systems.filter((system) => !paid.has(system.id))).toEqual([]);
    }
    const departmentOf = new Map([...systems, ...projects].map((row) => [row.id, row.departmentId]));
    expect(links.filter((link) => departmentOf.get(link.systemId) !== departmentOf.get(link.projectId))).toEqual([]);
  });

  it('has, loaded in a later year, as many systems in order as before, and all else of them as it was', () => {
    const inOrder = ({ systems: { systems, bindings } }: typeof province, day: string) => ({
      declared: systems.flatMap(({ declarationValidUntil: until, code }) => ((until ?? '') >= day ? code : [])),
      stated: systems.flatMap(({ reliabilityValidUntil: until, code }) => ((until ?? '') >= day ? code : [])),
      bound: bindings.flatMap(({ until, systemId }) => (until >= day ? systemId : [])),
    });
    const later = makeUpProvince(20_260_101, 0, 2034);
    expect(inOrder(later, '2034-07-01')).toEqual(inOrder(province, '2026-07-01'));
    const { budgets: _, ...rest } = later;
    const { budgets: __, ...before } = province;
    expect(undated(rest) === undated(before)).toBe(true);
  });

  it('has, loaded in a later year, an item of that year for every project that pays, beside those of before', () => {
    const { budgets, systems } = makeUpProvince(20_260_101, 0, 2028);
    const { budgets: before } = province;
    expect(budgets.budgets.slice(0, before.budgets.length)).toEqual(before.budgets);
    expect(budgets.openings).toHaveLength(budgets.budgets.length);
    expect(new Set(budgets.budgets.map(({ id }) => id)).size).toBe(budgets.budgets.length);
    expect(new Set(budgets.budgets.map(({ key }) => key)).size).toBe(budgets.budgets.length);
    const wholes = new Map(budgets.budgets.filter(({ grain }) => grain === 'DEPARTMENT').map((one) => [one.id, one]));
    for (const year of [2026, 2027, 2028]) {
      const items = budgets.budgets.filter((one) => one.year === year && one.projectId !== null);
      const paying = new Set(systems.links.filter((link) => paysOn(link, `${year}-07-01`)).map((l) => l.projectId));
      expect([...paying].filter((id) => !items.some(({ projectId }) => projectId === id))).toEqual([]);
      expect(items.filter(({ parentId }) => wholes.get(parentId ?? '')?.year !== year)).toEqual([]);
    }
  });

  it('repeats no code and no id', () => {
    const { systems, facilities, catalog, users } = province;
    for (const rows of [systems.systems, systems.projects, facilities.pools, catalog.offers, catalog.images])
      expect(new Set(rows.map((row) => row.code)).size).toBe(rows.length);
    expect(new Set(users.map((user) => user.username)).size).toBe(users.length);
    const withId = [province.departments, systems.systems, systems.projects, facilities.pools, catalog.offers, users];
    const ids = withId.flatMap((rows) => rows.map((row: { id: string }) => row.id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has three centers with pools of both architectures in both zones, and promises one node less than is there', () => {
    const { centers, clusters, pools, limits, nodes } = province.facilities;
    expect(centers.map((center) => center.role)).toEqual(['ACTIVE_A', 'ACTIVE_B', 'RECOVERY']);
    expect([clusters.length, pools.length, limits.length]).toEqual([3, 12, 12]);
    for (const pool of pools) {
      const limit = limits.find((found) => found.poolId === pool.id);
      const own = nodes
        .flatMap((of) => of.nodes)
        .filter((node) => node.name.startsWith(`${pool.code}-`) && node.zone === pool.zone);
      expect(pool.present?.vcpu).toBe(own.reduce((sum, node) => sum + node.vcpu, 0));
      expect(pool.present?.memoryMib).toBe(own.reduce((sum, node) => sum + node.memoryMib, 0));
      expect(limit?.memoryMib).toBe((pool.present?.memoryMib ?? 0) - (own[0]?.memoryMib ?? 0));
      expect(limit?.vcpu).toBe(((pool.present?.vcpu ?? 0) - (own[0]?.vcpu ?? 0)) * 3);
    }
  });

  it('offers nothing that no node could run or that has no price', () => {
    const { offers } = province.catalog;
    const prices = province.prices.versions.filter((version) => version.to === null);
    expect(offers).toHaveLength(31);
    for (const offer of offers) {
      const pools = province.facilities.pools.filter((pool) => pool.architecture === offer.architecture);
      const largest = Math.max(...pools.map((pool) => pool.present?.largestMachine?.memoryMib ?? 0));
      expect(offer.memoryMib).toBeLessThanOrEqual(largest);
      for (const tier of ['SSD', 'HDD'] as const)
        expect(quoteMachine(prices, { ...offer, disk: { tier, gib: 40 } }).ok).toBe(true);
    }
    expect(prices.every((price) => price.synthetic)).toBe(true);
  });

  it('holds nothing that the catalog would refuse from its keepers', () => {
    const { offers, images, servers = [], cabinets = [], services = [], definitions = [] } = province.catalog;
    const codes = [offers, images, servers, cabinets, services].flatMap((rows) => rows.map((row) => row.code));
    expect(images.length).toBeGreaterThan(0);
    expect([
      ...codes.flatMap(checkCode),
      ...[...offers, ...images, ...servers, ...cabinets].flatMap((row) => checkName(row.name)),
      ...offers.flatMap(checkMachine),
      ...servers.flatMap(checkServer),
      ...cabinets.flatMap(checkCabinet),
      ...images.flatMap(checkImage),
      ...definitions.flatMap(checkDefinition),
    ]).toEqual([]);
    const meters = new Set(province.prices.items.map((item) => item.meter));
    expect(definitions.filter(({ priceMeter }) => priceMeter !== null && !meters.has(priceMeter))).toEqual([]);
    expect(servers.filter(({ code }) => !meters.has(`SERVER:${code}`))).toEqual([]);
  });

  it('gives a department one whole cabinet a center, and a quota that holds the largest of each', () => {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const { cabinets, quotas, departments } = makeUpProvince(seed);
      const roomOf = new Map(cabinets.rows.map((row) => [row.id, row.roomId]));
      const centerOf = new Map(cabinets.rooms.map((room) => [room.id, room.centerId]));
      const center = ({ rowId }: { readonly rowId: string }) => centerOf.get(roomOf.get(rowId) ?? '') ?? '';
      const whole = cabinets.cabinets.filter(({ departmentId }) => departmentId !== null);
      expect(whole).toHaveLength(6);
      expect(new Set(whole.map((cabinet) => `${cabinet.departmentId} ${center(cabinet)}`)).size).toBe(whole.length);
      const takers = new Set(departments.filter(({ level }) => level === 'PROVINCE').map(({ id }) => id));
      expect(whole.filter(({ departmentId }) => !takers.has(departmentId ?? ''))).toEqual([]);
      // However the dice fall: the most units and the most power of each center.
      const most = (of: (cabinet: (typeof whole)[number]) => number) =>
        [...Map.groupBy(cabinets.cabinets, center).values()].reduce((sum, own) => sum + Math.max(...own.map(of)), 0);
      const [halfUnits, watts] = [most(({ heightUnits }) => heightUnits * 2), most(powerLimitOf)];
      for (const { subject, limits } of quotas.filter((quota) => takers.has(quota.subject.id)))
        expect({ subject, holds: halfUnits <= limits.CABINET_HALF_UNIT && watts <= limits.POWER_W }).toEqual({
          subject,
          holds: true,
        });
    }
  });

  it('names device preferences that its clusters have', () => {
    const there = makeUpPreferences().map(({ metadata }) => metadata.name);
    const named = province.catalog.images.flatMap(({ devicePreference }) => devicePreference ?? []);
    expect(named).toEqual(there);
  });

  it('fetches images from nowhere real', () => {
    for (const { source } of province.catalog.images)
      expect('http' in source && new URL(source.http.url).hostname).toMatch(/\.example$/);
  });
});

describe('demonstrationAccounts', () => {
  it('has one account for each role, and shows beside it whoever must be two, all of them users of the province', () => {
    const rolesOf = (accounts: typeof shownAccounts) => accounts.map(({ role }) => role).toSorted();
    expect(rolesOf(demonstrationAccounts)).toEqual(ROLES.toSorted());
    // A close is approved by another than who asked for it, in the province and in a city.
    expect(rolesOf(shownAccounts)).toEqual([...ROLES, 'FINANCE' as const, 'CITY_FINANCE' as const].toSorted());
    for (const account of shownAccounts) {
      const user = province.users.find((found) => found.username === account.username);
      const department = province.departments.find((found) => found.id === user?.departmentId);
      expect(user).toMatchObject({ displayName: account.displayName, roles: [account.role] });
      expect(department?.name ?? null).toBe(account.departmentName);
    }
  });

  it('has a password that the policy takes for every user', () => {
    expect(province.users.filter((user) => weaknessOf(DEMONSTRATION_PASSWORD, user.username) !== null)).toEqual([]);
  });

  it('has an applicant and a head in every provincial department', () => {
    for (const { id } of province.departments.filter((department) => department.level === 'PROVINCE')) {
      const roles = province.users.filter((user) => user.departmentId === id).flatMap((user) => user.roles);
      expect(roles).toEqual(expect.arrayContaining(['APPLICANT', 'DEPARTMENT_HEAD']));
    }
  });
});
