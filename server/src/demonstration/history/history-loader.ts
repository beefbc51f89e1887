import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AllocationService } from '../../allocation/allocation.service.js';
import { EditionsService } from '../../approvals/editions.service.js';
import { RoundsService } from '../../approvals/rounds.service.js';
import { Acts } from '../../audit/acts.service.js';
import { PastBudgets } from '../../budgets/past-budgets.service.js';
import { PastDebts } from '../../drdebts/past-debts.service.js';
import { say } from '../../kernel/bilingual.js';
import { CLOCK, type Clock } from '../../kernel/clock.js';
import { ok, refuse } from '../../kernel/result.js';
import { CodeSequence } from '../../platform/database/code-sequence.js';
import { newId } from '../../platform/database/ids.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { QuotaTakings } from '../../quotas/quota-takings.service.js';
import { RequestsService } from '../../requests/requests.service.js';
import { ResourcesService } from '../../resources/resources.service.js';
import { ServerIntakeService } from '../../servers/server-intake.service.js';
import { alreadyThere, loaderActor } from '../demonstration-loader.js';
import { type HistoryMark, historyFigures, historyMark, markHistory, markPiece } from '../demonstration-mark.js';
import { makeUpProvince } from '../province.js';
import { factsOf } from './facts-of-province.js';
import { grantedPast } from './granted-past.js';
import { piecesOf } from './history.js';
import { withRoundsUnderWay } from './past-rounds.js';

/** Requests of one transaction: with their machines, records and budget entries some 20,000 rows, well within the 5 s of design §5. */
const REQUESTS_PER_PIECE = 500;
/** Nothing of the past lies within the last hour, so that whatever follows the newest step has happened too. */
const LAST_HOUR_MS = 60 * 60_000;

export interface HistoryProgress {
  readonly piecesWritten: number;
  readonly pieces: number;
}

/** How much of what the past is made of, in the words of a terminal. */
export type HistoryFigures = { readonly [name: string]: number };

export interface HistoryScale {
  readonly machines: number;
  readonly months: number;
}

/** Writes the province's past, piece by piece; killed in between, the next start goes on where it ended. */
@Injectable()
export class HistoryLoader {
  constructor(
    private readonly db: DataSource,
    private readonly acts: Acts,
    private readonly codes: CodeSequence,
    private readonly requests: RequestsService,
    private readonly resources: ResourcesService,
    private readonly allocation: AllocationService,
    private readonly editions: EditionsService,
    private readonly rounds: RoundsService,
    private readonly budgets: PastBudgets,
    private readonly servers: ServerIntakeService,
    private readonly takings: QuotaTakings,
    private readonly debts: PastDebts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The scale is that of the first call; a database that was begun with another one keeps it. Gives the number of
   * requests written by this call. `report` is told after each piece, whoever wrote it.
   */
  async load(wanted: HistoryScale, report: (progress: HistoryProgress) => void = () => undefined): Promise<number> {
    if (wanted.machines === 0) return 0;
    await markHistory(this.db.manager, wanted, new Date(this.clock.now().getTime() - LAST_HOUR_MS));
    const mark = await historyMark(this.db.manager);
    if (mark === null || mark.complete) return 0;
    const province = makeUpProvince(mark.seed, mark.machines, mark.year);
    const facts = factsOf(province);
    const { debts: owed, history } = grantedPast(mark.seed, facts, mark, newId);
    const [{ id: editionId, content }, calendar] = await Promise.all([this.editions.inForce(), this.rounds.calendar()]);
    const chains = { editionId, content, calendar, newId };
    for (const { prefix, year, count } of history.codes) await this.codes.passBy(prefix, year, count);
    const pieces = piecesOf(history, REQUESTS_PER_PIECE);
    let written = 0;
    for (const [index, piece] of pieces.entries()) {
      if (index < mark.piecesWritten) continue;
      const underWay = withRoundsUnderWay(piece, facts.askers, chains);
      const debts = index === 0 ? owed : null;
      if (await this.write({ ...underWay, debts }, index, pieces.length)) written += piece.requests.length;
      report({ piecesWritten: index + 1, pieces: pieces.length });
    }
    return written;
  }

  /** null = there is no past, or none of it was begun. */
  mark(): Promise<HistoryMark | null> {
    return historyMark(this.db.manager);
  }

  figures(): Promise<HistoryFigures> {
    return historyFigures(this.db.manager);
  }

  /** false = another process has written it meanwhile. */
  private async write(
    {
      piece,
      rounds,
      debts,
    }: ReturnType<typeof withRoundsUnderWay> & { debts: Parameters<PastDebts['takeOver']>[1] | null },
    index: number,
    pieces: number,
  ): Promise<boolean> {
    const done = await this.acts.perform(
      { name: 'demonstration.history', actor: loaderActor(), input: { piece: index } },
      async (tx: Tx) => {
        if (!(await markPiece(tx, index, index + 1 === pieces))) return refuse([alreadyThere()]);
        await this.requests.takeOver(tx, piece);
        await this.rounds.takeOver(tx, rounds);
        await this.resources.takeOver(tx, piece.resources, piece.events);
        if (debts) await this.debts.takeOver(tx, debts);
        const books = await this.budgets.takeOver(tx, piece);
        await this.servers.takeOver(tx, piece.serverLives);
        await this.takings.takeOver(tx, piece.takings);
        const { takeLast } = await this.allocation.takeOver(tx, piece.claims, {
          others: piece.takings.filter((taking) => taking.givenBackAt === null),
        });
        return ok({
          value: null,
          audit: {
            objectType: 'Demonstration',
            objectId: `history-${index + 1}`,
            departmentId: null,
            summary: say(
              `写入演示历史 ${index + 1}/${pieces}`,
              `Wrote the made-up past, part ${index + 1} of ${pieces}`,
            ),
            after: { requests: piece.requests.length, resources: piece.resources.length, claims: piece.claims.length },
          },
          last: async () => {
            await books.takeLast();
            await takeLast();
            return ok(undefined);
          },
        });
      },
    );
    return done.ok;
  }
}
