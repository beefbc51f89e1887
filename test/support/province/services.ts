import type { DataSource } from 'typeorm';
import { AllocationRepository } from '../../../server/src/allocation/allocation.repository.js';
import { AllocationService } from '../../../server/src/allocation/allocation.service.js';
import { ClaimResizes } from '../../../server/src/allocation/claim-resizes.service.js';
import { ItemRecord } from '../../../server/src/allocation/item-record.service.js';
import { KeptClaims } from '../../../server/src/allocation/kept-claims.service.js';
import { Acts } from '../../../server/src/audit/acts.service.js';
import { AuditRepository } from '../../../server/src/audit/audit.repository.js';
import { IdempotencyRepository } from '../../../server/src/audit/idempotency.repository.js';
import { BudgetAmounts } from '../../../server/src/budgets/budget-amounts.service.js';
import { BudgetPolicies } from '../../../server/src/budgets/budget-policies.service.js';
import { BudgetsRepository } from '../../../server/src/budgets/budgets.repository.js';
import { BudgetsService } from '../../../server/src/budgets/budgets.service.js';
import { CentralPayers } from '../../../server/src/budgets/central-payers.service.js';
import { LedgerRepository } from '../../../server/src/budgets/ledger.repository.js';
import { BudgetLedger } from '../../../server/src/budgets/ledger.service.js';
import { DepartmentsRepository } from '../../../server/src/departments/departments.repository.js';
import { DepartmentsService } from '../../../server/src/departments/departments.service.js';
import { FirstLoginsRepository } from '../../../server/src/documents/first-logins.repository.js';
import { HandOverRepository } from '../../../server/src/documents/hand-over.repository.js';
import { LoginResetsRepository } from '../../../server/src/documents/login-resets.repository.js';
import { MachineLogins } from '../../../server/src/documents/machine-logins.service.js';
import { DrDebtsRepository } from '../../../server/src/drdebts/drdebts.repository.js';
import { DrDebts } from '../../../server/src/drdebts/drdebts.service.js';
import { DriftRepository } from '../../../server/src/drift/drift.repository.js';
import { DriftPolicies } from '../../../server/src/drift/drift-policies.service.js';
import { Drifts } from '../../../server/src/drift/drifts.service.js';
import { CenterOpenings } from '../../../server/src/facilities/center-openings.service.js';
import { FacilitiesRepository } from '../../../server/src/facilities/facilities.repository.js';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import { FreezeGate } from '../../../server/src/freezes/freeze-gate.service.js';
import { FreezesRepository } from '../../../server/src/freezes/freezes.repository.js';
import type { Clock } from '../../../server/src/kernel/clock.js';
import { AddressesRepository } from '../../../server/src/networks/addresses.repository.js';
import { AddressesService } from '../../../server/src/networks/addresses.service.js';
import { NetworksRepository } from '../../../server/src/networks/networks.repository.js';
import { Counters } from '../../../server/src/platform/counters/counters.js';
import { newKeyRing } from '../../../server/src/platform/crypto/key-file.js';
import { SoftwareCrypto } from '../../../server/src/platform/crypto/software-crypto.js';
import { Leases } from '../../../server/src/platform/database/lease.js';
import { Notices } from '../../../server/src/platform/notices/notices.js';
import { QuarantineRepository } from '../../../server/src/quarantine/quarantine.repository.js';
import { Quarantine } from '../../../server/src/quarantine/quarantine.service.js';
import { QuotaTakings } from '../../../server/src/quotas/quota-takings.service.js';
import { BeyondQuotaUses } from '../../../server/src/requests/beyond-quota-uses.service.js';
import { ChangeFollowUp } from '../../../server/src/requests/change-follow-up.service.js';
import { ChangedServicesRepository } from '../../../server/src/requests/changed-services.repository.js';
import { DataCosts } from '../../../server/src/requests/data-costs.service.js';
import { EncumberingService } from '../../../server/src/requests/encumbering.service.js';
import { FollowUpService } from '../../../server/src/requests/follow-up.service.js';
import { LineTermsRepository } from '../../../server/src/requests/line-terms.repository.js';
import { RequestChangesRepository } from '../../../server/src/requests/request-changes.repository.js';
import { RequestItemChangesRepository } from '../../../server/src/requests/request-item-changes.repository.js';
import { RequestsRepository } from '../../../server/src/requests/requests.repository.js';
import { ServiceChangesDone } from '../../../server/src/requests/service-changes-done.service.js';
import type { ThingChangesDone } from '../../../server/src/requests/thing-changes-done.service.js';
import { KeptDiskRecord } from '../../../server/src/resources/kept-disk-record.service.js';
import { KeptDiskTime } from '../../../server/src/resources/kept-disk-time.service.js';
import { KeptDisksRepository } from '../../../server/src/resources/kept-disks.repository.js';
import { KeptDisks } from '../../../server/src/resources/kept-disks.service.js';
import { LifePolicies } from '../../../server/src/resources/life-policies.service.js';
import { LineMachines } from '../../../server/src/resources/line-machines.service.js';
import { RecordedMachines } from '../../../server/src/resources/recorded-machines.service.js';
import { ResourceChanges } from '../../../server/src/resources/resource-changes.service.js';
import { ResourceLife } from '../../../server/src/resources/resource-life.service.js';
import { ResourceLists } from '../../../server/src/resources/resource-lists.service.js';
import { ResourceMoves } from '../../../server/src/resources/resource-moves.service.js';
import { ResourceTasks } from '../../../server/src/resources/resource-tasks.service.js';
import { ResourcesRepository } from '../../../server/src/resources/resources.repository.js';
import { ResourcesService } from '../../../server/src/resources/resources.service.js';
import { UnrecordedMachinesService } from '../../../server/src/resources/unrecorded-machines.service.js';
import { SystemWrites } from '../../../server/src/systems/system-writes.repository.js';
import { SystemsRepository } from '../../../server/src/systems/systems.repository.js';
import { SystemsService } from '../../../server/src/systems/systems.service.js';
import { unitsOfWork } from '../units-of-work.ts';

