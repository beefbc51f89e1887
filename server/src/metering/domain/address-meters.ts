/** Decides what an address counts as while it is had. */
import { meterOfAddress } from '../../networks/domain/address-meter.js';
import type { Quantities } from './meter-units.js';

/** One of a meter while it is had. */
export function quantitiesOfAddress(address: Parameters<typeof meterOfAddress>[0]): Quantities {
  return { [meterOfAddress(address)]: 1 };
}
