/** Decides whether a machine that is only observed may be driven from now on, and who may say so. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { Result } from '../../kernel/result.js';
import {
  decideAsSecond,
  SECOND_ACTIONS,
  type SecondAction,
  type SecondWish,
  type SecondWords,
} from '../../kernel/second-person.js';
import { checkedTable } from '../../kernel/state-machine.js';

export const TAKE_OVER_STATES = ['PROPOSED', 'APPROVED', 'RETURNED', 'WITHDRAWN'] as const;
export type TakeOverState = (typeof TAKE_OVER_STATES)[number];
export type TakeOverAction = SecondAction;

export const takeOverTable = checkedTable<TakeOverState, TakeOverAction>({
  name: 'take-over',
  states: TAKE_OVER_STATES,
  initial: 'PROPOSED',
  actions: SECOND_ACTIONS,
  transitions: {
    PROPOSED: { APPROVE: 'APPROVED', RETURN: 'RETURNED', WITHDRAW: 'WITHDRAWN' },
    APPROVED: {},
    RETURNED: {},
    WITHDRAWN: {},
  },
});

/** What the record says of it. */
export interface RecordedFacts {
  readonly management: string;
  readonly state: string;
  readonly presence: string;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly openChangeCode: string | null;
  readonly termOverAt: Date | null;
  readonly objectNamespace: string;
  /** The only one in which its department's machines are driven. */
  readonly departmentNamespace: string;
}

/** What its cluster said just now. */
export interface SeenFacts {
  /** The resource that it says it belongs to; null = none of the console's. */
  readonly owner: string | null;
  readonly isLeaving: boolean;
  readonly isHeld: boolean;
  readonly power: string;
  /** null = its object does not say. */
  readonly runStrategy: string | null;
  readonly vcpu: number | null;
  readonly memoryMib: number | null;
  /** Whether its object says how big it is in words that can be applied. */
  readonly saysSize: boolean;
  readonly disks: readonly string[];
}

/** CUT_OFF = its cluster does not answer; NOT_THERE = it answers, and there is no such object. */
export type Sight = 'CUT_OFF' | 'NOT_THERE' | SeenFacts;

export const TAKE_OVER_STOPS = [
  'NOT_OBSERVED',
  'IN_BIN',
  'NOT_IN_USE',
  'CHANGE_OPEN',
  'TERM_OVER',
  'NAMESPACE',
  'CUT_OFF',
  'NOT_THERE',
  'NOT_SEEN_YET',
  'LEAVING',
  'OWNED',
  'HELD',
  'NOT_SETTLED',
  'RUN_STRATEGY',
  'SIZE_UNSAID',
  'DIFFERS',
  'NO_DISK',
] as const;
export type TakeOverStop = (typeof TAKE_OVER_STOPS)[number];

/** KubeVirt's words of what keeps running and of what stays off; with the others it would start or stop by itself. */
const STRATEGY_OF_POWER: { readonly [power: string]: string } = { RUNNING: 'Always', STOPPED: 'Halted' };

/** Everything that stands against it, in the order in which a person would put it right; none = it may be. */
export function takeOverStops(record: RecordedFacts, sight: Sight): TakeOverStop[] {
  if (record.management !== 'OBSERVED') return ['NOT_OBSERVED'];
  const stops: (TakeOverStop | false)[] = [
    record.state === 'IN_BIN' && 'IN_BIN',
    record.state !== 'IN_USE' && record.state !== 'IN_BIN' && 'NOT_IN_USE',
    record.openChangeCode !== null && 'CHANGE_OPEN',
    record.termOverAt !== null && 'TERM_OVER',
    record.objectNamespace !== record.departmentNamespace && 'NAMESPACE',
    ...(typeof sight === 'string' ? [sight] : stopsSeen(record, sight)),
  ];
  return stops.filter((stop) => stop !== false);
}

function stopsSeen(record: RecordedFacts, seen: SeenFacts): (TakeOverStop | false)[] {
  const strategy = STRATEGY_OF_POWER[seen.power];
  const isSettled = strategy !== undefined;
  return [
    record.presence !== 'SEEN' && 'NOT_SEEN_YET',
    seen.isLeaving && 'LEAVING',
    seen.owner !== null && 'OWNED',
    seen.isHeld && 'HELD',
    !isSettled && 'NOT_SETTLED',
    isSettled && seen.runStrategy !== strategy && 'RUN_STRATEGY',
    !seen.saysSize && 'SIZE_UNSAID',
    seen.saysSize && (seen.vcpu !== record.vcpu || seen.memoryMib !== record.memoryMib) && 'DIFFERS',
    seen.disks.length === 0 && 'NO_DISK',
  ];
}

