/** What a guest makes of its first boot: its cards as cloud-init was told to set them up. */
import { at, type JsonObject, type KubeObject, objectAt, objectsAt, textAt } from '../json.js';
import { secret } from '../kinds/core.js';
import { networkAttachmentDefinition } from '../kinds/networking.js';
import { namespaceOf } from '../store/store.js';
import type { World } from './world.js';

/** Addresses by the card's own, lower-case. A guest that cannot read its configuration has none, as in life. */
export function addressesOfCards(instance: KubeObject, world: World): ReadonlyMap<string, readonly string[]> {
  const names = objectsAt(instance, 'spec', 'volumes').flatMap((volume) => {
    const name = textAt(volume, 'cloudInitNoCloud', 'networkDataSecretRef', 'name');
    return name === undefined ? [] : [name];
  });
  const found = new Map<string, readonly string[]>();
  for (const name of names) {
    const text = textAt(world.get(secret, namespaceOf(instance), name), 'data', 'networkdata');
    for (const card of Object.values(objectAt(parsed(text), 'ethernets') ?? {})) {
      const mac = textAt(card as JsonObject, 'match', 'macaddress');
      const addresses = at(card as JsonObject, 'addresses');
      if (mac === undefined || !Array.isArray(addresses)) continue;
      found.set(
        mac.toLowerCase(),
        addresses.flatMap((each) => (typeof each === 'string' ? [each.replace(/\/\d+$/, '')] : [])),
      );
    }
  }
  return found;
}

function parsed(base64: string | undefined): JsonObject | undefined {
  if (base64 === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(base64, 'base64').toString()) as JsonObject;
  } catch {
    return undefined;
  }
}

/** The first of the networks that an instance names and that is not there; undefined = all are. */
export function missingNetwork(instance: KubeObject, world: World): string | undefined {
  return objectsAt(instance, 'spec', 'networks')
    .flatMap((network) => textAt(network, 'multus', 'networkName') ?? [])
    .find((named) => {
      const [name = '', namespace = namespaceOf(instance)] = named.split('/').toReversed();
      return world.get(networkAttachmentDefinition, namespace, name) === undefined;
    });
}
