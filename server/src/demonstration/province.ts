import type { RackType } from '../cabinets/domain/rack-type.js';
import type { Department } from '../departments/domain/department.js';
import { type MadeUpBackups, makeUpBackups } from './made-up-backups.js';
import { approvedAnew, type MadeUpBudgets, makeUpBudgets } from './made-up-budgets.js';
import { type MadeUpCabinets, makeUpCabinets } from './made-up-cabinets.js';
import { type MadeUpCatalog, makeUpCatalog, withChecksums } from './made-up-catalog.js';
import { type MadeUpClouds, makeUpClouds } from './made-up-clouds.js';
import { makeUpDepartments } from './made-up-departments.js';
import { type MadeUpEnergy, makeUpEnergy } from './made-up-energy.js';
import { type MadeUpFacilities, makeUpFacilities } from './made-up-facilities.js';
import { type MadeUpGoLives, makeUpGoLives } from './made-up-go-lives.js';
import { type MadeUpNetwork, makeUpNetworks } from './made-up-networks.js';
import { type MadeUpUser, makeUpPeople } from './made-up-people.js';
import { type MadeUpPlan, makeUpPlans } from './made-up-plans.js';
import { type MadeUpPrices, makeUpPrices } from './made-up-prices.js';
import { type MadeUpQuota, makeUpQuotas } from './made-up-quotas.js';
import { makeUpRackTypes } from './made-up-rack-types.js';
import { type MadeUpRecords, makeUpRecords } from './made-up-records.js';
import { type MadeUpServers, makeUpServers } from './made-up-servers.js';
import { renewedFor, withStanding } from './made-up-standing.js';
import { makeUpSystems } from './made-up-systems.js';
import { type MadeUpWork, makeUpWork } from './made-up-work.js';
import { Seeded } from './seeded.js';

export interface MadeUpProvince {
  readonly seed: number;
  readonly departments: readonly Department[];
  readonly systems: MadeUpRecords;
  readonly facilities: MadeUpFacilities;
  readonly cabinets: MadeUpCabinets;
  readonly catalog: MadeUpCatalog;
  readonly prices: MadeUpPrices;
  readonly budgets: MadeUpBudgets;
  readonly users: readonly MadeUpUser[];
  readonly quotas: readonly MadeUpQuota[];
  readonly plans: readonly MadeUpPlan[];
  readonly clouds: MadeUpClouds;
  readonly energy: MadeUpEnergy;
  readonly networks: readonly MadeUpNetwork[];
  readonly servers: MadeUpServers;
  readonly rackTypes: readonly RackType[];
  readonly work: MadeUpWork;
  readonly backups: MadeUpBackups;
  readonly goLives: MadeUpGoLives;
}

/** So many machines of the past find their place on the pools' made-up nodes, with half of them left for what comes. */
const MACHINES_PER_SIZE = 1_200;

/**
 * The whole province out of one seed, with nodes enough for that many machines. Real are only the province, its cities'
 * names and what departments are for. Its budgets reach to the year in which it is loaded, and what is in order is so then.
 */
export function makeUpProvince(seed: number, machines = 0, year = 0): MadeUpProvince {
  const seeded = new Seeded(seed);
  const departments = makeUpDepartments(seeded);
  const rows = departments.map((made) => made.department);
  const scale = Math.max(1, Math.ceil(machines / MACHINES_PER_SIZE));
  const systems = makeUpSystems(seeded, departments);
  const facilities = makeUpFacilities(seeded, scale);
  const cabinets = makeUpCabinets(seeded, facilities.centers, rows);
  const catalog = makeUpCatalog(seeded);
  const users = makeUpPeople(seeded, rows);
  const quotas = makeUpQuotas(seeded, rows, systems, scale);
  // Last, so that what was made up before stays as it was.
  const records = renewedFor(withStanding(seed, makeUpRecords(seeded, systems, rows, users), rows), year);
  const clouds = makeUpClouds(seeded, rows, facilities);
  const energy = makeUpEnergy(seeded, facilities.centers);
  const [recovery] = facilities.centers.filter((center) => center.role === 'RECOVERY');
  const prices = makeUpPrices(seeded, recovery?.id ?? '');
  const budgets = approvedAnew(seed, makeUpBudgets(seeded, rows, records.projects, scale), rows, year);
  const networks = makeUpNetworks(seeded, facilities.centers);
  const servers = makeUpServers(seeded, facilities.centers);
  const rackTypes = makeUpRackTypes(seeded);
  const work = makeUpWork(seeded, rows, cabinets, users);
  const plans = makeUpPlans(seeded, rows, records.systems, scale);
  const backups = makeUpBackups(seeded, rows, records.systems, facilities.centers);
  const goLives = makeUpGoLives(seeded, rows, records, users);
  return {
    seed,
    departments: rows,
    systems: records,
    facilities,
    cabinets,
    catalog: withChecksums(seeded, catalog),
    prices,
    budgets,
    users,
    quotas,
    plans,
    clouds,
    energy,
    networks,
    servers,
    rackTypes,
    work,
    backups,
    goLives,
  };
}
