import { Injectable } from '@nestjs/common';
import type { Architecture } from '../facilities/domain/facility.js';
import type { Fen } from '../kernel/money.js';
import type { PriceMissing } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import {
  type MachineQuote,
  type MachineToPrice,
  type NewUnitPrice,
  quoteMachine,
  type UnitPrice,
} from './domain/quote.js';
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

  /** What one machine costs a month, with its disk; PRICE_MISSING names the meter. */
  async monthlyPrice(machine: {
    readonly architecture: Architecture;
    readonly vcpu: number;
    readonly memoryMib: number;
    readonly diskGib: number;
    readonly storageTier: 'SSD' | 'HDD';
  }): Promise<Result<Fen, PriceMissing>> {
    const { architecture, vcpu, memoryMib, diskGib, storageTier } = machine;
    const disk = { tier: storageTier, gib: diskGib };
    const quote = quoteMachine(await this.repository.unitPrices(), { architecture, vcpu, memoryMib, disk });
    return quote.ok ? ok(quote.value.monthly) : refuse(quote.error);
  }

  add(tx: Tx, prices: readonly NewUnitPrice[]): Promise<void> {
    return this.repository.insert(tx, prices);
  }
}
