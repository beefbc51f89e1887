import { Inject, Injectable } from '@nestjs/common';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { BmcService, type WayIn } from './bmc.service.js';
import type { DesiredHost, FirstBootOfServer, HostReading, ServerHostRow } from './domain/host-record.js';
import { eventsOfReading } from './domain/host-words.js';
import type { HostName } from './domain/match-serial.js';
import { HostMismatches } from './host-mismatches.service.js';
import { ADDRESSES_OF_SERVERS, type AddressesOfServers } from './server-addresses.types.js';
import { ServerHostsRepository } from './server-hosts.repository.js';
import { ServerIntakeService } from './server-intake.service.js';
import { ServerLifeService } from './server-life.service.js';
import { ServerLogins } from './server-logins.service.js';
import { ServerTasks } from './server-tasks.service.js';
import { ServersRepository } from './servers.repository.js';
import type { ServerRow } from './servers.types.js';

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
    private readonly tasks: ServerTasks,
    private readonly mismatches: HostMismatches,
    private readonly logins: ServerLogins,
    @Inject(ADDRESSES_OF_SERVERS) private readonly addresses: AddressesOfServers,
  ) {}

  desiredOf(serverIds: readonly string[]): Promise<DesiredHost[]> {
    return this.hosts.desiredOf(serverIds);
  }

  desiredIn(centerId: string): Promise<DesiredHost[]> {
    return this.hosts.desiredIn(centerId);
  }

  /** For the cluster's own secret only. */
  credentialOf(serverId: string): Promise<WayIn | null> {
    return this.bmc.openCredential(serverId);
  }

  /** For the cluster's own secret only; null = no installation is asked for. */
  async firstBootOf(desired: DesiredHost): Promise<FirstBootOfServer | null> {
    const login = await this.logins.ofInstallation(desired);
    if (login === null) return null;
    const [networks, [server]] = await Promise.all([
      this.addresses.networksOf(desired.serverId),
      this.servers.byIds([desired.serverId]),
    ]);
    const { passwordHash, username } = login;
    return { username, passwordHash, macs: (server?.nics ?? []).map(({ mac }) => mac), networks };
  }

  /** What was made for a first boot that is over, by the host that it was for. */
  async firstBootsOver(centerId: string, since: Date): Promise<Pick<DesiredHost, 'host' | 'useId' | 'imageRound'>[]> {
    const over = await this.logins.over(centerId, since);
    return over.map(({ imageRound, name, namespace, useId }) => ({ host: { namespace, name }, useId, imageRound }));
  }

  /** The cluster's Secret has it; whether its controller takes it the operator says later. */
  async credentialSent(tx: Tx, { serverId, credentialRound }: DesiredHost, version: string | null): Promise<void> {
    const text = say(
      '新的带外管理账号已送达集群，等待核对',
      'The new BMC credential is in the cluster and being checked',
    );
    await this.onCredential(tx, serverId, { credentialSent: credentialRound, credentialVersion: version }, text);
  }

  /** What came of it, told once. @param trouble in the operator's words; null = it was taken. */
  async credentialChecked(tx: Tx, { serverId, credentialVersion }: DesiredHost, trouble: string | null): Promise<void> {
    const host = await this.hosts.locked(tx, serverId);
    if (host?.credentialVersion !== credentialVersion) return;
    const text =
      trouble === null
        ? say('集群已用新的带外管理账号连通', 'Its BMC was reached with the new credential')
        : say(`新的带外管理账号未能连通：${trouble}`, `Its BMC was not reached with the new credential: ${trouble}`);
    await this.onCredential(tx, serverId, { credentialVersion: null }, text);
  }

  private async onCredential(tx: Tx, serverId: string, values: Partial<ServerHostRow>, text: Bilingual): Promise<void> {
    const [server] = await this.servers.lockedAll(tx, [serverId]);
    if (!server) return;
    await this.hosts.change(tx, serverId, values);
    await this.servers.appendEvents(tx, [
      {
        ...{ serverId, kind: 'BMC_CREDENTIAL', state: server.state, departmentId: server.departmentId },
        ...{ text, actorName: CLUSTER_NAME },
      },
    ]);
    tx.changed('server', serverId);
  }

  matchHosts(...given: Parameters<ServerIntakeService['matchHosts']>) {
    return this.intake.matchHosts(...given);
  }

  /** What a complete look at a center's hosts says of those without an asset, and of assets without a host. */
  compareMismatches(...given: Parameters<HostMismatches['compare']>) {
    return this.mismatches.compare(...given);
  }

  recordMismatches(...given: Parameters<HostMismatches['record']>) {
    return this.mismatches.record(...given);
  }

  /** A host that was there and reports the serial number of a server is that server. false = it is bound already. */
  async discovered(tx: Tx, serverId: string, host: HostName): Promise<boolean> {
    const [server] = await this.servers.lockedAll(tx, [serverId]);
    const text = say(
      `按序列号与集群主机 ${host.namespace}/${host.name} 对应`,
      `Matched with the cluster’s host ${host.namespace}/${host.name} by its serial number`,
    );
    return server !== undefined && (await this.bind(tx, server, host, text, CLUSTER_NAME));
  }

  /** A person says that the host is that server, whose row is locked; its serial number is what the inspection found. */
  async bindByHand(
    tx: Tx,
    server: ServerRow,
    host: HostName,
    { by, reason, serial }: { readonly by: string; readonly reason: string; readonly serial: string },
  ): Promise<void> {
    const said =
      serial === server.serial ? say('', '') : say(`，序列号改为 ${serial}`, `, its serial number is ${serial}`);
    const text = say(
      `人工与集群主机 ${host.namespace}/${host.name} 对应${said.zh}：${reason}`,
      `Matched with the cluster’s host ${host.namespace}/${host.name} by hand${said.en}: ${reason}`,
    );
    if (!(await this.bind(tx, server, host, text, by))) throw new Error(`${server.assetNumber} has a host already`);
  }

  private async bind(tx: Tx, server: ServerRow, host: HostName, text: Bilingual, actorName: string): Promise<boolean> {
    const serverId = server.id;
    if (!(await this.intake.bindHost(tx, serverId, host))) return false;
    if ((await this.hosts.locked(tx, serverId)) === null)
      await this.hosts.insert(tx, newHost(serverId, server.centerId, false));
    else await this.hosts.change(tx, serverId, { management: 'DRIVEN', registered: false });
    const { departmentId, state } = server;
    await this.servers.appendEvents(tx, [{ serverId, kind: 'HOST_FOUND', state, departmentId, text, actorName }]);
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
    await this.tasks.seen(tx, server, seen, host, reading);
    const arrived = delivered && host.deliveredAt === null && host.useId !== null;
    await this.hosts.change(tx, seen.serverId, {
      ...standing,
      observedAt: tx.now,
      ...(claimed && host.claimedAt === null ? { claimedAt: tx.now } : {}),
      ...(arrived ? { deliveredAt: tx.now } : {}),
      ...(wipe !== null && host.wipe === null ? { wipe, wipedAt: tx.now } : {}),
      ...(released ? { useId: null, lineId: null, requestCode: null, image: null } : {}),
    });
    if (delivered && host.useId !== null) await this.logins.ready(tx, host.useId, host.imageRound);
    if (released && host.useId !== null) await this.logins.end(tx, host.useId);
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

export function newHost(serverId: string, centerId: string, registered: boolean): ServerHostRow {
  return {
    ...{ serverId, centerId, management: 'DRIVEN', registered, useId: null, lineId: null, requestCode: null },
    ...{
      image: null,
      imageRound: 0,
      imageAskedById: null,
      online: false,
      rebootRound: 0,
      claimedAt: null,
      deliveredAt: null,
    },
    ...{ wipe: null, wipedAt: null, phase: 'ONBOARDING', progressPercent: null, poweredOn: null, tries: 0 },
    statusText: say('等待集群接入', 'Waiting for its cluster'),
    hostState: '',
    observedAt: null,
    ...{ credentialRound: 0, credentialSent: 0, credentialVersion: null },
  };
}
