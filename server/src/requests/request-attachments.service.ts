import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, In, IsNull } from 'typeorm';
import { Acts } from '../audit/acts.service.js';
import type { StoredFile } from '../files/domain/stored-file.js';
import { FilesService } from '../files/files.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { ATTACHMENT_WORDS, type AttachmentKind, attachingRefused } from './domain/attachment.js';
import { decideAct, NO_APPROVAL, unknownRequest } from './domain/decide.js';
import { editSteps } from './draft-steps.js';
import { type ActWish, type Answer, done } from './request-acts.js';
import { RequestAttachmentEntity } from './request-attachments.entity.js';
import { RequestsRepository } from './requests.repository.js';
import { RequestsService } from './requests.service.js';
import type { RequestRow } from './requests.types.js';

export interface RequestAttachment {
  readonly requestId: string;
  readonly kind: AttachmentKind;
  readonly attachedAt: Date;
  readonly attachedBy: string;
  readonly file: StoredFile;
}

interface AttachWish extends ActWish {
  readonly kind: AttachmentKind;
  /** Undefined where the text was no id of a file. */
  readonly fileIds: readonly (string | undefined)[];
}

interface DetachWish extends ActWish {
  readonly attachedFileId: string | undefined;
}

const OWNER = 'RequestAttachment';

/**
 * 附件: letters and technical plans beside a request. They are part of its form: laid and taken back while the request may be
 * edited, a change of them voids a sealed scan, and from its sending on they stand.
 */
@Injectable()
export class RequestAttachments implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly repository: RequestsRepository,
    private readonly requests: RequestsService,
    private readonly files: FilesService,
    private readonly acts: Acts,
  ) {}

  /** Whoever may see a request may read what lies beside it, and what once did: a printed form names it. */
  onModuleInit(): void {
    this.files.registerOwner(OWNER, async (viewer, id) => {
      const row = await this.db.manager.findOneBy(RequestAttachmentEntity, { id });
      return row !== null && (await this.requests.seenBy(viewer, row.requestId)) !== null;
    });
  }

  /** Batch for loaders, two statements however many: what lies beside each request, in the order of its laying. */
  readonly of = async (requestIds: readonly string[]): Promise<RequestAttachment[][]> => {
    const rows = await this.db.manager.find(RequestAttachmentEntity, {
      where: { requestId: In(inList(requestIds) as string[]), removedAt: IsNull() },
      order: { id: 'ASC' },
    });
    const files = await this.files.filesOf(
      OWNER,
      rows.map(({ id }) => id),
    );
    const found = rows.flatMap(({ requestId, kind, attachedAt, attachedBy }, at): RequestAttachment[] =>
      (files[at] ?? []).map((file) => ({ requestId, kind, attachedAt, attachedBy, file })),
    );
    const byRequest = Map.groupBy(found, ({ requestId }) => requestId);
    return requestIds.map((id) => byRequest.get(id) ?? []);
  };

  async attach(viewer: Viewer, scope: TenantScope, wish: AttachWish): Answer {
    const known = wish.fileIds.flatMap((id) => id ?? []);
    const uploads = await this.files.uploadsOf(viewer.userId, known);
    const files = wish.fileIds.map((id) => uploads.find((file) => file !== null && file.id === id) ?? null);
    return this.edit(viewer, scope, 'request.attach', wish, async (tx, request) => {
      const standing = await this.standing(tx, request.id);
      const wrong = attachingRefused(standing.length, files);
      if (wrong) return { refused: wrong };
      for (const file of files) {
        const id = newId(tx.now.getTime());
        const row = { id, requestId: request.id, kind: wish.kind, removedAt: null };
        await tx.manager.insert(RequestAttachmentEntity, { ...row, attachedAt: tx.now, attachedBy: viewer.name });
        // Attached twice at once it is the first one's.
        if (!(await this.files.attach(tx, [file?.id ?? ''], OWNER, id, viewer.userId)))
          return { refused: attachingRefused(standing.length, [null]) as Refusal };
      }
      const names = files.map((file) => file?.name ?? '').join('、');
      return {
        summary: say(
          `${request.code} 添加${ATTACHMENT_WORDS[wish.kind].zh}：${names}`,
          `Lay beside ${request.code}, as ${ATTACHMENT_WORDS[wish.kind].en}: ${names}`,
        ),
        after: { kind: wish.kind, files: files.map((file) => ({ name: file?.name, sm3: file?.sm3 })) },
      };
    });
  }

  async detach(viewer: Viewer, scope: TenantScope, wish: DetachWish): Answer {
    return this.edit(viewer, scope, 'request.detach', wish, async (tx, request) => {
      const standing = await this.standing(tx, request.id);
      const owned = await this.files.filesOf(
        OWNER,
        standing.map(({ id }) => id),
        tx,
      );
      const at = owned.findIndex((files) => files.some((file) => file.id === wish.attachedFileId));
      const [row, file] = [standing[at], owned[at]?.[0]];
      if (!row || !file)
        return {
          refused: {
            code: 'UNKNOWN_REFERENCE',
            path: ['fileId'],
            message: say('申请单上没有这个附件', 'The request has no such attachment'),
          },
        };
      await tx.manager.update(RequestAttachmentEntity, { id: row.id }, { removedAt: tx.now });
      return {
        summary: say(`${request.code} 撤下附件：${file.name}`, `Take ${file.name} back from ${request.code}`),
        after: { kind: row.kind, removed: { name: file.name, sm3: file.sm3 } },
      };
    });
  }

  private standing(tx: Tx, requestId: string): Promise<RequestAttachmentEntity[]> {
    const where = { requestId, removedAt: IsNull() };
    return tx.manager.find(RequestAttachmentEntity, { where, order: { id: 'ASC' } });
  }

  /** An edit of the draft like any other: its version grows, and another's hand is told. */
  private edit<W extends ActWish>(
    viewer: Viewer,
    scope: TenantScope,
    name: string,
    wish: W,
    work: (
      tx: Tx,
      request: RequestRow,
    ) => Promise<
      | { readonly refused: Refusal }
      | { readonly refused?: undefined; readonly summary: { zh: string; en: string }; readonly after: object }
    >,
  ): Answer {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input }, async (tx) => {
      const request = await this.repository.locked(tx, scope, wish.requestId);
      if (!request) return refuse([unknownRequest()]);
      const allowed = decideAct(viewer, request, 'EDIT', wish, NO_APPROVAL);
      if (!allowed.ok) return allowed;
      const made = await work(tx, request);
      if (made.refused) return refuse([made.refused]);
      const version = request.version + 1;
      await this.repository.update(tx, request.id, { version });
      for (const step of editSteps(viewer, request)) await this.repository.appendStep(tx, request.id, step);
      tx.changed('request', request.id);
      const before = { version: request.version };
      return ok(done(request.id, request.departmentId, made.summary, before, { version, ...made.after }));
    });
  }
}
