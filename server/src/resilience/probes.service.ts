import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx } from '../platform/database/unit-of-work.js';
import { invalid, unknown, wrongReason, wrongVersion } from './domain/dr-refusals.js';
import { isOfData, keepsSecret, PROBES_OF_TIER_MAX, type ProbeSettings, wrongProbe } from './domain/probes/probe.js';
import { auditOf } from './group-audit.js';
import { GroupsRepository } from './groups.repository.js';
import { probeSecretContext } from './probe-rounds.service.js';
import { ProbesRepository } from './probes.repository.js';
import type { GroupRow, ProbeRow, TierRow } from './resilience.types.js';

type Answer = Promise<Result<{ groupId: string }, readonly Refusal[]>>;

export interface SaveProbeWish extends ProbeSettings {
  readonly idempotencyKey: string;
  /** Of a new one. */
  readonly tierId: string | undefined;
  /** undefined = a new one; null = the text was no id of a probe. */
  readonly probeId: string | null | undefined;
  readonly expectedVersion: number;
  /** null = as it was. */
  readonly secret: string | null;
}

/** What is asked of a tier, beside what clusters say: set, changed and taken away by DR operators. */
@Injectable()
export class Probes {
  constructor(
    private readonly probes: ProbesRepository,
    private readonly groups: GroupsRepository,
    private readonly acts: Acts,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
  ) {}

  /** A page's tiers at once. */
  readonly ofTiers = async (tierIds: readonly string[]): Promise<ProbeRow[][]> => {
    const byTier = Map.groupBy(await this.probes.ofTiers(tierIds), ({ tierId }) => tierId);
    return tierIds.map((id) => byTier.get(id) ?? []);
  };

  /** The password is sealed before the transaction, and neither the audit nor the key's row says it. */
  async save(viewer: Viewer, scope: TenantScope, wish: SaveProbeWish): Answer {
    const { expectedVersion, idempotencyKey, probeId, secret, tierId: asked, ...settings } = wish;
    const { mac } = await this.crypto.mac(`dr.probe\0${secret ?? ''}`);
    const id = probeId === undefined ? newId() : probeId;
    const sealed =
      id === null || secret === null
        ? null
        : (await this.crypto.seal(Buffer.from(secret), probeSecretContext(id))).toString('base64');
    const tierId = probeId ? await this.probes.tierOf(probeId) : asked;
    const groupId = await this.groups.groupOfTier(tierId);
    const input = {
      ...settings,
      tierId: asked ?? null,
      probeId: probeId ?? null,
      expectedVersion,
      secret: secret && mac,
    };
    return this.acts.perform({ name: 'drProbe.save', actor: viewer, idempotencyKey, input }, async (tx) => {
      const place = await this.placeOf(tx, scope, groupId, tierId);
      const known = probeId === undefined ? null : await this.probes.locked(tx, probeId ?? undefined);
      if (!place || (probeId !== undefined && !known))
        return refuse([unknown(probeId === undefined ? 'tierId' : 'id')]);
      const stopped = known && wrongVersion(expectedVersion, known.version);
      if (stopped) return refuse([stopped]);
      const wrong = [
        ...wrongProbe(settings, secret, known?.sealedSecret != null && keepsSecret(known, settings)),
        ...(await this.wrongHere(tx, place.tier, settings, known)),
      ];
      if (wrong.length > 0) return refuse(wrong);
      const row: ProbeRow = {
        ...{ ...settings, name: settings.name.trim(), id: id as string, tierId: place.tier.id },
        dataKey: isOfData(settings.kind) ? settings.towards : null,
        sealedSecret: sealed ?? known?.sealedSecret ?? null,
        ...{ nextAt: tx.now, lastAt: null, lastOk: null, lastDetail: null },
        ...{ version: (known?.version ?? 0) + 1, changedBy: viewer.name, changedAt: tx.now },
      };
      try {
        await this.probes.save(tx, row);
      } catch (error) {
        if (errnoOf(error) !== DUPLICATE_KEY_ERRNO) throw error;
        return refuse([taken(String((error as Error).message))]);
      }
      if (known) await this.probes.forget(tx, known.id);
      return ok({
        value: { groupId: place.group.id },
        audit: {
          ...auditOf(place.group),
          summary: say(
            `设置 ${place.group.name} 的探测 ${row.name}`,
            `Set the probe ${row.name} of ${place.group.name}`,
          ),
          before: known && spokenOf(known),
          after: { ...spokenOf(row), secretChanged: secret !== null },
        },
      });
    });
  }

