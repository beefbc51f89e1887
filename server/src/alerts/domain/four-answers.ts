/** Decides the four answers of an alert: what is broken, since when, which promise is lost, and what to press next. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { SignalName } from '../../resilience/domain/dr-signal.js';
import type { Reason } from '../../resilience/domain/judge-group.js';
import { reasonText } from '../../resilience/domain/reason-text.js';

/** Where the button leads, which comes filled in. */
export const NEXT_ACTS = [
  ...(['FIX_REQUEST', 'OPEN_GROUP', 'OPEN_CLUSTERS', 'OPEN_CAPACITY', 'SEE_LOSS'] as const),
  ...(['OPEN_DRILLS', 'OPEN_BACKUPS', 'OPEN_CONSOLE_DATA', 'OPEN_DRIFT'] as const),
] as const;
export type NextAct = (typeof NEXT_ACTS)[number];

export interface Promises {
  readonly localMode: 'SINGLE' | 'DUAL_ACTIVE';
  readonly remoteMode: 'NONE' | 'DATA' | 'APPLICATION';
  readonly rpoSeconds: number | null;
  readonly rtoSeconds: number | null;
}

export interface FourAnswers {
  readonly broken: Bilingual;
  readonly promise: Bilingual;
  readonly next: NextAct;
  readonly nextText: Bilingual;
}

export function fourAnswers(
  reason: Reason,
  about: { readonly name: string; readonly tier: string | null; readonly ofCenter: boolean },
  promises: Promises | null,
): FourAnswers {
  const said = reasonText(reason);
  const of = about.tier === null ? about.name : `${about.name} / ${about.tier}`;
  const next = nextOf(reason, promises);
  return {
    broken: say(`${of}：${said.zh}`, `${of}: ${said.en}`),
    promise: promises === null && !about.ofCenter ? NO_PROMISE : promiseOf(reason, promises),
    next,
    nextText: NEXT_TEXT[next],
  };
}

const MINUTE_S = 60;

/** Of a center itself, where it is not that nobody hears of it. */
const OF_CENTER: { readonly [N in SignalName]?: Bilingual } = {
  CERTIFICATE_DAYS: say(
    '证书到期后，控制台将无法管理该中心',
    'When it runs out, the console drives this center no longer',
  ),
  ARBITER_PATHS: say(
    '双活仲裁：再失去一条路径或一个中心，两边无法判断谁该继续写',
    'Arbitration: with one more way or center lost, neither side knows whether it may go on to write',
  ),
  CONSOLE_BACKUP_AGE: say(
    '平台自身可恢复：数据库若被误删，只能恢复到这份备份',
    'That the console itself can be restored: what is deleted by mistake comes back only as of that backup',
  ),
};

/** Of a system whose group is no more: nothing is said of a center that may be well. */
const NO_PROMISE = say('该系统没有容灾组，没有容灾承诺', 'The system has no DR group: DR promises nothing for it');

function timeText(seconds: number): Bilingual {
  if (seconds < MINUTE_S) return say(`${seconds} 秒`, `${seconds} s`);
  const minutes = Math.round(seconds / MINUTE_S);
  // As the group's page says it: 24 小时, and not 1440 分钟.
  const hours = minutes / MINUTE_S;
  if (hours >= 2 && Number.isInteger(hours)) return say(`${hours} 小时`, `${hours} h`);
  return say(`${minutes} 分钟`, `${minutes} min`);
}

