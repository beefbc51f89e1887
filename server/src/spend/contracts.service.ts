import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { say } from '../kernel/bilingual.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor, Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import type {
  ContractAssessmentRuleEntity,
  ContractInstalmentEntity,
  ContractServiceEntity,
  ContractShareEntity,
} from './contracts.entity.js';
import {
  type ContractFilter,
  type ContractRow,
  ContractsRepository,
  type ContractTotals,
  type Decision,
  type SupplierRow,
} from './contracts.repository.js';
import { type ContractTerms, checkContract } from './domain/contract.js';
import { decideSpend, type SpendAction, type SpendState } from './domain/spend-state.js';
import { checkSupplier, type SupplierFacts } from './domain/supplier.js';
import { changed, creditCodeTaken, numberTaken, unknown } from './spend-refusals.js';

export type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

export interface SpendActWish {
  readonly idempotencyKey: string;
  /** undefined = no id of this kind. */
  readonly id: string | undefined;
  readonly expectedVersion: number;
}

export type ContractWish = ContractTerms & { readonly idempotencyKey: string; readonly supplierId: string };

/** Signs of an id that tell a withdrawn number from the next of the same. */
const ID_TAIL = 6;

/** 供应商和合同: what the province has bound itself to pay, and at most how much. */
@Injectable()
export class ContractsService {
  constructor(
    private readonly repository: ContractsRepository,
    private readonly facilities: FacilitiesService,
    private readonly acts: Acts,
  ) {}

  suppliers(search: string | null, page: PageRequest): Promise<Page<SupplierRow>> {
    return this.repository.suppliers(search, page);
  }

  /** Batch for loaders. */
  suppliersByIds = async (ids: readonly string[]): Promise<(SupplierRow | null)[]> =>
    inOrderOf(ids, await this.repository.suppliersByIds(ids), ({ id }) => id);

  /** Batch for loaders: contracts in force, their ceilings, and what was paid of them. */
  sumsOfSuppliers = async (ids: readonly string[]) => {
    const sums = await this.repository.sumsOfSuppliers(ids);
    return ids.map((id) => sums.get(id) ?? { count: 0, ceiling: 0n, paid: 0n });
  };

  contracts(filter: ContractFilter, page: PageRequest): Promise<Page<ContractRow>> {
    return this.repository.contracts(filter, page);
  }

  totals(filter: ContractFilter): Promise<ContractTotals> {
    return this.repository.totals(filter);
  }

  /** Batch for loaders. */
  contractsByIds = async (ids: readonly string[]): Promise<(ContractRow | null)[]> =>
    inOrderOf(ids, await this.repository.contractsByIds(ids), ({ id }) => id);

  /** Batches for loaders: the parts of each contract. */
  servicesOf = async (ids: readonly string[]): Promise<ContractServiceEntity[][]> =>
    byContract(ids, await this.repository.servicesOf(ids));
  sharesOf = async (ids: readonly string[]): Promise<ContractShareEntity[][]> =>
    byContract(ids, await this.repository.sharesOf(ids));
  instalmentsOf = async (ids: readonly string[]): Promise<ContractInstalmentEntity[][]> =>
    byContract(ids, await this.repository.instalmentsOf(ids));
  rulesOf = async (ids: readonly string[]): Promise<ContractAssessmentRuleEntity[][]> =>
    byContract(ids, await this.repository.rulesOf(ids));

  async createSupplier(actor: Actor, { idempotencyKey, ...facts }: SupplierFacts & { idempotencyKey: string }): Answer {
    const malformed = checkSupplier(facts);
    return unlessTaken(creditCodeTaken, () =>
      this.acts.perform({ name: 'supplier.create', actor, idempotencyKey, input: facts }, async (tx) => {
        if (malformed.length > 0) return refuse(malformed);
        const id = newId(tx.now.getTime());
        await this.repository.insertSupplier(tx, { id, ...facts, name: facts.name.trim(), createdAt: tx.now });
        return ok({
          value: { id },
          audit: {
            objectType: 'Supplier',
            objectId: id,
            departmentId: null,
            summary: say(`登记供应商 ${facts.name.trim()}`, `Registered the supplier ${facts.name.trim()}`),
            after: facts,
          },
        });
      }),
    );
  }

