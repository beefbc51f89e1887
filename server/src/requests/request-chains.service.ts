import { Injectable } from '@nestjs/common';
import { LINE_KINDS } from '../allocation/domain/line-kind.js';
import { chosenBy } from '../approvals/domain/choose-chain.js';
import type { Round } from '../approvals/domain/round.js';
import { reminderDay } from '../approvals/domain/waiting.js';
import { type ChosenRound, type Ground, RoundsService, type StepNotice } from '../approvals/rounds.service.js';
import { StandingGrades } from '../grades/standing-grades.service.js';
import type { Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { type GovernmentSystem, LOCAL_MODES, REMOTE_MODES } from '../systems/domain/system.js';
import { SystemsService } from '../systems/systems.service.js';
import type { ApprovalFacts } from './domain/decide.js';
import { HoldingService } from './holding.service.js';
import type { Quotation, QuotedLine } from './quotation.service.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestLineRow, RequestRow } from './requests.types.js';
import { SavedQuotations } from './saved-quotations.service.js';

/** How requests and approval chains meet: which chain a request takes, and what of its round an act is decided on. */
@Injectable()
export class RequestChains {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly saved: SavedQuotations,
    private readonly systems: SystemsService,
    private readonly holding: HoldingService,
    private readonly rounds: RoundsService,
    private readonly grades: StandingGrades,
  ) {}

  /** By today's prices, as the hold will be. What cannot be quoted is as dear as can be; it is refused at the hold anyway. */
  async choose(request: RequestRow): Promise<ChosenRound> {
    const lines = await this.repository.lines(request.id);
    const quotation = await this.saved.of(request, lines);
    if (quotation.ok) {
      const insidePlan = await this.holding.isInsidePlan(quotation.value, request.id);
      return this.chosenFor({ ...quotation.value, insidePlan });
    }
    const [system] = await this.systems.systems([request.systemId]);
    if (!system) throw new Error(`request ${request.code} belongs to a system that is gone`);
    return this.chosenFor({ system, monthlyFen: null, lines, insidePlan: false });
  }

  /** The chain that the quoted request takes by the rules that its round began with; asked only where something changed. */
  async chainKeyOf(
    round: { readonly editionId: string; readonly chainKey: string; readonly chosenBy: string },
    quotation: Quotation,
    requestId: string,
  ): Promise<string> {
    const asked = { ...quotation, insidePlan: await this.holding.isInsidePlan(quotation, requestId) };
    if (chosenBy(factsOf(asked, await this.isPoor(asked))) === round.chosenBy) return round.chainKey;
    return (await this.chosenFor(asked, round.editionId)).chainKey;
  }

  /** What acts within a unit of work are decided on: delegations that were revoked meanwhile are none. */
  async factsIn(tx: Tx, round: Round | null, ground: Ground): Promise<ApprovalFacts> {
    // The key on reminders says "once a working day" when one is written; here nothing needs to be asked.
    return { round, voices: await this.rounds.voicesNow(tx, ground), remindedToday: false };
  }

  /** What the buttons are shown by; `notices` are those of the current step. */
  factsNow(round: Round | null, ground: Ground, notices: readonly StepNotice[], now: Date): ApprovalFacts {
    const today = reminderDay(ground.calendar, now);
    return {
      round,
      voices: ground.voices,
      remindedToday: notices.some((notice) => notice.kind === 'REMINDED' && notice.day === today),
    };
  }

  ground(viewer: Viewer): Promise<Ground> {
    return this.rounds.ground(viewer);
  }

  private async chosenFor(asked: Asked, editionId?: string): Promise<ChosenRound> {
    return this.rounds.choose(factsOf(asked, await this.isPoor(asked)), asked.system.departmentId, editionId);
  }

  private async isPoor({ system: { id, departmentId } }: Asked): Promise<boolean> {
    const { system, department } = await this.grades.ofRequest(id, departmentId);
    return [system, department].some((standing) => standing?.grade === 'POOR');
  }
}

/** What of a request the rules look at. */
interface Asked {
  readonly system: GovernmentSystem;
  readonly monthlyFen: bigint | null;
  readonly lines: readonly Modes[];
  readonly insidePlan: boolean;
}

type Modes = Pick<RequestLineRow, 'localMode' | 'remoteMode'> &
  (Pick<RequestLineRow, 'kind'> | Pick<QuotedLine, 'content'>);

/** The strongest modes that any line asks for; services have none. */
function factsOf({ monthlyFen, lines, insidePlan }: Asked, poor: boolean) {
  const asked = new Set(lines.map((line) => ('content' in line ? line.content.kind : line.kind)));
  const strongest = <T>(order: readonly T[], modes: readonly T[]): T =>
    order.findLast((mode) => modes.includes(mode)) ?? (order[0] as T);
  return {
    kinds: LINE_KINDS.filter((kind) => asked.has(kind)),
    monthlyFen,
    localMode: strongest(
      LOCAL_MODES,
      lines.map((line) => line.localMode),
    ),
    remoteMode: strongest(
      REMOTE_MODES,
      lines.map((line) => line.remoteMode),
    ),
    insidePlan,
    poor,
  };
}
