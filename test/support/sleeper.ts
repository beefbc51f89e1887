import type { Manifest } from '../../server/src/provisioning/domain/cluster-object.js';
import type { ClusterGateway, Clusters } from '../../server/src/provisioning/domain/ports.js';
import type { Records } from '../../server/src/provisioning/provisioning.types.js';
import { until } from './until.ts';

/**
 * A process that is stopped (SIGSTOP) at a chosen write to its cluster: after it has looked at its lease for the last time,
 * before the call goes out. While it sleeps nothing of it moves, its lease's renewal least of all; awake, it goes on
 * exactly where it was, and knows nothing of the time that has passed.
 */
export class Sleeper {
  private awake: Promise<void> = Promise.resolve();
  private wakeUp: () => void = () => {};
  private sleeps = false;
  private before: ((manifest: Manifest) => boolean) | undefined;
  /** By its own clock, from when it last asked for its lease. */
  private leaseEndsAt = 0;
  private lateWrite: 'DONE' | { readonly refused: unknown } | undefined;

  get isAsleep(): boolean {
    return this.sleeps;
  }

  sleepBefore(write: (manifest: Manifest) => boolean): void {
    this.before = write;
  }

  /**
   * It sleeps past the end of its lease: a test that only ended the lease in the database, and was quick, would wake one that
   * goes on writing by right of its own clock.
   * @returns how the write ended that it slept before.
   */
  async wokenUp(): Promise<'DONE' | { readonly refused: unknown } | undefined> {
    await until('its lease is over by its own clock, too', () => performance.now() > this.leaseEndsAt);
    this.sleeps = false;
    this.wakeUp();
    await until('the late write has ended', () => this.lateWrite !== undefined);
    return this.lateWrite;
  }

  clusters(clusters: Clusters): Clusters {
    return {
      centerCodes: clusters.centerCodes,
      of: (code) => {
        const gateway = clusters.of(code);
        return gateway && this.gateway(gateway);
      },
      close: () => clusters.close(),
    };
  }

  records<R extends Records>(records: R): R {
    const { leases, unitOfWork } = records;
    return {
      ...records,
      unitOfWork: { run: (work: Parameters<typeof unitOfWork.run>[0]) => this.on(() => unitOfWork.run(work)) },
      leases: {
        take: (...given: Parameters<typeof leases.take>) => {
          if (!this.sleeps) this.leaseEndsAt = performance.now() + given[2];
          return this.on(() => leases.take(...given));
        },
        release: (...given: Parameters<typeof leases.release>) => this.on(() => leases.release(...given)),
        stillHeld: (...given: Parameters<typeof leases.stillHeld>) => leases.stillHeld(...given),
      },
    } as R;
  }

  private gateway(gateway: ClusterGateway): ClusterGateway {
    return {
      centerCode: gateway.centerCode,
      dryRun: (manifest, seen) => this.on(() => gateway.dryRun(manifest, seen)),
      apply: async (manifest, terms) => {
        if (this.before === undefined || !this.before(manifest))
          return await this.on(() => gateway.apply(manifest, terms));
        this.before = undefined;
        this.fallAsleep();
        await this.awake;
        // The last look at the lease lies before the sleep.
        const late = gateway.apply(manifest, terms?.only === undefined ? {} : { only: terms.only });
        late.then(
          () => {
            this.lateWrite = 'DONE';
          },
          (refused: unknown) => {
            this.lateWrite = { refused };
          },
        );
        return await late;
      },
      // As with what is applied, the last look at the lease lies before the call.
      amend: (key, seen, patch) => this.on(() => gateway.amend(key, seen, patch)),
      remove: (key, precondition) => this.on(() => gateway.remove(key, precondition)),
      halt: (key, precondition) => this.on(() => gateway.halt(key, precondition)),
      standing: (key) => this.on(() => gateway.standing(key)),
      get: (key) => this.on(() => gateway.get(key)),
      list: (kind) => this.on(() => gateway.list(kind)),
      probe: () => this.on(() => gateway.probe()),
      watch: (order) => gateway.watch(order),
      close: () => gateway.close(),
    };
  }

  private fallAsleep(): void {
    this.sleeps = true;
    this.awake = new Promise((resolve) => {
      this.wakeUp = resolve;
    });
  }

  private async on<T>(call: () => Promise<T>): Promise<T> {
    await this.awake;
    return await call();
  }
}