const WORDS: { readonly [S in TakeOverStop]: Bilingual } = {
  NOT_OBSERVED: say('它不是只读纳管的虚拟机', 'It is no machine that is only observed'),
  IN_BIN: say('它在回收站中，请先恢复', 'It is in the recycle bin; restore it first'),
  NOT_IN_USE: say('它不在使用中', 'It is not in use'),
  CHANGE_OPEN: say('它有正在办理的变更，请等它办结', 'A change of it is under way; wait for its end'),
  TERM_OVER: say(
    '它的使用期限已到，纳入管理会立即关机，请先延期',
    'Its term is over: it would be stopped at once; extend it first',
  ),
  NAMESPACE: say(
    '它不在所属单位的命名空间中；集云只在单位命名空间内管理虚拟机，请先迁入或继续只读纳管',
    'It is not in its department’s namespace, the only one in which the console drives its machines; move it there, or go on observing it',
  ),
  CUT_OFF: say('集群没有应答，未作任何改动，请稍后再试', 'Its cluster does not answer; nothing was changed, try later'),
  NOT_THERE: say('集群中找不到它，请先核实', 'It is not found in its cluster; look there first'),
  NOT_SEEN_YET: say('集云还没有观测到它，请稍候', 'The console has not observed it yet; wait a moment'),
  LEAVING: say('集群正在删除它', 'It is being deleted in its cluster'),
  OWNED: say(
    '它带有另一资源的集云标签，请先在隔离清单中核实',
    'It carries another resource’s marks; look at the quarantine list first',
  ),
  HELD: say('集群正在为它做快照或恢复，请等它完成', 'A snapshot of it is being made or restored; wait for the end'),
  NOT_SETTLED: say('它正在启动或停止，请等它停稳', 'It is starting or stopping; wait until it is settled'),
  RUN_STRATEGY: say(
    '它的启停方式（runStrategy）与运行状态不符：运行的须为 Always，停止的须为 Halted；请先在集群中改好',
    'Its runStrategy does not say what it does: Always for what runs, Halted for what stands still; put it right in the cluster first',
  ),
  SIZE_UNSAID: say(
    '它的对象没有写明 CPU 或内存，无法保证规格不变；请先在集群中写明',
    'Its object does not say its CPU or memory, so that nothing could be promised to stay; write them there first',
  ),
  DIFFERS: say('它的规格与台账不符，请先核对', 'Its size is not what the record says; reconcile them first'),
  NO_DISK: say(
    '它没有能指名的磁盘（数据卷或存储卷），重启后数据不保留，不能纳入管理',
    'It has no disk by name (a DataVolume or a claim): what it holds is lost with its next start, so it is not taken over',
  ),
};

export function stopRefusal(stop: TakeOverStop): Refusal {
  return { code: 'NOT_PERMITTED', path: [], reason: stop, message: WORDS[stop] };
}

/** It answered, and will not have it: its own words say why. */
export function clusterRefuses(why: string): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'REFUSED',
    message: say(
      `集群拒绝了试运行，未作任何改动：${why}`,
      `The cluster refuses the dry run; nothing was changed: ${why}`,
    ),
  };
}

/** What was shown is what is signed: the object, or what would be written, is another by now. */
export function shownAnother(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: ['shownHash'],
    reason: 'SHOWN_ANOTHER',
    message: say(
      '展示之后集群中的对象被改动，未作任何改动，请重新查看差异',
      'Its object was changed since it was shown; nothing was done: look at the differences again',
    ),
  };
}

/** By construction the size is applied as it stands; a webhook may still make something else of it. */
export function touchesSpec(paths: readonly string[]): Refusal | undefined {
  const touched = paths.filter((path) => path === 'spec' || path.startsWith('spec.'));
  if (touched.length === 0) return undefined;
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'TOUCHES_SPEC',
    message: say(
      `试运行显示会改动运行中的定义：${touched.join('，')}；纳入管理只允许加标签`,
      `The dry run would change how it runs: ${touched.join(', ')}; a take-over may only mark it`,
    ),
  };
}

const WORDS_OF_TWO: SecondWords = {
  over: say('这项纳入管理已经办结', 'This take-over has been decided already'),
  own: {
    reason: 'OWN_TAKE_OVER',
    message: say('提出人不能审批自己提出的纳入管理', 'Nobody approves a take-over that they proposed themselves'),
  },
  changed: say('它刚被他人更新，请刷新后再操作', 'Somebody has just changed it; look again'),
};

export interface Proposal {
  readonly state: TakeOverState;
  readonly version: number;
  readonly proposedById: string;
}

/** Nobody approves what they proposed themselves; whoever proposed it may take it back. */
export function decideTakeOver(
  userId: string,
  { proposedById, state, version }: Proposal,
  action: TakeOverAction,
  wish: SecondWish,
): Result<TakeOverState, readonly Refusal[]> {
  return decideAsSecond(
    takeOverTable,
    WORDS_OF_TWO,
    userId,
    { state, version, preparedByIds: [proposedById] },
    action,
    wish,
  );
}
