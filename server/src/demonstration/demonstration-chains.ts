import { Injectable } from '@nestjs/common';
import { type Chain, type EditionContent, NO_CONDITION, type Rule } from '../approvals/domain/chain.js';
import { EditionsService } from '../approvals/editions.service.js';
import { say } from '../kernel/bilingual.js';
import { newId } from '../platform/database/ids.js';
import { done, type People } from './journey-people.js';

/** The chain that most requests take, and its step that takes them in, as the first edition calls them. */
const STANDARD = 'standard';
const ACCEPTANCE = 'acceptance';
const HOSTING = 'hosting';
const NOTE = '机柜空间受理时须有盖章申请表';

/** A second edition of the approval chains: by data alone cabinet space is taken in with the sealed form only. */
@Injectable()
export class DemonstrationChains {
  constructor(private readonly editions: EditionsService) {}

  /** Drafted by the cloud authority and put in force by another, as they are. */
  async wantSeals({ authority, security }: People): Promise<void> {
    const { content } = await this.editions.inForce();
    const id = await done(this.editions.begin(authority, NOTE, newId()));
    const wish = (expectedVersion: number) => ({ id, expectedVersion, idempotencyKey: newId() });
    await done(this.editions.save(authority, wish(1), { note: NOTE, content: wanting(content) }));
    await done(this.editions.publish(security, wish(2)));
  }
}

/** Its own chain, chosen first: the standard one, with a seal. */
function wanting({ rules, chains }: EditionContent): EditionContent {
  const standard = chains.find(({ key }) => key === STANDARD);
  if (!standard) throw new Error('the first edition of the chains has no standard one');
  const hosting: Chain = {
    key: HOSTING,
    title: say('托管流程', 'Chain for hosting'),
    steps: standard.steps.map((step) => (step.key === ACCEPTANCE ? { ...step, needsSeal: true } : step)),
  };
  const rule: Rule = {
    title: say('机柜空间', 'Cabinet space'),
    condition: { ...NO_CONDITION, kinds: ['CABINET'] },
    chainKey: HOSTING,
  };
  return { rules: [rule, ...rules], chains: [...chains, hosting] };
}
