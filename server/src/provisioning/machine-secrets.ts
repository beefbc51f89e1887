import type { MachineLogin, MachineLogins } from '../documents/machine-logins.service.js';
import { keyOf, type Manifest } from './domain/cluster-object.js';
import type { DesiredMachine } from './domain/desired-machine.js';
import { accessManifest, firstBootManifest } from './domain/desired-manifests.js';
import type { FencedWrites, SeenObject } from './fenced-writes.js';

/** What stands of a machine's secrets, by name, as far as this look has had a hand in it. */
export type SecretsWritten = ReadonlyMap<string, SeenObject>;

/**
 * The secrets that a machine starts and signs in with. They may be written and never read, so that what stands there must be
 * asked for by calls; a machine that is not there yet has none, and of what was just written the answer said the version.
 */
export class MachineSecrets {
  constructor(
    private readonly writes: FencedWrites,
    private readonly logins: Pick<MachineLogins, 'applied'>,
  ) {}

  /** Before a machine that is to be made: most likely nothing is there. Where something is, the cluster says so. */
  async make(desired: DesiredMachine, login: MachineLogin): Promise<SecretsWritten> {
    const written = await this.write(desired, login, null, async () => undefined);
    await this.toldOf(desired, login);
    return written;
  }

  /** With their owner, whose uid only the made machine has. */
  async own(desired: DesiredMachine, login: MachineLogin, machineUid: string, written: SecretsWritten): Promise<void> {
    await this.write(desired, login, machineUid, async ({ metadata }) => written.get(metadata.name));
  }

  /** Of a machine that is there: they were made with it. */
  async renew(desired: DesiredMachine, login: MachineLogin, machineUid: string): Promise<void> {
    await this.write(desired, login, machineUid, (manifest) => this.writes.standing(keyOf(manifest)));
    await this.toldOf(desired, login);
  }

  private async write(
    desired: DesiredMachine,
    login: MachineLogin,
    machineUid: string | null,
    supposed: (manifest: Manifest) => Promise<SeenObject | undefined>,
  ): Promise<SecretsWritten> {
    const written = new Map<string, SeenObject>();
    const manifests = [firstBootManifest, ...(login.access ? [accessManifest] : [])];
    for (const manifestOf of manifests) {
      const manifest = manifestOf(desired, login, machineUid);
      written.set(manifest.metadata.name, await this.writes.applyUnread(manifest, desired, await supposed(manifest)));
    }
    return written;
  }

  /** Before the machine is written: once it says that it is of this wish, nobody looks here again. */
  private async toldOf({ resourceId }: DesiredMachine, { access }: MachineLogin): Promise<void> {
    if (access?.resetId) await this.logins.applied(resourceId, access.resetId);
  }
}
