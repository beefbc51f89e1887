import type { AllocationService } from '../allocation/allocation.service.js';
import type { MachineLogins } from '../documents/machine-logins.service.js';
import type { FacilitiesService } from '../facilities/facilities.service.js';
import type { Clock } from '../kernel/clock.js';
import type { Leases } from '../platform/database/lease.js';
import type { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { ChangeFollowUp } from '../requests/change-follow-up.service.js';
import type { FollowUpService } from '../requests/follow-up.service.js';
import type { KeptDiskRecord } from '../resources/kept-disk-record.service.js';
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
import type { ReplicationRecords } from './replication-reporter.js';
import type { HealthRecords } from './vitals-reporter.js';

/** What it asks of the machines whose use is read. */
export interface UseRecords {
  readonly machines: MeasuredMachines['inCenter'];
  readonly record: UtilisationService['record'];
}

/** What it asks of network policies. */
export type PolicyRecords = Pick<PolicySites, 'drivenIn' | 'known' | 'record'>;

/** What it asks of snapshots. */
export type SnapshotRecords = Pick<
  SnapshotRecord,
  'wantedIn' | 'ready' | 'failed' | 'restored' | 'restoreFailed' | 'gone' | 'hindered' | 'isNews'
>;

/** What it asks of disks that outlive their machines. */
export type DiskRecords = Pick<KeptDiskRecord, 'wantedIn' | 'machineGone' | 'gone' | 'seen'>;

/** What it asks of servers that clusters install. */
export type HostRecordsOfWorker = Pick<
  HostRecords,
  | 'desiredOf'
  | 'desiredIn'
  | 'record'
  | 'discovered'
  | 'matchHosts'
  | 'credentialOf'
  | 'firstBootOf'
  | 'firstBootsOver'
  | 'compareMismatches'
  | 'recordMismatches'
  | 'credentialSent'
  | 'credentialChecked'
>;

/** What provisioning asks of earlier features and of the platform, and no more. */
export interface Records {
  readonly resources: Pick<
    ResourcesService,
    'desiredOf' | 'idsToReconcile' | 'goneSince' | 'namespacesOf' | 'observedObjects' | 'recordObservations'
  >;
  readonly unrecorded: Pick<UnrecordedMachinesService, 'replace'>;
  readonly allocation: Pick<AllocationService, 'release'>;
  readonly requests: Pick<
    FollowUpService,
    'resourceDelivered' | 'resourceReleased' | 'dataWithoutMachines' | 'moveBudgets' | 'lineFulfilled'
  >;
  /** Left out where nothing is ever changed. */
  readonly changes?: Pick<ChangeFollowUp, 'resized' | 'made' | 'asksForRestart'>;
  readonly logins: Pick<MachineLogins, 'loginOf' | 'applied'>;
  readonly facilities: Pick<FacilitiesService, 'clusterOfCenter' | 'poolsOfCenter' | 'recordReach' | 'recordPresent'>;
  /** Left out where a process drives machines only. */
  readonly policies?: PolicyRecords;
  /** Left out where no snapshot is ever taken. */
  readonly snapshots?: SnapshotRecords;
  /** Left out where no disk outlives its machine. */
  readonly disks?: DiskRecords;
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
  /** Left out where nobody asks how data goes to other centers. */
  readonly replication?: ReplicationRecords;
  /** Left out where nobody reads what is done. */
  readonly tasks?: Pick<ResourceTasks, 'begin' | 'due' | 'failed' | 'prune' | 'queueUp' | 'seen'>;
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
  /** Departments' namespaces and quotas are read this often: no watch tells of them. */
  readonly placesEveryMs: number;
  /** What runs beside the record is written down this often, where it changed. */
  readonly besideEveryMs: number;
  readonly probeEveryMs: number;
  /** What clusters show of replication is written down this often; signals are too old after four of these. */
  readonly replicationEveryMs: number;
  /** What late writes left of Secrets is looked for this often: nobody is harmed by it, and each look costs a call. */
  readonly sweepEveryMs: number;
  /** What machines use is read this often: a sample each (utilisation/domain/day-use.ts). */
  readonly useEveryMs: number;
  readonly backoff: { readonly firstMs: number; readonly mostMs: number };
  /** What a cluster refused for good is tried again this seldom, and more seldom where it refuses many: someone may have changed its rules. */
  readonly refusedRetryMs: number;
  /** A host's controller that could not be reached is registered again this seldom: its operator tries by itself. */
  readonly registerAgainMs: number;
  /** A quota of ours grows with the next machine; the cluster needs some seconds to count what was deleted. */
  readonly quotaRetryMs: number;
}

/**
 * Nothing of these is longer than half a minute but what is tried by somebody else: once a fault has ended, everything is tried
 * again within that, and has another half to come to its end (ADR 0046).
 */
export const PACE: Pace = {
  concurrency: 48,
  leaseLifeMs: 15_000,
  leaseRenewMs: 5_000,
  resyncEveryMs: 5 * 60_000,
  // Within a minute, as all else; one after the other, some 1,600 reads of the biggest province are 27 a second at most.
  placesEveryMs: 60_000,
  besideEveryMs: 5_000,
  probeEveryMs: 10_000,
  replicationEveryMs: 15_000,
  sweepEveryMs: 60 * 60_000,
  useEveryMs: 5 * 60_000,
  backoff: { firstMs: 500, mostMs: 30_000 },
  refusedRetryMs: 30_000,
  registerAgainMs: 10 * 60_000,
  quotaRetryMs: 30_000,
};
