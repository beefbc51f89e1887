import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Stands between the console and its database and can lose exactly one statement, before the server has it or with its
 * answer only: then the server has done it, and nobody hears so.
 */
export class LosingProxy {
  readonly socketPath = join(tmpdir(), `jiyun-proxy-${process.pid}-${Math.random().toString(36).slice(2, 8)}.sock`);
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly clients = new Set<Socket>();
  private armed: {
    readonly statement: string;
    readonly what: 'STATEMENT' | 'ANSWER';
    readonly staysDown: boolean;
  } | null = null;
  private down = false;
  /** How many were lost. */
  lost = 0;

  constructor(private readonly target: string) {
    this.server = createServer((client) => this.join(client));
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(this.socketPath, resolve));
  }

  /** The answer to the next statement that contains the text never arrives; the connection breaks instead. */
  loseAnswerTo(statement: string): void {
    this.armed = { statement, what: 'ANSWER', staysDown: false };
  }

  /** The same, or the statement itself; and from then on nothing gets through until somebody mends the line. */
  goDownAt(statement: string, what: 'STATEMENT' | 'ANSWER'): void {
    this.armed = { statement, what, staysDown: true };
  }

  mend(): void {
    this.down = false;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private join(client: Socket): void {
    if (this.down) {
      client.destroy();
      return;
    }
    this.clients.add(client);
    client.on('close', () => this.clients.delete(client));
    const upstream = connect(this.target);
    let losing = false;
    const lose = (): void => {
      this.lost += 1;
      client.destroy();
      upstream.destroy();
    };
    client.on('data', (bytes) => {
      const { armed } = this;
      if (armed === null || !bytes.includes(armed.statement)) {
        upstream.write(bytes);
        return;
      }
      this.armed = null;
      if (armed.staysDown) this.goDown(client);
      if (armed.what === 'STATEMENT') {
        lose();
        return;
      }
      losing = true;
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (losing) lose();
      else client.write(bytes);
    });
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
    }
  }

  /** All but the one whose statement is being lost. */
  private goDown(except: Socket): void {
    this.down = true;
    for (const socket of this.clients) if (socket !== except) socket.destroy();
  }
}
