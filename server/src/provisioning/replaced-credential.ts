import type { DesiredHost } from '../servers/domain/host-record.js';
import { credentialNameOf, credentialPatch, registrationManifests } from './domain/desired-host.js';
import type { FencedWrites } from './fenced-writes.js';
import type { SeenHost } from './host-view.js';
import type { HostRecordsOfWorker } from './provisioning.types.js';

/** What came of a credential that replaced another: in the Secret (with its version), or as the operator found it. */
export type CredentialNews =
  | { readonly what: 'SENT'; readonly version: string | null }
  | { readonly what: 'CHECKED'; readonly trouble: string | null };

/** While it is not registered, its registration carries the credential. */
const ONBOARDING = ['', 'unmanaged', 'registering'];

/**
 * Carries a BMC credential that was replaced after the registration to the cluster's Secret, which the console writes and
 * never reads; then touches the host, so that the operator tries it. Written twice it says the same.
 */
export class ReplacedCredential {
  constructor(
    private readonly writes: FencedWrites,
    private readonly hosts: Pick<HostRecordsOfWorker, 'credentialOf'>,
  ) {}

  async step(desired: DesiredHost, { host }: SeenHost): Promise<CredentialNews | undefined> {
    if (host === undefined || host.leaving || !desired.registered || ONBOARDING.includes(host.state)) return undefined;
    if (desired.credentialRound > desired.credentialSent) return this.send(desired, host);
    const { credentialVersion } = desired;
    if (credentialVersion === null) return undefined;
    if (host.goodCredential === credentialVersion) return { what: 'CHECKED', trouble: null };
    const isRefused = host.triedCredential === credentialVersion && host.errorType === 'registration error';
    return isRefused ? { what: 'CHECKED', trouble: host.errorMessage ?? '?' } : undefined;
  }

  private async send(desired: DesiredHost, host: NonNullable<SeenHost['host']>): Promise<CredentialNews | undefined> {
    const { name, namespace } = desired.host;
    // Before the record is asked: a newer one that was written since is not written over by whoever slept.
    const standing = await this.writes.standing({ kind: 'Secret', namespace, name: credentialNameOf(name) });
    const credential = await this.hosts.credentialOf(desired.serverId);
    const secret = credential && registrationManifests(desired, credential).find(({ kind }) => kind === 'Secret');
    if (!secret) return undefined;
    const { metadata } = await this.writes.applyOver(secret, standing);
    await this.writes.amend({ kind: 'BareMetalHost', ...desired.host }, host, credentialPatch(desired));
    return { what: 'SENT', version: metadata.resourceVersion ?? null };
  }
}
