import { Injectable } from '@nestjs/common';
import { inOrder, type Round, type Seat, type Verdict } from '../approvals/domain/round.js';
import { RoundsService } from '../approvals/rounds.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { say } from '../kernel/bilingual.js';
import type { Viewer } from '../kernel/viewer.js';
import { RequestsService } from '../requests/requests.service.js';
import { FormContents } from './form-contents.service.js';
import { type FormOpinion, printRequestForm } from './paper/request-form.js';
import { PaperVersions } from './paper-versions.service.js';
import type { PrintedFile } from './printing.service.js';

/** Prints the form of a request. Each content that is printed is a version of its own, kept for what is sealed on it. */
@Injectable()
export class FormsService {
  constructor(
    private readonly versions: PaperVersions,
    private readonly contents: FormContents,
    private readonly requests: RequestsService,
    private readonly rounds: RoundsService,
    private readonly departments: DepartmentsService,
  ) {}

  /** null = no such request, or not for this viewer's eyes. */
  async print(viewer: Viewer, requestId: string): Promise<PrintedFile | null> {
    const request = await this.requests.seenBy(viewer, requestId);
    if (!request) return null;
    const [hashed, [rounds = []], lineage] = await Promise.all([
      this.contents.of(request),
      this.rounds.rounds([request.id]),
      this.departments.lineage(request.departmentId),
    ]);
    const printed = await this.versions.enter(
      viewer,
      request,
      { paper: 'REQUEST_FORM', ...hashed },
      {
        act: 'document.printForm',
        objectType: 'Request',
        objectId: request.id,
        name: say(`${request.code} 申请表`, `the form of ${request.code}`),
      },
    );
    const bytes = await printRequestForm({
      ...hashed,
      number: printed.number,
      printedAt: printed.printedAt,
      printedBy: viewer.name,
      inCity: lineage.some((department) => department.level === 'CITY'),
      opinions: opinionsOf(rounds.at(-1)),
    });
    return { name: `政务云资源需求申请表_${request.code}_第${printed.number}版.pdf`, bytes };
  }
}

const VERDICT_WORDS: { readonly [V in Verdict]: string } = { APPROVE: '同意', RETURN: '退回补正', REJECT: '不予批准' };

/** Of the newest round: each signature, and the steps that still wait. */
function opinionsOf(round: Round | undefined): FormOpinion[] {
  if (!round) return [];
  return inOrder(round)
    .filter((step) => step.state !== 'CANCELLED')
    .flatMap((step) => step.seats.map((seat) => opinionOf(step.title.zh, seat)));
}

function opinionOf(step: string, { person, decision }: Seat): FormOpinion {
  if (!decision) return { step, verdict: null, by: person?.name ?? '', opinion: '', at: null };
  const { by, onBehalfOf, opinion, verdict, at } = decision;
  return {
    step,
    verdict: VERDICT_WORDS[verdict],
    by: onBehalfOf ? `${by.name}（代 ${onBehalfOf.name}）` : by.name,
    opinion: opinion ?? '',
    at,
  };
}