  /** Enters a contract; it binds nobody until another person has confirmed it. */
  async enter(actor: Actor, { idempotencyKey, supplierId, ...terms }: ContractWish): Answer {
    const malformed: Refusal[] = checkContract(terms);
    const centers = await this.facilities.centersByIds(terms.shares.map(({ centerId }) => centerId));
    for (const [at, center] of centers.entries())
      if (!center) malformed.push(unknown(['shares', String(at), 'centerId']));
    const input = { supplierId, ...plainTerms(terms) };
    return unlessTaken(numberTaken, () =>
      this.acts.perform({ name: 'contract.enter', actor, idempotencyKey, input }, async (tx) => {
        const [supplier] = await this.repository.suppliersByIds([supplierId], tx.manager);
        const wrong = supplier ? malformed : [...malformed, unknown(['supplierId'])];
        if (wrong.length > 0) return refuse(wrong);
        const id = newId(tx.now.getTime());
        await this.repository.insert(tx, newContract(tx, id, supplierId, terms, actor), terms);
        return ok({
          value: { id },
          audit: factOf(id, say(`录入合同 ${terms.number.trim()}`, `Entered the contract ${terms.number.trim()}`), {
            after: input,
          }),
        });
      }),
    );
  }

  /** CONFIRM: by another than the one who entered it; WITHDRAW: it never was. */
  decide(viewer: Viewer, action: SpendAction, { idempotencyKey, ...wish }: SpendActWish): Answer {
    const name = action === 'CONFIRM' ? 'contract.confirm' : 'contract.withdraw';
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input: wish }, async (tx) => {
      const contract = wish.id === undefined ? null : await this.repository.locked(tx, wish.id);
      if (!contract) return refuse([unknown(['id'])]);
      const to = decideSpend(viewer.userId, contract, action, wish.expectedVersion);
      if (!to.ok) return to;
      if (!(await this.repository.decide(tx, contract, decisionOf(tx, viewer, to.value))))
        return refuse([changed(wish.expectedVersion, contract.version + 1)]);
      if (to.value === 'WITHDRAWN')
        await this.repository.rename(tx, contract.id, withdrawnName(contract.number, contract.id));
      const { number } = contract;
      return ok({
        value: { id: contract.id },
        audit: factOf(
          contract.id,
          action === 'CONFIRM'
            ? say(`复核合同 ${number}`, `Confirmed the contract ${number}`)
            : say(`撤回合同 ${number}`, `Withdrew the contract ${number}`),
          { before: { state: contract.state }, after: { state: to.value } },
        ),
      });
    });
  }
}

/** What is withdrawn leaves its number or code to whoever enters it anew. */
export function withdrawnName(name: string, id: string): string {
  return `${name}~${id.slice(-ID_TAIL)}`;
}

export function decisionOf(tx: Tx, { userId, name }: Viewer, state: SpendState): Decision {
  return { state, confirmedById: userId, confirmedBy: name, confirmedAt: tx.now };
}

/** Two who enter the same at the same moment meet at the unique key. */
export async function unlessTaken(taken: () => Refusal, act: () => Answer): Answer {
  try {
    return await act();
  } catch (error) {
    if (errnoOf(error) === DUPLICATE_KEY_ERRNO) return refuse([taken()]);
    throw error;
  }
}

/** Of whatever was just entered. */
export function enteredBy(tx: Tx, { userId, name }: Actor) {
  return {
    state: 'ENTERED' as const,
    version: 1,
    enteredById: userId,
    enteredBy: name,
    enteredAt: tx.now,
    confirmedById: null,
    confirmedBy: null,
    confirmedAt: null,
  };
}

export function newContract(tx: Tx, id: string, supplierId: string, terms: ContractTerms, actor: Actor): ContractRow {
  const { name, number, kind, ceiling, from, to, note } = terms;
  return {
    ...{ id, supplierId, kind, ceiling, note: note.trim(), number: number.trim(), name: name.trim() },
    ...{ fromDate: from, toDate: to, accepted: 0n, deducted: 0n, claimed: 0n, paid: 0n },
    ...{ advanced: 0n, advanceLimit: terms.advanceLimit ?? 0n },
    ...enteredBy(tx, actor),
  };
}

/** Fen as text: what is kept under a key or in the audit is plain JSON. */
function plainTerms({ advanceLimit = 0n, ceiling, instalments, ...terms }: ContractTerms) {
  return {
    ...terms,
    ...{ ceiling: ceiling.toString(), advanceLimit: advanceLimit.toString() },
    instalments: instalments.map(({ amount, ...rest }) => ({ ...rest, amount: amount.toString() })),
  };
}

function factOf(id: string, summary: ReturnType<typeof say>, facts: { before?: object; after: object }) {
  return { objectType: 'Contract', objectId: id, departmentId: null, summary, ...facts };
}

function byContract<P extends { contractId: string }>(ids: readonly string[], parts: readonly P[]): P[][] {
  const found = Map.groupBy(parts, ({ contractId }) => contractId);
  return ids.map((id) => found.get(id) ?? []);
}
