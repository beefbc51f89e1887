import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ProrationRules } from '../accounting/proration-rules.service.js';
import { AllocationService } from '../allocation/allocation.service.js';
import { Acts } from '../audit/acts.service.js';
import type { AuditFact } from '../audit/audit.types.js';
import { PastBudgets } from '../budgets/past-budgets.service.js';
import { CabinetsService } from '../cabinets/cabinets.service.js';
import { RackTypesService } from '../cabinets/rack-types.service.js';
import { SpaceService } from '../cabinets/space.service.js';
import { lastOf, SpaceQuotas } from '../cabinets/space-quotas.service.js';
import { CatalogService } from '../catalog/catalog.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { EnergyService } from '../energy/energy.service.js';
import type { MaintenanceWindow } from '../facilities/domain/maintenance.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { MaintenanceService } from '../facilities/maintenance.service.js';
import { PastGoLives } from '../golive/past-go-lives.service.js';
import { Accounts } from '../identity/accounts.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear, calendarDate } from '../kernel/calendar.js';
import type { NotPermitted } from '../kernel/refusal.js';
import { ok, refuse } from '../kernel/result.js';
import type { Actor } from '../kernel/viewer.js';
import { NetworksService } from '../networks/networks.service.js';
import { PackagesService } from '../packages/packages.service.js';
import { PastPlans } from '../plans/past-plans.service.js';
import { CONFIGURATION, type Configuration } from '../platform/config/configuration.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { PricingService } from '../pricing/pricing.service.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { HardwareModelsService } from '../servers/hardware-models.service.js';
import { ServerIntakeService } from '../servers/server-intake.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { Backups } from '../workorders/backups.service.js';
import { PastOrders } from '../workorders/past-orders.service.js';
import { filledTables, historyMark, seedOf, takeMark } from './demonstration-mark.js';
import { DemonstrationShared } from './demonstration-shared.js';
import { backupsAt } from './made-up-backups.js';
import { meterOf } from './made-up-energy.js';
import { goLivesAt, liveAt } from './made-up-go-lives.js';
import { makeUpPackages } from './made-up-packages.js';
import { DEMONSTRATION_PASSWORD } from './made-up-people.js';
import { workAt } from './made-up-work.js';
import { lastNumbers, plansOfProvince, yearsOfProvince } from './plans-of-province.js';
import { type MadeUpProvince, makeUpProvince } from './province.js';
import { stoodSince } from './stood-since.js';
import { waysOfProvince } from './ways-of-province.js';

/** Where a demonstration may not be; its text is the one line that the person at the start sees. */
export class DemonstrationRefused extends Error {
  override name = 'DemonstrationRefused';
}

export type Loaded = 'LOADED' | 'ALREADY_THERE';

@Injectable()
export class DemonstrationLoader {
  constructor(
    @Inject(CONFIGURATION) private readonly configuration: Pick<Configuration, 'mode'>,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
    private readonly db: DataSource,
    private readonly acts: Acts,
    private readonly accounts: Accounts,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly quotas: QuotasService,
    private readonly facilities: FacilitiesService,
    private readonly cabinets: CabinetsService,
    private readonly rackTypes: RackTypesService,
    private readonly space: SpaceService,
    private readonly spaceQuotas: SpaceQuotas,
    private readonly maintenance: MaintenanceService,
    private readonly energy: EnergyService,
    private readonly catalog: CatalogService,
    private readonly pricing: PricingService,
    private readonly proration: ProrationRules,
    private readonly budgets: PastBudgets,
    private readonly allocation: AllocationService,
    private readonly models: HardwareModelsService,
    private readonly serverIntake: ServerIntakeService,
    private readonly networks: NetworksService,
    private readonly shared: DemonstrationShared,
    private readonly work: PastOrders,
    private readonly backups: Backups,
    private readonly plans: PastPlans,
    private readonly goLives: PastGoLives,
    private readonly packages: PackagesService,
    private readonly codes: CodeSequence,
  ) {}

