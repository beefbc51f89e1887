import type { WatchVitals } from '../clusterhealth/domain/cluster-vitals.js';
import type { SightedHost } from '../servers/domain/host-mismatch.js';
import type { ClusterObject, ObjectKey } from './domain/cluster-object.js';
import { type HostFacts, type HostView, hostFacts, hostView, inspected } from './domain/observe-host.js';
import { type ClusterGateway, type ClusterWatch, vitalsOf } from './domain/ports.js';

export interface SeenHost {
  readonly host: HostView | undefined;
  readonly serial: string | null;
}

/** What one cluster shows of its BareMetalHosts, kept up to date by one watch a kind. */
export class HostSights {
  private readonly hosts: ClusterWatch<HostView & HostFacts>;
  private readonly hardware: ClusterWatch<ReturnType<typeof inspected>>;
  private changed: (key: ObjectKey) => void = () => {};

  constructor(private readonly gateway: ClusterGateway) {
    const tell = (key: ObjectKey) => this.changed(key);
    this.hosts = gateway.watch({ kind: 'BareMetalHost', view: wholeHost, changed: tell });
    this.hardware = gateway.watch({ kind: 'HardwareData', view: inspected, changed: tell });
  }

  tell(changed: (key: ObjectKey) => void): void {
    this.changed = changed;
  }

  start(): void {
    this.hosts.start();
    this.hardware.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.hosts.stop(), this.hardware.stop()]);
  }

  reconnect(): void {
    this.hosts.reconnect();
    this.hardware.reconnect();
  }

  /** Until then nothing is concluded. A cluster without Metal3 never gets there, and none of its servers is driven. */
  get complete(): boolean {
    return this.hosts.complete && this.hardware.complete;
  }

  get watchVitals(): readonly WatchVitals[] {
    return [vitalsOf('BareMetalHost', this.hosts), vitalsOf('HardwareData', this.hardware)];
  }

  seen(namespace: string, name: string): SeenHost {
    const host = this.hosts.get(namespace, name);
    return { host, serial: this.hardware.get(namespace, name)?.serial ?? host?.serial ?? null };
  }

  /** The same, asked of the cluster itself. */
  async read(namespace: string, name: string): Promise<SeenHost> {
    const object = await this.gateway.get({ kind: 'BareMetalHost', namespace, name });
    const host = object && hostView(object);
    return { host, serial: this.hardware.get(namespace, name)?.serial ?? host?.serial ?? null };
  }

  *inspected(): IterableIterator<SightedHost> {
    for (const [{ name, namespace }, host] of this.hosts.entries())
      if (namespace !== null) {
        const found = this.hardware.get(namespace, name);
        yield {
          ...{ namespace, name, uid: host.uid, state: host.state, serial: found?.serial ?? host.serial },
          hardware: found?.hardware ?? host.hardware,
          bmcAddress: host.bmcAddress,
          trouble: host.operationalStatus === 'error' ? (host.errorMessage ?? host.errorType ?? 'error') : null,
        };
      }
  }
}

function wholeHost(object: ClusterObject): HostView & HostFacts {
  return { ...hostView(object), ...hostFacts(object) };
}
