import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { AccountingRepository, type RuleFrom } from './accounting.repository.js';
import type { Month } from './domain/accounting-units.js';

/** 折算规则 as they are taken in when a province begins; what was accounted by a rule stays so. */
@Injectable()
export class ProrationRules {
  constructor(private readonly repository: AccountingRepository) {}

  add(tx: Tx, rule: RuleFrom): Promise<void> {
    return this.repository.insertRule(tx, rule);
  }

  /** The first month that is accounted for; null = none is. */
  async firstMonth(): Promise<Month | null> {
    return (await this.repository.rules())[0]?.from ?? null;
  }
}