/** Its changes are of machines: no line of servers or places is ever done. */
const NO_THINGS = undefined as unknown as ThingChangesDone;
/** Sheets are another feature's business. */
const NO_HAND_OVERS = { delivered: async () => {} };

class JumpingClock implements Clock {
  aheadMs = 0;

  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }
}

/** What this province has, clusters drive. */
const NO_REMOVALS = { asked: async () => undefined };

/** What a province's worlds are made of, over one database: the services of the console, each once. */
export function servicesOf(db: DataSource) {
  const clock = new JumpingClock();
  const { feed, work } = unitsOfWork(db, clock);
  const crypto = new SoftwareCrypto(newKeyRing(), 1_000);
  const acts = new Acts(work, new AuditRepository(db), new IdempotencyRepository(db), crypto);
  const facilities = new FacilitiesService(new FacilitiesRepository(db));
  const allocation = new AllocationService(new AllocationRepository(db), new Counters(db), facilities);
  const addresses = new AddressesService(new AddressesRepository(db), new NetworksRepository(db));
  const resources = new ResourcesService(new ResourcesRepository(db), addresses);
  const [books, entries] = [new BudgetsRepository(db), new LedgerRepository(db)];
  const systems = new SystemsService(new SystemsRepository(db), new SystemWrites(), clock);
  const departments = new DepartmentsService(new DepartmentsRepository(db));
  const amounts = new BudgetAmounts(books, entries);
  const rules = new BudgetPolicies(db, acts, clock);
  const budgets = new BudgetsService(db, books, entries, departments, systems, amounts, acts);
  const central = new CentralPayers(db, books, departments, acts);
  const ledger = new BudgetLedger(books, entries, rules);
  const encumbering = new EncumberingService(budgets, central, ledger, new BeyondQuotaUses(db), clock);
  const moves = new ResourceMoves(new ResourcesRepository(db), allocation, addresses, NO_REMOVALS);
  const policies = new LifePolicies(db, acts, clock);
  const life = new ResourceLife(
    moves,
    policies,
    new ResourceLists(db),
    acts,
    clock,
    new FreezeGate(new FreezesRepository(db)),
  );
  const changeRows = new RequestChangesRepository(db);
  const requestRows = new RequestsRepository(db);
  const recorded = new RecordedMachines(new ResourcesRepository(db), addresses);
  const dataCosts = new DataCosts(requestRows, changeRows, encumbering);
  const requests = new FollowUpService(
    requestRows,
    resources,
    new ItemRecord(db),
    recorded,
    encumbering,
    allocation,
    new LineMachines(),
    new DrDebts(new DrDebtsRepository(db), new CenterOpenings(), facilities, new Notices(), acts),
    NO_HAND_OVERS,
    changeRows,
    dataCosts,
    new LineTermsRepository(db),
  );
  const resourceChanges = new ResourceChanges(new ResourcesRepository(db));
  const changes = new ChangeFollowUp(
    new RequestsRepository(db),
    changeRows,
    new ClaimResizes(new AllocationRepository(db)),
    resourceChanges,
    encumbering,
    requests,
    recorded,
    allocation,
    dataCosts,
    new ServiceChangesDone(
      requestRows,
      new ChangedServicesRepository(db),
      new QuotaTakings(db, new Counters(db)),
      new ItemRecord(db),
      encumbering,
    ),
    NO_THINGS,
    new RequestItemChangesRepository(db),
    new Notices(),
  );
  const diskRows = new KeptDisksRepository(db);
  const freezes = new FreezeGate(new FreezesRepository(db));
  const time = new KeptDiskTime(diskRows, moves, acts, new Notices(), freezes, clock);
  const disks = new KeptDisks(diskRows, moves, policies, acts, time, freezes);
  const records = {
    disks: new KeptDiskRecord(diskRows, moves, new KeptClaims(new AllocationRepository(db))),
    resources,
    unrecorded: new UnrecordedMachinesService(db, work),
    allocation,
    requests,
    changes,
    logins: new MachineLogins(
      new FirstLoginsRepository(db),
      new LoginResetsRepository(db),
      new HandOverRepository(db),
      work,
      crypto,
    ),
    facilities,
    drift: {
      drifts: new Drifts(new DriftRepository(db), new Notices(), new FreezeGate(new FreezesRepository(db))),
      policies: new DriftPolicies(db, acts, clock),
      owners: resources,
    },
    quarantine: new Quarantine(new QuarantineRepository(db), facilities, departments, new Notices()),
    tasks: new ResourceTasks(db),
    unitOfWork: work,
    leases: new Leases(db),
    clock,
  };
  return { records, feed, clock, life, resourceChanges, addresses, crypto, acts, disks, moves };
}

export type ProvinceServices = ReturnType<typeof servicesOf>;
