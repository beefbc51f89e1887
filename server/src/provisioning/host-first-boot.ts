import type { DesiredHost } from '../servers/domain/host-record.js';
import {
  FORGET_FIRST_BOOT,
  firstBootManifest,
  firstBootNameOf,
  firstBootPatch,
  isFirstBootOf,
} from './domain/desired-first-boot.js';
import { type HostPatch, provisionPatch } from './domain/desired-host.js';
import type { HostView } from './domain/observe-host.js';
import type { FencedWrites } from './fenced-writes.js';
import type { HostRecordsOfWorker } from './provisioning.types.js';

/**
 * Gives a host the account and the addresses that its installation boots with: in a Secret of that installation, written
 * before the host names it, and taken away once it has booted, or never will. Written twice it says the same.
 */
export class HostFirstBoot {
  constructor(
    private readonly writes: FencedWrites,
    private readonly hosts: Pick<HostRecordsOfWorker, 'firstBootOf'>,
  ) {}

  /** What makes the host install, with what it boots with ready beside it. */
  async provision(desired: DesiredHost, host: HostView): Promise<HostPatch> {
    const boot = await this.hosts.firstBootOf(desired);
    const patch = provisionPatch(desired);
    if (boot === null) return patch;
    const { namespace } = desired.host;
    const standing = await this.writes.standing({ kind: 'Secret', namespace, name: firstBootNameOf(desired) });
    await this.writes.applyOver(firstBootManifest(desired, boot, host.uid), standing);
    return { ...patch, spec: { ...patch.spec, ...firstBootPatch(desired, boot) } };
  }

  /** @returns whether the host named one of ours. The Secret goes first: until the host names it no longer, it is looked at again. */
  async forget({ host: { name, namespace } }: DesiredHost, host: HostView): Promise<boolean> {
    const { userData } = host;
    if (userData === undefined || !isFirstBootOf(name, userData)) return false;
    const key = { kind: 'Secret', namespace, name: userData } as const;
    const standing = await this.writes.standing(key);
    if (standing) await this.writes.remove(key, standing.uid);
    return true;
  }

  /** Of a host that has booted with it. @returns whether the host was changed, and is another than was seen. */
  async tidy(desired: DesiredHost, host: HostView | undefined): Promise<boolean> {
    const { intention, useId } = desired;
    if (intention !== 'PRESENT' || host?.consumer !== useId || host?.state !== 'provisioned') return false;
    if (!(await this.forget(desired, host))) return false;
    await this.writes.amend({ kind: 'BareMetalHost', ...desired.host }, host, FORGET_FIRST_BOOT);
    return true;
  }
}
