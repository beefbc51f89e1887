import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { InvalidInput, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx } from '../platform/database/unit-of-work.js';
import { familyOf, type Image, type Offer } from './domain/catalog.js';
import {
  type CabinetOffer,
  type CatalogEntry,
  checkCabinet,
  checkCode,
  checkImage,
  checkMachine,
  checkName,
  checkServer,
  type EntryKind,
  type ServerOffer,
} from './domain/entries.js';
import { checkDefinition, type DefinitionContent } from './domain/service-definition.js';
import { EntriesRepository } from './entries.repository.js';
import { PricedBy } from './priced-by.service.js';

export type EntryAnswer = Promise<Result<{ kind: EntryKind; id: string }, readonly Refusal[]>>;

/** What is not said of a new entry because everybody begins with it. */
type New<E extends CatalogEntry> = Omit<E, 'id' | 'status' | 'version'>;

export interface EntryWish {
  readonly idempotencyKey: string;
  readonly kind: EntryKind | undefined;
  readonly id: string;
  readonly expectedVersion: number;
}

/** Who keeps the catalog: adds, renames, withdraws. What was asked for or runs by an entry goes on whatever happens to it. */
@Injectable()
export class CatalogKeeper {
  constructor(
    private readonly entries: EntriesRepository,
    private readonly pricedBy: PricedBy,
    private readonly acts: Acts,
  ) {}

  addMachine(actor: Actor, offer: Omit<New<Offer>, 'family' | 'keptAside'>, idempotencyKey: string): EntryAnswer {
    const { vcpu, memoryMib } = offer;
    const wrong = [...checkCode(offer.code), ...checkName(offer.name), ...checkMachine(offer)];
    return this.add(actor, 'Offer', offer.code, idempotencyKey, offer, wrong, (tx, begin) =>
      this.entries.insert(tx, 'Offer', [
        { ...offer, ...begin, name: offer.name.trim(), family: familyOf(vcpu, memoryMib), keptAside: null },
      ]),
    );
  }

  addServer(actor: Actor, offer: New<ServerOffer>, idempotencyKey: string): EntryAnswer {
    const wrong = [...checkCode(offer.code), ...checkName(offer.name), ...checkServer(offer)];
    return this.add(actor, 'ServerOffer', offer.code, idempotencyKey, offer, wrong, (tx, begin) =>
      this.entries.insert(tx, 'ServerOffer', [{ ...offer, ...begin, name: offer.name.trim() }]),
    );
  }

  addCabinet(actor: Actor, offer: New<CabinetOffer>, idempotencyKey: string): EntryAnswer {
    const wrong = [...checkCode(offer.code), ...checkName(offer.name), ...checkCabinet(offer)];
    return this.add(actor, 'CabinetOffer', offer.code, idempotencyKey, offer, wrong, (tx, begin) =>
      this.entries.insert(tx, 'CabinetOffer', [{ ...offer, ...begin, name: offer.name.trim() }]),
    );
  }

  addImage(actor: Actor, image: New<Image>, idempotencyKey: string): EntryAnswer {
    const wrong = [...checkCode(image.code), ...checkName(image.name), ...checkImage(image)];
    return this.add(actor, 'Image', image.code, idempotencyKey, image, wrong, (tx, begin) =>
      this.entries.insert(tx, 'Image', [{ ...image, ...begin, name: image.name.trim() }]),
    );
  }

  addService(actor: Actor, code: string, content: DefinitionContent, idempotencyKey: string): EntryAnswer {
    const wrong = async (tx: Tx) => [...checkCode(code), ...(await this.wrongWith(tx, content))];
    return this.add(actor, 'ServiceOffer', code, idempotencyKey, { code, content }, wrong, async (tx, begin) => {
      await this.entries.insert(tx, 'ServiceOffer', [{ ...begin, code, definitionNumber: 1 }]);
      const id = newId(tx.now.getTime());
      await this.entries.insertDefinitions(tx, [{ ...content, id, serviceId: begin.id, number: 1 }]);
    });
  }

  /** Makes the next version of what a service is. Requests made by an earlier one keep that. */
  reviseService(actor: Actor, wish: EntryWish, content: DefinitionContent): EntryAnswer {
    return this.change(actor, 'catalog.reviseService', wish, { content }, async (tx, kind, entry) => {
      if (kind !== 'ServiceOffer') return refuse([unknownEntry()]);
      const wrong = await this.wrongWith(tx, content);
      if (wrong.length > 0) return refuse(wrong);
      const number = (entry as CatalogEntry & { definitionNumber: number }).definitionNumber + 1;
      const id = newId(tx.now.getTime());
      await this.entries.insertDefinitions(tx, [{ ...content, id, serviceId: entry.id, number }]);
      await this.entries.update(tx, kind, entry, { definitionNumber: number });
      return ok(say(`改为第 ${number} 版`, `now of version ${number}`));
    });
  }

  /** A service is renamed by its next definition. */
  rename(actor: Actor, wish: EntryWish, name: string): EntryAnswer {
    const wrong = checkName(name);
    return this.change(actor, 'catalog.rename', wish, { name }, async (tx, kind, entry) => {
      if (kind === 'ServiceOffer') return refuse([unknownEntry()]);
      if (wrong.length > 0) return refuse(wrong);
      await this.entries.update(tx, kind, entry, { name: name.trim() });
      return ok(say(`更名为 ${name.trim()}`, `renamed to ${name.trim()}`));
    });
  }

