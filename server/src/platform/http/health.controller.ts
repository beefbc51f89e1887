import { Controller, Get, HttpCode, Res } from '@nestjs/common';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { DatabaseQuorum, type QuorumState } from '../database/quorum/database-quorum.js';
import { ChangeFeed } from '../feed/change-feed.js';

/** The feed polls every 0.1 s; not a single good poll in this time means that pages no longer change by themselves. */
const FEED_STALE_MS = 10_000;

/** For load balancers and watchdogs: says which part does not work, never a secret. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly db: DataSource,
    private readonly feed: ChangeFeed,
    private readonly quorum: DatabaseQuorum,
  ) {}

  @Get('live')
  @HttpCode(200)
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  async ready(
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ database: boolean; changeFeed: boolean; writes: boolean }> {
    const database = await this.db.query('select 1').then(
      () => true,
      () => false,
    );
    const changeFeed = Date.now() - this.feed.lastPollAt < FEED_STALE_MS;
    if (!database || !changeFeed) response.status(503);
    // A minority is ready: it is read, and says so on every page.
    return { database, changeFeed, writes: this.quorum.state().mode === 'WRITABLE' };
  }

  /** For a load balancer that leads people to a center where they can work: 503 where this console only reads. */
  @Get('writable')
  writable(@Res({ passthrough: true }) response: Response): Pick<QuorumState, 'mode' | 'reason' | 'since' | 'epoch'> {
    const { mode, reason, since, epoch } = this.quorum.state();
    if (mode !== 'WRITABLE') response.status(503);
    return { mode, reason, since, epoch };
  }
}
