/** Decides which objects carry a disk from the side that writes to a side that receives, and whether they do. */
import { at, type ClusterObject, type Manifest, textAt } from '../../provisioning/domain/cluster-object.js';
import { countOf, MANAGED_BY, MARK } from '../../provisioning/domain/marks.js';
import { TOWARDS_LABEL } from '../../provisioning/domain/observe-replication.js';

/** Which key both ends were given, beside the key itself, which is written and never read. */
export const KEY_MARK = 'jiyun.internal/key-id';
/** What a sync is asked for by, under each placement another: told back once it has ended. */
export const sentMark = (epoch: number) => `jiyun-back-${epoch}`;
/** Where the side that sent before does not answer, nobody can say how often it did. */
const USUAL_SCHEDULE = '*/5 * * * *';
const PSK_NAME = 'volsync';

export const sendingName = (disk: string) => `jiyun-${disk}`;
/**
 * Of each placement its own: what listens already goes on with the key that it was started with, whatever its secret says by
 * then, and is started anew where it is given another secret.
 */
export const keyName = (disk: string, epoch: number) => `${sendingName(disk)}-${epoch}`;

/** What a mover is told of its own cluster; addresses and keys are of a pair, and not among it. */
const OF_THE_CLUSTER = [
  ...['copyMethod', 'storageClassName', 'volumeSnapshotClassName', 'accessModes', 'capacity'],
  ...['moverSecurityContext', 'moverServiceAccount', 'moverResources'],
];
const OF_A_RECEIVER = ['serviceType', 'serviceAnnotations'];

/** As an object of the same cluster has it that was set up by whoever keeps it. */
function likeThere(object: ClusterObject | undefined, names: readonly string[]): Record<string, unknown> {
  const said = (at(object, 'spec', 'rsyncTLS') ?? {}) as Record<string, unknown>;
  return Object.fromEntries(names.flatMap((name) => (said[name] === undefined ? [] : [[name, said[name]]])));
}

export interface Place {
  readonly namespace: string;
  readonly disk: string;
  readonly epoch: number;
}

const metadataOf = ({ disk, epoch, namespace }: Place, labels: Readonly<Record<string, string>> = {}) => ({
  ...{ name: sendingName(disk), namespace, labels: { [MARK.managedBy]: MANAGED_BY, ...labels } },
  annotations: { [MARK.placementEpoch]: String(epoch) },
});

/** The same at both ends; @param key as VolSync's rsync-tls takes it. */
export function keyManifest(place: Place, id: string, key: string): Manifest {
  const { annotations, ...metadata } = metadataOf(place);
  return {
    ...{ apiVersion: 'v1', kind: 'Secret', type: 'Opaque' },
    metadata: {
      ...{ ...metadata, name: keyName(place.disk, place.epoch) },
      annotations: { ...annotations, [KEY_MARK]: id },
    },
    data: { 'psk.txt': Buffer.from(`${PSK_NAME}:${key}`).toString('base64') },
  };
}

/**
 * Without a schedule of its own: it waits for whoever sends. @param there what has sent from this disk before; @param like what
 * receives in the other cluster, whose way of being reached is taken over.
 */
export function receiverManifest(
  place: Place,
  of: { readonly there: ClusterObject | undefined; readonly like: ClusterObject | undefined },
): Manifest {
  return {
    ...{ apiVersion: 'volsync.backube/v1alpha1', kind: 'ReplicationDestination' },
    metadata: metadataOf(place),
    spec: {
      rsyncTLS: {
        ...{ copyMethod: 'Snapshot', ...likeThere(of.there, OF_THE_CLUSTER), ...likeThere(of.like, OF_A_RECEIVER) },
        ...{ destinationPVC: place.disk, keySecret: keyName(place.disk, place.epoch) },
      },
    },
  };
}

/** @param there what has received into this disk before; @param like what has sent in the other direction. */
export function senderManifest(
  place: Place,
  of: {
    readonly there: ClusterObject | undefined;
    readonly like: ClusterObject | undefined;
    readonly towards: string;
    readonly address: string;
    readonly port: number | undefined;
    readonly mark: string;
  },
): Manifest {
  return {
    ...{ apiVersion: 'volsync.backube/v1alpha1', kind: 'ReplicationSource' },
    metadata: metadataOf(place, { [TOWARDS_LABEL]: of.towards }),
    spec: {
      ...{ sourcePVC: place.disk, paused: false },
      trigger: { schedule: textAt(of.like, 'spec', 'trigger', 'schedule') ?? USUAL_SCHEDULE, manual: of.mark },
      rsyncTLS: {
        ...{ copyMethod: 'Snapshot', ...likeThere(of.there, OF_THE_CLUSTER) },
        ...{ address: of.address, keySecret: keyName(place.disk, place.epoch), ...(of.port ? { port: of.port } : {}) },
      },
    },
  };
}

/**
 * RECEIVER  it is not there, or is not this placement's yet.
 * ADDRESS   it does not say yet where it is reached.
 * SENDER    nothing sends to it under this placement.
 * SYNC      the first sync under it has not ended.
 * SCHEDULE  it has: from now on by its schedule.
 * DONE
 */
export type SendingMove = 'RECEIVER' | 'ADDRESS' | 'SENDER' | 'SYNC' | 'SCHEDULE' | 'DONE';

const isOf = (object: ClusterObject | undefined, epoch: number, disk: string) =>
  object !== undefined &&
  countOf(object, MARK.placementEpoch) === epoch &&
  at(object, 'spec', 'paused') !== true &&
  textAt(object, 'spec', 'rsyncTLS', 'keySecret') === keyName(disk, epoch);

/** Under this placement it has been made to send elsewhere: to send here as well it would have to forsake that. */
export function sendsElsewhere(
  sender: ClusterObject | undefined,
  of: { readonly disk: string; readonly epoch: number; readonly towards: string },
): boolean {
  const towards = sender?.metadata.labels?.[TOWARDS_LABEL];
  return towards !== undefined && towards !== of.towards && isOf(sender, of.epoch, of.disk);
}

export function sendingMove(
  of: {
    readonly receiver: ClusterObject | undefined;
    readonly sender: ClusterObject | undefined;
    readonly from: string;
    readonly to: string;
  },
  epoch: number,
  mark: string,
): SendingMove {
  const { receiver, sender } = of;
  if (!isOf(receiver, epoch, of.to)) return 'RECEIVER';
  const address = textAt(receiver, 'status', 'rsyncTLS', 'address');
  if (address === undefined) return 'ADDRESS';
  if (!isOf(sender, epoch, of.from) || textAt(sender, 'spec', 'rsyncTLS', 'address') !== address) return 'SENDER';
  if (textAt(sender, 'spec', 'trigger', 'manual') !== mark) return 'DONE';
  return textAt(sender, 'status', 'lastManualSync') === mark ? 'SCHEDULE' : 'SYNC';
}