  async remove(
    viewer: Viewer,
    scope: TenantScope,
    wish: {
      readonly probeId: string | undefined;
      readonly expectedVersion: number;
      readonly reason: string;
      readonly idempotencyKey: string;
    },
  ): Answer {
    const { idempotencyKey, ...input } = wish;
    const tierId = await this.probes.tierOf(wish.probeId);
    const groupId = await this.groups.groupOfTier(tierId);
    return this.acts.perform({ name: 'drProbe.remove', actor: viewer, idempotencyKey, input }, async (tx) => {
      const place = await this.placeOf(tx, scope, groupId, tierId);
      const known = place && (await this.probes.locked(tx, wish.probeId));
      if (!known) return refuse([unknown('id')]);
      const stopped = wrongVersion(wish.expectedVersion, known.version);
      if (stopped) return refuse([stopped]);
      const wrong = wrongReason(wish.reason);
      if (wrong.length > 0) return refuse(wrong);
      await this.probes.remove(tx, known.id);
      return ok({
        value: { groupId: place.group.id },
        audit: {
          ...auditOf(place.group),
          summary: say(
            `撤除 ${place.group.name} 的探测 ${known.name}`,
            `Remove the probe ${known.name} of ${place.group.name}`,
          ),
          before: spokenOf(known),
          after: { reason: wish.reason.trim() },
        },
      });
    });
  }

  private async placeOf(
    tx: Tx,
    scope: TenantScope,
    groupId: string | undefined,
    tierId: string | undefined,
  ): Promise<{ group: GroupRow; tier: TierRow } | null> {
    const group = await this.groups.locked(tx, scope, groupId);
    const tier = group && tierId ? await this.groups.tier(tx, tierId) : null;
    return group && tier ? { group, tier } : null;
  }

  private async wrongHere(tx: Tx, tier: TierRow, { kind }: ProbeSettings, known: ProbeRow | null): Promise<Refusal[]> {
    if (known && known.kind !== kind)
      return [
        invalid('kind', 'fixed', '探测的种类不能更改，请另建一个', 'The kind of a probe stays; make another one'),
      ];
    if (isOfData(kind) && tier.source !== 'PROBE')
      return [
        invalid(
          'kind',
          'SOURCE',
          '请先把这一层的信号来源改为“探测”',
          'Set the source of the tier’s signals to “probes” first',
        ),
      ];
    if (!known && (await this.probes.count(tx, tier.id)) >= PROBES_OF_TIER_MAX)
      return [
        invalid(
          'tierId',
          'count',
          `一层最多 ${PROBES_OF_TIER_MAX} 个探测`,
          `A tier has ${PROBES_OF_TIER_MAX} probes at most`,
        ),
      ];
    return [];
  }
}

function taken(message: string): Refusal {
  return message.includes('uq_dr_probe_data')
    ? invalid('towards', 'taken', '这个方向已有一个数据探测', 'That direction has a probe of its data already')
    : invalid('name', 'taken', '名称已被使用', 'The name is taken');
}

const spokenOf = ({
  account,
  database,
  enabled,
  engine,
  everySeconds,
  expect,
  family,
  kind,
  lagPointer,
  server,
  statePointer,
  target,
  timeoutMs,
  towards,
}: ProbeRow) => ({
  ...{ statePointer, lagPointer },
  ...{ kind, towards, target, server, expect, family, engine, account, database, everySeconds, timeoutMs, enabled },
});
