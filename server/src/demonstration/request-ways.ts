import { Injectable } from '@nestjs/common';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { ReviewService } from '../requests/review.service.js';
import { SubmissionService } from '../requests/submission.service.js';
import { type Answer, done, own, type People, type Way } from './journey-people.js';

/** Takes a draft as far as it is to go, by the acts of those whose turn it is. */
@Injectable()
export class RequestWays {
  constructor(
    private readonly review: ReviewService,
    private readonly submission: SubmissionService,
  ) {}

  /** @param held done when its capacity is held, before the first at the center signs. */
  async go(
    { applicant, head, acceptance, reviewer, allocator }: People,
    id: string,
    way: Way,
    held: () => Promise<void> = async () => {},
    /** Of the draft. */
    begunAt = 1,
  ): Promise<void> {
    let version = begunAt;
    const wish = () => ({ requestId: id, expectedVersion: version++, opinion: null, idempotencyKey: newId() });
    if (way === 'DRAFT') return;
    await done(this.review.move(applicant, own(applicant), 'SEND_FOR_SIGN_OFF', wish()));
    if (way === 'SENT') return;
    await done(this.submission.submit(head, own(head), { ...wish(), opinion: '同意' }));
    if (way === 'SUBMITTED') return;
    await held();
    // What stays inside its yearly plan has a shorter chain: whoever has no turn signs nothing.
    let last: Awaited<Answer> | null = null;
    for (const person of [acceptance, reviewer, allocator]) {
      last = await this.review.approve(person, WHOLE_PROVINCE, { ...wish(), opinion: '同意' });
      if (!last.ok) version -= 1;
    }
    if (last) await done(Promise.resolve(last));
  }
}
