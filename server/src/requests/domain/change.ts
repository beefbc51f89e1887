/** Decides whether what is asked to change of resources can be asked at all: which ones, how, and whether anything would change. */
import type { StorageTier } from '../../allocation/domain/capacity.js';
import { isOtherCompute, isSameSize, type SizeAmounts, sizeObjection } from '../../allocation/domain/resize.js';
import { lesser } from '../../budgets/domain/budget.js';
import { DISK_GIB_MAX } from '../../catalog/domain/catalog.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { InputPath, Refusal } from '../../kernel/refusal.js';
import { type LiveRoom, resizesLive } from '../../resources/domain/live-resize.js';
import type { LocalMode, RemoteMode } from '../../systems/domain/system.js';
import { PURPOSE_LENGTH_MAX } from './content.js';
import type { ServiceWish } from './service-change.js';
import type { ThingsWish } from './things-change.js';

/** One line: resources that came of one line, and what they shall be. null = as it is. */
export interface ChangeLineContent {
  /** undefined = what was named is none. */
  readonly resourceIds: readonly (string | undefined)[];
  /** What else was named in their place, by its type: it is changed in another way, or not at all. */
  readonly otherTypes?: readonly string[];
  readonly offerId: string | null | undefined;
  readonly diskGib: number | null;
  /** Missing = as it is. */
  readonly storageTier?: StorageTier | null;
  readonly localMode: LocalMode | null;
  readonly remoteMode: RemoteMode | null;
  /** Of a dual-active line that becomes single: the center whose machines stay. */
  readonly centerId: string | null | undefined;
  /** A service in place of machines. */
  readonly service?: ServiceWish | null;
  /** Servers or places in cabinets in place of machines; their DR modes stand beside. */
  readonly things?: ThingsWish | null;
}

export interface ChangeContent {
  readonly purpose: string;
  /** The machines may be started anew for it. */
  readonly restartAgreed: boolean;
  readonly lines: readonly ChangeLineContent[];
}

/** What of a resource a change is judged by. */
export interface ChangedMachine extends SizeAmounts {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly management: string;
  readonly systemId: string;
  readonly projectId: string;
  readonly lineId: string;
  readonly standby: boolean;
  readonly openChangeId: string | null;
  readonly openChangeCode: string | null;
  /** Why it lies in the bin. */
  readonly binCause?: string | null;
  /** It was taken over as it ran; null or absent = the console made it. */
  readonly takenOver?: object | null;
  /** What it may become while it runs; null or absent = any other size is a restart. */
  readonly liveRoom?: LiveRoom | null;
}

/** What one form carries, as for a new request. */
export const CHANGE_LINES_MAX = 20;
/** A page of resources: more are no change that a person looks at one by one. */
export const CHANGED_RESOURCES_MAX = 50;

type Invalid = (path: InputPath, rule: string, message: Bilingual) => void;

export function checkChangeContent(content: ChangeContent): Refusal[] {
  const refusals: Refusal[] = [];
  const invalid: Invalid = (path, rule, message) => {
    refusals.push({ code: 'INVALID_INPUT', path, rule, message });
  };
  const { length } = content.purpose.trim();
  if (length === 0 || length > PURPOSE_LENGTH_MAX)
    invalid(
      ['content', 'purpose'],
      'length',
      say(
        `请说明变更原因，1 至 ${PURPOSE_LENGTH_MAX} 字`,
        `Say why it is to change in 1 to ${PURPOSE_LENGTH_MAX} characters`,
      ),
    );
  const named = content.lines.flatMap(({ resourceIds }) => resourceIds);
  if (content.lines.length === 0 || content.lines.length > CHANGE_LINES_MAX)
    invalid(['content', 'lines'], 'range', say(`需要 1 至 ${CHANGE_LINES_MAX} 行`, `1 to ${CHANGE_LINES_MAX} lines`));
  const services = content.lines.flatMap(({ service }) => service ?? []);
  const things = content.lines.flatMap(({ things: one }) => one ?? []);
  if (named.length + services.length + things.length === 0 || named.length > CHANGED_RESOURCES_MAX)
    invalid(
      ['content', 'lines'],
      'resources',
      say(`一次变更 1 至 ${CHANGED_RESOURCES_MAX} 台`, `1 to ${CHANGED_RESOURCES_MAX} resources at once`),
    );
  content.lines.forEach(({ resourceIds, service, things: thing }, index) => {
    if ([service, thing, resourceIds.length > 0].filter(Boolean).length > 1)
      invalid(
        pathOf(index, service ? 'service' : 'things'),
        'oneKind',
        say(
          '一行只变更一种：云主机、服务器、机柜空间或云服务',
          'A line changes one kind: machines, servers, space in cabinets or a service',
        ),
      );
    if (service && service.count !== null && (!Number.isInteger(service.count) || service.count < 1))
      invalid(
        pathOf(index, 'service', 'count'),
        'range',
        say(
          '数量为不小于 1 的整数；不再使用请退还',
          'The quantity is a whole number from 1; give back what is not used',
        ),
      );
  });
  content.lines.forEach(({ otherTypes = [] }, index) => {
    const [type] = otherTypes;
    if (type !== undefined) invalid(pathOf(index, 'resourceIds'), 'kindNotChangeable', otherKind(type));
  });
  if (new Set(services.map(({ lineId }) => lineId)).size < services.length)
    invalid(['content', 'lines'], 'unique', say('同一服务只能出现一次', 'A service is named once'));
  if (new Set(things.map(({ lineId }) => lineId)).size < things.length)
    invalid(
      ['content', 'lines'],
      'unique',
      say('同一明细的服务器或机柜空间只能出现一次', 'Servers or space of one line are named once'),
    );
  if (new Set(named).size < named.length)
    invalid(['content', 'lines'], 'unique', say('同一台资源只能出现一次', 'A resource is named once'));
  content.lines.forEach(({ diskGib }, index) => {
    if (diskGib !== null && (!Number.isInteger(diskGib) || diskGib < 1 || diskGib > DISK_GIB_MAX))
      invalid(
        pathOf(index, 'diskGib'),
        'range',
        say(`磁盘为整数 GiB，最大 ${DISK_GIB_MAX}`, `The disk is whole GiB, ${DISK_GIB_MAX} at most`),
      );
  });
  return refusals;
}

