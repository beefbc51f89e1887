import { Injectable } from '@nestjs/common';
import type { PriceMissing } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { type MachineQuote, type MachineToPrice, quoteMachine, type UnitPrice } from './domain/quote.js';
import { PricingRepository } from './pricing.repository.js';

@Injectable()
export class PricingService {
  constructor(private readonly repository: PricingRepository) {}

  unitPrices(): Promise<UnitPrice[]> {
    return this.repository.unitPrices();
  }

  /** What each machine costs a month, in the order asked, by one statement. Also the batch of a loader. */
  quotes = async (machines: readonly MachineToPrice[]): Promise<Result<MachineQuote, PriceMissing>[]> => {
    const prices = await this.repository.unitPrices();
    return machines.map((machine) => quoteMachine(prices, machine));
  };

  /** What one machine costs a month, or PRICE_MISSING. */
  async quote(machine: MachineToPrice): Promise<Result<MachineQuote, PriceMissing>> {
    return quoteMachine(await this.repository.unitPrices(), machine);
  }

  add(tx: Tx, prices: readonly UnitPrice[]): Promise<void> {
    return this.repository.insert(tx, prices);
  }
}
