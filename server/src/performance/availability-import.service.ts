import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Cells } from '../imports/domain/cells.js';
import type { CellProblem, RowProblem, TableRow } from '../imports/domain/import-table.js';
import type { Addition, Applied, ImportContext, RowPlan, TableImport } from '../imports/import-kind.types.js';
import { ImportRegistry } from '../imports/import-registry.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { SystemsService } from '../systems/systems.service.js';
import { AvailabilityReadings, type StoredReading } from './availability.service.js';
import {
  AVAILABILITY_COLUMNS,
  availabilityDraft,
  checkReading,
  type ReadingFacts,
} from './domain/availability-table.js';

type ReadingToAdd = ReadingFacts & { readonly systemId: string };

const keyOf = ({ systemId, month }: { readonly systemId: string; readonly month: string }) => `${systemId} ${month}`;

/** Availability of a month from a table, as a provider's report has it; what stands already is corrected by hand only. */
@Injectable()
export class AvailabilityImport implements TableImport<ReadingToAdd>, OnModuleInit {
  readonly source = 'TABLE';
  readonly name = 'availability';
  readonly title = say('系统可用性', 'Availability of systems');
  readonly permission = { object: 'PERFORMANCE', action: 'EDIT' } as const;
  readonly page = '/performance/availability';
  readonly columns = AVAILABILITY_COLUMNS;

  constructor(
    private readonly readings: AvailabilityReadings,
    private readonly systems: SystemsService,
    private readonly registry: ImportRegistry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async plan(rows: readonly TableRow[]): Promise<RowPlan<ReadingToAdd>[]> {
    const drafts = rows.map((row) => {
      const cells = new Cells(row);
      return { row, draft: availabilityDraft(cells), problems: cells.problems };
    });
    const known = drafts.flatMap(({ draft }) => draft ?? []);
    const systems = await this.systems.systemsByCodes([...new Set(known.map(({ systemCode }) => systemCode))]);
    const idOfCode = new Map(systems.map(({ code, id }) => [code, id]));
    const standing = await this.standing(
      known.flatMap(({ systemCode, month }) => {
        const systemId = idOfCode.get(systemCode);
        return systemId === undefined ? [] : { systemId, month };
      }),
    );
    const now = this.clock.now();
    const seen = new Set<string>();
    return drafts.map(({ row: { number: row }, draft, problems }): RowPlan<ReadingToAdd> => {
      if (!draft) return { row, outcome: 'PROBLEM', problems };
      const { systemCode, ...facts } = draft;
      const systemId = idOfCode.get(systemCode);
      const wrong: CellProblem[] = checkReading(facts, now).map(({ path: [column = ''], message }) => ({
        column,
        message,
      }));
      if (systemId === undefined)
        wrong.push({ column: 'system', message: say('没有这个系统', 'There is no such system') });
      const key = keyOf({ systemId: systemId ?? systemCode, month: facts.month });
      if (seen.has(key))
        wrong.push({ column: 'month', message: say('同一系统同月重复', 'This system and month stand in it twice') });
      seen.add(key);
      const stands = standing.get(key);
      if (stands && !same(stands, facts)) wrong.push(differs(stands));
      if (wrong.length > 0 || systemId === undefined) return { row, outcome: 'PROBLEM', problems: wrong };
      return stands ? { row, outcome: 'UNCHANGED' } : { row, outcome: 'ADD', value: { systemId, ...facts } };
    });
  }

  async apply(
    tx: Tx,
    additions: readonly Addition<ReadingToAdd>[],
    { actor }: ImportContext,
  ): Promise<Result<Applied, readonly RowProblem[]>> {
    const standing = await this.standing(
      additions.map(({ value }) => value),
      tx,
    );
    const taken = additions.flatMap(({ row, value }) => {
      const stands = standing.get(keyOf(value));
      return stands ? { row, ...differs(stands) } : [];
    });
    if (taken.length > 0) return refuse(taken);
    // What somebody enters between the look and this is not overwritten: the whole table is refused.
    await this.readings.add(
      tx,
      actor,
      additions.map(({ value }) => value),
    );
    return ok({});
  }

  private async standing(
    wanted: readonly { readonly systemId: string; readonly month: string }[],
    tx?: Tx,
  ): Promise<ReadonlyMap<string, StoredReading>> {
    const months = wanted.map(({ month }) => month).sort();
    const [first, last] = [months.at(0), months.at(-1)];
    if (first === undefined || last === undefined) return new Map();
    const ids = [...new Set(wanted.map(({ systemId }) => systemId))];
    return new Map((await this.readings.stored(ids, first, last, tx)).map((row) => [keyOf(row), row]));
  }
}

function same(stands: StoredReading, facts: ReadingFacts): boolean {
  return stands.downMinutes === facts.downMinutes && stands.excusedMinutes === facts.excusedMinutes;
}

function differs({ downMinutes, excusedMinutes, enteredBy }: StoredReading): CellProblem {
  return {
    column: 'downMinutes',
    message: say(
      `已由 ${enteredBy} 登记为中断 ${downMinutes} 分钟、不计入 ${excusedMinutes} 分钟；导入不改已有登记，请在页面更正`,
      `${enteredBy} has recorded ${downMinutes} minutes down, ${excusedMinutes} of them excused; an import changes nothing, correct it on the page`,
    ),
  };
}
