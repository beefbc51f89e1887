import { Injectable } from '@nestjs/common';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { calendarTime } from '../kernel/calendar.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { type BmcCredential, BmcService } from './bmc.service.js';
import type { DesiredHost, HostReading, ServerHostRow, WipeEvidence } from './domain/host-record.js';
import type { HostName } from './domain/match-serial.js';
import { ServerHostsRepository } from './server-hosts.repository.js';
import { ServerIntakeService } from './server-intake.service.js';
import { ServerLifeService } from './server-life.service.js';
import { ServersRepository } from './servers.repository.js';

/** Who writes into the history of servers what their clusters did. */
const CLUSTER_NAME = 'Metal3';
/** The proof itself stands in the line before. */
const PROVED = '擦除证据已留存';

/** For provisioning: what is wanted of hosts, and what became of it. */
@Injectable()
export class HostRecords {
  constructor(
    private readonly hosts: ServerHostsRepository,
    private readonly servers: ServersRepository,
    private readonly life: ServerLifeService,
    private readonly intake: ServerIntakeService,
    private readonly bmc: BmcService,
  ) {}

  desiredOf(serverIds: readonly string[]): Promise<DesiredHost[]> {
    return this.hosts.desiredOf(serverIds);
  }

  desiredIn(centerId: string): Promise<DesiredHost[]> {
    return this.hosts.desiredIn(centerId);
  }

  /** For the cluster's own secret only. */
  credentialOf(serverId: string): Promise<BmcCredential | null> {
    return this.bmc.openCredential(serverId);
  }

  matchHosts(...given: Parameters<ServerIntakeService['matchHosts']>) {
    return this.intake.matchHosts(...given);
  }

  /** A host that was there and reports the serial number of a server is that server. false = it is bound already. */
  async discovered(tx: Tx, serverId: string, host: HostName): Promise<boolean> {
    const [server] = await this.servers.lockedAll(tx, [serverId]);
    if (!server || !(await this.intake.bindHost(tx, serverId, host))) return false;
    if ((await this.hosts.locked(tx, serverId)) === null)
      await this.hosts.insert(tx, newHost(serverId, server.centerId, false));
    else await this.hosts.change(tx, serverId, { management: 'DRIVEN', registered: false });
    await this.servers.appendEvents(tx, [
      {
        ...{ serverId, kind: 'HOST_FOUND', state: server.state, departmentId: server.departmentId },
        text: say(
          `按序列号与集群主机 ${host.namespace}/${host.name} 对应`,
          `Matched with the cluster’s host ${host.namespace}/${host.name} by its serial number`,
        ),
        actorName: CLUSTER_NAME,
      },
    ]);
    tx.changed('server', serverId);
    return true;
  }

  /**
   * One look, written once. Of what has been decided anew meanwhile nothing is written: `delivered` = the line whose last
   * server stands ready by this; null = it waits for others, or nobody waits.
   */
  async record(tx: Tx, seen: DesiredHost, reading: HostReading): Promise<{ readonly delivered: string | null }> {
    const [server] = await this.servers.lockedAll(tx, [seen.serverId]);
    const host = await this.hosts.locked(tx, seen.serverId);
    if (!server || !host || !isOfTheSameWish(seen, host)) return { delivered: null };
    // Given out anew, or given back, between the look and this: the next look decides.
    if ((server.departmentId === null) !== (seen.intention !== 'PRESENT') && host.useId !== null)
      return { delivered: null };
    const { claimed, delivered, released, wipe, ...standing } = reading;
    const arrived = delivered && host.deliveredAt === null && host.useId !== null;
    await this.hosts.change(tx, seen.serverId, {
      ...standing,
      observedAt: tx.now,
      ...(claimed && host.claimedAt === null ? { claimedAt: tx.now } : {}),
      ...(arrived ? { deliveredAt: tx.now } : {}),
      ...(wipe !== null && host.wipe === null ? { wipe, wipedAt: tx.now } : {}),
      ...(released ? { useId: null, lineId: null, requestCode: null, image: null } : {}),
    });
    const texts = eventsOfReading(host, reading, { arrived });
    await this.servers.appendEvents(
      tx,
      texts.map((event) => ({
        ...{ serverId: server.id, state: server.state, departmentId: server.departmentId },
        ...event,
        actorName: CLUSTER_NAME,
      })),
    );
    // Under maintenance it is nobody's already, and becomes free by the end of that.
    if (released && server.state === 'CLEANING') {
      const moved = await this.life.move(tx, CLUSTER_NAME, { row: server, move: 'FINISH_CLEANING', reason: PROVED });
      if (!moved.ok) throw new Error(`what is clean becomes free: ${moved.error[0]?.message.en}`);
    }
    tx.changed('server', seen.serverId);
    if (!arrived || host.lineId === null) return { delivered: null };
    const waiting = await this.hosts.undelivered(tx, host.lineId);
    return { delivered: waiting.length === 0 ? host.lineId : null };
  }
}

