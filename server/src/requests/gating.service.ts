import { Injectable } from '@nestjs/common';
import { isGrowing } from '../allocation/domain/grown-space.js';
import { DepartmentsService } from '../departments/departments.service.js';
import type { GatedLine } from '../gates/domain/checks.js';
import { closed, judge, type Verdict } from '../gates/domain/judge.js';
import { GatesService } from '../gates/gates.service.js';
import { StandingGrades } from '../grades/standing-grades.service.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { CPU_MAKER_FACTS } from '../servers/domain/processor.js';
import { type JudgedAt, type JudgementRow, JudgementsRepository } from './judgements.repository.js';
import type { Quotation } from './quotation.service.js';
import type { RequestRow } from './requests.types.js';
import { SavedQuotations } from './saved-quotations.service.js';

/** How a request stands to the gates, by which edition. */
export interface Judgement {
  readonly editionId: string;
  readonly editionNumber: number;
  readonly verdicts: readonly Verdict[];
}

/** The gates in the life of a request: preview, sending and the hold ask the same function the same way. */
@Injectable()
export class GatingService {
  constructor(
    private readonly gates: GatesService,
    private readonly departments: DepartmentsService,
    private readonly saved: SavedQuotations,
    private readonly judgements: JudgementsRepository,
    private readonly grades: StandingGrades,
  ) {}

  /** Nothing is written. Asked before the unit of work in which it is to hold. */
  async judge(quotation: Quotation, requestId: string | null): Promise<Judgement> {
    const { system, project, purpose, lines } = quotation;
    const [edition, lineage, grades] = await Promise.all([
      this.gates.inForce(),
      this.departments.lineage(system.departmentId),
      this.grades.ofRequest(system.id, system.departmentId),
    ]);
    const verdicts = judge(edition.content, {
      today: this.gates.today(),
      system,
      project,
      departmentLevel: lineage.find(({ id }) => id === system.departmentId)?.level ?? 'PROVINCE',
      departmentIds: lineage.map(({ id }) => id),
      grades,
      request: { id: requestId, purpose, lines: lines.map(gatedLine) },
    });
    return { editionId: edition.id, editionNumber: edition.number ?? 0, verdicts };
  }

  /** The request as it was saved; refused is what its form would be refused for. */
  async judgeSaved(request: RequestRow): Promise<Result<Judgement, readonly Refusal[]>> {
    const quotation = await this.saved.of(request);
    return quotation.ok ? ok(await this.judge(quotation.value, request.id)) : quotation;
  }

  /** Keeps how it was judged, unless a gate is closed: then nothing goes on. */
  async pass(
    tx: Tx,
    requestId: string,
    moment: JudgedAt,
    { editionId, editionNumber, verdicts }: Judgement,
  ): Promise<Result<void, readonly Refusal[]>> {
    const refusals = closed(verdicts);
    if (refusals.length > 0) return refuse(refusals);
    await this.judgements.append(tx, { requestId, moment, editionId, editionNumber, verdicts });
    return ok(undefined);
  }

  /** Batch for loaders; callers have already been let see the requests. */
  readonly ofRequests = async (ids: readonly string[]): Promise<JudgementRow[][]> => {
    const rows = Map.groupBy(await this.judgements.ofRequests(ids), (row) => row.requestId);
    return ids.map((id) => rows.get(id) ?? []);
  };
}

/** Gates look at where it is reached from and what it runs on; what other kinds leave open is null. */
function gatedLine(line: Quotation['lines'][number]): GatedLine {
  const { thing, localMode, remoteMode, change } = line;
  const modes = { localMode, remoteMode, grows: growsBy(line) };
  const nothing = { architecture: null, cpuMaker: null, software: null };
  switch (thing.kind) {
    case 'VM':
      return {
        kind: 'VM',
        zone: thing.vm.zone,
        domesticCpu: thing.offer.domesticCpu,
        ...modes,
        // A change chooses neither anew.
        ...(change
          ? nothing
          : {
              architecture: thing.offer.architecture,
              cpuMaker: null,
              software: { code: thing.image.code, name: thing.image.name, part: 'OS' },
            }),
      };
    case 'SERVER':
      return {
        kind: 'SERVER',
        zone: null,
        domesticCpu: CPU_MAKER_FACTS[thing.offer.cpuMaker].domestic,
        ...modes,
        ...nothing,
        architecture: thing.offer.architecture,
        cpuMaker: thing.offer.cpuMaker,
        software: thing.image && { code: thing.image.code, name: thing.image.name, part: 'OS' },
      };
    case 'CABINET':
      return { kind: 'CABINET', zone: thing.offer.zone, domesticCpu: null, ...modes, ...nothing };
    case 'SERVICE':
      return {
        kind: 'SERVICE',
        zone: null,
        domesticCpu: null,
        ...modes,
        ...nothing,
        software: { code: thing.offer.code, name: thing.definition.name.zh, part: null },
      };
  }
}

/** A new line always; a change where any of its sizes, shares or numbers becomes more. */
function growsBy({ change, serviceChange, thingsChange, shares }: Quotation['lines'][number]): boolean {
  if (serviceChange) return serviceChange.growsBy > 0;
  if (!change && !thingsChange) return true;
  const more = ({ grows }: { readonly grows: { readonly [amount: string]: number } }) =>
    Object.values(grows).some((amount) => amount > 0);
  return (
    (Array.isArray(shares) && shares.length > 0) ||
    (change?.resized ?? []).some(more) ||
    (thingsChange?.resized ?? []).some(isGrowing)
  );
}
