import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { SharedRead } from '../platform/concurrency/shared-read.js';
import type { DesiredHost, HostReading } from '../servers/domain/host-record.js';
import { type ClusterFailure, isFailure } from './domain/cluster-failure.js';
import {
  claimPatch,
  clearPatch,
  credentialNameOf,
  type HostPatch,
  letGoPatch,
  powerPatch,
  rebootPatch,
  registrationManifests,
  releasePatch,
} from './domain/desired-host.js';
import type { HostSituation } from './domain/host-situation.js';
import { type HostAct, type HostDecision, nextHostPhase } from './domain/next-host-phase.js';
import type { ClusterGateway } from './domain/ports.js';
import { FencedWrites } from './fenced-writes.js';
import { HostFirstBoot } from './host-first-boot.js';
import type { HostSights, SeenHost } from './host-view.js';
import type { Again } from './key-queue.js';
import { type LeaseGuard, LeaseLost } from './lease-guard.js';
import type { HostRecordsOfWorker, Pace, Records } from './provisioning.types.js';
import { type CredentialNews, ReplacedCredential } from './replaced-credential.js';

interface Scope {
  readonly desired: DesiredHost;
  readonly seen: SeenHost;
  readonly decision: HostDecision;
}

/** Nothing is touched of what is another machine, or in other hands. */
const NOT_OURS: readonly HostSituation[] = ['ANOTHER_MACHINE', 'OUT_OF_HAND', 'LEAVING', 'LOST', 'UNREAD'];

type Patch = (desired: DesiredHost) => HostPatch;

/** What each act writes into the host, if only nobody else has written meanwhile. */
const PATCHES: Readonly<Record<Exclude<HostAct, 'NONE' | 'READ' | 'REGISTER' | 'PROVISION'>, Patch>> = {
  CLAIM: (desired) => claimPatch(desired, desired.host.namespace),
  CLEAR: clearPatch,
  RELEASE: releasePatch,
  LET_GO: letGoPatch,
  POWER: powerPatch,
  REBOOT: rebootPatch,
};

/**
 * Drives one BareMetalHost toward what the database wants of its server: looks, decides (pure), acts, and records once
 * where it stands. The resourceVersion of what was looked at is the lock: who was slower looks again.
 */
export class HostReconciler {
  private readonly desired: SharedRead<DesiredHost>;
  private readonly writes: FencedWrites;
  private readonly credential: ReplacedCredential;
  private readonly firstBoot: HostFirstBoot;
  /** By server: of what it was registered with last, and when. A digest, for a password is in it. */
  private readonly registered = new Map<string, { readonly digest: string; readonly at: number }>();

  constructor(
    private readonly center: { readonly id: string },
    gateway: Pick<ClusterGateway, 'amend' | 'apply' | 'remove' | 'standing'>,
    private readonly sights: HostSights,
    private readonly guard: LeaseGuard,
    private readonly records: Pick<Records, 'unitOfWork' | 'leases' | 'requests'> & {
      readonly hosts: HostRecordsOfWorker;
    },
    private readonly pace: Pick<Pace, 'refusedRetryMs' | 'registerAgainMs'>,
  ) {
    this.writes = new FencedWrites(gateway, guard);
    this.credential = new ReplacedCredential(this.writes, records.hosts);
    this.firstBoot = new HostFirstBoot(this.writes, records.hosts);
    this.desired = new SharedRead(
      (ids) => records.hosts.desiredOf(ids),
      ({ serverId }) => serverId,
    );
  }

  /** Throws what may pass by itself (ClusterFailure, LeaseLost, the database); records what will not. */
  async reconcile(serverId: string): Promise<Again> {
    this.guard.assertHeld();
    const desired = await this.desired.get(serverId);
    if (desired === undefined || desired.centerId !== this.center.id || desired.management !== 'DRIVEN')
      return undefined;
    const scope = await this.look(desired);
    const refused = await this.act(scope);
    await this.record(desired, refused ? refusedReading(scope.decision.reading, refused) : scope.decision.reading);
    if (refused) return { afterMs: this.pace.refusedRetryMs };
    // After the host's own next step, which has changed it then: the credential follows at the next look.
    if (scope.decision.act === 'NONE' && !NOT_OURS.includes(scope.decision.situation)) {
      if (await this.firstBoot.tidy(desired, scope.seen.host)) return undefined;
      const news = await this.credential.step(desired, scope.seen);
      if (news) await this.tell(desired, news);
    }
    // A controller that cannot be reached is told of at each try of the operator: no news, and no reason to write again.
    if (scope.decision.situation === 'REGISTRATION_AGAIN') return { afterMs: this.pace.registerAgainMs };
    // The proof is kept now: the next step need not wait for the cluster to say anything.
    return scope.decision.situation === 'RELEASE_EVIDENCE' ? { afterMs: 0 } : undefined;
  }

  private async look(desired: DesiredHost): Promise<Scope> {
    const { name, namespace } = desired.host;
    const decide = (seen: SeenHost, fresh: boolean): Scope => ({
      desired,
      seen,
      decision: nextHostPhase({ desired, ...seen, fresh }),
    });
    const kept = decide(this.sights.seen(namespace, name), false);
    return kept.decision.act === 'READ' ? decide(await this.sights.read(namespace, name), true) : kept;
  }

