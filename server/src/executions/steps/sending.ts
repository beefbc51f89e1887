import { randomBytes } from 'node:crypto';
import { type Bilingual, counted, say } from '../../kernel/bilingual.js';
import { namedEach } from '../../kernel/said.js';
import { isFailure } from '../../provisioning/domain/cluster-failure.js';
import { type ClusterKind, type ClusterObject, numberAt, textAt } from '../../provisioning/domain/cluster-object.js';
import { diskNameOf } from '../../provisioning/domain/desired-manifests.js';
import { TOWARDS_LABEL } from '../../provisioning/domain/observe-replication.js';
import type { StandingMachine } from '../../resources/system-sites.service.js';
import {
  KEY_MARK,
  keyManifest,
  keyName,
  type Place,
  receiverManifest,
  senderManifest,
  sendingMove,
  sendsElsewhere,
  sentMark,
} from '../domain/sending.js';
import { twinsOf } from '../domain/twins.js';
import type { StepWorld } from '../step-handlers.service.js';
import { amendUnder, carriers, dataMachines, type Site, stillThere } from './site.js';

/** On whose behalf, and under which placement. */
export interface Sending extends Pick<StepWorld, 'ground' | 'assertMay'> {
  readonly epoch: number;
  /** Whoever asks for many groups has one list for all of them. */
  readonly listed?: (site: Pick<Site, 'center' | 'gateway'>, kind: ClusterKind) => Promise<readonly ClusterObject[]>;
}

export interface SendingLook {
  /** Disks that are carried, each with its first sync under this placement behind it. */
  readonly carried: readonly string[];
  readonly waits: Bilingual | null;
  /** What the console cannot set up, and why: a person's. */
  readonly byPeople: readonly { readonly machine: StandingMachine; readonly why: Bilingual }[];
}

const KEY_BYTES = 32;
const KEY_ID_BYTES = 8;
const NO_TWIN = say('不能确定另一中心对应的虚拟机', 'its counterpart in the other center cannot be told');

/**
 * VolSync from the side that writes to a side that receives: both ends get one new key, so that whoever sent there before is
 * let in no more; the receiver says where it is reached; the sender sends once, at once, and then by its schedule. Every look
 * decides by what stands at both clusters. What carries a newer placement is touched by nobody of this one.
 */
export async function lookAtSending(order: Sending, from: Site, to: Site): Promise<SendingLook> {
  const [machines, others] = [dataMachines(order, from), dataMachines(order, to)];
  const { alone, pairs } = twinsOf(machines, others, order.ground.tierOf);
  const known = await objectsOf(order, from, to);
  const carried: string[] = [];
  const waiting: Bilingual[] = [];
  const byPeople = alone.map((machine) => ({ machine, why: NO_TWIN }));
  const writable = pairs.filter(({ one, other }) => {
    const why = whyNot(order, to, one, other, known);
    if (why !== null) byPeople.push({ machine: other, why });
    return why === null;
  });
  const running = new Set(await stillThere({ gateway: to.gateway, machines: writable.map(({ other }) => other) }));
  for (const { one, other } of writable) {
    if (running.has(other.name)) {
      waiting.push(say(`${other.name}（仍在运行）`, `${other.name} (runs still)`));
      continue;
    }
    try {
      const left = await new Pair(order, from, to, one, other, known).bring();
      if (left === null) carried.push(diskNameOf(one.objectName));
      else waiting.push(say(`${other.name}（${left.zh}）`, `${other.name} (${left.en})`));
    } catch (error) {
      if (!isFailure(error, 'PERMANENT')) throw error;
      const said = error instanceof Error ? error.message : String(error);
      byPeople.push({ machine: other, why: say(`集群拒绝：${said}`, `the cluster refuses: ${said}`) });
    }
  }
  if (waiting.length === 0) return { carried, byPeople, waits: null };
  const disks = namedEach(waiting);
  const waits = say(
    `等待 ${waiting.length} 块磁盘的反向复制：${disks.zh}`,
    `Waits for ${counted(waiting.length, 'disk', 'disks')} to be replicated from there: ${disks.en}`,
  );
  return { carried, byPeople, waits };
}

/** null = the console may make this disk receive from that one. */
function whyNot(
  { epoch }: Sending,
  { center }: Site,
  one: StandingMachine,
  other: StandingMachine,
  known: Known,
): Bilingual | null {
  if (known.mirrored.has(other.id))
    return say(
      '接收端磁盘由存储双活复制，须先由存储侧决定由哪一侧接收',
      'the receiving disk is mirrored by the storage: which of its two sides receives is decided there first',
    );
  const of = { disk: diskNameOf(one.objectName), epoch, towards: center.code };
  return sendsElsewhere(known.senders.get(one.id), of)
    ? say(
        '该磁盘已向另一中心发送，集云不改动其发送端',
        'this disk is sent to another center already: the console does not touch its sender',
      )
    : null;
}

interface Known {
  readonly receivers: ReadonlyMap<string, ClusterObject>;
  readonly senders: ReadonlyMap<string, ClusterObject>;
  /** What went the other way: of the receiving side its sender, of the sending side its receiver. */
  readonly sentThere: ReadonlyMap<string, ClusterObject>;
  readonly receivedHere: ReadonlyMap<string, ClusterObject>;
  readonly mirrored: ReadonlyMap<string, ClusterObject>;
}

