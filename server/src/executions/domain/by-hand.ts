/** Decides what a person is told to start that the console cannot: the exact commands, machine by machine. */
import { type Bilingual, counted, say } from '../../kernel/bilingual.js';
import { named } from '../../kernel/said.js';
import { INSTRUCTION_LENGTH_MAX } from './runbook.js';

/**
 * NOT_IN_CLUSTER  its record says that it runs in no cluster.
 * NOT_FOUND       the cluster does not know it.
 * REFUSED         the cluster has refused to start it.
 */
export type WhyNotStarted = 'NOT_IN_CLUSTER' | 'NOT_FOUND' | 'REFUSED';

export interface NotStarted {
  readonly machine: {
    readonly id: string;
    readonly name: string;
    readonly objectNamespace: string;
    readonly objectName: string;
  };
  readonly why: WhyNotStarted;
  /** The cluster's own words. */
  readonly said: string | null;
}

/** A step that a person goes on with; when it is handed in, the console looks again, and goes on from there. */
export interface ByHand {
  readonly note: Bilingual;
  readonly instruction: Bilingual;
  readonly machineIds: readonly string[];
}

const SAID_LENGTH_MAX = 120;
/** The same commands with English sentences around them. */
export const INSTRUCTION_EN_LENGTH_MAX = 2 * INSTRUCTION_LENGTH_MAX;

export function handedOver(centerName: string, tier: string, machines: readonly NotStarted[]): ByHand {
  const names = namesOf(machines);
  const note = say(
    `层「${tier}」有 ${machines.length} 台须人工启动：${names.zh}`,
    `Of the tier ${tier} ${counted(machines.length, 'machine is', 'machines are')} to be started by hand: ${names.en}`,
  );
  const head = say(
    `集云不能启动层「${tier}」在 ${centerName} 的 ${machines.length} 台，请逐台启动并确认已就绪，附证据后提交；提交后集云继续启动后面的层。`,
    `The console cannot start ${counted(machines.length, 'machine', 'machines')} of the tier ${tier} in ${centerName}: start each, make sure that it is ready, and hand in with evidence. Then the console goes on with the tiers behind it.`,
  );
  return told(note, head, machines, lineOf);
}

export interface NotSent {
  readonly machine: NotStarted['machine'];
  readonly why: Bilingual;
}

/** Copies that the console cannot set up: which objects are wanted, disk by disk, and why it did not make them. */
export function handedSending(from: string, to: string, disks: readonly NotSent[]): ByHand {
  const names = namesOf(disks);
  const note = say(
    `${disks.length} 块磁盘的复制须人工建立：${names.zh}`,
    `Replication of ${counted(disks.length, 'disk is', 'disks is')} to be set up by hand: ${names.en}`,
  );
  const head = say(
    `集云不能建立由 ${from} 到 ${to} 的复制，共 ${disks.length} 块。请在 ${to} 建立接收端（ReplicationDestination），在 ${from} 以其地址和同一密钥建立发送端（ReplicationSource），确认首次同步完成，附证据后提交。`,
    `The console cannot set up replication of ${counted(disks.length, 'disk', 'disks')} from ${from} to ${to}. In ${to} make a receiver (ReplicationDestination), in ${from} a sender (ReplicationSource) with its address and the same key, make sure that the first sync has ended, and hand in with evidence.`,
  );
  return told(note, head, disks, ({ machine, why }) => {
    const { name, objectName, objectNamespace } = machine;
    const disk = `${objectNamespace}/${objectName}-root`;
    return say(
      `${name}（${disk}）：${why.zh.slice(0, SAID_LENGTH_MAX)}`,
      `${name} (${disk}): ${why.en.slice(0, SAID_LENGTH_MAX)}`,
    );
  });
}

/** A recovery center that does not answer: its copies wait, and the group does not wait with them for whatever comes next. */
export function handedSilent(from: string, to: string, machines: readonly NotSent['machine'][]): ByHand {
  const disks = machines.map((machine) => ({ machine }));
  const note = say(
    `${to} 没有应答，${disks.length} 块磁盘的副本暂不能改由 ${from} 发送`,
    `${to} does not answer: the copies of ${counted(disks.length, 'disk', 'disks')} cannot be sent from ${from} yet`,
  );
  const head = say(
    `${to} 没有应答，集云不能将其 ${disks.length} 块磁盘的副本改由 ${from} 发送，这些副本停留在切换之前。请写明处置后附证据提交：提交时 ${to} 已有应答的，由集云建立；仍没有应答的，待其恢复后以新的密钥人工建立接收端和发送端。`,
    `${to} does not answer, so that the console cannot have the copies of its ${counted(disks.length, 'disk', 'disks')} sent from ${from}: they stay as they were before the move. Say what becomes of them and hand in with evidence: where ${to} answers by then, the console sets it up; where it does not, make receiver and sender by hand, with a new key, once it is back.`,
  );
  return told(note, head, disks, ({ machine: { name, objectName, objectNamespace } }) => {
    const disk = `${objectNamespace}/${objectName}-root`;
    return say(`${name}（${disk}）`, `${name} (${disk})`);
  });
}

const namesOf = (of: readonly { readonly machine: { readonly name: string } }[]) =>
  named(of.map(({ machine }) => machine.name));

/** What does not fit is handed over when these are done: never a command that is cut in the middle. */
function told<T extends { readonly machine: { readonly id: string } }>(
  note: Bilingual,
  head: Bilingual,
  of: readonly T[],
  line: (one: T) => Bilingual,
): ByHand {
  let instruction = head;
  let count = 0;
  for (const { en, zh } of of.map(line)) {
    const longer = say(`${instruction.zh}\n${zh}`, `${instruction.en}\n${en}`);
    // Whichever language people read, they are told of the same machines.
    if (longer.zh.length > INSTRUCTION_LENGTH_MAX || longer.en.length > INSTRUCTION_EN_LENGTH_MAX) break;
    instruction = longer;
    count += 1;
  }
  return { note, instruction, machineIds: of.slice(0, Math.max(count, 1)).map(({ machine }) => machine.id) };
}

function lineOf({ machine, said, why }: NotStarted): Bilingual {
  const { name, objectName, objectNamespace } = machine;
  if (why === 'NOT_IN_CLUSTER')
    return say(
      `${name}：不在集群中运行，请在其所在平台开机。`,
      `${name}: runs in no cluster; turn it on at the platform that it runs on.`,
    );
  const of = `-n ${objectNamespace} ${objectName}`;
  if (why === 'NOT_FOUND')
    return say(
      `${name}：集群中没有该虚拟机（kubectl get vm ${of}）；恢复其定义后执行\nvirtctl start ${of}`,
      `${name}: the cluster does not know it (kubectl get vm ${of}); restore its definition, then\nvirtctl start ${of}`,
    );
  const because = said?.slice(0, SAID_LENGTH_MAX);
  const command = `kubectl patch vm ${of} --type=merge -p '{"spec":{"runStrategy":"Always","running":null}}'`;
  return say(
    `${name}${because === undefined ? '' : `（集群拒绝：${because}）`}：\n${command}`,
    `${name}${because === undefined ? '' : ` (the cluster refuses: ${because})`}:\n${command}`,
  );
}
