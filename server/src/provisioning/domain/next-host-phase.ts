/** Decides what to do next in each situation of a server's host, and how to say where it stands. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { HostPhase } from '../../servers/domain/host.js';
import type { HostReading } from '../../servers/domain/host-record.js';
import { IMAGE_SENT_PERCENT } from '../../servers/domain/host-stages.js';
import { type HostFacts, type HostSituation, hostSituationOf, PROVISIONING_TRIES_MAX } from './host-situation.js';
import { wipeEvidence } from './wipe-evidence.js';

/** One thing at a time, for the next look decides anew. READ: ask the cluster itself. */
export type HostAct =
  | 'NONE'
  | 'READ'
  | 'REGISTER'
  | 'CLAIM'
  | 'PROVISION'
  | 'CLEAR'
  | 'RELEASE'
  | 'LET_GO'
  | 'POWER'
  | 'REBOOT';

export interface HostDecision {
  readonly situation: HostSituation;
  readonly act: HostAct;
  readonly reading: HostReading;
}

interface Row {
  readonly act: HostAct;
  readonly phase: HostPhase;
  readonly text: (facts: HostFacts) => Bilingual;
  readonly percent?: number;
}

function row(act: HostAct, phase: HostPhase, zh: string, en: string, percent?: number): Row {
  const text = say(zh, en);
  return { act, phase, text: () => text, ...(percent === undefined ? {} : { percent }) };
}

/** With the operator's own words, which say more than ours. */
function failure(zh: string, en: string): Row {
  return {
    act: 'NONE',
    phase: 'FAILED',
    text: ({ host }) => {
      const why = host?.errorMessage;
      return why === undefined ? say(zh, en) : say(`${zh}：${why}`, `${en}: ${why}`);
    },
  };
}

/** Claimed 10, image sent 20, written 60: where the time goes when a server is installed. */
const PERCENT = { claiming: 5, claimed: 10, sent: IMAGE_SENT_PERCENT, writing: 60 } as const;

