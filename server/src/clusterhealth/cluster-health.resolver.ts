import { Inject } from '@nestjs/common';
import { Context, Query, Resolver } from '@nestjs/graphql';
import { CenterNode, ClusterNode } from '../facilities/facilities.types.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { ClusterHealthNode, type ClusterVitalsNode, type ClusterWorkNode } from './cluster-health.graphql.js';
import { ClusterHealth } from './cluster-health.service.js';
import { type ClusterVitals, FAILURE_CLASSES, isStale, type WorkVitals } from './domain/cluster-vitals.js';

@Resolver(() => ClusterHealthNode)
export class ClusterHealthResolver {
  constructor(
    private readonly health: ClusterHealth,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Query(() => [ClusterHealthNode], { description: '集群健康: every center that has a cluster.' })
  async clusterHealth(@Context() ctx: RequestContext): Promise<ClusterHealthNode[]> {
    ctx.require('CAPACITY', 'READ');
    const now = this.clock.now();
    return (await this.health.all()).map(({ center, cluster, reportedAt, vitals, ...of }) => ({
      ...{ driftsOpen: of.driftsOpen, quarantineNew: of.quarantineNew, unrecorded: of.unrecorded },
      ...{ reportedAt, driven: !isStale(reportedAt, now) },
      center: new CenterNode(center),
      cluster: new ClusterNode(cluster),
      vitals: vitals && vitalsNode(vitals),
    }));
  }
}

function vitalsNode({ failures, queue, reconciles, servers, watches, ...vitals }: ClusterVitals): ClusterVitalsNode {
  return {
    ...vitals,
    ...workNode({ failures, queue, reconciles }),
    watches: watches.map((watch) => ({ ...watch, heardAt: watch.heardAt === null ? null : new Date(watch.heardAt) })),
    servers: servers === undefined ? null : workNode(servers),
  };
}

function workNode({ failures, queue, reconciles }: WorkVitals): ClusterWorkNode {
  return {
    ...queue,
    reconciles: reconciles.count,
    reconcileMs: reconciles.count === 0 ? null : Math.round(reconciles.sumMs / reconciles.count),
    failures: FAILURE_CLASSES.flatMap((failureClass) => {
      const count = failures[failureClass] ?? 0;
      return count === 0 ? [] : { failureClass, count };
    }),
  };
}
