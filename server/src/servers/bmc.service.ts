import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor, TenantScope } from '../kernel/viewer.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { changedSince, invalid, unknownServer } from './domain/refused.js';
import { ServerHostsRepository } from './server-hosts.repository.js';
import { ServersRepository } from './servers.repository.js';

/** What BMCs take at most: IPMI 16 and 20, Redfish implementations up to 127. */
const USERNAME_LENGTH_MAX = 64;
const PASSWORD_LENGTH_MAX = 127;

export interface BmcCredential {
  readonly username: string;
  readonly password: string;
}

/** The credential and the address that it is for, of one moment: corrected together, a look between shall not pair new with old. */
export interface WayIn extends BmcCredential {
  readonly address: string | null;
}

/** The way into a server's management controller. The password goes in here and comes out for provisioning only. */
@Injectable()
export class BmcService {
  constructor(
    private readonly repository: ServersRepository,
    private readonly hosts: ServerHostsRepository,
    private readonly acts: Acts,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
  ) {}

  async setCredential(
    actor: Actor,
    scope: TenantScope,
    wish: {
      readonly id: string | undefined;
      readonly expectedVersion: number;
      readonly idempotencyKey: string;
      readonly credential: BmcCredential;
    },
  ): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const { username, password } = wish.credential;
    // The key's row keeps a hash of the input; under a secret key, so that nobody can try passwords on it.
    const { mac } = await this.crypto.mac(`server.bmc\0${username}\0${password}`);
    return this.acts.perform(
      {
        name: 'server.setBmcCredential',
        actor,
        idempotencyKey: wish.idempotencyKey,
        input: { id: wish.id, expectedVersion: wish.expectedVersion, mac },
      },
      async (tx) => {
        const row = wish.id === undefined ? null : await this.repository.locked(tx, scope, wish.id);
        if (!row) return refuse([unknownServer()]);
        if (row.version !== wish.expectedVersion) return refuse([changedSince(wish.expectedVersion, row.version)]);
        if (row.state === 'RETIRED') return refuse([retired()]);
        const broken = [
          ...(username.trim() === '' || username.length > USERNAME_LENGTH_MAX
            ? [
                invalid(
                  ['username'],
                  'length',
                  `账号为 1 至 ${USERNAME_LENGTH_MAX} 个字符`,
                  `A user name has 1 to ${USERNAME_LENGTH_MAX} characters`,
                ),
              ]
            : []),
          ...(password === '' || password.length > PASSWORD_LENGTH_MAX
            ? [
                invalid(
                  ['password'],
                  'length',
                  `口令为 1 至 ${PASSWORD_LENGTH_MAX} 个字符`,
                  `A password has 1 to ${PASSWORD_LENGTH_MAX} characters`,
                ),
              ]
            : []),
        ];
        if (broken.length > 0) return refuse(broken);
        const sealed = await this.crypto.seal(Buffer.from(password), contextOf(row.id));
        await this.repository.change(tx, row.id, {
          bmcUsername: username,
          bmcSealedPassword: sealed.toString('base64'),
        });
        await this.repository.appendEvents(tx, [
          {
            serverId: row.id,
            kind: 'BMC_CREDENTIAL',
            state: row.state,
            text: say('更新带外管理账号', 'BMC credential set'),
            actorName: actor.name,
            departmentId: row.departmentId,
          },
        ]);
        // Its cluster may wait for the right one, and has the former where it was registered.
        await this.hosts.credentialReplaced(tx, row.id);
        tx.changed('server', row.id);
        return ok({
          value: { id: row.id },
          audit: {
            objectType: 'Server',
            objectId: row.id,
            departmentId: row.departmentId,
            summary: say(
              `更新服务器 ${row.assetNumber} 的带外管理账号`,
              `Set the BMC credential of server ${row.assetNumber}`,
            ),
            before: { hasCredential: row.hasCredential },
            after: { hasCredential: true },
          },
        });
      },
    );
  }

  /** For provisioning only: no resolver may reach it. null = none is set, or it was sealed with a key that is gone. */
  async openCredential(serverId: string): Promise<WayIn | null> {
    const kept = await this.repository.sealedPassword(serverId);
    const password = kept && (await this.crypto.open(Buffer.from(kept.sealed, 'base64'), contextOf(serverId)));
    return kept && password ? { address: kept.address, username: kept.username, password: password.toString() } : null;
  }
}

/** A sealed password copied to another row opens there no more. */
function contextOf(serverId: string): string {
  return `server/${serverId}/bmc`;
}

function retired(): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: ['id'],
    state: 'RETIRED',
    action: 'SET_BMC_CREDENTIAL',
    message: say('服务器已退役，不再保存带外管理账号', 'The server is retired; no BMC credential is kept for it'),
  };
}