/** What is worth a line in its history: each step that brought it further, and each change of where it stands. */
function eventsOfReading(
  host: ServerHostRow,
  { claimed, phase, released, statusText, wipe }: HostReading,
  { arrived }: { readonly arrived: boolean },
): { readonly kind: string; readonly text: Bilingual }[] {
  const image = host.image?.name ?? '';
  const isInstalled = phase === 'RUNNING' && (host.phase === 'PROVISIONING' || host.phase === 'QUEUED');
  return [
    ...(claimed && host.claimedAt === null
      ? [{ kind: 'CLAIMED', text: say(`占用主机，开始装机：${image}`, `Claimed its host to install ${image}`) }]
      : []),
    ...(wipe !== null && host.wipe === null ? [{ kind: 'WIPED', text: wipeText(wipe) }] : []),
    ...(arrived || isInstalled
      ? [{ kind: 'HOST', text: say(`装机完成，已开机：${image}`, `Installed and running: ${image}`) }]
      : host.phase !== phase && host.useId !== null && !released
        ? [{ kind: 'HOST', text: statusText }]
        : []),
  ];
}

/** Another installation, switch or use was asked for since: what was seen answers the former. */
function isOfTheSameWish(seen: DesiredHost, now: ServerHostRow): boolean {
  return (
    seen.useId === now.useId &&
    seen.imageRound === now.imageRound &&
    seen.rebootRound === now.rebootRound &&
    seen.online === now.online &&
    seen.management === now.management
  );
}

/** How it was cleaned, for whoever has to answer for what was on it. */
export function wipeMethodText({ method }: WipeEvidence): Bilingual {
  return method === 'NEVER_INSTALLED'
    ? say('本次使用未装过系统，无需清除', 'No image was installed in this use')
    : say(
        '自动清除磁盘元数据（分区表与文件系统签名，未全盘覆写）',
        'Metadata of its disks were destroyed (partition tables and signatures; not overwritten)',
      );
}

function wipeText(wipe: WipeEvidence): Bilingual {
  const how = wipeMethodText(wipe);
  const [start, end] = [wipe.startedAt, wipe.endedAt].map((at) => (at === null ? '?' : calendarTime(new Date(at))));
  const when =
    wipe.endedAt === null ? say('', '') : say(`，${start} 至 ${end}（北京时间）`, `, ${start} to ${end} (UTC+8)`);
  return say(`擦除证据：${how.zh}${when.zh}`, `Proof of cleaning: ${how.en}${when.en}`);
}

export function newHost(serverId: string, centerId: string, registered: boolean): ServerHostRow {
  return {
    ...{ serverId, centerId, management: 'DRIVEN', registered, useId: null, lineId: null, requestCode: null },
    ...{ image: null, imageRound: 0, online: false, rebootRound: 0, claimedAt: null, deliveredAt: null },
    ...{ wipe: null, wipedAt: null, phase: 'ONBOARDING', progressPercent: null, poweredOn: null, tries: 0 },
    statusText: say('等待集群接入', 'Waiting for its cluster'),
    hostState: '',
    observedAt: null,
  };
}
