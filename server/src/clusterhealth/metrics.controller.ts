import { Controller, Get, Header, Inject, NotFoundException, Req } from '@nestjs/common';
import type { Request } from 'express';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { DatabaseQuorum } from '../platform/database/quorum/database-quorum.js';
import { quorumMetrics } from '../platform/database/quorum/quorum-metrics.js';
import { ClusterHealth } from './cluster-health.service.js';
import { metricsText } from './domain/cluster-vitals.js';

/** The machine itself, whichever way it is spelled. */
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/**
 * For a Prometheus on the same machine, or behind whatever the machine's keeper puts before it: numbers of the place and
 * nobody's business, but they say where it is weak.
 */
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly health: ClusterHealth,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly quorum: DatabaseQuorum,
  ) {}

  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  async metrics(@Req() request: Request): Promise<string> {
    // The socket's own address: what a header says, anybody can say.
    const forwarded = request.headers['x-forwarded-for'] !== undefined;
    if (forwarded || !LOOPBACK.test(request.socket.remoteAddress ?? '')) throw new NotFoundException();
    const database = quorumMetrics(this.quorum.state());
    // A minority without a node to read still says that it is one.
    if (this.quorum.state().reason === 'NO_NODE') return database;
    const centers = await this.health.all();
    return `${database}${metricsText(
      centers.map(({ center, ...measured }) => ({ ...measured, center: center.code })),
      this.clock.now(),
    )}`;
  }
}
