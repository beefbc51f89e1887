import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What a link does. CUT: refuses, and breaks what was open (a fiber torn out, the router says so). HALF_OPEN: takes everything
 * and hands on nothing, in both directions (a firewall that drops: nobody hears that anything is wrong).
 */
type Condition = 'OPEN' | 'CUT' | 'HALF_OPEN';

interface Joined {
  readonly near: Socket;
  readonly far: Socket;
}

/** One way between two ends of the bed, whichever of them calls. */
export class Link {
  private condition: Condition = 'OPEN';
  private delayMs = 0;
  private bytesLeft = Number.POSITIVE_INFINITY;
  private readonly joined = new Set<Joined>();
  /** Bytes handed on, both ways: a test that cuts a link over which nothing went proves nothing. */
  carried = 0;

  constructor(readonly name: string) {}

  cut(): void {
    this.condition = 'CUT';
    this.breakAll();
  }

  halfOpen(): void {
    this.condition = 'HALF_OPEN';
  }

  /** Each piece arrives so much later; what was sent first arrives first. */
  delay(ms: number): void {
    this.delayMs = ms;
  }

  /** After so many more bytes every connection of the link ends with a reset; then it is open again. */
  resetAfter(bytes: number): void {
    this.bytesLeft = bytes;
  }

  /** What was swallowed meanwhile is lost, so connections that missed anything are broken: TCP would not skip bytes either. */
  heal(): void {
    if (this.condition === 'HALF_OPEN') this.breakAll();
    this.condition = 'OPEN';
    this.delayMs = 0;
    this.bytesLeft = Number.POSITIVE_INFINITY;
  }

  /** @internal Of the front. */
  join(near: Socket, target: { readonly host: string; readonly port: number; readonly localAddress?: string }): void {
    near.on('error', () => {});
    if (this.condition === 'CUT') {
      near.resetAndDestroy();
      return;
    }
    if (this.condition === 'HALF_OPEN') {
      const pair = { near, far: near };
      this.joined.add(pair);
      near.resume();
      near.on('close', () => this.joined.delete(pair));
      return;
    }
    const far = connect(target);
    for (const socket of [near, far]) socket.setNoDelay(true);
    const pair = { near, far };
    this.joined.add(pair);
    this.hand(near, far);
    this.hand(far, near);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.joined.delete(pair);
        other.destroy();
      });
    }
  }

  private hand(from: Socket, to: Socket): void {
    let before: Promise<void> = Promise.resolve();
    from.on('data', (bytes) => {
      if (this.condition === 'HALF_OPEN') return;
      this.bytesLeft -= bytes.length;
      if (this.bytesLeft < 0) {
        this.bytesLeft = Number.POSITIVE_INFINITY;
        this.breakAll();
        return;
      }
      this.carried += bytes.length;
      const write = (): void => {
        if (to.destroyed || this.condition === 'HALF_OPEN') return;
        if (!to.write(bytes)) {
          from.pause();
          to.once('drain', () => from.resume());
        }
      };
      if (this.delayMs === 0) write();
      else {
        const due = sleep(this.delayMs);
        before = Promise.all([before, due]).then(write);
      }
    });
    from.on('end', () => {
      void before.then(() => to.end());
    });
  }

  private breakAll(): void {
    for (const { near, far } of [...this.joined]) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
    this.joined.clear();
  }
}

export interface FrontOptions {
  /** Where the others find it. */
  readonly host: string;
  readonly port: number;
  /** Where it really is. */
  readonly target: { readonly host: string; readonly port: number };
  /** The link of a caller, by the address from which it calls, and the address from which the target is to see the call. */
  readonly linkOf: (from: string) => { readonly link: Link; readonly localAddress?: string } | undefined;
}

/** The address by which everybody reaches one end; who calls decides over which link it goes. */
export class Front {
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  static async open({ host, port, target, linkOf }: FrontOptions): Promise<Front> {
    const server = createServer({ allowHalfOpen: false }, (near) => {
      const over = linkOf(near.remoteAddress ?? '');
      if (!over) {
        // A caller that is on no link of the bed would go round the faults.
        near.resetAndDestroy();
        return;
      }
      over.link.join(near, { ...target, ...(over.localAddress ? { localAddress: over.localAddress } : {}) });
    });
    const front = new Front(server);
    server.listen(port, host);
    await once(server, 'listening');
    return front;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close').catch(() => undefined);
  }
}
