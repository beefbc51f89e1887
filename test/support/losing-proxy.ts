import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Stands between the console and its database and can lose exactly one answer: the server has done it, nobody hears so. */
export class LosingProxy {
  readonly socketPath = join(tmpdir(), `jiyun-proxy-${process.pid}-${Math.random().toString(36).slice(2, 8)}.sock`);
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private armed: string | null = null;
  /** How many answers were lost. */
  lost = 0;

  constructor(private readonly target: string) {
    this.server = createServer((client) => this.join(client));
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(this.socketPath, resolve));
  }

  /** The answer to the next statement that contains the text never arrives; the connection breaks instead. */
  loseAnswerTo(statement: string): void {
    this.armed = statement;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private join(client: Socket): void {
    const upstream = connect(this.target);
    let losing = false;
    client.on('data', (bytes) => {
      if (this.armed !== null && bytes.includes(this.armed)) {
        this.armed = null;
        losing = true;
      }
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (!losing) {
        client.write(bytes);
        return;
      }
      this.lost += 1;
      client.destroy();
      upstream.destroy();
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
}