/** What is to be done instead, by the type of what was named. */
function otherKind(type: string): Bilingual {
  switch (type) {
    case 'Server':
    case 'CabinetHolder':
    case 'RequestLine':
      return say(
        '服务器、机柜空间和云服务按其申请明细变更，请从明细发起',
        'Servers, space in cabinets and services change by the line that they were asked for by: begin there',
      );
    case 'NetworkPolicy':
    case 'Backup':
      return say('网络策略、备份请在各自页面调整', 'Network policies and backups change on their own pages');
    default:
      return say('这不是可以变更的资源', 'This is no resource that can be changed');
  }
}

export function pathOf(line: number, ...fields: string[]): InputPath {
  return ['content', 'lines', String(line), ...fields];
}

/** Why these machines of one line cannot be changed now; `openChange` says what is to be told of one that another changes. */
export function objections(
  machines: readonly ChangedMachine[],
  line: number,
  requestId: string | null,
  openChange: (machine: ChangedMachine, path: InputPath) => Refusal | null,
): Refusal[] {
  const path = pathOf(line, 'resourceIds');
  return machines.flatMap((machine): Refusal[] => {
    const { name, state, management } = machine;
    if (machine.openChangeId !== null && machine.openChangeId !== requestId)
      return [openChange(machine, path)].filter((refusal) => refusal !== null);
    if (state !== 'IN_USE')
      return [
        {
          code: 'ILLEGAL_TRANSITION',
          path,
          state,
          action: 'CHANGE',
          message: notInUse(machine),
        },
      ];
    // Its disks are not the console's, and its size stands in words that people chose.
    if (machine.takenOver)
      return [
        {
          code: 'NOT_PERMITTED',
          path,
          reason: 'TAKEN_OVER',
          message: say(
            `${name} 是纳入管理的存量虚拟机，集云只管标签与启停，规格请在集群中调整`,
            `${name} ran before the console, which drives its marks and its power alone: change its size in the cluster`,
          ),
        },
      ];
    // What people made on a foreign platform they also change there; what was only found running has no wish of ours.
    if (management === 'OBSERVED')
      return [
        {
          code: 'NOT_PERMITTED',
          path,
          reason: 'NOT_DRIVEN',
          message: say(
            `${name} 不由本平台驱动，请在其所在平台调整后更新台账`,
            `The console does not drive ${name}: change it where it runs and update the record`,
          ),
        },
      ];
    return [];
  });
}

function notInUse({ name, state, binCause }: ChangedMachine): Bilingual {
  if (state !== 'IN_BIN') return say(`${name} 不在使用中，不能变更`, `${name} is not in use and cannot be changed`);
  if (binCause === 'TERM')
    return say(
      `${name} 使用期限已到、在回收站中，请先延期并恢复再变更`,
      `The term of ${name} is over and it is in the recycle bin: extend it and restore it first`,
    );
  return say(`${name} 在回收站中，请先恢复再变更`, `${name} is in the recycle bin; restore it first`);
}

/** One request is of one system and one project: its quotas and its budget item are theirs. */
export function ofOneSystem(machines: readonly Pick<ChangedMachine, 'systemId' | 'projectId'>[]): Refusal[] {
  const path = ['content', 'lines'];
  if (new Set(machines.map(({ systemId }) => systemId)).size > 1)
    return [
      {
        code: 'INVALID_INPUT',
        path,
        rule: 'oneSystem',
        message: say('一张变更申请只能变更同一系统的资源', 'One change request is of one system'),
      },
    ];
  if (new Set(machines.map(({ projectId }) => projectId)).size > 1)
    return [
      {
        code: 'INVALID_INPUT',
        path,
        rule: 'oneProject',
        message: say(
          '所选资源由不同项目付费，请按项目分开申请',
          'These are paid for by different projects: ask for each project’s apart',
        ),
      },
    ];
  return [];
}