  /**
   * Loads the made-up province in one transaction, or finds it there already, whatever its seed. Everyone's password is
   * public, so it throws DemonstrationRefused outside DEMO mode and in a database that holds anything else.
   */
  async load(seed: number, machines = 0): Promise<Loaded> {
    if (this.configuration.mode !== 'DEMO')
      throw new DemonstrationRefused('The made-up province is loaded in JIYUN_MODE=demo only.');
    if ((await seedOf(this.db.manager)) !== null) return 'ALREADY_THERE';
    // One hash for everybody: it takes a tenth of a second on purpose, and the password is no secret.
    const passwordHash = await this.crypto.hashPassword(DEMONSTRATION_PASSWORD);
    const loaded = await this.acts.perform(
      { name: 'demonstration.load', actor: loaderActor(), input: { seed } },
      async (tx) => {
        if (!(await takeMark(tx, seed))) return refuse([alreadyThere()]);
        const province = makeUpProvince(seed, machines, accountingYear(tx.now));
        const settled = await this.write(tx, province, passwordHash);
        return ok({ value: null, audit: factOf(province), last: lastOf(settled) });
      },
    );
    return loaded.ok ? 'LOADED' : 'ALREADY_THERE';
  }

  /** By which seed, and with nodes for how many machines, the province that is there was made; null = there is none. */
  async there(): Promise<{ readonly seed: number; readonly machines: number } | null> {
    const seed = await seedOf(this.db.manager);
    return seed === null ? null : { seed, machines: (await historyMark(this.db.manager))?.machines ?? 0 };
  }

  /** Throws where the accounts with the public password stand in a database that is used in earnest. */
  async refuseInEarnest(): Promise<void> {
    if (this.configuration.mode !== 'DEMO' && (await seedOf(this.db.manager)) !== null)
      throw new DemonstrationRefused(
        'This database holds the demonstration, whose password is public; start with JIYUN_MODE=demo or another JIYUN_DATA.',
      );
  }

  /** Everything but the counters of quotas, which `settleLast` moves. */
  private async write(
    tx: Tx,
    province: MadeUpProvince,
    passwordHash: string,
  ): Promise<{ readonly settleLast: () => Promise<void> }> {
    const filled = await filledTables(tx.manager);
    if (filled.length > 0)
      throw new DemonstrationRefused(
        `The database is not empty (${filled.join(', ')}), and the made-up province is never mixed with real rows; use another JIYUN_DATA.`,
      );
    await this.departments.add(tx, province.departments);
    const { goLives } = province;
    await this.systems.add(tx, { ...province.systems, systems: liveAt(goLives, province.systems.systems, tx.now) });
    await this.quotas.add(tx, province.quotas);
    await this.facilities.add(tx, province.facilities);
    for (const limit of province.facilities.limits) await this.allocation.openPool(tx, limit);
    await this.rackTypes.addAll(tx, province.rackTypes);
    await this.cabinets.add(tx, province.cabinets);
    const placed = await this.space.placeAll(tx, stoodSince(tx.now, province.cabinets.wishes));
    if (!placed.ok) throw new Error(`the made-up cabinets do not hold: ${placed.error[0]?.message.en}`);
    const settled = await this.spaceQuotas.settle(tx, waysOfProvince(province.departments, province.quotas), {
      cabinetIds: province.cabinets.cabinets.map(({ id }) => id),
    });
    if (!settled.ok) throw new Error(`the made-up quotas do not hold: ${settled.error[0]?.message.en}`);
    await this.addServers(tx, province.servers);
    await this.networks.addAll(tx, province.networks);
    await this.shared.write(tx, province);
    await this.addClouds(tx, province.clouds);
    await this.addEnergy(tx, province.energy);
    await this.catalog.add(tx, province.catalog);
    await this.packages.addPublished(tx, makeUpPackages(province.catalog), '丁思远');
    await this.pricing.add(tx, province.prices.versions, province.prices.items);
    // The whole budget year is accounted for, so that its months can be compared.
    await this.proration.add(tx, {
      ...{ from: `${accountingYear(tx.now)}-01`, rule: 'BY_DAY', sameUnitMinimum: 'ONE_UNIT' },
      reason: '按日折算（演示）',
    });
    await this.addPlans(tx, province);
    await this.budgets.add(tx, province.budgets.budgets, loaderActor().name, province.budgets.openings);
    await this.accounts.add(
      tx,
      province.users.map((user) => ({ ...user, passwordHash })),
    );
    await this.addWork(tx, province.work);
    await this.addBackups(tx, province.backups);
    await this.goLives.add(tx, goLivesAt(goLives, tx.now));
    await this.codes.passByWithin(tx.manager, 'SX', accountingYear(tx.now), goLives.cases.length);
    return settled.value;
  }

