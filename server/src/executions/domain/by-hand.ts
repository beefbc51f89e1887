/** Decides what a person is told to start that the console cannot: the exact commands, machine by machine. */
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
  readonly note: string;
  readonly instruction: string;
  readonly machineIds: readonly string[];
}

const SAID_LENGTH_MAX = 120;
const NAMED_MAX = 5;

export function handedOver(centerName: string, tier: string, machines: readonly NotStarted[]): ByHand {
  const note = `层「${tier}」有 ${machines.length} 台须人工启动：${namesOf(machines)}`;
  const head = `集云不能启动层「${tier}」在 ${centerName} 的 ${machines.length} 台，请逐台启动并确认已就绪，附证据后提交；提交后集云继续启动后面的层。`;
  return told(note, head, machines, lineOf);
}

export interface NotSent {
  readonly machine: NotStarted['machine'];
  readonly why: string;
}

/** Copies that the console cannot set up: which objects are wanted, disk by disk, and why it did not make them. */
export function handedSending(from: string, to: string, disks: readonly NotSent[]): ByHand {
  const note = `${disks.length} 块磁盘的复制须人工建立：${namesOf(disks)}`;
  const head = `集云不能建立由 ${from} 到 ${to} 的复制，共 ${disks.length} 块。请在 ${to} 建立接收端（ReplicationDestination），在 ${from} 以其地址和同一密钥建立发送端（ReplicationSource），确认首次同步完成，附证据后提交。`;
  return told(note, head, disks, ({ machine, why }) => {
    const { name, objectName, objectNamespace } = machine;
    return `${name}（${objectNamespace}/${objectName}-root）：${why.slice(0, SAID_LENGTH_MAX)}`;
  });
}

/** A recovery center that does not answer: its copies wait, and the group does not wait with them for whatever comes next. */
export function handedSilent(from: string, to: string, machines: readonly NotSent['machine'][]): ByHand {
  const disks = machines.map((machine) => ({ machine }));
  const note = `${to} 没有应答，${disks.length} 块磁盘的副本暂不能改由 ${from} 发送`;
  const head = `${to} 没有应答，集云不能将其 ${disks.length} 块磁盘的副本改由 ${from} 发送，这些副本停留在切换之前。请写明处置后附证据提交：提交时 ${to} 已有应答的，由集云建立；仍没有应答的，待其恢复后以新的密钥人工建立接收端和发送端。`;
  return told(note, head, disks, ({ machine: { name, objectName, objectNamespace } }) => {
    return `${name}（${objectNamespace}/${objectName}-root）`;
  });
}

const namesOf = (of: readonly { readonly machine: { readonly name: string } }[]) =>
  of
    .slice(0, NAMED_MAX)
    .map(({ machine }) => machine.name)
    .join('、');

/** What does not fit is handed over when these are done: never a command that is cut in the middle. */
function told<T extends { readonly machine: { readonly id: string } }>(
  note: string,
  head: string,
  of: readonly T[],
  line: (one: T) => string,
): ByHand {
  let instruction = head;
  let count = 0;
  for (const text of of.map(line)) {
    if (instruction.length + text.length + 1 > INSTRUCTION_LENGTH_MAX) break;
    instruction = `${instruction}\n${text}`;
    count += 1;
  }
  return { note, instruction, machineIds: of.slice(0, Math.max(count, 1)).map(({ machine }) => machine.id) };
}

function lineOf({ machine, said, why }: NotStarted): string {
  const { name, objectName, objectNamespace } = machine;
  if (why === 'NOT_IN_CLUSTER') return `${name}：不在集群中运行，请在其所在平台开机。`;
  const of = `-n ${objectNamespace} ${objectName}`;
  if (why === 'NOT_FOUND')
    return `${name}：集群中没有该虚拟机（kubectl get vm ${of}）；恢复其定义后执行\nvirtctl start ${of}`;
  const because = said === null ? '' : `（集群拒绝：${said.slice(0, SAID_LENGTH_MAX)}）`;
  return `${name}${because}：\nkubectl patch vm ${of} --type=merge -p '{"spec":{"runStrategy":"Always","running":null}}'`;
}
