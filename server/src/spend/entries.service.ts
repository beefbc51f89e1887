import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FilesService } from '../files/files.service.js';
import type { Fen } from '../kernel/money.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Actor, scopeFor, type Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { ContractFaults } from './contract-faults.service.js';
import { type ContractRow, ContractsRepository } from './contracts.repository.js';
import { type Answer, decisionOf, type SpendActWish, unlessTaken } from './contracts.service.js';
import { checkAcceptance, checkPayment, checkReversal } from './domain/contract-entry.js';
import { boundInTheWay, type EntryMoment, moveOf } from './domain/contract-money.js';
import { decideSpend, type SpendAction } from './domain/spend-state.js';
import { type ContractEntryRow, EntriesRepository, type EntryFilter } from './entries.repository.js';
import {
  type EntryParts,
  factOf,
  newEntry,
  notReversible,
  outsideContract,
  plain,
  recordChanged,
} from './entry-rows.js';
import type { AcceptanceWish, EntryOf, PaymentWish, ReversalWish, WithEvidence } from './entry-wishes.js';
import { changed, notInForce, unknown, voucherTaken } from './spend-refusals.js';

const FILES_OF = 'ContractEntry';
const SAID = { CONFIRM: ['复核', 'Confirmed the'], WITHDRAW: ['撤回', 'Withdrew the'] } as const;

/** 验收、考核扣减、付款: entered by one, confirmed by another, corrected by reversals; the contract's figures move last. */
@Injectable()
export class EntriesService implements OnModuleInit {
  constructor(
    private readonly repository: EntriesRepository,
    private readonly contracts: ContractsRepository,
    private readonly faults: ContractFaults,
    private readonly files: FilesService,
    private readonly acts: Acts,
  ) {}

  onModuleInit(): void {
    this.files.registerOwner(FILES_OF, async (viewer) => scopeFor(viewer, 'SPEND', 'READ') !== undefined);
  }

  page(filter: EntryFilter, page: PageRequest): Promise<Page<ContractEntryRow>> {
    return this.repository.page(filter, page);
  }

  sums(filter: EntryFilter): Promise<{ readonly confirmed: Fen; readonly waiting: Fen }> {
    return this.repository.sums(filter);
  }

  /** Batch for loaders. */
  byIds = async (ids: readonly string[]): Promise<(ContractEntryRow | null)[]> =>
    inOrderOf(ids, await this.repository.byIds(ids), ({ id }) => id);

  /** Batch for loaders. */
  filesOf = (ids: readonly string[]) => this.files.filesOf(FILES_OF, ids);

  /** Batch for loaders: of each contract, what was paid of its instalments by their number. */
  paidOfInstalments = async (ids: readonly string[]): Promise<ReadonlyMap<number, Fen>[]> => {
    const rows = Map.groupBy(await this.repository.paidOfInstalments(ids), ({ contractId }) => contractId);
    return ids.map((id) => new Map((rows.get(id) ?? []).map(({ position, paid }) => [position, paid])));
  };

  accept(actor: Actor, wish: AcceptanceWish): Answer {
    const { fileIds, amount, onDate, note } = wish;
    const malformed = checkAcceptance({ amount, onDate, note, fileCount: fileIds.length });
    return this.enter(actor, wish, malformed, async () => ok({ kind: 'ACCEPTANCE', amount, onDate, note }));
  }

  pay(actor: Actor, wish: PaymentWish): Answer {
    const { advance = false, amount, onDate, note, voucher, from, to, instalment } = wish;
    const malformed = checkPayment(wish);
    return this.enter(actor, wish, malformed, async (contract, tx) => {
      const wrong: Refusal[] = [];
      if (from < contract.fromDate || to > contract.toDate) wrong.push(outsideContract(contract));
      if (instalment !== null) {
        const plan = await this.contracts.instalmentsOf([contract.id], tx.manager);
        if (!plan.some(({ position }) => position === instalment)) wrong.push(unknown(['instalment']));
      }
      if (wrong.length > 0) return refuse(wrong);
      return ok({
        ...{ kind: 'PAYMENT', amount, onDate, note, instalment, advance },
        ...{ voucher: voucher.trim(), fromDate: from, toDate: to },
      });
    });
  }

