import type { Clusters } from '../../server/src/provisioning/domain/ports.js';
import type { Records } from '../../server/src/provisioning/provisioning.types.js';

export class Died extends Error {
  override readonly name = 'Died';
}

/** What a worker does on its own beat, whatever it has to do: a death there is one like any other, but would come at no fixed step. */
const BEATS: Readonly<Record<string, readonly string[]>> = {
  leases: ['take', 'release'],
  facilities: ['centers', 'clusterOfCenter', 'poolsOfCenter', 'recordReach', 'recordPresent'],
  resources: ['idsToReconcile', 'observedObjects'],
  unrecorded: ['replace'],
  gateway: ['list', 'probe', 'close'],
};

/**
 * A process that can be killed (kill -9) at any await of a call to its cluster or its database, in the middle of a
 * transaction too: a step is the moment before, or after, each. From its death on nothing that it still tries has any
 * effect, what was open in the database is rolled back, and nothing of it is tidied; the cluster and the database go on.
 */
export class Mortal {
  private taken = 0;
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
        return gateway && this.port('gateway', gateway, ['watch', 'vitals']);
      },
      close: () => clusters.close(),
    };
  }

  /** Any other services that it asks, each by its name. */
  ports<R extends Record<string, object>>(ports: R): R {
    return Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, this.port(name, port)])) as R;
  }

  records<R extends Records>(records: R): R {
    const ports = Object.entries(records).map(([name, port]) => [
      name,
      name === 'clock' ? port : this.port(name, port),
    ]);
    return Object.fromEntries(ports) as R;
  }

  /** @param plain what answers at once and changes nothing. */
  private port<P extends object>(name: string, port: P, plain: readonly string[] = []): P {
    return new Proxy(port, {
      get: (target, property) => {
        const value: unknown = Reflect.get(target, property, target);
        if (typeof value !== 'function' || plain.includes(String(property)))
          return typeof value === 'function' ? value.bind(target) : value;
        const beats = BEATS[name]?.includes(String(property)) ?? false;
        return (...given: unknown[]) => {
          const call = async () => (await value.apply(target, given)) as unknown;
          return beats ? this.alive(call) : this.lived(call);
        };
      },
    });
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
    this.taken += 1;
    if (this.taken === this.diesAtStep) {
      this.dead = true;
      throw new Died();
    }
  }
}
