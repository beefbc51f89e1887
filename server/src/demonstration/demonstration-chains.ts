import { Injectable } from '@nestjs/common';
import type { EditionContent } from '../approvals/domain/chain.js';
import { EditionsService } from '../approvals/editions.service.js';
import { newId } from '../platform/database/ids.js';
import { done, type People } from './journey-people.js';

/** The chain for large requests, and its step that takes them in, as the first edition calls them. */
const LARGE = 'large';
const ACCEPTANCE = 'acceptance';
const NOTE = '大额申请受理时须有盖章申请表';

/** A second edition of the approval chains: by data alone large requests are taken in with the sealed form only. */
@Injectable()
export class DemonstrationChains {
  constructor(private readonly editions: EditionsService) {}

  /** Drafted by the cloud authority and put in force by another, as they are. */
  async wantSeals({ authority, security }: People): Promise<void> {
    const { content } = await this.editions.inForce();
    const id = await done(this.editions.begin(authority, NOTE, newId()));
    const wish = (expectedVersion: number) => ({ id, expectedVersion, idempotencyKey: newId() });
    await done(this.editions.save(authority, wish(1), NOTE, wanting(content)));
    await done(this.editions.publish(security, wish(2)));
  }
}

function wanting({ rules, chains }: EditionContent): EditionContent {
  return {
    rules,
    chains: chains.map((chain) => ({
      ...chain,
      steps: chain.steps.map((step) =>
        chain.key === LARGE && step.key === ACCEPTANCE ? { ...step, needsSeal: true } : step,
      ),
    })),
  };
}
