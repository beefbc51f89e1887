import type { AllocationService } from '../allocation/allocation.service.js';
import type { MachineLogins } from '../documents/machine-logins.service.js';
import type { FacilitiesService } from '../facilities/facilities.service.js';
import type { Clock } from '../kernel/clock.js';
import type { Leases } from '../platform/database/lease.js';
import type { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { ChangeFollowUp } from '../requests/change-follow-up.service.js';
import type { FollowUpService } from '../requests/follow-up.service.js';
import type { MeasuredMachines } from '../resources/measured-machines.service.js';
import type { ResourceTasks } from '../resources/resource-tasks.service.js';
import type { ResourcesService } from '../resources/resources.service.js';
import type { SnapshotRecord } from '../resources/snapshot-record.service.js';
import type { UnrecordedMachinesService } from '../resources/unrecorded-machines.service.js';
import type { HostRecords } from '../servers/host-records.service.js';
import type { UtilisationService } from '../utilisation/utilisation.service.js';
import type { PolicySites } from '../workorders/policy-sites.service.js';
import type { DriftRecords } from './drift-guard.js';
import type { QuarantineRecords } from './quarantine-keeper.js';
import type { HealthRecords } from './vitals-reporter.js';

/** What it asks of the machines whose use is read. */
export interface UseRecords {
  readonly machines: MeasuredMachines['inCenter'];
  readonly record: UtilisationService['record'];
}

/** What it asks of network policies. */
export type PolicyRecords = Pick<PolicySites, 'drivenIn' | 'record'>;

/** What it asks of snapshots. */
export type SnapshotRecords = Pick<
  SnapshotRecord,
  'wantedIn' | 'ready' | 'failed' | 'restored' | 'restoreFailed' | 'gone' | 'hindered' | 'isNews'
>;

/** What it asks of servers that clusters install. */
export type HostRecordsOfWorker = Pick<
  HostRecords,
  'desiredOf' | 'desiredIn' | 'record' | 'discovered' | 'matchHosts' | 'credentialOf'
>;

/** What provisioning asks of earlier features and of the platform, and no more. */
export interface Records {
  readonly resources: Pick<
    ResourcesService,
    'desiredOf' | 'idsToReconcile' | 'namespacesOf' | 'observedObjects' | 'recordObservation'
  >;
  readonly unrecorded: Pick<UnrecordedMachinesService, 'replace'>;
  readonly allocation: Pick<AllocationService, 'release'>;
  readonly requests: Pick<
    FollowUpService,
    'resourceDelivered' | 'resourceReleased' | 'dataWithoutMachines' | 'moveBudgets' | 'lineFulfilled'
  >;
  /** Left out where nothing is ever changed. */
  readonly changes?: Pick<ChangeFollowUp, 'resized' | 'made'>;
  readonly logins: Pick<MachineLogins, 'loginOf' | 'applied'>;
  readonly facilities: Pick<FacilitiesService, 'clusterOfCenter' | 'poolsOfCenter' | 'recordReach' | 'recordPresent'>;
  /** Left out where a process drives machines only. */
  readonly policies?: PolicyRecords;
  /** Left out where no snapshot is ever taken. */
  readonly snapshots?: SnapshotRecords;
  /** Left out where nothing is read. */
  readonly use?: UseRecords;
  /** Left out where a process drives machines only. */
  readonly hosts?: HostRecordsOfWorker;
  /** Left out where nobody asks who changed what; everything is then put back with the next healing. */
  readonly drift?: DriftRecords;
  /** Left out where nobody asks what has no record. */
  readonly quarantine?: QuarantineRecords;
  /** Left out where nobody asks how it goes. */
  readonly health?: HealthRecords;
  /** Left out where nobody reads what is done. */
  readonly tasks?: Pick<ResourceTasks, 'begin' | 'failed' | 'prune' | 'queueUp' | 'seen'>;
  readonly unitOfWork: Pick<UnitOfWork, 'run'>;
  readonly leases: Pick<Leases, 'take' | 'release' | 'stillHeld'>;
  readonly clock: Clock;
}

/** How fast a worker works; the defaults are for production. */
export interface Pace {
  /** Machines of one center worked on at the same time; most of them wait for the cluster or the database. */
  readonly concurrency: number;
  readonly leaseLifeMs: number;
  readonly leaseRenewMs: number;
  readonly resyncEveryMs: number;
  /** What runs beside the record is written down this often, where it changed. */
  readonly besideEveryMs: number;
  readonly probeEveryMs: number;
  /** What machines use is read this often: a sample each (utilisation/domain/day-use.ts). */
  readonly useEveryMs: number;
  readonly backoff: { readonly firstMs: number; readonly mostMs: number };
  /** What a cluster refused for good is tried again this seldom: someone may have changed its rules. */
  readonly refusedRetryMs: number;
  /** A quota of ours grows with the next machine; the cluster needs some seconds to count what was deleted. */
  readonly quotaRetryMs: number;
}

export const PACE: Pace = {
  concurrency: 32,
  leaseLifeMs: 15_000,
  leaseRenewMs: 5_000,
  resyncEveryMs: 5 * 60_000,
  besideEveryMs: 5_000,
  probeEveryMs: 10_000,
  useEveryMs: 5 * 60_000,
  backoff: { firstMs: 500, mostMs: 60_000 },
  refusedRetryMs: 10 * 60_000,
  quotaRetryMs: 30_000,
};
