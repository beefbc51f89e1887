import { Injectable } from '@nestjs/common';
import { type Month, spanOfMonth } from '../accounting/domain/accounting-units.js';
import { Outages } from '../outages/outages.service.js';
import type { OutageSpan } from '../outages/outages.types.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { type ContractRow, ContractsRepository } from './contracts.repository.js';
import {
  type ContractFault,
  type CoveredOutage,
  type FaultsOfMonth,
  faultsOf,
  leftOutOf,
  saysTheSame,
} from './domain/contract-faults.js';

const NOTHING_LEFT_OUT: ReadonlyMap<string, string> = new Map();

/** What the book of outages says against contracts. */
@Injectable()
export class ContractFaults {
  constructor(
    private readonly outages: Outages,
    private readonly contracts: ContractsRepository,
  ) {}

  /** Of each of these contracts, in their order: two statements more than reading the book, however many they are. */
  async ofContracts(
    contracts: readonly ContractRow[],
    month: Month,
    leftOut: ReadonlyMap<string, string> = NOTHING_LEFT_OUT,
    tx?: Tx,
  ): Promise<FaultsOfMonth[]> {
    const outages = (await this.outages.spansIn(spanOfMonth(month), tx)).map(coveredOf);
    const ids = contracts.map(({ id }) => id);
    const shares = Map.groupBy(await this.contracts.sharesOf(ids, tx?.manager), ({ contractId }) => contractId);
    return contracts.map(({ id, kind, fromDate, toDate }) => {
      const centerIds = (shares.get(id) ?? []).map(({ centerId }) => centerId);
      return faultsOf({ kind, fromDate, toDate, centerIds }, month, outages, leftOut);
    });
  }

  async ofContract(
    contract: ContractRow,
    month: Month,
    leftOut: ReadonlyMap<string, string> = NOTHING_LEFT_OUT,
    tx?: Tx,
  ): Promise<FaultsOfMonth> {
    const [faults] = await this.ofContracts([contract], month, leftOut, tx);
    return faults ?? { downMinutes: 0, excusedMinutes: 0, faults: [] };
  }

  /** Whether a deduction that was reckoned from the book would be reckoned from the same today. */
  async stillSay(contract: ContractRow, month: Month, then: readonly ContractFault[], tx: Tx): Promise<boolean> {
    const now = await this.ofContract(contract, month, leftOutOf(then), tx);
    return saysTheSame(month, then, now.faults);
  }
}

function coveredOf({ row, counts, agreed, from, to }: OutageSpan): CoveredOutage {
  const { id, version, code, title, layer, orderCode, windowCode, excuse, centerId } = row;
  const span = { from: row.fromAt.toISOString(), to: row.toAt?.toISOString() ?? null };
  return {
    ...{ from, to, counts, agreed, centerId },
    fault: { outageId: id, version, code, title, layer, ...span, orderCode, windowCode, excuse },
  };
}
