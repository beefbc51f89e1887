import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { ok } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import type { RequestRow } from '../requests/requests.types.js';
import type { VersionRow } from './documents.types.js';
import type { PaperContent } from './domain/paper-content.js';
import { PapersRepository } from './papers.repository.js';

/** Of what a print tells: the paper's own row in the audit. */
interface Printed {
  readonly act: string;
  readonly objectType: string;
  readonly objectId: string;
  /** As people call it: its code, and what it is. */
  readonly name: Bilingual;
}

/** Each content of a paper that is printed is a version of its own, kept for what is sealed on it. */
@Injectable()
export class PaperVersions {
  constructor(
    private readonly repository: PapersRepository,
    private readonly acts: Acts,
  ) {}

  /** The version of this content, made where it is new, and the audit's row of who took the paper out. */
  async enter(
    viewer: Viewer,
    request: RequestRow,
    content: PaperContent,
    { act, objectType, objectId, name }: Printed,
  ): Promise<{ number: number; printedAt: Date }> {
    const entered = await this.acts.perform(
      { name: act, actor: viewer, input: { requestId: request.id } },
      async (tx) => {
        const { number } = await this.version(tx, viewer, request, content);
        return ok({
          value: { number, printedAt: tx.now.toISOString() },
          audit: {
            objectType,
            objectId,
            departmentId: request.departmentId,
            summary: say(`打印 ${name.zh}第 ${number} 版`, `Printed version ${number} of ${name.en}`),
            after: { number, contentHash: content.contentHash },
          },
        });
      },
    );
    if (!entered.ok) throw new Error(`the print of ${name.en} was not entered`);
    return { number: entered.value.number, printedAt: new Date(entered.value.printedAt) };
  }

  private async version(tx: Tx, viewer: Viewer, request: RequestRow, content: PaperContent): Promise<VersionRow> {
    const versions = await this.repository.versions(content.paper, [request.id], tx.manager);
    const known = versions.find((one) => one.contentHash === content.contentHash);
    if (known) return known;
    const version: VersionRow = {
      id: newId(tx.now.getTime()),
      requestId: request.id,
      number: (versions.at(-1)?.number ?? 0) + 1,
      ...content,
      printedAt: tx.now,
      printedBy: viewer.name,
    };
    try {
      await this.repository.insertVersion(tx, version);
    } catch (error) {
      // Somebody printed it at the same moment: look again.
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) throw new WriteConflict('the paper was printed meanwhile');
      throw error;
    }
    tx.changed('request', request.id);
    return version;
  }
}