export interface Wished extends SizeAmounts {
  readonly modesChange: boolean;
}

/** What is against the wish of a line itself. */
export function wishObjections(machines: readonly ChangedMachine[], to: Wished, line: number): Refusal[] {
  const shrinking = machines.map((machine) => sizeObjection(machine, to)).find((objection) => objection !== null);
  if (shrinking)
    return [{ code: 'INVALID_INPUT', path: pathOf(line, 'diskGib'), rule: 'diskShrinks', message: shrinking }];
  if (to.modesChange || machines.some((machine) => !isSameSize(machine, to))) return [];
  return [
    {
      code: 'INVALID_INPUT',
      path: pathOf(line),
      rule: 'nothingChanges',
      message: say('规格、磁盘和容灾模式都与现在相同', 'Size, disk and DR mode are all as they are'),
    },
  ];
}

/**
 * Neither CDI nor a CSI driver gives a volume another storage class: its data would be copied into a new one, with the
 * business stopped and somebody to look whether all of it is there. That is a new machine and a move of data, not a change.
 */
export function tierObjection(present: StorageTier, wished: StorageTier | null | undefined, line: number): Refusal[] {
  if (!wished || wished === present) return [];
  return [
    {
      code: 'INVALID_INPUT',
      path: pathOf(line, 'storageTier'),
      rule: 'tierFixed',
      message: say(
        `存储类型不能就地更换（现为 ${present}）：请新申请 ${wished} 云主机，迁移数据并核对后退还原云主机`,
        `The storage tier cannot change in place (it is ${present}): ask for a new machine on ${wished}, move the data, check it, and give the old one back`,
      ),
    },
  ];
}

/** A change neither adds accelerators nor takes them: they are given to a machine as it is made. */
export function hasAcceleratorsOf(
  machine: { readonly accelerators: { readonly [name: string]: number } | null },
  offer: { readonly accelerator: string | null; readonly acceleratorCount: number },
): boolean {
  const own = Object.entries(machine.accelerators ?? {});
  if (offer.accelerator === null) return own.length === 0;
  return own.length === 1 && own[0]?.[0] === offer.accelerator && own[0][1] === offer.acceleratorCount;
}

/** How many machines get another vCPU or memory while they run, and how many are started anew for it, which somebody must agree to. */
export interface ResizeWays {
  readonly live: number;
  readonly restarting: number;
}

/** By how they were seen last. What stands by, and what keeps both, goes neither way. */
export function resizeWays(machines: readonly ChangedMachine[], to: SizeAmounts): ResizeWays {
  const resized = machines.filter((machine) => !machine.standby && isOtherCompute(machine, to));
  const live = resized.filter((machine) => resizesLive(machine.liveRoom ?? null, machine, to)).length;
  return { live, restarting: resized.length - live };
}

export function restartNotAgreed(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['content', 'restartAgreed'],
    rule: 'restartAgreed',
    message: say(
      '所选云主机不能在线调整 vCPU 或内存，需要重启，请确认同意重启',
      'This vCPU or memory cannot be given while the machine runs and needs a restart: agree to it first',
    ),
  };
}

/** What of a machine's price which request reserved in a budget: the one that made it first, then each that made it dearer. */
export interface EncumberedPart {
  readonly requestId: string;
  readonly fen: bigint;
}

/** One change that was carried out, in the order of time. */
export interface PricedChange {
  readonly requestId: string;
  readonly fromFen: bigint;
  readonly toFen: bigint;
}

/**
 * Who gets back how much when the machine goes, or becomes cheaper: what was reserved last goes back first. A machine that a
 * change has made costs nothing before it.
 */
export function encumberedParts(
  madeBy: string,
  monthlyFen: bigint,
  changes: readonly PricedChange[],
): readonly EncumberedPart[] {
  const [first] = changes;
  let parts: EncumberedPart[] = [{ requestId: madeBy, fen: first ? first.fromFen : monthlyFen }];
  for (const { requestId, fromFen, toFen } of changes) {
    if (toFen >= fromFen) parts = [...parts, { requestId, fen: toFen - fromFen }];
    else parts = cheaper(parts, fromFen - toFen).left;
  }
  return parts.filter(({ fen }) => fen > 0n);
}

/** Takes so much off, the newest part first; `rest` is what is left of the part. */
export function cheaper(
  parts: readonly EncumberedPart[],
  by: bigint,
): { readonly left: EncumberedPart[]; readonly off: (EncumberedPart & { readonly rest: bigint })[] } {
  const left: EncumberedPart[] = [];
  const off: (EncumberedPart & { readonly rest: bigint })[] = [];
  let rest = by;
  for (const part of parts.toReversed()) {
    const taken = lesser(part.fen, rest);
    rest -= taken;
    if (taken > 0n) off.push({ ...part, fen: taken, rest: part.fen - taken });
    if (part.fen > taken) left.unshift({ ...part, fen: part.fen - taken });
  }
  return { left, off };
}
