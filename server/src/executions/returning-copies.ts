import { type Bilingual, counted, say } from '../kernel/bilingual.js';
import { type ClusterObject, textAt } from '../provisioning/domain/cluster-object.js';
import { countOf, MARK } from '../provisioning/domain/marks.js';
import type { Clusters } from '../provisioning/domain/ports.js';
import { follows, wishOfMirror } from './domain/returning-side.js';
import type { Ground } from './execution-grounds.service.js';
import type { ReturningSideRow } from './returning-sides.repository.js';
import { isHealthy } from './steps/replicating.js';
import { lookAtSending, type Sending } from './steps/sending.js';
import { amendUnder, carriers, goesRemote, type Site, specOf } from './steps/site.js';

/** What a look at a returning side needs of the process that looks. */
export interface ReturnLook {
  readonly assertMay: () => void;
}

/** What VolSync carried from here comes back by it from where the group serves, once no execution is at work on its copies. */
export async function receiveBack(
  row: ReturningSideRow,
  site: Site,
  ground: Ground,
  clusters: Clusters,
  by: {
    readonly look: ReturnLook;
    readonly assertOwes: () => Promise<void>;
    readonly isWorked: () => Promise<boolean>;
    readonly listed: NonNullable<Sending['listed']>;
  },
): Promise<{ readonly waits: Bilingual | null; readonly left: Bilingual | null }> {
  const nothing = { waits: null, left: null };
  const center = ground.centers.find(({ id }) => id === ground.moved.servingCenterId);
  const gateway = center && clusters.of(center.code);
  if (!center || !gateway || center.id === site.center.id) return nothing;
  const serving: Site = { center, gateway, machines: ground.machines.filter(({ centerId }) => centerId === center.id) };
  if (!goesRemote(serving, site)) return nothing;
  const kinds = ['ReplicationSource', 'ReplicationDestination'] as const;
  const found = await Promise.all(kinds.map((kind) => carriers({ ground }, site, kind, (one) => by.listed(site, one))));
  if (found.every((of) => of.length === 0)) return nothing;
  // It does not follow before: nothing would look at it again once it had been said to.
  if (await by.isWorked())
    return {
      waits: say(
        '等待该组的执行结束，再由承载业务的一侧复制回来',
        'Waits for the group’s execution to end; then the side that serves replicates back',
      ),
      left: null,
    };
  await by.assertOwes();
  const order = { ground, assertMay: by.look.assertMay, epoch: row.epoch, listed: by.listed };
  const { byPeople, waits } = await lookAtSending(order, serving, site);
  const [first] = byPeople;
  const left = first
    ? say(
        `${byPeople.length} 块磁盘的复制须人工建立：${first.machine.name}，${first.why.zh}`,
        `Replication of ${counted(byPeople.length, 'disk', 'disks')} is to be set up by hand: ${first.machine.name}, ${first.why.en}`,
      )
    : null;
  return { waits, left };
}

/** Names of disks that are no copies yet. What would be sent from here is held: it would overwrite what is written elsewhere. */
export async function demoteCopies(
  row: ReturningSideRow,
  site: Site,
  ground: Parameters<typeof carriers>[0]['ground'],
  by: {
    readonly look: ReturnLook;
    readonly assertOwes: () => Promise<void>;
    readonly listed: Parameters<typeof carriers>[3];
  },
): Promise<string[]> {
  const amend = async (object: ClusterObject, spec: Readonly<Record<string, unknown>>) => {
    await by.assertOwes();
    await amendUnder(by.look, site, object, row.epoch, spec);
  };
  const pending: string[] = [];
  for (const { object } of await carriers({ ground }, site, 'VolumeReplication', by.listed)) {
    const mirror = {
      wished: String(specOf(object, 'replicationState') ?? ''),
      state: textAt(object, 'status', 'state') ?? '',
      degraded: !isHealthy(object),
      epoch: countOf(object, MARK.placementEpoch),
    };
    const wish = wishOfMirror(mirror, row.epoch);
    if (wish !== null) await amend(object, { replicationState: wish });
    if (wish !== null || !follows(mirror, row.epoch)) pending.push(object.metadata.name);
  }
  for (const { object } of await carriers({ ground }, site, 'ReplicationSource', by.listed)) {
    const epoch = countOf(object, MARK.placementEpoch);
    if (epoch >= row.epoch && specOf(object, 'paused') === true) continue;
    if (epoch <= row.epoch) await amend(object, { paused: true });
  }
  return pending;
}
