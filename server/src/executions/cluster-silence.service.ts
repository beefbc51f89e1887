import { Injectable } from '@nestjs/common';
import { isFailure } from '../provisioning/domain/cluster-failure.js';
import type { ClusterGateway, Clusters } from '../provisioning/domain/ports.js';

/**
 * Whether a cluster kept silent towards this process while a step was looked at, whatever the step made of it: then it may
 * be the way to it that is cut, and another console may have one.
 */
@Injectable()
export class ClusterSilence {
  private heard = false;

  /** Since it was last asked to begin anew. */
  get isHeard(): boolean {
    return this.heard;
  }

  begin(): void {
    this.heard = false;
  }

  /** The same clusters, every call of which is listened to. */
  over(clusters: Clusters): Clusters {
    const listened = new Map<ClusterGateway, ClusterGateway>();
    return {
      centerCodes: clusters.centerCodes,
      of: (code) => {
        const gateway = clusters.of(code);
        if (!gateway) return undefined;
        const known = listened.get(gateway) ?? this.listenTo(gateway);
        listened.set(gateway, known);
        return known;
      },
      close: () => clusters.close(),
    };
  }

  private listenTo(gateway: ClusterGateway): ClusterGateway {
    return new Proxy(gateway, {
      get: (target, name) => {
        const value = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]) => {
          const answer = value.apply(target, given);
          if (answer instanceof Promise)
            answer.catch((error: unknown) => {
              if (isFailure(error, 'UNREACHABLE')) this.heard = true;
            });
          return answer;
        };
      },
    });
  }
}
