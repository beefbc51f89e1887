import { Injectable } from '@nestjs/common';
import type { Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { SelfBuildEditions } from '../selfbuild/self-build-editions.service.js';
import { done } from './journey-people.js';
import { MADE_UP_ASSUMPTIONS } from './made-up-self-build.js';

/** The first edition of what is assumed about building for oneself, by finance's own acts: one drafts, another puts it in force. */
@Injectable()
export class DemonstrationSelfBuild {
  constructor(private readonly editions: SelfBuildEditions) {}

  async run(drafts: Viewer, approves: Viewer): Promise<void> {
    const note = '演示首版：公开报价与演示假设，逐项注明';
    const id = await done(this.editions.begin(drafts, note, newId()));
    const draft = { note, effectiveFrom: this.editions.today(), content: MADE_UP_ASSUMPTIONS };
    await done(this.editions.save(drafts, { id, idempotencyKey: newId(), expectedVersion: 1 }, draft));
    await done(this.editions.publish(approves, { id, idempotencyKey: newId(), expectedVersion: 2 }));
  }
}