  /** 冲销: the same entry with the other sign; it counts once another person has confirmed it. */
  reverse(actor: Actor, wish: ReversalWish): Answer {
    const { idempotencyKey, id, onDate, note } = wish;
    const input = { id, onDate, note, voucher: wish.voucher };
    return unlessTaken(voucherTaken, () =>
      this.acts.perform({ name: 'spend.reverse', actor, idempotencyKey, input }, async (tx) => {
        const [entry] = id === undefined ? [] : await this.repository.byIds([id], tx.manager);
        if (!entry) return refuse([unknown(['id'])]);
        const payment = entry.kind === 'PAYMENT';
        const malformed = checkReversal({ payment, voucher: wish.voucher, onDate, note });
        if (malformed.length > 0) return refuse(malformed);
        const row = newEntry(tx, actor, entry.contractId, {
          ...{ kind: entry.kind, amount: -entry.amount, onDate, note, reversesId: entry.id },
          ...{ fromDate: entry.fromDate, toDate: entry.toDate, instalment: entry.instalment, advance: entry.advance },
          voucher: payment ? (wish.voucher ?? '').trim() : null,
        });
        if (!(await this.repository.takeReversal(tx, entry.id, row.id))) return refuse([notReversible()]);
        await this.repository.insert(tx, row);
        return ok({ value: { id: row.id }, audit: factOf(row, '录入冲销', 'Entered the reversal of a') });
      }),
    );
  }

  /** CONFIRM: by another than the one who entered it; WITHDRAW: it never was. */
  decide(viewer: Viewer, action: SpendAction, { idempotencyKey, ...wish }: SpendActWish): Answer {
    const name = action === 'CONFIRM' ? 'spend.confirm' : 'spend.withdraw';
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input: wish }, async (tx) => {
      const [entry] = wish.id === undefined ? [] : await this.repository.byIds([wish.id], tx.manager);
      if (!entry) return refuse([unknown(['id'])]);
      const to = decideSpend(viewer.userId, entry, action, wish.expectedVersion);
      if (!to.ok) return to;
      if (action === 'CONFIRM' && !(await this.restsOnTheRecord(tx, entry))) return refuse([recordChanged()]);
      if (!(await this.repository.decide(tx, entry, decisionOf(tx, viewer, to.value))))
        return refuse([changed(wish.expectedVersion, entry.version + 1)]);
      if (action === 'WITHDRAW' && entry.reversesId !== null)
        await this.repository.giveReversalBack(tx, entry.reversesId);
      const [zh, en] = SAID[action];
      return ok({
        value: { id: entry.id },
        audit: factOf(entry, zh, en),
        last: () => this.move(tx, entry, action, ''),
      });
    });
  }

  /** What was reckoned from the book of outages is confirmed while the book says the same. */
  private async restsOnTheRecord(tx: Tx, { contractId, assessment }: ContractEntryRow): Promise<boolean> {
    if (!assessment?.faults) return true;
    const [contract] = await this.contracts.contractsByIds([contractId], tx.manager);
    return contract !== undefined && this.faults.stillSay(contract, assessment.month, assessment.faults, tx);
  }

  /** What is entered of a contract in force; `partsOf` decides what it comes to. */
  enter(
    actor: Actor,
    { idempotencyKey, ...input }: EntryOf & Partial<WithEvidence>,
    malformed: readonly Refusal[],
    partsOf: (contract: ContractRow, tx: Tx) => Promise<Result<EntryParts, readonly Refusal[]>>,
  ): Answer {
    const { contractId, fileIds = [] } = input;
    return unlessTaken(voucherTaken, () =>
      this.acts.perform({ name: 'spend.enter', actor, idempotencyKey, input: plain(input) }, async (tx) => {
        const [contract] =
          contractId === undefined ? [] : await this.contracts.contractsByIds([contractId], tx.manager);
        if (!contract) return refuse([...malformed, unknown(['contractId'])]);
        if (malformed.length > 0) return refuse(malformed);
        if (contract.state !== 'CONFIRMED') return refuse([notInForce(['contractId'])]);
        const parts = await partsOf(contract, tx);
        if (!parts.ok) return parts;
        const row = newEntry(tx, actor, contract.id, parts.value);
        await this.repository.insert(tx, row);
        if (!(await this.files.attach(tx, fileIds, FILES_OF, row.id, actor.userId)))
          return refuse([unknown(['fileIds'])]);
        return ok({
          value: { id: row.id },
          audit: factOf(row, '录入', 'Entered the'),
          last: () => this.move(tx, row, 'ENTER', 'amount'),
        });
      }),
    );
  }

  /** The hot row, last: one conditional update says whether it fits; only where it does not is the row looked at. */
  private async move(
    tx: Tx,
    entry: Pick<ContractEntryRow, 'kind' | 'amount' | 'contractId' | 'advance'>,
    moment: EntryMoment,
    path: string,
  ): Promise<Result<void, readonly Refusal[]>> {
    const by = moveOf(entry.kind, entry.amount, moment, entry.advance);
    if (Object.values(by).every((figure) => figure === 0n)) return ok(undefined);
    if (await this.contracts.move(tx, entry.contractId, by)) return ok(undefined);
    const [now] = await this.contracts.contractsByIds([entry.contractId], tx.manager);
    const bound = now && boundInTheWay(now, by, path);
    return refuse([bound ?? notInForce([])]);
  }
}