async function objectsOf(order: Sending, from: Site, to: Site): Promise<Known> {
  const list = order.listed ?? ((site, kind) => site.gateway.list(kind));
  const of = async (site: Site, kind: Parameters<typeof carriers>[2]) => {
    const found = await carriers(order, site, kind, (one) => list(site, one));
    return new Map(found.map(({ machine, object }) => [machine.id, object] as const));
  };
  const [receivers, senders, sentThere, receivedHere, mirrored] = await Promise.all([
    of(to, 'ReplicationDestination'),
    of(from, 'ReplicationSource'),
    of(to, 'ReplicationSource'),
    of(from, 'ReplicationDestination'),
    of(to, 'VolumeReplication'),
  ]);
  return { receivers, senders, sentThere, receivedHere, mirrored };
}

/** One disk of the side that writes, and the one that receives it. */
class Pair {
  private readonly receiver: ClusterObject | undefined;
  private readonly sender: ClusterObject | undefined;
  private readonly mark: string;
  private readonly disks: { readonly from: string; readonly to: string };

  constructor(
    private readonly order: Sending,
    private readonly from: Site,
    private readonly to: Site,
    private readonly one: StandingMachine,
    private readonly other: StandingMachine,
    private readonly known: Known,
  ) {
    this.receiver = known.receivers.get(other.id);
    this.sender = known.senders.get(one.id);
    this.mark = sentMark(order.epoch);
    this.disks = { from: diskNameOf(one.objectName), to: diskNameOf(other.objectName) };
  }

  /** One thing at a time; null = it is carried, else what is waited for. */
  async bring(): Promise<Bilingual | null> {
    const { receiver, sender } = this;
    const move = sendingMove({ receiver, sender, ...this.disks }, this.order.epoch, this.mark);
    switch (move) {
      case 'RECEIVER':
        await this.key();
        await this.receive();
        return say('正在建立接收端', 'its receiver is being made');
      case 'ADDRESS':
        return say('接收端尚未给出地址', 'its receiver tells no address yet');
      case 'SENDER':
        await this.send();
        return say('正在建立发送端', 'its sender is being made');
      case 'SYNC':
        return say('等待首次同步完成', 'its first sync goes on');
      case 'SCHEDULE':
        await amendUnder(this.order, this.from, sender as ClusterObject, this.order.epoch, {
          trigger: { manual: null },
        });
        return null;
      case 'DONE':
        return null;
    }
  }

  private get there() {
    return { namespace: this.other.objectNamespace, disk: this.disks.to, epoch: this.order.epoch };
  }

  private get here() {
    return { namespace: this.one.objectNamespace, disk: this.disks.from, epoch: this.order.epoch };
  }

  /** Written at both ends or made anew: what one end has alone was written by whoever died in between. */
  private async key(): Promise<void> {
    const idAt = async ({ gateway }: Site, { disk, epoch, namespace }: Place) => {
      const found = await gateway.standing({ kind: 'Secret', namespace, name: keyName(disk, epoch) });
      return found?.metadata.annotations?.[KEY_MARK];
    };
    const [there, here] = await Promise.all([idAt(this.to, this.there), idAt(this.from, this.here)]);
    if (there !== undefined && there === here && there.startsWith(`${this.order.epoch}-`)) return;
    const id = `${this.order.epoch}-${randomBytes(KEY_ID_BYTES).toString('hex')}`;
    const key = randomBytes(KEY_BYTES).toString('hex');
    const terms = { stillMay: this.order.assertMay };
    this.order.assertMay();
    await this.to.gateway.apply(keyManifest(this.there, id, key), terms);
    await this.from.gateway.apply(keyManifest(this.here, id, key), terms);
  }

  private async receive(): Promise<void> {
    const { assertMay, epoch } = this.order;
    if (this.receiver)
      return amendUnder(this.order, this.to, this.receiver, epoch, {
        ...{ paused: false, rsyncTLS: { keySecret: keyName(this.disks.to, epoch) } },
      });
    const there = this.known.sentThere.get(this.other.id);
    const like = this.known.receivedHere.get(this.one.id);
    assertMay();
    await this.to.gateway.apply(receiverManifest(this.there, { there, like }), { only: null, stillMay: assertMay });
  }

  private async send(): Promise<void> {
    const { assertMay, epoch } = this.order;
    const address = textAt(this.receiver, 'status', 'rsyncTLS', 'address') ?? '';
    const port = numberAt(this.receiver, 'status', 'rsyncTLS', 'port');
    if (this.sender) {
      const rsyncTLS = { address, keySecret: keyName(this.disks.from, epoch), port: port ?? null };
      const spec = { paused: false, trigger: { manual: this.mark }, rsyncTLS };
      // Its lag is told of where it sends.
      return amendUnder(this.order, this.from, this.sender, epoch, spec, { [TOWARDS_LABEL]: this.to.center.code });
    }
    const there = this.known.receivedHere.get(this.one.id);
    const like = this.known.sentThere.get(this.other.id);
    const { mark } = this;
    const manifest = senderManifest(this.here, { there, like, towards: this.to.center.code, address, port, mark });
    assertMay();
    await this.from.gateway.apply(manifest, { only: null, stillMay: assertMay });
  }
}
