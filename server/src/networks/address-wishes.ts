import { say } from '../kernel/bilingual.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import { isUsable } from './domain/address-plan.js';
import { addressPlan } from './domain/network.js';
import { type Address, addressKey, parseAddress } from './ip-text.js';
import { factsOf } from './network-words.js';
import type { AddressClaimRow, AddressSubject, NetworkRow, SpecificWish } from './networks.types.js';

/** A wish with its address; null = no usable one of the network. */
type ReadWish = SpecificWish & { readonly address: Address | null };
type Found = { readonly address: Address; readonly subject: AddressSubject } | { readonly has: AddressClaimRow };

export function readWishes(network: NetworkRow, wishes: readonly SpecificWish[]): ReadWish[] {
  const plans = factsOf(network).families.map(addressPlan);
  return wishes.map((wish) => {
    const address = parseAddress(wish.text);
    const plan = address && plans.find((each) => each.prefix.family === address.family);
    return { ...wish, address: address && plan && isUsable(plan, address.value) ? address : null };
  });
}

export function keysOf(wishes: readonly ReadWish[]): string[] {
  return wishes.flatMap(({ address }) => (address ? [addressKey(address)] : []));
}

/** Each wish is an address to be claimed, a claim that its subject's own has already, or a refusal. `live` = what is not free of them. */
export function sortWishes(
  network: NetworkRow,
  wishes: readonly ReadWish[],
  live: readonly AddressClaimRow[],
): { readonly found: readonly Found[]; readonly refusals: readonly Refusal[] } {
  const taken = new Map<string, AddressClaimRow | null>(live.map((claim) => [claim.addressKey, claim]));
  const refusals: Refusal[] = [];
  const found: Found[] = [];
  for (const { address, subject, text, path, mayBeOf } of wishes) {
    if (!address) {
      refusals.push(outside(network, text, path));
      continue;
    }
    const key = addressKey(address);
    const has = taken.get(key);
    const own = has?.state !== 'QUARANTINE' && has?.subjectType === mayBeOf?.type && has?.subjectId === mayBeOf?.id;
    if (has === undefined) {
      // Twice in one list is one too many.
      taken.set(key, null);
      found.push({ address, subject });
    } else if (has && mayBeOf && own) found.push({ has });
    else refusals.push(takenAlready(text, path));
  }
  return { found, refusals };
}

function outside(network: NetworkRow, text: string, path: InputPath): Refusal {
  const message = say(
    `${text} 不是网络 ${network.code} 可用的地址`,
    `${text} is no usable address of network ${network.code}`,
  );
  return { code: 'INVALID_INPUT', path, rule: 'outside', message };
}

function takenAlready(text: string, path: InputPath): Refusal {
  const message = say(`${text} 已被占用或在隔离期`, `${text} is taken, or rests after its last use`);
  return { code: 'INVALID_INPUT', path, rule: 'taken', message };
}
