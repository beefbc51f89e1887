import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { TLSSocket } from 'node:tls';

const CONNECTED = 'undici:client:connected';

interface Connected {
  readonly connectParams?: { readonly host?: string };
  readonly socket?: unknown;
}

/** Until when the certificate holds that a server showed at its last TLS handshake: looked at in passing, no connection of its own. */
export class SeenCertificate {
  private until: Date | null = null;
  private readonly listener = (message: unknown): void => this.connected(message as Connected);

  /** @param hostOf the host and port that is listened for; known only once a kubeconfig has been read. */
  constructor(private readonly hostOf: () => string | undefined) {
    subscribe(CONNECTED, this.listener);
  }

  get validUntil(): Date | null {
    return this.until;
  }

  close(): void {
    unsubscribe(CONNECTED, this.listener);
  }

  private connected({ connectParams, socket }: Connected): void {
    if (!(socket instanceof TLSSocket) || connectParams?.host !== this.hostOf()) return;
    const until = Date.parse(socket.getPeerCertificate()?.valid_to ?? '');
    if (!Number.isNaN(until)) this.until = new Date(until);
  }
}
