import type { ClusterAccess } from '../platform/config/configuration.js';
import type { ClusterGateway, Clusters } from '../provisioning/domain/ports.js';
import { ClusterConnection, type ConnectionOptions } from './cluster-connection.js';
import { Credentials } from './credentials.js';
import { HttpTransport } from './transport.js';

/** The configured clusters: one kubeconfig context a center, each with connections, bucket and breaker of its own. */
export class ClusterRegistry implements Clusters {
  private readonly connections: ReadonlyMap<string, ClusterConnection>;

  /** Nothing is read or opened yet: a kubeconfig that is missing makes its own center unreachable, not the worker. */
  constructor(accesses: readonly ClusterAccess[], options: ConnectionOptions = {}) {
    this.connections = new Map(
      accesses.map((access) => {
        const transport = new HttpTransport(new Credentials(access), options.now);
        return [
          access.centerCode,
          new ClusterConnection(access.centerCode, transport, {
            metrics: access.metrics ?? null,
            updatesLive: access.updatesLive ?? false,
            ...options,
          }),
        ];
      }),
    );
  }

  get centerCodes(): readonly string[] {
    return [...this.connections.keys()];
  }

  of(centerCode: string): ClusterGateway | undefined {
    return this.connections.get(centerCode);
  }

  async close(): Promise<void> {
    await Promise.all([...this.connections.values()].map((connection) => connection.close()));
  }
}
