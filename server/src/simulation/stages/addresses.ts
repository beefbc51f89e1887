/** Addresses of a cluster's pod network: none is given twice among the instances that live. */
import { objectsAt, textAt } from '../json.js';
import { virtualMachineInstance } from '../kinds/kubevirt.js';
import { fnv1a } from '../random.js';
import type { World } from './world.js';

export interface Addresses {
  readonly ipv4: string;
  readonly ipv6: string;
}

/** Hosts of a /16 without the first and the last two hundred, which networks use for themselves. */
const HOSTS = 65_536 - 400;
const FIRST_HOST = 200;
/** Second byte of the range: 16 to 239, by seed, so that clusters beside each other differ. */
const RANGES = 224;
const FIRST_RANGE = 16;

/** The same instance gets the same address again where it is free: people notice when addresses move. */
export function freeAddresses(world: World, owner: string): Addresses {
  const taken = new Set<string>();
  for (const instance of world.objects.store.each(virtualMachineInstance)) {
    for (const each of objectsAt(instance, 'status', 'interfaces')) taken.add(textAt(each, 'ipAddress') ?? '');
  }
  const range = FIRST_RANGE + (Math.abs(world.seed) % RANGES);
  const start = fnv1a(owner) % HOSTS;
  for (let tried = 0; tried < HOSTS; tried += 1) {
    const host = FIRST_HOST + ((start + tried) % HOSTS);
    const ipv4 = `10.${range}.${host >> 8}.${host & 0xff}`;
    if (!taken.has(ipv4)) return { ipv4, ipv6: `fd10:${range.toString(16)}::${host.toString(16)}` };
  }
  throw new Error(`the pod network 10.${range}.0.0/16 is used up`);
}