function promiseOf({ code, role, signal }: Reason, promises: Promises | null): Bilingual {
  if (code === 'BOUNDARY_OPENED')
    return say(
      '部门之间的网络隔离：未经批准的访问可能已经发生',
      'That departments are kept apart: what nobody approved may have passed',
    );
  if (promises === null)
    return (
      (signal === null ? undefined : OF_CENTER[signal]) ??
      say('该中心情况不明，其上的容灾承诺都无法证实', 'Nothing that DR promises in this center can be proved')
    );
  const { localMode, remoteMode, rpoSeconds, rtoSeconds } = promises;
  const rpo = rpoSeconds === null ? null : timeText(rpoSeconds);
  switch (signal) {
    case 'REPLICATION_LAG':
    case 'REPLICATION_COVERAGE':
      return lostData(role === 'RECOVERY', rpo);
    case 'WRITER_COUNT':
      return say(
        '每个数据集至多一个写入方：继续写入会产生两份不同的数据',
        'At most one writer of a data set: two go on to write different data',
      );
    case 'TARGET_CAPACITY':
      return rtoSeconds === null
        ? say(
            '异地接管所需容量不足，接管后起不来全部业务',
            'Not all of it could be started where it would be taken over',
          )
        : say(
            `RTO ${timeText(rtoSeconds).zh} 无法保证：接管端容量不足`,
            `RTO ${timeText(rtoSeconds).en} is not kept: too little room to take over`,
          );
    case 'SERVICE_ANSWER':
      return say('业务对外可用性：用户可能已无法访问', 'That it serves: its users may not reach it');
    case 'DNS_TTL':
      return say(
        '切换后的生效时间：旧地址会被缓存这么久',
        'How soon a switch is seen: the old address is kept for so long',
      );
    case 'CERTIFICATE_DAYS':
      return say('到期后用户会被浏览器拦下', 'When it runs out, browsers stop its users');
    case 'ARBITER_PATHS':
      return OF_CENTER.ARBITER_PATHS as Bilingual;
    case 'CONFIG_DRIFT':
      return say(
        '接管后与原来一致：另一中心的虚拟机镜像或规格不同',
        'That it is the same after a take-over: machines of the other center have another image or size',
      );
    case 'DRILL_DAYS':
      return say('切换能力：太久没有演练证明过', 'That it can be switched over: no drill has shown it for too long');
    case 'RESTORE_TEST_DAYS':
    case 'BACKUP_LATE_HOURS':
      return say(
        '备份可恢复：没有新的副本，或副本没有验证过',
        'That a backup can be restored: there is no new copy, or none was tested',
      );
    default:
      break;
  }
  if (code === 'CLEANUP_FAILED')
    return rtoSeconds === null
      ? say('切换能力：清理完之前不能切换', 'That it can be switched over: not before it is cleaned up')
      : say(
          `RTO ${timeText(rtoSeconds).zh} 无法保证：清理完之前不能切换`,
          `RTO ${timeText(rtoSeconds).en} is not kept: nothing is switched over before it is cleaned up`,
        );
  if (code === 'LINK_ASYNC') return lostData(false, say('0', '0'));
  if (code === 'NO_REMOTE_COPY' || code === 'STANDBY_MISSING')
    return remoteMode === 'APPLICATION'
      ? say('异地应用级容灾：异地接不起业务', 'Remote application DR: it cannot be taken over')
      : lostData(true, rpo);
  if (code === 'DATA_NOT_DUAL_ACTIVE' || code === 'MACHINES_MISSING' || localMode === 'DUAL_ACTIVE')
    return say('同城双活：失去一个中心即中断', 'Dual-active: the loss of one center stops it');
  return say('登记的容灾模式', 'The DR mode that it is registered with');
}

function lostData(remote: boolean, rpo: Bilingual | null): Bilingual {
  const where = remote ? say('异地', 'the remote copy') : say('同城', 'the copy in the same city');
  return rpo === null
    ? say(
        `${where.zh}副本的数据点：丢失一个中心会丢多少数据已无法承诺`,
        `How much ${where.en} would lack is no longer promised`,
      )
    : say(`RPO ${rpo.zh}（${where.zh}）不再保证`, `RPO ${rpo.en} is no longer kept by ${where.en}`);
}

function nextOf({ code, resourceIds, signal }: Reason, promises: Promises | null): NextAct {
  if (code === 'BOUNDARY_OPENED') return 'OPEN_DRIFT';
  if (signal === 'CONSOLE_BACKUP_AGE') return 'OPEN_CONSOLE_DATA';
  if (signal === 'RESTORE_TEST_DAYS' || signal === 'BACKUP_LATE_HOURS') return 'OPEN_BACKUPS';
  if (signal === 'DRILL_DAYS' || code === 'CLEANUP_FAILED') return 'OPEN_DRILLS';
  if (signal === 'ARBITER_PATHS' || code === 'LINK_ASYNC') return 'SEE_LOSS';
  if (promises === null) return 'OPEN_CLUSTERS';
  if (resourceIds.length > 0) return 'FIX_REQUEST';
  if (signal === 'TARGET_CAPACITY') return 'OPEN_CAPACITY';
  if (signal === 'WRITER_COUNT' || signal === 'SERVICE_ANSWER') return 'SEE_LOSS';
  return 'OPEN_GROUP';
}

const NEXT_TEXT: { readonly [N in NextAct]: Bilingual } = {
  FIX_REQUEST: say('提交补建申请（已填好）', 'Request what is missing (filled in)'),
  OPEN_GROUP: say('查看容灾组与信号', 'See the group and its signals'),
  OPEN_CLUSTERS: say('查看集群状态', 'See the clusters'),
  OPEN_CAPACITY: say('查看接管端容量', 'See the room at the target'),
  OPEN_DRILLS: say('查看该组的演练', 'See the drills of the group'),
  OPEN_BACKUPS: say('查看备份与恢复验证', 'See the backups and their restore tests'),
  OPEN_CONSOLE_DATA: say('查看平台自身数据', 'See the console’s own data'),
  OPEN_DRIFT: say('查看配置漂移，查明是谁改动', 'See the drift, and who wrote it'),
  SEE_LOSS: say('在全景图上推演影响', 'See in the picture what would be lost'),
};