  private async addPlans(tx: Tx, { plans, prices }: MadeUpProvince): Promise<void> {
    const past = plansOfProvince(plans, tx.now);
    const today = calendarDate(tx.now);
    await this.plans.addYears(tx, yearsOfProvince(tx.now), '朱明哲');
    await this.plans.add(
      tx,
      past,
      prices.versions.filter(({ from, to }) => from <= today && (to === null || today < to)),
    );
    for (const { prefix, year, number } of lastNumbers(past))
      await this.codes.passByWithin(tx.manager, prefix, year, number);
  }

  private async addEnergy(tx: Tx, { months, targets }: MadeUpProvince['energy']): Promise<void> {
    const year = accountingYear(tx.now);
    const running = calendarDate(tx.now).slice(0, 7);
    await this.energy.add(
      tx,
      months
        .filter((row) => !row.gap)
        .map(({ centerId, monthsBefore, itKwh, overheadPercent }) => {
          const month = monthBefore(running, monthsBefore + 1);
          const read = meterOf(month, itKwh, overheadPercent);
          return { centerId, month, ...read, recordedBy: '蒋立群', recordedAt: tx.now };
        }),
      targets.map(({ centerId, yearsBefore, hundredths }) => ({ centerId, fromYear: year - yearsBefore, hundredths })),
    );
  }

  /** What stands in the tour's space occupies it; the codes that its orders have are passed over. */
  private async addWork(tx: Tx, work: MadeUpProvince['work']): Promise<void> {
    const past = workAt(work, tx.now);
    await this.work.add(tx, past);
    const [holderId] = past.equipment.flatMap((thing) => thing.holderId ?? []);
    if (holderId) await this.space.occupy(tx, holderId);
    for (let taken = 0; taken < past.orders.length; taken += 1)
      await this.codes.nextWithin(tx.manager, 'GD', accountingYear(tx.now));
  }

  private async addBackups(tx: Tx, backups: MadeUpProvince['backups']): Promise<void> {
    const past = backupsAt(backups, tx.now);
    await this.backups.takeOver(tx, past);
    for (let taken = 0; taken < past.length; taken += 1)
      await this.codes.nextWithin(tx.manager, 'BF', accountingYear(tx.now));
  }

  private async addServers(tx: Tx, { models, servers, wishes }: MadeUpProvince['servers']): Promise<void> {
    await this.models.addModels(tx, models);
    await this.serverIntake.addAll(tx, servers, loaderActor().name);
    const placed = await this.space.placeAll(tx, stoodSince(tx.now, wishes));
    if (!placed.ok) throw new Error(`the made-up servers find no place: ${placed.error[0]?.message.en}`);
  }

  private async addClouds(tx: Tx, { pools, maintenance }: MadeUpProvince['clouds']): Promise<void> {
    await this.facilities.add(tx, { centers: [], clusters: [], pools });
    await this.maintenance.add(tx, [windowOf(maintenance, tx.now)]);
  }
}

/** At 22 o'clock in Shanghai, when the fewest are at work. */
const NIGHT_HOUR_UTC = 14;
const HOUR_MS = 60 * 60 * 1000;

/** "YYYY-MM", so many months before. */
function monthBefore(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 - months, 1)).toISOString().slice(0, 7);
}

function windowOf(
  { startsInDays, hours, ...window }: MadeUpProvince['clouds']['maintenance'],
  now: Date,
): MaintenanceWindow {
  const fromAt = new Date(now);
  fromAt.setUTCDate(now.getUTCDate() + startsInDays);
  fromAt.setUTCHours(NIGHT_HOUR_UTC, 0, 0, 0);
  return { ...window, fromAt, toAt: new Date(fromAt.getTime() + hours * HOUR_MS) };
}

function factOf({ seed, departments, systems, users }: MadeUpProvince): AuditFact {
  return {
    objectType: 'Demonstration',
    objectId: String(seed),
    departmentId: null,
    summary: say('装入演示数据（虚构省份）', 'Loaded the made-up province'),
    after: { departments: departments.length, systems: systems.systems.length, users: users.length },
  };
}

/** Only another loader at the same moment comes this far; it is not shown to anybody. */
export function alreadyThere(): NotPermitted {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'ALREADY_THERE',
    message: say('演示数据已存在', 'The made-up province is there already'),
  };
}

export function loaderActor(): Actor {
  return { userId: null, name: '演示数据', departmentId: null, address: null, traceId: newId() };
}
