import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor, TenantScope } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { AddressesRepository } from './addresses.repository.js';
import { isUsable, usableCount } from './domain/address-plan.js';
import { addressPlan, checkedNetwork, type NetworkFacts, overlapping } from './domain/network.js';
import { addressOfKey, addressText } from './ip-text.js';
import { factsOf, readNetwork, writeNetwork } from './network-words.js';
import { NetworksRepository } from './networks.repository.js';
import type { FamilyFigures, NetworkFilter, NetworkRow, NetworkWords } from './networks.types.js';

type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

/** Which networks there are; no two of one center and zone overlap, and none is redrawn over addresses in use. */
@Injectable()
export class NetworksService {
  constructor(
    private readonly repository: NetworksRepository,
    private readonly addresses: AddressesRepository,
    private readonly facilities: FacilitiesService,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  inScope(scope: TenantScope, id: string): Promise<NetworkRow | null> {
    return this.repository.inScope(scope, id);
  }

  page(scope: TenantScope, filter: NetworkFilter, page: PageRequest): Promise<Page<NetworkRow>> {
    return this.repository.page(scope, filter, page);
  }

  /** Batch for loaders. Unscoped: reached by id from a row that the viewer may already see. */
  networks = async (ids: readonly string[]): Promise<(NetworkRow | null)[]> =>
    inOrderOf(ids, await this.repository.byIds(ids), (network) => network.id);

  /** Batch for loaders: how much of each network is taken; two statements. */
  figures = async (ids: readonly string[]): Promise<FamilyFigures[][]> => {
    const [networks, counts] = await Promise.all([
      this.repository.byIds(ids),
      this.addresses.counts(ids, this.clock.now()),
    ]);
    const known = new Map(networks.map((network) => [network.id, network]));
    return ids.map((id) => {
      const network = known.get(id);
      if (!network) return [];
      return factsOf(network).families.map((plan): FamilyFigures => {
        const { family } = plan.prefix;
        const count = (state: string) =>
          counts.find((c) => c.networkId === id && c.family === family && c.state === state)?.count ?? 0;
        const [held, allocated, quarantine] = [count('HELD'), count('ALLOCATED'), count('QUARANTINE')];
        const usable = usableCount(addressPlan(plan));
        return { family, usable, held, allocated, quarantine, free: usable - BigInt(held + allocated + quarantine) };
      });
    });
  };

  async create(actor: Actor, words: NetworkWords, idempotencyKey: string): Answer {
    return this.acts.perform({ name: 'network.create', actor, idempotencyKey, input: words }, async (tx) => {
      const checked = await this.checked(tx, words, null);
      if (!checked.ok) return checked;
      const id = newId(tx.now.getTime());
      const network = { ...writeNetwork(checked.value), id, version: 1, createdAt: tx.now };
      try {
        await this.repository.insertAll(tx, [network]);
      } catch (error) {
        // Of another zone at the same moment: asked again, it is told that the code is taken.
        if (errnoOf(error) === DUPLICATE_KEY_ERRNO) throw new WriteConflict('the code was taken meanwhile');
        throw error;
      }
      return ok({
        value: { id },
        audit: {
          objectType: 'Network',
          objectId: id,
          departmentId: null,
          summary: say(`新建网络 ${network.code}`, `Created network ${network.code}`),
          after: network,
        },
      });
    });
  }

  /** Code, center and zone stay; what is claimed must be claimable afterwards too. */
  async edit(
    actor: Actor,
    wish: { readonly id: string | undefined; readonly expectedVersion: number; readonly idempotencyKey: string },
    words: NetworkWords,
  ): Answer {
    return this.acts.perform(
      { name: 'network.edit', actor, idempotencyKey: wish.idempotencyKey, input: { ...wish, words } },
      async (tx) => {
        const [known] = wish.id === undefined ? [] : await this.repository.byIds([wish.id], tx.manager);
        if (!known) return refuse([unknownNetwork(['id'])]);
        const { code, centerId, zone } = known;
        const checked = await this.checked(tx, { ...words, code, centerId, zone }, known.id);
        if (!checked.ok) return checked;
        const before = await this.repository.lock(tx, known.id);
        if (!before) return refuse([unknownNetwork(['id'])]);
        if (before.version !== wish.expectedVersion)
          return refuse([changedSince(wish.expectedVersion, before.version)]);
        await this.addresses.endQuarantines(tx, known.id);
        const stranded = await this.strandedBy(tx, known.id, checked.value);
        if (stranded !== undefined) return refuse([inUse(stranded)]);
        const after = writeNetwork(checked.value);
        const { code: _, centerId: __, zone: ___, ...changed } = after;
        await this.repository.change(tx, known.id, changed);
        return ok({
          value: { id: known.id },
          audit: {
            objectType: 'Network',
            objectId: known.id,
            departmentId: null,
            summary: say(`修改网络 ${code}`, `Edited network ${code}`),
            before,
            after,
          },
        });
      },
    );
  }

  /** Takes in networks; one that breaks a rule is a defect of the caller. */
  async addAll(tx: Tx, networks: readonly (NetworkWords & { readonly id: string })[]): Promise<void> {
    const rows: NetworkRow[] = [];
    for (const network of networks) {
      const checked = await this.checked(tx, network, null);
      if (!checked.ok) throw new RangeError(`network "${network.code}": ${checked.error[0]?.message.en}`);
      const row = { ...writeNetwork(checked.value), id: network.id, version: 1, createdAt: tx.now };
      const clash = overlapping(
        checked.value.families,
        rows.filter((r) => r.centerId === row.centerId && r.zone === row.zone).map(prefixesOf),
      );
      if (clash) throw new RangeError(`network "${row.code}" overlaps "${clash.code}"`);
      rows.push(row);
    }
    if (rows.length > 0) await this.repository.insertAll(tx, rows);
  }

  private async checked(
    tx: Tx,
    words: NetworkWords,
    ownId: string | null,
  ): Promise<Result<NetworkFacts, readonly Refusal[]>> {
    const read = readNetwork(words);
    if (!read.ok) return read;
    const broken = checkedNetwork(read.value);
    if (broken.length > 0) return refuse(broken);
    if (ownId === null && !(await this.facilities.centerExists(tx, words.centerId)))
      return refuse([
        {
          code: 'UNKNOWN_REFERENCE',
          path: ['facts', 'centerId'],
          message: say('找不到这个数据中心', 'There is no such center'),
        },
      ]);
    await this.repository.lockPlan(tx, words.centerId, words.zone);
    if (ownId === null && (await this.repository.codeTaken(tx, read.value.code)))
      return refuse([
        {
          code: 'INVALID_INPUT',
          path: ['facts', 'code'],
          rule: 'unique',
          message: say(`编码 ${read.value.code} 已被使用`, `The code ${read.value.code} is taken`),
        },
      ]);
    const others = (await this.repository.ofPlan(tx, words.centerId, words.zone)).filter((n) => n.id !== ownId);
    const clash = overlapping(read.value.families, others.map(prefixesOf));
    return clash ? refuse([overlaps(clash.family, clash.code)]) : ok(read.value);
  }

  /** An address in use that the new plan has no place for. */
  private async strandedBy(tx: Tx, networkId: string, facts: NetworkFacts): Promise<string | undefined> {
    for (const family of ['IPV4', 'IPV6'] as const) {
      const plan = facts.families.find((p) => p.prefix.family === family);
      const drawn = plan && addressPlan(plan);
      for (const key of await this.addresses.liveKeys(tx, networkId, family)) {
        const address = addressOfKey(key);
        if (!drawn || !isUsable(drawn, address.value)) return addressText(address);
      }
    }
    return undefined;
  }
}

function prefixesOf(network: NetworkRow) {
  return { code: network.code, prefixes: factsOf(network).families.map((plan) => plan.prefix) };
}

export function unknownNetwork(path: readonly string[]): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path,
    message: say('找不到这个网络，或您无权查看', 'There is no such network, or you may not see it'),
  };
}

export function changedSince(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say('已被他人更新，请刷新后再试', 'Somebody has changed it since; reload and try again'),
  };
}

function overlaps(family: string, code: string): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['facts', family === 'IPV4' ? 'ipv4Prefix' : 'ipv6Prefix'],
    rule: 'overlap',
    message: say(`与同中心同区域的网络 ${code} 重叠`, `It overlaps network ${code} of the same center and zone`),
  };
}

function inUse(address: string): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['facts'],
    rule: 'claimed',
    message: say(
      `地址 ${address} 正在使用或隔离中，新的前缀、网关或保留段容不下它`,
      `Address ${address} is in use or resting, and the new prefix, gateway or reserved ranges leave no place for it`,
    ),
  };
}
