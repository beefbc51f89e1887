/** Decides which of a server's cards takes which of its networks: whoever cables it keeps to that, and its first boot is told so. */
import type { ServerNetwork } from './host-record.js';

export interface CardOfNetwork {
  readonly network: ServerNetwork;
  /** Its place among the cards of the record. */
  readonly card: number;
  /** What tells it apart on a card that several share; null = the card is its own. */
  readonly vlanId: number | null;
}

/**
 * Networks take the cards in the order of the record; those that find none left are told apart by their VLAN on the last.
 * One that has no VLAN of its own, or no card at all, is left out.
 */
export function cardsOfNetworks(cards: number, networks: readonly ServerNetwork[]): CardOfNetwork[] {
  const last = cards - 1;
  return networks.flatMap((network, at): CardOfNetwork[] => {
    if (at <= last && (at < last || networks.length <= cards)) return [{ network, card: at, vlanId: null }];
    return network.vlanId === null || last < 0 ? [] : [{ network, card: last, vlanId: network.vlanId }];
  });
}