  withdraw(actor: Actor, wish: EntryWish): EntryAnswer {
    return this.change(actor, 'catalog.withdraw', wish, {}, async (tx, kind, entry) => {
      if (entry.status === 'WITHDRAWN') return refuse([already(entry.status, 'WITHDRAW')]);
      await this.entries.update(tx, kind, entry, { status: 'WITHDRAWN' });
      return ok(say('下架', 'withdrawn'));
    });
  }

  restore(actor: Actor, wish: EntryWish): EntryAnswer {
    return this.change(actor, 'catalog.restore', wish, {}, async (tx, kind, entry) => {
      if (entry.status === 'OFFERED') return refuse([already(entry.status, 'RESTORE')]);
      await this.entries.update(tx, kind, entry, { status: 'OFFERED' });
      return ok(say('重新上架', 'offered again'));
    });
  }

  /** Without its price item a request would be refused, and whoever asks could do nothing about it. */
  private async wrongWith(tx: Tx, content: DefinitionContent): Promise<InvalidInput[]> {
    const malformed = checkDefinition(content);
    const { priceMeter } = content;
    const unpriced = priceMeter !== null && malformed.length === 0 && !(await this.pricedBy.isThere(tx, priceMeter));
    return unpriced ? [noPriceItem(priceMeter)] : malformed;
  }

  private async add(
    actor: Actor,
    kind: EntryKind,
    code: string,
    idempotencyKey: string,
    input: object,
    check: readonly InvalidInput[] | ((tx: Tx) => Promise<readonly InvalidInput[]>),
    insert: (tx: Tx, begin: { id: string; status: 'OFFERED'; version: number }) => Promise<void>,
  ): EntryAnswer {
    try {
      return await this.acts.perform(
        { name: 'catalog.add', actor, idempotencyKey, input: { kind, ...input } },
        async (tx) => {
          const wrong = typeof check === 'function' ? await check(tx) : check;
          if (wrong.length > 0) return refuse(wrong);
          if (await this.entries.codeIsTaken(tx, kind, code)) return refuse([codeTaken(code)]);
          const id = newId(tx.now.getTime());
          await insert(tx, { id, status: 'OFFERED', version: 1 });
          const summary = say(`目录新增 ${code}`, `Added ${code} to the catalog`);
          return ok({
            value: { kind, id },
            audit: { objectType: kind, objectId: id, departmentId: null, summary, after: input },
          });
        },
      );
    } catch (error) {
      // Two people at the same moment: the code's unique key says it.
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) return refuse([codeTaken(code)]);
      throw error;
    }
  }

  private change(
    actor: Actor,
    name: string,
    wish: EntryWish,
    input: object,
    work: (tx: Tx, kind: EntryKind, entry: CatalogEntry) => Promise<Result<Bilingual, readonly Refusal[]>>,
  ): EntryAnswer {
    return this.acts.perform(
      { name, actor, idempotencyKey: wish.idempotencyKey, input: { ...wish, ...input } },
      async (tx) => {
        const { kind, id } = wish;
        const entry = kind ? await this.entries.locked(tx, kind, id) : null;
        if (!kind || !entry) return refuse([unknownEntry()]);
        if (entry.version !== wish.expectedVersion)
          return refuse([versionConflict(wish.expectedVersion, entry.version)]);
        const done = await work(tx, kind, entry);
        if (!done.ok) return done;
        const summary = say(`${entry.code} ${done.value.zh}`, `${entry.code} ${done.value.en}`);
        const before = { status: entry.status, version: entry.version };
        return ok({
          value: { kind, id },
          audit: { objectType: kind, objectId: id, departmentId: null, summary, before, after: input },
        });
      },
    );
  }
}

function unknownEntry(): Refusal {
  const message = say('目录中没有这一项', 'There is no such thing in the catalog');
  return { code: 'UNKNOWN_REFERENCE', path: ['id'], message };
}

function noPriceItem(meter: string): InvalidInput {
  const message = say(
    `没有计费项 ${meter}，请先由财政在计费标准中新建，或选择已有的计费项；免费的服务不填`,
    `There is no price item ${meter}: let finance open it under prices first, or choose one that is there; a free service has none`,
  );
  return { code: 'INVALID_INPUT', path: ['definition', 'priceMeter'], rule: 'priceItem', message };
}

function codeTaken(code: string): InvalidInput {
  const message = say(`代码 ${code} 已被使用`, `The code ${code} is taken`);
  return { code: 'INVALID_INPUT', path: ['code'], rule: 'unique', message };
}

function already(state: string, action: string): Refusal {
  const message = say('它已是这个状态', 'It is in that state already');
  return { code: 'ILLEGAL_TRANSITION', path: [], state, action, message };
}

function versionConflict(expected: number, current: number): Refusal {
  const message = say('已被他人更改，请刷新后再试', 'Somebody changed it meanwhile; reload and look again');
  return { code: 'VERSION_CONFLICT', path: ['expectedVersion'], expected, current, message };
}
