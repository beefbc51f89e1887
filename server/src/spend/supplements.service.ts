import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { CalendarDate } from '../kernel/calendar.js';
import type { Fen } from '../kernel/money.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, refuse } from '../kernel/result.js';
import type { Actor, Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { type ContractRow, ContractsRepository } from './contracts.repository.js';
import {
  type Answer,
  decisionOf,
  enteredBy,
  type SpendActWish,
  unlessTaken,
  withdrawnName,
} from './contracts.service.js';
import type { AssessmentRule } from './domain/assessment.js';
import type { ContractService } from './domain/contract.js';
import { invalid } from './domain/spend-checks.js';
import { decideSpend, type SpendAction } from './domain/spend-state.js';
import { type AgreedTerms, checkSupplement, type SupplementTerms } from './domain/supplement.js';
import { changed, notInForce, unknown } from './spend-refusals.js';
import { type SupplementRow, SupplementsRepository, stored } from './supplements.repository.js';

/** What is null stays as it is. */
export interface SupplementWish {
  readonly idempotencyKey: string;
  readonly contractId: string | undefined;
  readonly number: string;
  readonly signedOn: CalendarDate;
  readonly from: CalendarDate;
  readonly reason: string;
  readonly ceiling: Fen | null;
  readonly advanceLimit: Fen | null;
  readonly to: CalendarDate | null;
  readonly services: readonly ContractService[] | null;
  /** 考核规则 from that month on, also of a contract that had none. */
  readonly assessment: AssessmentRule | null;
}

/** 合同补充协议: entered by one, in force once another has confirmed it; what held before is kept with it. */
@Injectable()
export class SupplementsService {
  constructor(
    private readonly repository: SupplementsRepository,
    private readonly contracts: ContractsRepository,
    private readonly acts: Acts,
  ) {}

  /** Batch for loaders. */
  byIds = async (ids: readonly string[]): Promise<(SupplementRow | null)[]> => {
    const rows = await this.repository.byIds(ids);
    return ids.map((id) => rows.find((row) => row.id === id) ?? null);
  };

  /** Batch for loaders: in the order in which they begin. */
  ofContracts = async (contractIds: readonly string[]): Promise<SupplementRow[][]> => {
    const found = Map.groupBy(await this.repository.ofContracts(contractIds), ({ contractId }) => contractId);
    return contractIds.map((id) => found.get(id) ?? []);
  };

  enter(actor: Actor, { idempotencyKey, ...wish }: SupplementWish): Answer {
    const { advanceLimit, ceiling, ...rest } = wish;
    const input = { ...rest, ceiling: ceiling?.toString() ?? null, advanceLimit: advanceLimit?.toString() ?? null };
    return unlessTaken(supplementTaken, () =>
      this.acts.perform({ name: 'contract.supplement', actor, idempotencyKey, input }, async (tx) => {
        const contract = wish.contractId === undefined ? null : await this.contracts.locked(tx, wish.contractId);
        if (!contract) return refuse([unknown(['contractId'])]);
        if (contract.state !== 'CONFIRMED') return refuse([notInForce(['contractId'])]);
        const agreed = await this.agreed(tx, contract);
        const terms: SupplementTerms = {
          ...{ number: wish.number, signedOn: wish.signedOn, from: wish.from, reason: wish.reason },
          ...{ ceiling: ceiling ?? agreed.ceiling, advanceLimit: advanceLimit ?? agreed.advanceLimit },
          ...{ to: wish.to ?? agreed.to, services: wish.services ?? agreed.services, assessment: wish.assessment },
        };
        const malformed = await this.wrongOf(tx, contract, agreed, terms, null);
        if (malformed.length > 0) return refuse(malformed);
        const row: SupplementRow = {
          ...{ id: newId(tx.now.getTime()), contractId: contract.id, number: terms.number.trim() },
          ...{ signedOn: terms.signedOn, fromDate: terms.from, toDate: terms.to, reason: terms.reason.trim() },
          ...{ ceiling: terms.ceiling, advanceLimit: terms.advanceLimit, services: terms.services },
          ...{ former: null, waiting: 1, assessment: terms.assessment },
          ...enteredBy(tx, actor),
        };
        await this.repository.insert(tx, row);
        const summary = say(
          `录入合同 ${contract.number} 的补充协议 ${row.number}`,
          `Entered the supplement ${row.number} of the contract ${contract.number}`,
        );
        return ok({
          value: { id: row.id },
          audit: factOf(row, summary, { before: stored(agreed), after: stored(terms) }),
        });
      }),
    );
  }

  /** CONFIRM: by another than the one who entered it; what bounds it is asked again, for figures move meanwhile. */
  decide(viewer: Viewer, action: SpendAction, { idempotencyKey, ...wish }: SpendActWish): Answer {
    const name = action === 'CONFIRM' ? 'contract.confirmSupplement' : 'contract.withdrawSupplement';
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input: wish }, async (tx) => {
      const [seen] = wish.id === undefined ? [] : await this.repository.byIds([wish.id], tx.manager);
      const contract = seen ? await this.contracts.locked(tx, seen.contractId) : null;
      if (!seen || !contract) return refuse([unknown(['id'])]);
      const to = decideSpend(viewer.userId, seen, action, wish.expectedVersion);
      if (!to.ok) return to;
      const agreed = await this.agreed(tx, contract);
      const decision = decisionOf(tx, viewer, to.value);
      const terms = termsOf(seen);
      if (action === 'CONFIRM') {
        const wrong = await this.wrongOf(tx, contract, agreed, terms, seen.id);
        if (wrong.length > 0) return refuse(wrong.map((refusal) => ({ ...refusal, path: [] })));
      }
      const change = {
        ...decision,
        former: action === 'CONFIRM' ? stored(agreed) : null,
        number: action === 'CONFIRM' ? seen.number : withdrawnName(seen.number, seen.id),
      };
      if (!(await this.repository.decide(tx, seen, change)))
        return refuse([changed(wish.expectedVersion, seen.version + 1)]);
      if (action === 'CONFIRM' && !(await this.repository.apply(tx, contract, terms)))
        return refuse([changed(contract.version, contract.version + 1)]);
      if (action === 'CONFIRM' && terms.assessment)
        await this.repository.addRule(tx, contract.id, terms.from.slice(0, 7), terms.assessment);
      const summary =
        action === 'CONFIRM'
          ? say(`复核补充协议 ${seen.number}`, `Confirmed the supplement ${seen.number}`)
          : say(`撤回补充协议 ${seen.number}`, `Withdrew the supplement ${seen.number}`);
      const after = { state: to.value, ...(action === 'CONFIRM' ? stored(terms) : {}) };
      return ok({ value: { id: seen.id }, audit: factOf(seen, summary, { before: stored(agreed), after }) });
    });
  }

  /** What holds now. */
  private async agreed(tx: Tx, contract: ContractRow): Promise<AgreedTerms> {
    const services = await this.contracts.servicesOf([contract.id], tx.manager);
    return {
      ...{ ceiling: contract.ceiling, advanceLimit: contract.advanceLimit, to: contract.toDate },
      services: services.map(({ name, unit, unitPrice }) => ({ name, unit, unitPrice })),
    };
  }

  private async wrongOf(
    tx: Tx,
    contract: ContractRow,
    agreed: AgreedTerms,
    terms: SupplementTerms,
    except: string | null,
  ): Promise<Refusal[]> {
    const others = await this.repository.ofContracts([contract.id], tx.manager);
    const confirmed = others.filter(({ id, state }) => state === 'CONFIRMED' && id !== except);
    if (except === null && others.some(({ waiting }) => waiting === 1)) return [supplementWaits()];
    const wrong: Refusal[] = checkSupplement(terms, {
      ...{
        from: contract.fromDate,
        terms: agreed,
        figures: contract,
        ...(await this.repository.bounds(tx, contract.id)),
      },
      lastFrom: confirmed.at(-1)?.fromDate ?? null,
      ruleFrom: (await this.contracts.rulesOf([contract.id], tx.manager)).at(-1)?.fromMonth ?? null,
    });
    return wrong;
  }
}

function termsOf(row: SupplementRow): SupplementTerms {
  return {
    ...{ number: row.number, signedOn: row.signedOn, from: row.fromDate, reason: row.reason },
    ...{ ceiling: row.ceiling, advanceLimit: row.advanceLimit, to: row.toDate, services: row.services },
    assessment: row.assessment,
  };
}

function factOf({ id }: SupplementRow, summary: Bilingual, facts: { before: object; after: object }) {
  return { objectType: 'ContractSupplement', objectId: id, departmentId: null, summary, ...facts };
}

const supplementTaken = (): Refusal =>
  invalid(
    ['number'],
    'unique',
    '补充协议编号已存在，请核对是否重复录入',
    'A supplement of this number is there already; see whether it was entered before',
  );

const supplementWaits = (): Refusal => ({
  code: 'NOT_PERMITTED',
  path: ['contractId'],
  reason: 'SUPPLEMENT_WAITS',
  message: say(
    '这份合同已有一份补充协议待复核，办结后才能再录入',
    'A supplement of this contract waits for the second person; decide on it before another is entered',
  ),
});
