import { describe, expect, it } from '@jest/globals';
import type { DesiredHost } from '../servers/domain/host-record.js';
import type { ClusterGateway } from './domain/ports.js';
import { HostDriver } from './host-driver.js';
import type { HostSights } from './host-view.js';
import { LeaseGuard } from './lease-guard.js';
import { PACE } from './provisioning.types.js';

const HOUR_MS = 3_600_000;
const NAMESPACE = 'metal';

/** A center of one server whose host is known, and what its driver asks. */
class Place {
  hosts: { namespace: string; name: string; serial: string | null; state?: string }[] = [
    { namespace: NAMESPACE, name: 'zc-1', serial: 'SN1' },
  ];
  servers = new Map([['zc-1', 's-1']]);
  /** Servers that match hosts by their serial numbers. */
  matching = new Map<string, string>();
  complete = true;
  readonly asked: string[] = [];
  readonly driver: HostDriver;

  constructor(resyncEveryMs: number) {
    const guard = new LeaseGuard({ name: 'provisioning/c', holder: 'a', epoch: 1n });
    guard.renewed(performance.now(), HOUR_MS);
    const isComplete = () => this.complete;
    const sights = {
      get complete() {
        return isComplete();
      },
      inspected: () => this.hosts.values(),
      tell: () => {},
    };
    const hosts = {
      desiredIn: async () => {
        this.asked.push('ALL');
        return [...this.servers].map(([name, serverId]) => ({ host: { namespace: NAMESPACE, name }, serverId }));
      },
      matchHosts: async () => {
        this.asked.push('MATCH');
        const bind = this.hosts.flatMap(({ name, serial }) => {
          const serverId = serial === null || this.servers.has(name) ? undefined : this.matching.get(serial);
          return serverId === undefined ? [] : [{ host: { namespace: NAMESPACE, name }, serverId }];
        });
        return { bind };
      },
      discovered: async (_tx: unknown, serverId: string, { name }: { name: string }) => {
        this.servers.set(name, serverId);
        return true;
      },
      compareMismatches: async () => null,
      desiredOf: async (ids: readonly string[]) => {
        this.asked.push(...ids);
        return [] as DesiredHost[];
      },
    };
    this.driver = new HostDriver(
      { id: 'c', code: 'c', clusterId: 'k' },
      {} as ClusterGateway,
      sights as unknown as HostSights,
      guard,
      {
        unitOfWork: { run: async (work) => await work({} as never) },
        leases: { stillHeld: async () => true } as never,
        requests: {} as never,
        hosts: hosts as never,
      },
      { ...PACE, resyncEveryMs },
    );
  }

  /** What one beat asks of the database, of it itself and by the servers that it has looked at. */
  async beat(): Promise<string[]> {
    this.asked.length = 0;
    await this.driver.run();
    // What was taken up ends before it stops; what is asked is asked in the same turn.
    while (this.driver.queue.size > 0) await new Promise((resolve) => setImmediate(resolve));
    return [...this.asked];
  }
}

describe('a beat of the driver of hosts', () => {
  it('looks again once a host that says no serial number has been inspected: till then nothing is said of it', async () => {
    const place = new Place(HOUR_MS);
    await place.beat();
    place.hosts.push({ namespace: NAMESPACE, name: 'mute', serial: null, state: 'inspecting' });
    expect(await place.beat()).toEqual(['ALL']);
    expect(await place.beat()).toEqual([]);
    place.hosts[1] = { namespace: NAMESPACE, name: 'mute', serial: null, state: 'available' };
    expect(await place.beat()).toEqual(['ALL']);
  });

  it('looks at all once a resync, and between asks nothing where nothing is new', async () => {
    const place = new Place(HOUR_MS);
    place.complete = false;
    expect(await place.beat()).toEqual([]);
    place.complete = true;
    expect(await place.beat()).toEqual(['MATCH', 'ALL', 's-1']);
    expect(await place.beat()).toEqual([]);
    expect(await place.beat()).toEqual([]);
    await place.driver.stop();
  });

  it('matches by serial number when the hosts that are no server’s have changed, and looks at those that it found', async () => {
    const place = new Place(HOUR_MS);
    await place.beat();
    // Not inspected yet: nothing to match, but it may be one that was registered.
    place.hosts.push({ namespace: NAMESPACE, name: 'zc-2', serial: null });
    expect(await place.beat()).toEqual(['ALL']);
    place.hosts[1] = { namespace: NAMESPACE, name: 'zc-2', serial: 'SN2' };
    expect(await place.beat()).toEqual(['MATCH', 'ALL']);
    expect(await place.beat()).toEqual([]);
    place.matching.set('SN3', 's-3');
    place.hosts.push({ namespace: NAMESPACE, name: 'zc-3', serial: 'SN3' });
    expect(await place.beat()).toEqual(['MATCH', 'ALL', 's-3']);
    expect(await place.beat()).toEqual([]);
    await place.driver.stop();
  });

  it('matches the others again when a server without a host came into the record, and not when another changed', async () => {
    const place = new Place(HOUR_MS);
    place.hosts.push({ namespace: NAMESPACE, name: 'zc-2', serial: 'SN2' });
    await place.beat();
    place.driver.notice('s-1', 0);
    expect(await place.beat()).not.toContain('MATCH');
    place.matching.set('SN2', 's-2');
    place.driver.notice('s-2', 0);
    expect(await place.beat()).toEqual(expect.arrayContaining(['MATCH', 'ALL', 's-2']));
    expect(await place.beat()).toEqual([]);
    await place.driver.stop();
  });

  it('matches the others again with each resync: a server may have come into the record since', async () => {
    const place = new Place(0);
    place.hosts.push({ namespace: NAMESPACE, name: 'zc-2', serial: 'SN2' });
    expect(await place.beat()).toEqual(['MATCH', 'ALL', 's-1']);
    place.matching.set('SN2', 's-2');
    expect(await place.beat()).toEqual(['MATCH', 'ALL', 's-1', 's-2']);
    await place.driver.stop();
  });
});
