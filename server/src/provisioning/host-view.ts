import type { ObjectKey } from './domain/cluster-object.js';
import { type HostView, hostView, inspectedSerial } from './domain/observe-host.js';
import type { ClusterGateway, ClusterWatch } from './domain/ports.js';

export interface SeenHost {
  readonly host: HostView | undefined;
  readonly serial: string | null;
}

/** What one cluster shows of its BareMetalHosts, kept up to date by one watch a kind. */
export class HostSights {
  private readonly hosts: ClusterWatch<HostView>;
  private readonly hardware: ClusterWatch<{ readonly serial: string | null }>;
  private changed: (key: ObjectKey) => void = () => {};

  constructor(private readonly gateway: ClusterGateway) {
    const tell = (key: ObjectKey) => this.changed(key);
    this.hosts = gateway.watch({ kind: 'BareMetalHost', view: hostView, changed: tell });
    this.hardware = gateway.watch({
      kind: 'HardwareData',
      view: (object) => ({ serial: inspectedSerial(object) }),
      changed: tell,
    });
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

  *inspected(): IterableIterator<{
    readonly namespace: string;
    readonly name: string;
    readonly serial: string | null;
  }> {
    for (const [{ name, namespace }] of this.hosts.entries())
      if (namespace !== null) yield { namespace, name, serial: this.seen(namespace, name).serial };
  }
}
