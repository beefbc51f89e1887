import { Injectable } from '@nestjs/common';
import { inOrder, type Round, type Seat, type Verdict } from '../approvals/domain/round.js';
import { RoundsService } from '../approvals/rounds.service.js';
import { Acts } from '../audit/acts.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { say } from '../kernel/bilingual.js';
import { ok } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { RequestsService } from '../requests/requests.service.js';
import type { RequestRow } from '../requests/requests.types.js';
import type { FormRow } from './documents.types.js';
import { FormContents, type HashedContent } from './form-contents.service.js';
import { type FormOpinion, printRequestForm } from './paper/request-form.js';
import { PapersRepository } from './papers.repository.js';
import type { PrintedFile } from './printing.service.js';

/** Prints the form of a request. Each content that is printed is a version of its own, kept for what is sealed on it. */
@Injectable()
export class FormsService {
  constructor(
    private readonly repository: PapersRepository,
    private readonly contents: FormContents,
    private readonly requests: RequestsService,
    private readonly rounds: RoundsService,
    private readonly departments: DepartmentsService,
    private readonly acts: Acts,
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
    const printed = await this.enter(viewer, request, hashed);
    const bytes = await printRequestForm({
      ...hashed,
      number: printed.number,
      printedAt: new Date(printed.printedAt),
      printedBy: viewer.name,
      inCity: lineage.some((department) => department.level === 'CITY'),
      opinions: opinionsOf(rounds.at(-1)),
    });
    return { name: `政务云资源需求申请表_${request.code}_第${printed.number}版.pdf`, bytes };
  }

  /** The version of this content, made where it is new, and the audit's row of who took the form out. */
  private async enter(
    viewer: Viewer,
    request: RequestRow,
    hashed: HashedContent,
  ): Promise<{ number: number; printedAt: string }> {
    const entered = await this.acts.perform(
      { name: 'document.printForm', actor: viewer, input: { requestId: request.id } },
      async (tx) => {
        const { number } = await this.version(tx, viewer, request, hashed);
        return ok({
          value: { number, printedAt: tx.now.toISOString() },
          audit: {
            objectType: 'Request',
            objectId: request.id,
            departmentId: request.departmentId,
            summary: say(
              `打印 ${request.code} 申请表第 ${number} 版`,
              `Printed version ${number} of the form of ${request.code}`,
            ),
            after: { number, contentHash: hashed.contentHash },
          },
        });
      },
    );
    if (!entered.ok) throw new Error(`the print of ${request.code} was not entered`);
    return entered.value;
  }

  private async version(tx: Tx, viewer: Viewer, request: RequestRow, hashed: HashedContent): Promise<FormRow> {
    const forms = await this.repository.forms([request.id], tx.manager);
    const known = forms.find((form) => form.contentHash === hashed.contentHash);
    if (known) return known;
    const form: FormRow = {
      id: newId(tx.now.getTime()),
      requestId: request.id,
      number: (forms.at(-1)?.number ?? 0) + 1,
      ...hashed,
      printedAt: tx.now,
      printedBy: viewer.name,
    };
    try {
      await this.repository.insertForm(tx, form);
    } catch (error) {
      // Somebody printed it at the same moment: look again.
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) throw new WriteConflict('the form was printed meanwhile');
      throw error;
    }
    tx.changed('request', request.id);
    return form;
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
