import type { Witness } from '../../server/src/identity/witnesses.service.js';
import { systemClock } from '../../server/src/kernel/clock.js';
import { openSoftwareCrypto } from '../../server/src/platform/crypto/software-crypto.js';
import { openDataSource } from '../../server/src/platform/database/data-source.js';
import { type DatabaseTarget, parseDatabaseUrl } from '../../server/src/platform/database/database-url.js';
import { DatabaseNodes } from '../../server/src/platform/database/quorum/database-nodes.js';
import { RememberedEpoch } from '../../server/src/platform/database/quorum/remembered-epoch.js';
import { ForcedPrimary } from '../../server/src/quorum/forced-primary.service.js';
import { APPLICATION, type CenterName, type GaleraBed } from './galera.ts';
import { QUORUM } from './galera-node.ts';

const PEOPLE: Readonly<Record<string, Witness>> = {
  duty: { userId: 'u-1', username: 'duty', name: '值班', departmentId: null, roles: ['DUTY_ENGINEER'] },
  operator: { userId: 'u-3', username: 'operator', name: '运维', departmentId: null, roles: ['DR_OPERATOR'] },
  leader: { userId: 'u-2', username: 'leader', name: '领导', departmentId: null, roles: ['LEADER'] },
};

/** What a center's command has of the console: its keys, its view of the nodes, and its folder. */
export async function commandAt(
  bed: GaleraBed,
  center: CenterName,
  dataDirectory: string,
): Promise<{ forced: ForcedPrimary; quorumUrl: string; close(): Promise<void> }> {
  const target = parseDatabaseUrl(bed.url(center, APPLICATION)) as DatabaseTarget;
  const nodes = await DatabaseNodes.open(target, await RememberedEpoch.in(dataDirectory));
  const db = await openDataSource({ ...target, nodes }, []);
  const crypto = await openSoftwareCrypto({ dataDirectory: bed.keysDirectory, passwordIterations: 1_000 });
  const witnesses = { vouch: async (username: string) => PEOPLE[username] ?? null } as never;
  return {
    forced: new ForcedPrimary(db, nodes, witnesses, crypto, systemClock, { dataDirectory } as never),
    quorumUrl: `mysql://${QUORUM.user}:${QUORUM.password}@localhost/jiyun?socketPath=${bed.nodes[center].socketPath}`,
    close: async () => {
      await db.destroy();
      await nodes.close();
      await crypto.onApplicationShutdown();
    },
  };
}

/** Both others are without power, and two people say so. */
export async function forceAt(bed: GaleraBed, center: CenterName, dataDirectory: string): Promise<number> {
  const command = await commandAt(bed, center, dataDirectory);
  try {
    const fenced = (['a', 'b', 'c'] as const)
      .filter((name) => name !== center)
      .map((name) => ({
        ...{ center: `center-${name}`, fence: 'POWER_OFF' as const },
        evidence: '机房断电，张三现场确认总闸已断开 08:01',
      }));
    const said = { center: `center-${center}`, reason: '其他两个中心失效', fenced };
    const done = (result: { readonly ok: boolean }) => {
      if (!result.ok) throw new Error(JSON.stringify(result));
    };
    done(await command.forced.draw(command.quorumUrl, said));
    done(await command.forced.sign('duty', ''));
    done(await command.forced.sign('leader', ''));
    const forced = await command.forced.force(command.quorumUrl);
    if (!forced.ok) throw new Error(JSON.stringify(forced.error));
    bed.renamed(forced.value.clusterName);
    return forced.value.epoch;
  } finally {
    await command.close();
  }
}
