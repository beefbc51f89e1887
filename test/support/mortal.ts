import type { ClusterGateway, Clusters } from '../../server/src/provisioning/domain/ports.js';
import type { Records } from '../../server/src/provisioning/provisioning.types.js';

export class Died extends Error {
  override readonly name = 'Died';
}

/**
 * A process that can be killed between any two of its steps. A step is the moment before, or after, one call to a
 * cluster or one transaction; from its death on nothing that it still tries has any effect, and nothing of it is tidied.
 */
export class Mortal {
  private steps = 0;
  private dead = false;

  /** 0 = it dies only when it is killed. */
  constructor(private readonly diesAtStep = 0) {}

  get hasDied(): boolean {
    return this.dead;
  }

  kill(): void {
    this.dead = true;
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
    const { leases, logins, resources, unitOfWork, unrecorded } = records;
    return {
      ...records,
      unitOfWork: { run: (work: Parameters<typeof unitOfWork.run>[0]) => this.lived(() => unitOfWork.run(work)) },
      leases: {
        take: (...given: Parameters<typeof leases.take>) => this.alive(() => leases.take(...given)),
        release: (...given: Parameters<typeof leases.release>) => this.alive(() => leases.release(...given)),
        stillHeld: (...given: Parameters<typeof leases.stillHeld>) => this.alive(() => leases.stillHeld(...given)),
      },
      logins: {
        loginOf: (...given: Parameters<typeof logins.loginOf>) => this.lived(() => logins.loginOf(...given)),
        applied: (...given: Parameters<typeof logins.applied>) => this.lived(() => logins.applied(...given)),
      },
      unrecorded: {
        replace: (...given: Parameters<typeof unrecorded.replace>) => this.alive(() => unrecorded.replace(...given)),
      },
      resources: {
        desiredOf: (ids: readonly string[]) => this.alive(() => resources.desiredOf(ids)),
        idsToReconcile: (...given: Parameters<typeof resources.idsToReconcile>) =>
          this.alive(() => resources.idsToReconcile(...given)),
        observedObjects: (id: string) => this.alive(() => resources.observedObjects(id)),
        namespacesOf: (id: string) => this.alive(() => resources.namespacesOf(id)),
        recordObservation: (...given: Parameters<typeof resources.recordObservation>) =>
          this.alive(() => resources.recordObservation(...given)),
      },
    } as R;
  }

  private gateway(gateway: ClusterGateway): ClusterGateway {
    return {
      centerCode: gateway.centerCode,
      apply: (manifest) => this.lived(() => gateway.apply(manifest)),
      remove: (key, precondition) => this.lived(() => gateway.remove(key, precondition)),
      halt: (key, precondition) => this.lived(() => gateway.halt(key, precondition)),
      get: (key) => this.lived(() => gateway.get(key)),
      list: (kind) => this.alive(() => gateway.list(kind)),
      probe: () => this.alive(() => gateway.probe()),
      watch: (order) => gateway.watch(order),
      close: () => gateway.close(),
    };
  }

  private async alive<T>(call: () => Promise<T>): Promise<T> {
    if (this.dead) throw new Died();
    return await call();
  }

  /** Counts the moment before the call and the one after it. */
  private async lived<T>(call: () => Promise<T>): Promise<T> {
    this.step();
    const answer = await call();
    this.step();
    return answer;
  }

  private step(): void {
    if (this.dead) throw new Died();
    this.steps += 1;
    if (this.steps === this.diesAtStep) {
      this.dead = true;
      throw new Died();
    }
  }
}
