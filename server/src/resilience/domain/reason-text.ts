/** Decides in which plain words a reason of a grade is said. */
import type { CenterRole } from '../../facilities/domain/facility.js';
import { type Bilingual, counted, say } from '../../kernel/bilingual.js';
import type { SignalName } from './dr-signal.js';
import type { Reason } from './judge-group.js';

const ROLES: { readonly [R in CenterRole]: Bilingual } = {
  ACTIVE_A: say('A 中心', 'A'),
  ACTIVE_B: say('B 中心', 'B'),
  RECOVERY: say('异地灾备中心', 'the recovery center'),
};
const OTHER: { readonly [R in CenterRole]: CenterRole } = {
  ACTIVE_A: 'ACTIVE_B',
  ACTIVE_B: 'ACTIVE_A',
  RECOVERY: 'RECOVERY',
};

const SIGNALS: { readonly [N in SignalName]: Bilingual } = {
  CLUSTER_SILENCE: say('集群失联时长', 'silence of a cluster'),
  WATCH_SILENCE: say('集群监听静默时长', 'silence of a watch'),
  CERTIFICATE_DAYS: say('集群证书剩余天数', 'days left of a cluster’s certificate'),
  REPLICATION_LAG: say('复制滞后', 'replication lag'),
  REPLICATION_COVERAGE: say('复制覆盖率', 'share of disks replicated'),
  WRITER_COUNT: say('写入方数量', 'number of writers'),
  TARGET_CAPACITY: say('接管端可用容量', 'room where it would be taken over'),
  SERVICE_ANSWER: say('外部探测', 'answer to a probe from outside'),
  DNS_TTL: say('域名缓存时间', 'TTL of its name'),
  ARBITER_PATHS: say('仲裁路径连通率', 'share of the ways to the arbiter that answer'),
  CONFIG_DRIFT: say('两中心配置不一致的虚拟机', 'number of machines made otherwise in the other center'),
  DRILL_DAYS: say('距上次达标的模拟演练', 'time since a drill on copies passed'),
  RESTORE_TEST_DAYS: say('距下次恢复验证', 'time until a restore test is due'),
  BACKUP_LATE_HOURS: say('备份漏做时长', 'time since a backup was due'),
  CONSOLE_BACKUP_AGE: say('平台自身备份的时效占用', 'age of the console’s own backups, of what it may be'),
};
const UNITS: { readonly [N in SignalName]: Bilingual } = {
  CLUSTER_SILENCE: say(' 秒', ' s'),
  WATCH_SILENCE: say(' 秒', ' s'),
  CERTIFICATE_DAYS: say(' 天', ' days'),
  REPLICATION_LAG: say(' 秒', ' s'),
  REPLICATION_COVERAGE: say('%', ' %'),
  WRITER_COUNT: say(' 个', ''),
  TARGET_CAPACITY: say('%', ' %'),
  SERVICE_ANSWER: say('', ''),
  DNS_TTL: say(' 秒', ' s'),
  ARBITER_PATHS: say('%', ' %'),
  CONFIG_DRIFT: say(' 台', ''),
  DRILL_DAYS: say(' 天', ' days'),
  RESTORE_TEST_DAYS: say(' 天', ' days'),
  BACKUP_LATE_HOURS: say(' 小时', ' h'),
  CONSOLE_BACKUP_AGE: say('%', ' %'),
};

/** A letter after Chinese begins apart from it. */
const apart = (name: string): string => (/^[A-Z]/.test(name) ? ` ${name}` : name);

export function reasonText(reason: Reason): Bilingual {
  const { code, count, of, role, signal } = reason;
  const center = ROLES[role ?? 'RECOVERY'];
  switch (code) {
    case 'NO_MACHINES':
      return say('没有在用的资源', 'Nothing of it is in use');
    case 'MACHINES_MISSING': {
      const there = ROLES[OTHER[role ?? 'ACTIVE_B']];
      return say(
        `${of} 台中有 ${count} 台只在${apart(there.zh)}`,
        `${count} of ${counted(of ?? 0, 'machine is', 'machines are')} in ${there.en} only`,
      );
    }
    case 'STANDBY_MISSING':
      return say(
        `${of} 台中有 ${count} 台在异地没有备用机`,
        `${count} of ${counted(of ?? 0, 'machine has', 'machines have')} nothing that stands by in the recovery center`,
      );
    case 'NOT_GRANTED_DUAL_ACTIVE':
      return say(
        '系统登记为同城双活，这一层按单中心开通',
        'The system is registered as dual-active; this tier was granted in a single center',
      );
    case 'NOT_GRANTED_REMOTE':
      return say(
        '系统登记了异地灾备，这一层没有开通到相应级别',
        'The system is registered with remote DR; this tier was not granted that much of it',
      );
    case 'DATA_NOT_DUAL_ACTIVE':
      return say(
        '部署在两个中心，数据未双活：没有复制来源',
        'Deployed in two centers, data not dual-active: it has no replication source',
      );
    case 'NO_REMOTE_COPY':
      return say('没有向异地灾备中心的复制', 'Nothing replicates it to the recovery center');
    case 'MACHINES_COMING':
      return say(
        `${of} 台中有 ${count} 台还在开通`,
        `${count} of ${counted(of ?? 0, 'machine is', 'machines are')} still being made`,
      );
    case 'OWED':
      return say(`${center.zh}的份额是容灾欠账，尚未补建`, `The share in ${center.en} is owed and not there yet`);
    case 'SIDE_STANDS_BY':
      return say(
        `切换后只在${apart(ROLES[OTHER[role ?? 'ACTIVE_A']].zh)}承载，${center.zh}的 ${count} 台待命，不是双活`,
        `Since a switch it serves in ${ROLES[OTHER[role ?? 'ACTIVE_A']].en} only; ${counted(count ?? 0, 'machine stands', 'machines stand')} by in ${center.en}: not dual-active`,
      );
    case 'SERVES_REMOTELY':
      return say(
        '已切换到异地灾备中心承载，没有第二份可接管；须回切',
        'It serves in the recovery center since a failover, and nothing could take it over: it is to be failed back',
      );
    case 'CLEANUP_FAILED':
      return say(
        '一次演练没有清理完，本组的切换被锁定',
        'A drill of it was not cleaned up: nothing can be switched over until it is',
      );
    case 'LINK_ASYNC':
      return say(
        '同城链路已改为异步，RPO 0 不再保证',
        'The link between the two centers goes asynchronously: RPO 0 is no longer kept',
      );
    case 'BOUNDARY_OPENED':
      return say(
        `${count ?? 1} 处隔离边界在集群中被打开`,
        `${counted(count ?? 1, 'boundary was', 'boundaries were')} opened in the cluster`,
      );
    default:
      return signalText(reason, signal ?? 'REPLICATION_LAG');
  }
}

