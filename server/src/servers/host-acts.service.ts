import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FreezeGate } from '../freezes/freeze-gate.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor, TenantScope } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { HOSTS_NAMESPACE, type HostAction, hostActBecause, hostNameOf, isOfTheUser } from './domain/host.js';
import { HOST_ACTION_WORDS, saidOfHostAct, typedWrong, wordsOfHostAct } from './domain/host-act-words.js';
import type { HostImage, ServerHostRow } from './domain/host-record.js';
import { changedSince, invalid, stillDriven, unknownServer } from './domain/refused.js';
import { newHost } from './host-records.service.js';
import { changeOfServer } from './server-change.js';
import { ServerHostsRepository } from './server-hosts.repository.js';
import { IMAGES_OF_SERVERS, type ImagesOfServers } from './server-images.types.js';
import { ServerLogins } from './server-logins.service.js';
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
  /** What is installed instead, of the catalog; null = the same again, undefined = what was named is none. */
  readonly imageId: string | null | undefined;
}

/** A wish with what was found to it. */
type Decided = HostWish & { readonly image: HostImage | null; readonly askedById: string | null };

/** What takes a server from those who work on it: what a freeze is meant against. One that is off may be helped. */
const STOPS: ReadonlySet<HostAction> = new Set(['POWER_OFF', 'REBOOT', 'REIMAGE']);

/** What is written down of it, for the audit. */
type Carried = Result<{ readonly [what: string]: string | number | boolean | null }, readonly Refusal[]>;

/** What people want of a server's host. It is written down here; whoever drives its cluster carries it out. */
@Injectable()
export class HostActs {
  constructor(
    private readonly servers: ServersRepository,
    private readonly hosts: ServerHostsRepository,
    private readonly acts: Acts,
    private readonly notices: Notices,
    private readonly logins: ServerLogins,
    @Inject(IMAGES_OF_SERVERS) private readonly images: ImagesOfServers,
    private readonly freezes: FreezeGate,
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
        const said = typedWrong(row, wish);
        if (said.length > 0) return refuse(said);
        const frozen = STOPS.has(wish.action) ? await this.freezes.refused(tx, changeOfServer(row)) : [];
        if (frozen.length > 0) return refuse(frozen);
        const image = await this.imageOf(tx, row, host, wish);
        if (!image.ok) return image;
        const isCenters = actedForCenter(scope, row, wish.action);
        // Whoever of the department has it installed anew gets in first; for the center it is the applicant's still.
        const askedById = isCenters ? null : actor.userId;
        const carried = await this.carryOut(tx, row, host, { ...wish, image: image.value, askedById });
        if (!carried.ok) return carried;
        const words = HOST_ACTION_WORDS[wish.action];
        const reason = wish.reason?.trim() ?? '';
        await this.servers.appendEvents(tx, [
          {
            ...{ serverId: row.id, kind: wish.action, state: row.state, departmentId: row.departmentId },
            text: saidOfHostAct(wordsOfHostAct(wish, image.value), reason, isCenters),
            actorName: actor.name,
          },
        ]);
        if (isCenters) await this.tell(tx, row, words, reason);
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

  /** What the center did to a department's server, its people hear of. */
  private async tell(tx: Tx, row: ServerRow, words: Bilingual, reason: string): Promise<void> {
    const { assetNumber, departmentId, id } = row;
    const because = reason === '' ? say('', '') : say(`。原因：${reason}`, `. Reason: ${reason}`);
    await this.notices.tell(tx, {
      kind: 'WORK_MOVED',
      subject: { type: 'Server', id },
      audience: {
        roles: [
          { role: 'DEPARTMENT_HEAD', departmentId },
          { role: 'APPLICANT', departmentId },
        ],
      },
      text: say(
        `大数据中心对服务器 ${assetNumber} 做了操作：${words.zh}${because.zh}`,
        `The center operated server ${assetNumber}: ${words.en}${because.en}`,
      ),
      onceKey: null,
    });
  }

  private async imageOf(
    tx: Tx,
    { architecture }: ServerRow,
    host: ServerHostRow | null,
    { action, imageId }: HostWish,
  ): Promise<Result<HostImage | null, readonly Refusal[]>> {
    if (action !== 'REIMAGE' || imageId === null) return ok(host?.image ?? null);
    const found = await this.images.imageFor(tx, imageId ?? '', architecture);
    if (found.ok) return found;
    return refuse([{ code: 'INVALID_INPUT', path: ['imageId'], rule: 'imageOfServer', message: found.error }]);
  }

  private async carryOut(tx: Tx, row: ServerRow, host: ServerHostRow | null, wish: Decided): Promise<Carried> {
    const { action } = wish;
    if (action === 'REGISTER') return this.register(tx, row, host);
    // The row's version moves with it: of two who decide at once, one is told.
    await this.servers.change(tx, row.id, {});
    if (host === null) throw new Error(`${row.assetNumber} has no host to act on`);
    return this.ask(tx, host, action, wish);
  }

  private async ask(
    tx: Tx,
    host: ServerHostRow,
    action: Exclude<HostAction, 'REGISTER'>,
    { askedById, image }: Decided,
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
        await this.hosts.change(tx, host.serverId, { imageRound, image, imageAskedById: askedById, online: true });
        return ok({ imageRound, image: image?.name ?? null });
      }
      case 'KEEP_BY_HAND': {
        if (host.useId !== null) await this.logins.end(tx, host.useId);
        const free = { useId: null, lineId: null, requestCode: null, image: null, imageAskedById: null };
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

/** One who runs the place lays hands on what a department uses. */
function actedForCenter(scope: TenantScope, row: ServerRow, action: HostAction): boolean {
  return scope.kind === 'PROVINCE' && row.departmentId !== null && isOfTheUser(action);
}

const NOT_HERE = say('这台服务器没有由集云驱动的裸金属主机', 'This server has no host that the console drives');
const BY_HAND = say('由人工管理', 'Kept by hand');