  /** The failure, when the cluster refused for good. */
  private async act({ decision: { act }, desired, seen }: Scope): Promise<ClusterFailure | undefined> {
    try {
      if (act === 'REGISTER') await this.register(desired, seen);
      else if (act !== 'NONE' && act !== 'READ')
        await this.amend(desired, seen, await this.patchOf(act, desired, seen));
      return undefined;
    } catch (error) {
      if (isFailure(error, 'PERMANENT')) return error;
      throw error;
    }
  }

  private async patchOf(
    act: Exclude<HostAct, 'NONE' | 'READ' | 'REGISTER'>,
    desired: DesiredHost,
    { host }: SeenHost,
  ): Promise<HostPatch> {
    if (act === 'PROVISION') {
      if (host === undefined) throw new Error(`host ${desired.host.name} was not seen: nothing is installed on it`);
      return this.firstBoot.provision(desired, host);
    }
    // What it was to boot with goes with its image.
    if (host !== undefined && (act === 'CLEAR' || act === 'RELEASE')) await this.firstBoot.forget(desired, host);
    return PATCHES[act](desired);
  }

  private async amend({ host }: DesiredHost, seen: SeenHost, patch: HostPatch): Promise<void> {
    if (seen.host === undefined)
      throw new Error(`host ${host.namespace}/${host.name} was not seen: nothing is amended`);
    await this.writes.amend({ kind: 'BareMetalHost', ...host }, seen.host, patch);
  }

  private async register(desired: DesiredHost, seen: SeenHost): Promise<void> {
    const { name, namespace } = desired.host;
    // Before the record is asked: who has written a newer one since is not written over.
    const standing = await this.writes.standing({ kind: 'Secret', namespace, name: credentialNameOf(name) });
    const credential = await this.records.hosts.credentialOf(desired.serverId);
    if (credential === null) return;
    const manifests = registrationManifests(desired, credential);
    const digest = createHash('sha256').update(JSON.stringify(manifests)).digest('hex');
    const last = this.registered.get(desired.serverId);
    const isFresh = last?.digest === digest && performance.now() - last.at < this.pace.registerAgainMs;
    if (seen.host !== undefined && isFresh) return;
    for (const manifest of manifests) {
      // It says that the machine shall be off: never of one that somebody has been given since it was looked at.
      if (manifest.kind === 'BareMetalHost') await this.writes.applyOver(manifest, seen.host);
      else if (manifest.kind === 'Secret') await this.writes.applyOver(manifest, standing);
      else await this.writes.applyBlindly(manifest);
    }
    this.registered.set(desired.serverId, { digest, at: performance.now() });
  }

  private async tell(desired: DesiredHost, news: CredentialNews): Promise<void> {
    const { hosts, leases, unitOfWork } = this.records;
    await unitOfWork.run(async (tx) => {
      if (!(await leases.stillHeld(tx, this.guard.lease))) throw new LeaseLost(this.guard.lease);
      if (news.what === 'SENT') await hosts.credentialSent(tx, desired, news.version);
      else await hosts.credentialChecked(tx, desired, news.trouble);
    });
  }

  /** In a transaction that holds only while the lease is this term's: the epoch is the fence. */
  private async record(desired: DesiredHost, reading: HostReading): Promise<void> {
    if (!saysAnythingNew(desired, reading)) return;
    const { hosts, leases, requests, unitOfWork } = this.records;
    await unitOfWork.run(async (tx) => {
      if (!(await leases.stillHeld(tx, this.guard.lease))) throw new LeaseLost(this.guard.lease);
      const { delivered } = await hosts.record(tx, desired, reading);
      if (delivered === null) return;
      const evidence = desired.image === null ? null : `${desired.assetNumber}：${desired.image.name}`;
      await requests.lineFulfilled(tx, delivered, evidence);
    });
  }
}

function saysAnythingNew(
  desired: DesiredHost,
  { claimed, delivered, released, wipe, ...standing }: HostReading,
): boolean {
  const shown = Object.fromEntries(Object.keys(standing).map((key) => [key, desired[key as keyof DesiredHost]]));
  return (
    !isDeepStrictEqual(shown, standing) ||
    (claimed && desired.claimedAt === null) ||
    (delivered && desired.deliveredAt === null) ||
    (wipe !== null && desired.wipe === null) ||
    released
  );
}

function refusedReading(reading: HostReading, refused: ClusterFailure): HostReading {
  const { message } = refused;
  const forbidden = refused.details.reason === 'FORBIDDEN';
  return {
    ...reading,
    phase: 'FAILED',
    progressPercent: null,
    statusText: forbidden
      ? { zh: '集群未授予集云所需权限', en: 'The cluster does not give Jiyun the rights it needs' }
      : { zh: `集群拒绝了改动：${message}`, en: `The cluster refuses the change: ${message}` },
    delivered: false,
    released: false,
  };
}
