import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor, TenantScope } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import {
  HOSTS_NAMESPACE,
  type HostAction,
  hostActBecause,
  hostActNeedsName,
  hostActNeedsReason,
  hostNameOf,
} from './domain/host.js';
import type { HostImage, ServerHostRow } from './domain/host-record.js';
import { changedSince, invalid, stillDriven, unknownServer } from './domain/refused.js';
import { newHost } from './host-records.service.js';
import { ServerHostsRepository } from './server-hosts.repository.js';
import { ServersRepository } from './servers.repository.js';
import type { ServerRow } from './servers.types.js';

export interface HostWish {
  readonly id: string | undefined;
  readonly action: HostAction;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
  readonly reason: string | null;
  /** Its asset number, typed by the person. */
  readonly confirmed: string | null;
  /** What is installed instead; null = the same again. */
  readonly image?: HostImage | null;
}

/** What is written down of it, for the audit. */
type Carried = Result<{ readonly [what: string]: string | number | boolean | null }, readonly Refusal[]>;

const REASON_LENGTH_MAX = 300;

export const HOST_ACTION_WORDS: { readonly [A in HostAction]: Bilingual } = {
  REGISTER: say('登记为裸金属主机', 'Registered as a host'),
  POWER_ON: say('开机', 'Switched on'),
  POWER_OFF: say('关机', 'Switched off'),
  REBOOT: say('重启', 'Rebooted'),
  REIMAGE: say('重装系统', 'Reinstalled'),
  KEEP_BY_HAND: say('改为人工管理', 'Kept by hand from now on'),
};

/** What people want of a server's host. It is written down here; whoever drives its cluster carries it out. */
@Injectable()
export class HostActs {
  constructor(
    private readonly servers: ServersRepository,
    private readonly hosts: ServerHostsRepository,
    private readonly acts: Acts,
  ) {}

  async act(actor: Actor, scope: TenantScope, wish: HostWish): Promise<Result<{ id: string }, readonly Refusal[]>> {
    return this.acts.perform(
      {
        name: `server.host.${wish.action.toLowerCase()}`,
        actor,
        idempotencyKey: wish.idempotencyKey,
        input: { ...wish },
      },
      async (tx) => {
        const row = wish.id === undefined ? null : await this.servers.locked(tx, scope, wish.id);
        if (!row) return refuse([unknownServer()]);
        if (row.version !== wish.expectedVersion) return refuse([changedSince(wish.expectedVersion, row.version)]);
        const host = await this.hosts.locked(tx, row.id);
        const because = hostActBecause(wish.action, { ...row, hasHost: row.clusterHost !== null }, host);
        if (because !== null) return refuse([stillDriven(row.state, wish.action, because ?? NOT_HERE)]);
        const said = saidWrong(row, wish);
        if (said.length > 0) return refuse(said);
        const carried = await this.carryOut(tx, row, host, wish);
        if (!carried.ok) return carried;
        const words = HOST_ACTION_WORDS[wish.action];
        const reason = wish.reason?.trim() ?? '';
        await this.servers.appendEvents(tx, [
          {
            ...{ serverId: row.id, kind: wish.action, state: row.state, departmentId: row.departmentId },
            text: reason === '' ? words : say(`${words.zh}：${reason}`, `${words.en}: ${reason}`),
            actorName: actor.name,
          },
        ]);
        tx.changed('server', row.id);
        return ok({
          value: { id: row.id },
          audit: {
            objectType: 'Server',
            objectId: row.id,
            departmentId: row.departmentId,
            summary: say(`服务器 ${row.assetNumber}：${words.zh}`, `Server ${row.assetNumber}: ${words.en}`),
            before: {
              online: host?.online ?? null,
              image: host?.image?.name ?? null,
              management: host?.management ?? null,
            },
            after: { ...carried.value, ...(reason === '' ? {} : { reason }) },
          },
        });
      },
    );
  }

  private async carryOut(tx: Tx, row: ServerRow, host: ServerHostRow | null, wish: HostWish): Promise<Carried> {
    const { action, image } = wish;
    if (action === 'REGISTER') return this.register(tx, row, host);
    // The row's version moves with it: of two who decide at once, one is told.
    await this.servers.change(tx, row.id, {});
    if (host === null) throw new Error(`${row.assetNumber} has no host to act on`);
    return this.ask(tx, host, action, image ?? host.image);
  }

  private async ask(
    tx: Tx,
    host: ServerHostRow,
    action: Exclude<HostAction, 'REGISTER'>,
    image: HostImage | null,
  ): Promise<Carried> {
    switch (action) {
      case 'POWER_ON':
      case 'POWER_OFF': {
        const online = action === 'POWER_ON';
        await this.hosts.change(tx, host.serverId, { online });
        return ok({ online });
      }
      case 'REBOOT': {
        const rebootRound = host.rebootRound + 1;
        await this.hosts.change(tx, host.serverId, { rebootRound });
        return ok({ rebootRound });
      }
      case 'REIMAGE': {
        const imageRound = host.imageRound + 1;
        await this.hosts.change(tx, host.serverId, { imageRound, image, online: true });
        return ok({ imageRound, image: image?.name ?? null });
      }
      case 'KEEP_BY_HAND': {
        const free = { useId: null, lineId: null, requestCode: null, image: null };
        await this.hosts.change(tx, host.serverId, {
          management: 'RECORDED',
          ...free,
          phase: 'OBSERVED',
          statusText: BY_HAND,
        });
        return ok({ management: 'RECORDED' });
      }
    }
  }

  private async register(tx: Tx, row: ServerRow, host: ServerHostRow | null): Promise<Carried> {
    const name = { namespace: HOSTS_NAMESPACE, name: hostNameOf(row.assetNumber) };
    const isBound = row.clusterHost !== null;
    if (!isBound && (await this.hosts.nameTaken(tx, row.centerId, name)))
      return refuse([
        invalid(
          ['id'],
          'unique',
          `主机名 ${name.name} 已被另一台服务器使用`,
          `The host name ${name.name} is another server’s`,
        ),
      ]);
    await this.servers.change(
      tx,
      row.id,
      isBound ? {} : { clusterHostNamespace: name.namespace, clusterHostName: name.name },
    );
    const management = 'DRIVEN' as const;
    if (host === null) await this.hosts.insert(tx, newHost(row.id, row.centerId, !isBound));
    else await this.hosts.change(tx, row.id, { management });
    return ok({ management, host: isBound ? null : `${name.namespace}/${name.name}` });
  }
}

const NOT_HERE = say('这台服务器没有由集云驱动的裸金属主机', 'This server has no host that the console drives');
const BY_HAND = say('由人工管理', 'Kept by hand');

function saidWrong(row: ServerRow, { action, confirmed, reason }: HostWish): Refusal[] {
  const said = reason?.trim() ?? '';
  return [
    ...(hostActNeedsReason(action) && said === ''
      ? [invalid(['reason'], 'required', '请填写原因', 'Give the reason')]
      : []),
    ...(said.length > REASON_LENGTH_MAX
      ? [invalid(['reason'], 'length', `原因最多 ${REASON_LENGTH_MAX} 字`, `At most ${REASON_LENGTH_MAX} characters`)]
      : []),
    ...(hostActNeedsName(action) && confirmed?.trim() !== row.assetNumber
      ? [
          invalid(
            ['confirmed'],
            'matches',
            `请输入资产编号 ${row.assetNumber} 以确认`,
            `Type the asset number ${row.assetNumber} to confirm`,
          ),
        ]
      : []),
  ];
}
