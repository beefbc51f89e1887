import { Injectable, type OnModuleInit } from '@nestjs/common';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { Cells } from '../imports/domain/cells.js';
import type { CellProblem, RowProblem, TableRow } from '../imports/domain/import-table.js';
import type { Addition, Applied, ImportContext, RowPlan, TableImport } from '../imports/import-kind.types.js';
import { ImportRegistry } from '../imports/import-registry.service.js';
import { say } from '../kernel/bilingual.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ContractsRepository } from './contracts.repository.js';
import { newContract } from './contracts.service.js';
import { type ContractTerms, checkContract } from './domain/contract.js';
import { CONTRACT_COLUMNS, type ContractRowDraft, contractDraft } from './domain/contract-table.js';

interface ContractToAdd {
  readonly supplierId: string;
  readonly terms: ContractTerms;
}

/** Where a refusal of the terms stands in the table. */
const COLUMN_OF: { readonly [field: string]: string } = { to: 'lastDay', shares: 'shares' };

/** Contracts from a table: entered as if by hand, so another person confirms each. */
@Injectable()
export class ContractImport implements TableImport<ContractToAdd>, OnModuleInit {
  readonly source = 'TABLE';
  readonly name = 'contracts';
  readonly title = say('合同', 'Contracts');
  readonly permission = { object: 'SPEND', action: 'IMPORT' } as const;
  readonly page = '/contracts';
  readonly columns = CONTRACT_COLUMNS;

  constructor(
    private readonly repository: ContractsRepository,
    private readonly facilities: FacilitiesService,
    private readonly registry: ImportRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async plan(rows: readonly TableRow[]): Promise<RowPlan<ContractToAdd>[]> {
    const drafts = rows.map((row) => {
      const cells = new Cells(row);
      return { row, draft: contractDraft(cells), problems: cells.problems };
    });
    const known = drafts.flatMap(({ draft }) => draft ?? []);
    const [suppliers, taken, centers] = await Promise.all([
      this.repository.supplierIdsOf(known.map(({ creditCode }) => creditCode)),
      this.repository.numbersTaken(known.map(({ terms }) => terms.number)),
      this.facilities.centers(),
    ]);
    const centerIds = new Map(centers.map(({ code, id }) => [code, id]));
    const seen = new Set<string>();
    return drafts.map(({ row, draft, problems }): RowPlan<ContractToAdd> => {
      if (!draft) return { row: row.number, outcome: 'PROBLEM', problems };
      const made = this.termsOf(draft, centerIds);
      const supplierId = suppliers.get(draft.creditCode);
      const number = draft.terms.number.toLowerCase();
      const wrong: CellProblem[] = [...made.problems];
      if (supplierId === undefined)
        wrong.push({
          column: 'creditCode',
          message: say('没有登记这个供应商', 'No supplier of this code is registered'),
        });
      if (taken.has(number) || seen.has(number))
        wrong.push({ column: 'number', message: say('合同编号已存在', 'There is a contract of this number already') });
      seen.add(number);
      if (wrong.length > 0 || supplierId === undefined) return { row: row.number, outcome: 'PROBLEM', problems: wrong };
      return { row: row.number, outcome: 'ADD', value: { supplierId, terms: made.terms } };
    });
  }

  async apply(
    tx: Tx,
    additions: readonly Addition<ContractToAdd>[],
    { actor }: ImportContext,
  ): Promise<Result<Applied, readonly RowProblem[]>> {
    const taken = await this.repository.numbersTaken(
      additions.map(({ value }) => value.terms.number),
      tx.manager,
    );
    const twice = additions.filter(({ value }) => taken.has(value.terms.number.toLowerCase()));
    if (twice.length > 0)
      return refuse(
        twice.map(({ row }) => ({
          ...{ row, column: 'number' },
          message: say('合同编号刚被录入', 'Somebody has just entered this number'),
        })),
      );
    for (const { value } of additions)
      await this.repository.insert(
        tx,
        newContract(tx, newId(tx.now.getTime()), value.supplierId, value.terms, actor),
        value.terms,
      );
    return ok({});
  }

  private termsOf(
    { terms, shares }: ContractRowDraft,
    centerIds: ReadonlyMap<string, string>,
  ): { readonly terms: ContractTerms; readonly problems: CellProblem[] } {
    const unknown = shares.filter(({ centerCode }) => !centerIds.has(centerCode));
    const whole: ContractTerms = {
      ...terms,
      shares: shares.map(({ centerCode, weight }) => ({ centerId: centerIds.get(centerCode) ?? centerCode, weight })),
    };
    return {
      terms: whole,
      problems: [
        ...unknown.map(({ centerCode }) => ({
          column: 'shares',
          message: say(`没有代码为 ${centerCode} 的数据中心`, `There is no center ${centerCode}`),
        })),
        ...checkContract(whole).map(({ path: [field = ''], message }) => ({
          column: COLUMN_OF[field] ?? field,
          message,
        })),
      ],
    };
  }
}
