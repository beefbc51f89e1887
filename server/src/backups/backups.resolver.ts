import { Context, Query, Resolver } from '@nestjs/graphql';
import { DatabaseQuorum } from '../platform/database/quorum/database-quorum.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { type ConsoleBackupType, ConsoleDataType } from './backups.graphql.js';
import type { ConsoleBackup } from './backups.types.js';
import { ConsoleBackups } from './console-backups.service.js';

/** Two weeks of dumps and the tests between them. */
const BACKUPS_SHOWN = 20;

@Resolver(() => ConsoleDataType)
export class BackupsResolver {
  constructor(
    private readonly backups: ConsoleBackups,
    private readonly quorum: DatabaseQuorum,
  ) {}

  @Query(() => ConsoleDataType)
  async consoleData(@Context() ctx: RequestContext): Promise<ConsoleDataType> {
    ctx.require('CAPACITY', 'READ');
    const { epoch, nodes, ...database } = this.quorum.state();
    const [standing, latest] = await Promise.all([this.backups.standing(), this.backups.latest(BACKUPS_SHOWN)]);
    return {
      database,
      epoch,
      nodes: [...nodes],
      backups: standing.map(({ last, lastDone, ...of }) => ({
        ...of,
        last: last && toType(last),
        lastDone: lastDone && toType(lastDone),
      })),
      latestBackups: latest.map(toType),
    };
  }
}

function toType({ id, ...backup }: ConsoleBackup): ConsoleBackupType {
  return { ...backup, key: id };
}
