import { Injectable } from '@nestjs/common';
import { say } from '../kernel/bilingual.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type TenantScope, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { invalid, shortage } from './address-refusals.js';
import { keysOf, readWishes, sortWishes } from './address-wishes.js';
import { AddressesRepository } from './addresses.repository.js';
import { type IpFamily, nextFree } from './domain/address-plan.js';
import { type AddressMove, addressAfter, givingBack, quarantineUntil } from './domain/address-state.js';
import { addressPlan } from './domain/network.js';
import { type Address, addressKey, addressOfKey, addressText } from './ip-text.js';
import { factsOf } from './network-words.js';
import { NetworksRepository } from './networks.repository.js';
import { unknownNetwork } from './networks.service.js';
import type {
  AddressClaimRow,
  AddressFilter,
  AddressSubject,
  HeldAddress,
  NetworkRow,
  SpecificWish,
} from './networks.types.js';

type Outcome<T> = Result<T, readonly Refusal[]>;

/** A list longer than that is mended from its beginning. */
const REFUSALS_MAX = 50;

/** More addresses of one family for one thing are a network of its own. */
const COUNT_MAX = 256;

/**
 * Addresses are claimed like units: never two holders of one at once, and reuse only after a rest. The network's row is
 * the lock; everybody else's claims are then read from the key, and the lowest free ones taken.
 */
@Injectable()
export class AddressesService {
  constructor(
    private readonly repository: AddressesRepository,
    private readonly networks: NetworksRepository,
  ) {}

  /** Takes `count` addresses of each family for the subject, or refuses with the figures of the first that is short. */
  async claim(
    tx: Tx,
    networkId: string,
    wish: { readonly families: readonly IpFamily[]; readonly count: number },
    subject: AddressSubject,
    state: 'HELD' | 'ALLOCATED' = 'HELD',
  ): Promise<Outcome<AddressClaimRow[]>> {
    if (!Number.isInteger(wish.count) || wish.count < 1 || wish.count > COUNT_MAX)
      return refuse([invalid('count', 'range', say(`数量为 1 至 ${COUNT_MAX}`, `The count is 1 to ${COUNT_MAX}`))]);
    const network = await this.open(tx, networkId);
    if (!network) return refuse([unknownNetwork(['networkId'])]);
    const found: Address[] = [];
    for (const family of wish.families) {
      const plan = factsOf(network).families.find((each) => each.prefix.family === family);
      const taken = (await this.repository.liveKeys(tx, networkId, family)).map((key) => addressOfKey(key).value);
      const free = plan ? nextFree(addressPlan(plan), taken, wish.count) : [];
      if (free.length < wish.count) return refuse([shortage(network, family, wish.count, free.length)]);
      found.push(...free.map((value) => ({ family, value })));
    }
    return ok(
      await this.write(
        tx,
        network,
        found.map((address) => ({ address, subject })),
        state,
      ),
    );
  }

  /** These very addresses, as something that already runs has them. All or none. */
  claimSpecific(
    tx: Tx,
    networkId: string,
    texts: readonly string[],
    subject: AddressSubject,
    state: 'HELD' | 'ALLOCATED' = 'HELD',
  ): Promise<Outcome<AddressClaimRow[]>> {
    const wishes = texts.map((text) => ({ text, subject, path: ['address'] }));
    return this.claimAll(tx, networkId, wishes, state);
  }

  /** One that has been had since then. For seeding. */
  async add(tx: Tx, networkId: string, text: string, subject: AddressSubject, since: Date): Promise<void> {
    const claimed = await this.claimSpecific(tx, networkId, [text], subject, 'ALLOCATED');
    if (!claimed.ok) throw new RangeError(`address ${text}: ${claimed.error[0]?.message.en}`);
    await this.repository.hadSince(
      tx,
      claimed.value.map(({ id }) => id),
      since,
    );
  }

  /** The same for many subjects at once: the network is locked and its claims are read once. In the order of the wishes. */
  async claimAll(
    tx: Tx,
    networkId: string,
    wishes: readonly SpecificWish[],
    state: 'HELD' | 'ALLOCATED',
  ): Promise<Outcome<AddressClaimRow[]>> {
    const network = await this.open(tx, networkId);
    if (!network) return refuse([unknownNetwork(['networkId'])]);
    const { found, refusals } = await this.sorted(tx, network, wishes);
    if (refusals.length > 0) return refuse(refusals.slice(0, REFUSALS_MAX));
    const written = await this.write(
      tx,
      network,
      found.flatMap((one) => ('address' in one ? [one] : [])),
      state,
    );
    const made = written[Symbol.iterator]();
    return ok(found.map((one) => ('address' in one ? (made.next().value as AddressClaimRow) : one.has)));
  }

  /** What would stand in the way of claiming these now. Locks and writes nothing, so it promises nothing either. */
  async objections(tx: Tx, networkId: string, wishes: readonly SpecificWish[]): Promise<readonly Refusal[]> {
    const [network] = await this.networks.byIds([networkId], tx.manager);
    return network ? (await this.sorted(tx, network, wishes)).refusals : [unknownNetwork(['networkId'])];
  }