function signalText({ code, count: value, probe, recovers, role }: Reason, signal: SignalName): Bilingual {
  const name = probe === undefined ? SIGNALS[signal] : ofProbe(SIGNALS[signal], probe);
  const towards =
    role === null ? say('', '') : role === 'RECOVERY' ? say('（异地）', ' (remote)') : say('（同城）', ' (same city)');
  if (code === 'SIGNAL_AWAITED')
    return value === null
      ? say(`${name.zh}${towards.zh}还没有读到，判定中`, `The ${name.en}${towards.en} was not read yet: being judged`)
      : say(
          `${name.zh}${towards.zh}刚读到 ${Math.round(value)}${UNITS[signal].zh}，仍在建立，判定中`,
          `The ${name.en}${towards.en} has just been read as ${Math.round(value)}${UNITS[signal].en}; it may still be being set up: being judged`,
        );
  if (recovers)
    return say(
      `${name.zh}${towards.zh}刚有好转，稳定后才算恢复`,
      `The ${name.en}${towards.en} has just become better, and counts as such once it stays so`,
    );
  if (signal === 'SERVICE_ANSWER' && code !== 'SIGNAL_UNKNOWN')
    return say(`外部探测“${probe ?? ''}”没有应答`, `Asked from outside, “${probe ?? ''}” does not answer`);
  if (signal === 'WRITER_COUNT' && code === 'SIGNAL_BAD')
    return (value ?? 0) > 1
      ? say(`有 ${value} 个中心同时写入（脑裂）`, `${value} centers write at once (split brain)`)
      : say('没有任何中心在写入', 'No center writes');
  const plain = code === 'SIGNAL_UNKNOWN' || value === null ? null : plainly(signal, Math.round(value));
  if (plain) return plain;
  const said = value === null ? '' : String(Math.round(value));
  if (code === 'SIGNAL_UNKNOWN')
    return say(`${name.zh}${towards.zh}过期，情况不明`, `No recent word of the ${name.en}${towards.en}: nobody knows`);
  const how = code === 'SIGNAL_BAD' ? say('超出限值', 'beyond its limit') : say('接近限值', 'near its limit');
  return say(
    `${name.zh}${towards.zh} ${said}${UNITS[signal].zh}，${how.zh}`,
    `The ${name.en}${towards.en} is ${said}${UNITS[signal].en}, ${how.en}`,
  );
}

/** Where the figure and its limit would say it worse than a sentence does. */
function plainly(signal: SignalName, value: number): Bilingual | null {
  switch (signal) {
    case 'ARBITER_PATHS':
      return value > 0
        ? say(`到仲裁的路径只有 ${value}% 连通`, `Only ${value} % of the ways to the arbiter answer`)
        : say('到仲裁的路径全部不通', 'No way to the arbiter answers');
    case 'CONFIG_DRIFT':
      return say(
        `${value} 台虚拟机与另一中心的镜像、磁盘或规格不一致`,
        `${counted(value, 'machine has', 'machines have')} another image, disk or size in the other center`,
      );
    case 'DRILL_DAYS':
      return say(
        `上次达标的模拟演练在 ${value} 天前`,
        `The last drill on copies that passed was ${counted(value, 'day', 'days')} ago`,
      );
    case 'RESTORE_TEST_DAYS':
      return say(
        `备份的恢复验证已逾期 ${Math.abs(value)} 天`,
        `A restore test of its backups is ${counted(Math.abs(value), 'day', 'days')} overdue`,
      );
    case 'BACKUP_LATE_HOURS':
      return say(`备份已漏做 ${value} 小时`, `A backup of it has been missing for ${counted(value, 'hour', 'hours')}`);
    case 'CONSOLE_BACKUP_AGE':
      return say(
        `平台自身备份过期（已到允许时长的 ${value}%）`,
        `The console’s own backups are late (${value} % of how old they may be)`,
      );
    default:
      return null;
  }
}

const ofProbe = (name: Bilingual, probe: string) => say(`${name.zh}（${probe}）`, `${name.en} (${probe})`);
