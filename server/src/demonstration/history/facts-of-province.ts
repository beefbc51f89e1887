import { NOTHING } from '../../allocation/domain/capacity.js';
import type { CalendarDate } from '../../kernel/calendar.js';
import { holdsOn } from '../../pricing/domain/price-version.js';
import { quoteMachine } from '../../pricing/domain/quote.js';
import { encumbersOwnBudget } from '../../systems/domain/system.js';
import type { MadeUpUser } from '../made-up-people.js';
import type { MadeUpProvince } from '../province.js';
import type { PastAsker, PastFacts, PastPerson } from './past-facts.js';

/** Each pool carries so many times its made-up nodes in a past that is larger than the demonstration. */
export function factsOf(province: MadeUpProvince): PastFacts {
  const { facilities, catalog } = province;
  const pricesOn = memo((day: CalendarDate) => province.prices.versions.filter((version) => holdsOn(version, day)));
  const [finance] = peopleOf(province.users, 'FINANCE').map(({ person }) => person);
  if (!finance) throw new Error('the made-up province has nobody who keeps its budgets');
  const roles = new Map(facilities.centers.map((center) => [center.id, center.role]));
  const limits = new Map(facilities.limits.map((limit) => [limit.poolId, limit]));
  return {
    askers: askersOf(province),
    reviewers: peopleOf(province.users, 'CENTER_REVIEWER').map(({ person }) => person),
    offers: catalog.offers,
    images: catalog.images,
    place: {
      centers: facilities.centers.map(({ id, name, role, life }) => ({ centerId: id, name, role, life })),
      pools: facilities.pools.map((pool) => {
        const limit = limits.get(pool.id);
        const amounts = {
          ...NOTHING,
          VCPU: limit?.vcpu ?? 0,
          MEMORY_MIB: limit?.memoryMib ?? 0,
          STORAGE_GIB_SSD: limit?.storage.SSD ?? 0,
          STORAGE_GIB_HDD: limit?.storage.HDD ?? 0,
        };
        return {
          poolId: pool.id,
          code: pool.code,
          centerId: pool.centerId ?? '',
          architecture: pool.architecture,
          zone: pool.zone,
          total: amounts,
          free: amounts,
          largestMachine: pool.present?.largestMachine ?? null,
          inMaintenance: false,
          protectionLevelMax: pool.protectionLevelMax,
          kind: pool.kind,
          domesticCpu: pool.domesticCpu,
        };
      }),
    },
    monthlyFen: (machine, centerId, on) => {
      const quote = quoteMachine(pricesOn(on), { ...machine, centerId });
      return quote.ok ? quote.value.monthly : null;
    },
    budgets: province.budgets.budgets,
    ownPaying: new Set(
      province.systems.projects.flatMap(({ id, fundingMode }) => (encumbersOwnBudget(fundingMode) ? [id] : [])),
    ),
    servers: province.servers.servers
      .filter(({ state, centerId }) => state === 'FREE' && roles.get(centerId) !== 'RECOVERY')
      .map(({ id, since }) => ({ id, from: since ?? new Date(0) })),
    finance,
  };
}

/** A past asks for the same few days again and again. */
function memo<K, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}

/** Systems of departments that have both an applicant and a head. */
function askersOf({ departments, systems, users }: MadeUpProvince): PastAsker[] {
  const applicants = new Map(peopleOf(users, 'APPLICANT').map((one) => [one.departmentId, one.person]));
  const heads = new Map(peopleOf(users, 'DEPARTMENT_HEAD').map((one) => [one.departmentId, one.person]));
  const byId = new Map(departments.map((department) => [department.id, department]));
  const links = Map.groupBy(systems.links, (link) => link.systemId);
  return systems.systems.flatMap((system) => {
    const department = byId.get(system.departmentId);
    const payers = (links.get(system.id) ?? []).toSorted((one, other) => (one.from < other.from ? 1 : -1));
    const [applicant, head] = [applicants.get(system.departmentId), heads.get(system.departmentId)];
    if (!department || payers.length === 0 || !applicant || !head) return [];
    const above = department.parentId === null ? [] : [department.parentId];
    const quotaIds = [...above, department.id, system.id];
    return [{ system, department, payers, quotaIds, applicant, head }];
  });
}

function peopleOf(
  users: readonly MadeUpUser[],
  role: MadeUpUser['roles'][number],
): { departmentId: string | null; person: PastPerson }[] {
  return users
    .filter((user) => user.roles.includes(role))
    .map(({ departmentId, id, displayName }) => ({ departmentId, person: { userId: id, name: displayName } }));
}
