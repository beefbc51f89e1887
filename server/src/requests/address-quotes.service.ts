import { Injectable } from '@nestjs/common';
import type { RequestPlan } from '../allocation/domain/request-plan.js';
import type { Fen } from '../kernel/money.js';
import { MachineAddresses } from '../networks/machine-addresses.service.js';
import { quoteUnits } from '../pricing/domain/quote.js';
import type { Quotation } from './quotation.service.js';

export interface QuotedAddresses {
  /** Of both families. */
  readonly count: number;
  /** A month of those that have a price. */
  readonly monthlyFen: Fen;
}

/** What the addresses of machines cost beside them, where the plan puts them. */
@Injectable()
export class AddressQuotes {
  constructor(private readonly addresses: MachineAddresses) {}

  /** null = none of it answers on a network that is kept here. Of servers nothing is said: which zone theirs is, their cabinet says. */
  async of({ lines, prices }: Pick<Quotation, 'lines' | 'prices'>, plan: RequestPlan): Promise<QuotedAddresses | null> {
    const answering = plan.lines.flatMap(({ index, shares }) => {
      const thing = lines[index]?.thing;
      return thing?.kind === 'VM'
        ? shares.flatMap(({ addresses = 0, centerId }) =>
            addresses > 0 && centerId !== null ? [{ addresses, centerId, zone: thing.vm.zone }] : [],
          )
        : [];
    });
    if (answering.length === 0) return null;
    const meters = await this.addresses.metersOf();
    let [count, monthlyFen] = [0, 0n];
    for (const { addresses, centerId, zone } of answering)
      for (const meter of meters.get(`${centerId} ${zone}`) ?? []) {
        const price = quoteUnits(prices, { meter, quantity: 1n, centerId });
        count += addresses;
        if (price.ok) monthlyFen += price.value * BigInt(addresses);
      }
    return { count, monthlyFen };
  }
}