const ROWS: Readonly<Record<HostSituation, Row>> = {
  UNREAD: row('READ', 'UNKNOWN', '正在向集群核实主机是否存在', 'Reading at the cluster whether its host is there'),
  UNREGISTERED: row('REGISTER', 'ONBOARDING', '正在向集群登记主机', 'Registering the host with the cluster'),
  LOST: row(
    'NONE',
    'FAILED',
    '集群中已没有这台主机，需人工核实',
    'The cluster no longer has this host; a person must look',
  ),
  LEAVING: row('NONE', 'FAILED', '主机正从集群中删除，需人工核实', 'Its host is being deleted; a person must look'),
  OUT_OF_HAND: row(
    'NONE',
    'UNKNOWN',
    '主机已暂停或脱管，状态可能不是最新',
    'The host is paused or detached; what is shown may be old',
  ),
  ANOTHER_MACHINE: {
    act: 'NONE',
    phase: 'FAILED',
    text: ({ serial }) =>
      say(
        `主机检测到的序列号 ${serial} 与资产不符，未作任何改动`,
        `The host was inspected with serial number ${serial}, which is not the asset’s; nothing was touched`,
      ),
  },
  REGISTERING: row('NONE', 'ONBOARDING', '正在接入带外管理', 'Reaching its BMC'),
  REGISTRATION_FAILED: failure('带外管理无法接入', 'Its BMC cannot be reached'),
  REGISTRATION_AGAIN: {
    ...failure(
      '带外管理无法接入，请核对地址和账号',
      'Its BMC cannot be reached; look after its address and credential',
    ),
    act: 'REGISTER',
  },
  INSPECTING: row('NONE', 'ONBOARDING', '正在检测硬件', 'Inspecting its hardware'),
  INSPECTION_FAILED: failure('硬件检测失败', 'Its inspection failed'),
  PREPARING: row('NONE', 'ONBOARDING', '正在准备', 'Being prepared'),
  PREPARATION_FAILED: failure('准备失败', 'Its preparation failed'),
  UNKNOWN: {
    act: 'NONE',
    phase: 'UNKNOWN',
    text: ({ host }) =>
      say(
        `主机状态“${host?.state ?? ''}”尚不认识，未作任何改动`,
        `Its state “${host?.state ?? ''}” is unknown here; nothing was touched`,
      ),
  },
  EXTERNAL: row(
    'NONE',
    'OBSERVED',
    '主机由其他系统装机，集云只观测',
    'The host was installed by others and is only looked at',
  ),
  IDLE: row('NONE', 'AVAILABLE', '空闲，可装机', 'Free, may be installed'),
  IDLE_CLAIMED: row(
    'NONE',
    'OBSERVED',
    '主机已被集群中的其他使用方占用',
    'The host is claimed by somebody else in the cluster',
  ),
  IDLE_BY_HAND: row(
    'NONE',
    'OBSERVED',
    '本次使用由人工交付，主机只观测',
    'Its present use was handed over by people; the host is only looked at',
  ),
  TAKEN: row(
    'NONE',
    'FAILED',
    '主机已被集群中的其他使用方占用，未作任何改动',
    'The host is claimed by somebody else in the cluster; nothing was touched',
  ),
  NOT_CLEAN: row(
    'NONE',
    'FAILED',
    '主机上已有系统或存在故障，不能占用，需人工核实',
    'The host has an image or a fault and cannot be claimed; a person must look',
  ),
  UNCLAIMED: row('CLAIM', 'PROVISIONING', '正在占用主机', 'Claiming the host', PERCENT.claiming),
  CLAIM_LOST: row(
    'NONE',
    'FAILED',
    '主机已不由本次使用占用，机上可能仍有数据，未作任何改动，需人工核实',
    'The host is no longer claimed by this use, and its data may be on it still; nothing was touched, a person must look',
  ),
  CLAIMED: row(
    'PROVISION',
    'PROVISIONING',
    '已占用主机，准备装机',
    'The host is claimed, installation follows',
    PERCENT.claimed,
  ),
  IMAGE_SENT: row('NONE', 'PROVISIONING', '已下发镜像，等待装机', 'Its image is set; waiting to begin', PERCENT.sent),
  QUEUED: row(
    'NONE',
    'QUEUED',
    '同时装机的主机已达上限，排队中',
    'As many hosts as may are being installed; it waits in line',
    PERCENT.sent,
  ),
  PROVISIONING: row('NONE', 'PROVISIONING', '正在写入系统镜像', 'Writing its image', PERCENT.writing),
  RETRYING: {
    act: 'NONE',
    phase: 'PROVISIONING',
    text: ({ host }) =>
      say(
        `装机失败 ${host?.tries ?? 0} 次，正在重试：${host?.errorMessage ?? ''}`,
        `Installation failed ${host?.tries ?? 0} times and is tried again: ${host?.errorMessage ?? ''}`,
      ),
    percent: PERCENT.sent,
  },
  GAVE_UP: {
    act: 'NONE',
    phase: 'FAILED',
    text: ({ host }) =>
      say(
        `装机失败 ${PROVISIONING_TRIES_MAX} 次，已停止重试，请核实镜像后重装：${host?.errorMessage ?? ''}`,
        `Installation failed ${PROVISIONING_TRIES_MAX} times and is not tried again; look after its image, then reinstall: ${host?.errorMessage ?? ''}`,
      ),
  },
  REIMAGE_CLEAR: row(
    'CLEAR',
    'PROVISIONING',
    '重装：正在撤下原系统',
    'Reinstalling: the former image goes',
    PERCENT.claiming,
  ),
  REIMAGE_WAIT: row(
    'NONE',
    'PROVISIONING',
    '重装：正在清除磁盘',
    'Reinstalling: its disks are cleaned',
    PERCENT.claimed,
  ),
  IMAGE_CHANGED: row(
    'NONE',
    'FAILED',
    '主机的镜像被他人改动，未作任何改动，需人工核实',
    'Somebody else changed the image of the host; nothing was touched, a person must look',
  ),
  REBOOT: row('REBOOT', 'RUNNING', '正在重启', 'Rebooting'),
  POWER: {
    act: 'POWER',
    phase: 'RUNNING',
    text: ({ desired }) =>
      desired.online ? say('正在开机', 'Being switched on') : say('正在关机', 'Being switched off'),
  },
  POWER_FORBIDDEN: row('NONE', 'RUNNING', '主机不允许关机', 'The host may not be switched off'),
  POWER_FAILED: failure('电源操作失败', 'Its power could not be switched'),
  POWERING: {
    act: 'NONE',
    phase: 'RUNNING',
    text: ({ desired }) =>
      desired.online ? say('正在开机', 'Being switched on') : say('正在关机', 'Being switched off'),
  },
  RUNNING: row('NONE', 'RUNNING', '运行中', 'Running'),
  STOPPED: row('NONE', 'STOPPED', '已关机', 'Stopped'),
  RELEASE_CLEAR: row('RELEASE', 'CLEANING', '正在撤下系统并关机', 'Its image goes, and its power'),
  RELEASE_CLEANING: row('NONE', 'CLEANING', '正在清除磁盘', 'Its disks are being cleaned'),
  RELEASE_FAILED: failure('清除失败，主机仍被占用', 'It could not be cleaned and stays claimed'),
  RELEASE_NO_EVIDENCE: row(
    'NONE',
    'FAILED',
    '主机未给出擦除记录，仍被占用，需人工核实',
    'The host does not say that it was cleaned and stays claimed; a person must look',
  ),
  // The proof is written down first; only the next look lets the host go.
  RELEASE_EVIDENCE: row('NONE', 'CLEANING', '磁盘已清除，正在留存擦除证据', 'Cleaned; the proof is being kept'),
  RELEASE_LET_GO: row('LET_GO', 'CLEANING', '擦除证据已留存，正在解除占用', 'The proof is kept; letting the host go'),
  RELEASE_TAKEN: row(
    'NONE',
    'FAILED',
    '主机已不由本次使用占用且没有擦除证据，需人工核实',
    'The host is no longer claimed by this use, and there is no proof of its cleaning; a person must look',
  ),
  RELEASED: row('NONE', 'AVAILABLE', '已清除，可再次装机', 'Cleaned, may be installed again'),
};

export function nextHostPhase(facts: HostFacts): HostDecision {
  const { desired, host } = facts;
  const situation = hostSituationOf(facts);
  const { act, percent, phase, text } = ROWS[situation];
  const evidence = host && situation === 'RELEASE_EVIDENCE' ? wipeEvidence(desired, host) : undefined;
  const untouched = situation === 'RELEASED' && desired.wipe === null;
  return {
    situation,
    act,
    reading: {
      phase,
      statusText: text(facts),
      progressPercent: percent ?? null,
      poweredOn: host ? host.poweredOn : null,
      tries: host?.tries ?? 0,
      hostState: host?.state ?? '',
      claimed: host !== undefined && desired.useId !== null && host.consumer === desired.useId,
      wipe: evidence ?? (untouched ? { method: 'NEVER_INSTALLED', startedAt: null, endedAt: null } : desired.wipe),
      delivered: situation === 'RUNNING',
      released: situation === 'RELEASED',
    },
  };
}