  /** Which of these claims have ended for good, in no particular order. */
  releasedAmong(claimIds: readonly string[], tx?: Tx): Promise<string[]> {
    return this.repository.releasedAmong(claimIds, tx?.manager);
  }

  /** What has rested long enough is free, whether or not somebody has ended its rest yet. */
  private async sorted(tx: Tx, network: NetworkRow, wishes: readonly SpecificWish[]) {
    const read = readWishes(network, wishes);
    return sortWishes(network, read, await this.repository.liveAt(tx, network.id, keysOf(read)));
  }

  /** One of each family of the network for each subject, held; false = there are fewer, and nothing was taken. */
  async claimNext(tx: Tx, networkId: string, subjects: readonly AddressSubject[]): Promise<boolean> {
    const network = await this.open(tx, networkId);
    if (!network) return false;
    const claimed: { address: Address; subject: AddressSubject }[] = [];
    for (const plan of factsOf(network).families) {
      const { family } = plan.prefix;
      const taken = (await this.repository.liveKeys(tx, networkId, family)).map((key) => addressOfKey(key).value);
      const free = nextFree(addressPlan(plan), taken, subjects.length);
      if (free.length < subjects.length) return false;
      for (const [at, subject] of subjects.entries())
        claimed.push({ address: { family, value: free[at] as bigint }, subject });
    }
    await this.write(tx, network, claimed, 'HELD');
    return true;
  }

  /** HELD → ALLOCATED for all that the subject holds. */
  async allocate(tx: Tx, subjectId: string): Promise<void> {
    for (const claim of await this.repository.liveOfSubject(tx, subjectId))
      if (claim.state === 'HELD') await this.repository.move(tx, claim.id, 'ALLOCATED', { allocatedAt: tx.now });
  }

  /** Gives back all that the subject has, exactly once: what was only held is free, what was in use rests first. */
  async release(tx: Tx, subjectId: string): Promise<void> {
    for (const claim of await this.repository.liveOfSubject(tx, subjectId)) await this.giveBack(tx, claim);
  }

  page(
    scope: TenantScope,
    networkId: string,
    filter: AddressFilter,
    now: Date,
    page: PageRequest,
  ): Promise<Page<AddressClaimRow>> {
    return this.repository.page(scope, networkId, filter, now, page);
  }

  /** Batch for loaders. Unscoped: for those who see the whole province. */
  claims = async (ids: readonly string[]): Promise<(AddressClaimRow | null)[]> =>
    inOrderOf(ids, await this.repository.byIds(WHOLE_PROVINCE, ids), (claim) => claim.id);

  /** Batch for loaders: what each subject has and does not rest, IPv4 first. Reached from a thing that the viewer may see. */
  readonly ofSubjects = async (subjectIds: readonly string[]): Promise<HeldAddress[][]> => {
    const found = Map.groupBy(await this.repository.liveOfSubjects(subjectIds), (row) => row.subjectId);
    return subjectIds.map((id) => found.get(id) ?? []);
  };

  async claimInScope(scope: TenantScope, id: string): Promise<AddressClaimRow | null> {
    const [claim] = await this.repository.byIds(scope, [id]);
    return claim ?? null;
  }

  /** Locks the network and lets what has rested long enough go. */
  private async open(tx: Tx, networkId: string): Promise<NetworkRow | null> {
    const network = await this.networks.lock(tx, networkId);
    if (network) await this.repository.endQuarantines(tx, networkId);
    return network;
  }

  private async write(
    tx: Tx,
    network: NetworkRow,
    claimed: readonly { readonly address: Address; readonly subject: AddressSubject }[],
    state: 'HELD' | 'ALLOCATED',
  ): Promise<AddressClaimRow[]> {
    const rows = claimed.map(
      ({ address, subject }): AddressClaimRow => ({
        id: newId(tx.now.getTime()),
        networkId: network.id,
        family: address.family,
        address: addressText(address),
        addressKey: addressKey(address),
        state,
        version: 1,
        subjectType: subject.type,
        subjectId: subject.id,
        departmentId: subject.departmentId,
        purpose: subject.purpose,
        actorName: subject.actorName,
        claimedAt: tx.now,
        allocatedAt: state === 'ALLOCATED' ? tx.now : null,
        releasedAt: null,
        quarantineUntil: null,
        origin: subject.taken ? 'INTAKE' : 'REQUEST',
        usedSince: subject.taken?.usedSince ?? null,
        sourcePlatform: subject.taken?.sourcePlatform ?? null,
      }),
    );
    try {
      await this.repository.insert(tx, rows);
    } catch (error) {
      // The lock keeps this from happening; the unique key keeps it from being believed.
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) throw new WriteConflict('an address was taken meanwhile');
      throw error;
    }
    return rows;
  }

  /** false = it rests already, or has been released. */
  async giveBack(tx: Tx, claim: AddressClaimRow): Promise<boolean> {
    const move: AddressMove = givingBack(claim.state);
    const to = addressAfter(claim.state, move);
    if (to === undefined) return false;
    const rest = to === 'QUARANTINE' ? { quarantineUntil: quarantineUntil(tx.now) } : {};
    await this.repository.move(tx, claim.id, to, { releasedAt: tx.now, ...rest });
    return true;
  }
}
