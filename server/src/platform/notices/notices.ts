import { Injectable } from '@nestjs/common';
import type { Notice } from '../../kernel/notice.js';
import { newId } from '../database/ids.js';
import type { Tx } from '../database/unit-of-work.js';

/**
 * Where every feature says what people should hear of: one row in the act's own transaction, so that nothing is told of
 * what was rolled back and nothing that was done stays untold. The notifications feature turns rows into people's
 * inboxes and into deliveries afterwards; an act never waits for a gateway.
 */
@Injectable()
export class Notices {
  /** A `onceKey` that was used before is passed over. */
  async tell(tx: Tx, ...notices: readonly Notice[]): Promise<void> {
    if (notices.length === 0) return;
    await tx.manager.query(
      'insert ignore into notice (id, kind, subject_type, subject_id, audience, text_zh, text_en, once_key, created_at) values ?',
      [
        notices.map(({ kind, subject, audience, text, onceKey }) => [
          newId(tx.now.getTime()),
          kind,
          subject.type,
          subject.id,
          JSON.stringify(audience),
          text.zh,
          text.en,
          onceKey,
          tx.now,
        ]),
      ],
    );
  }
}
