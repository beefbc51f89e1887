import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** What a statement is to whoever watches. COMMIT: of a transaction that wrote to a resource or its claim. */
export type StatementKind = 'FENCE' | 'COMMIT';
export interface Statement {
  readonly kind: StatementKind;
  readonly done: boolean;
}
/** Asked before the database has it, and again before its answer goes back: the line waits for it, and breaks where it throws. */
export type StatementWatcher = (statement: Statement) => Promise<void>;

const WRITES_OF_A_RESOURCE = /\b(insert|update|delete)\b[^;]{0,40}`?\b(resource|claim|capacity_counter)\b/i;
const FENCE = 'as held from lease';

/** The line of one process to the tests' database, over TCP as a process elsewhere has it. One statement is under way on a connection. */
export class StatementLine {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  watcher: StatementWatcher | undefined;

  constructor(private readonly socketPath: string) {
    this.server = createServer((client) => this.join(client));
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private join(client: Socket): void {
    const upstream = connect(this.socketPath);
    let wrote = false;
    /** Whose answer is waited for. */
    let under: StatementKind | null = null;
    const inOrder = (from: Socket, to: Socket, pass: (bytes: Buffer) => Promise<void>): void => {
      let last = Promise.resolve();
      from.on('data', (bytes) => {
        last = last
          .then(() => pass(bytes))
          .then(
            () => void (to.destroyed || to.write(bytes)),
            () => {
              from.destroy();
              to.destroy();
            },
          );
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.sockets.delete(from);
        // What was still held back goes first: the process died, its last words may yet arrive.
        void last.then(() => to.end());
      });
      this.sockets.add(from);
    };
    inOrder(client, upstream, async (bytes) => {
      if (bytes.includes('START TRANSACTION')) wrote = false;
      if (WRITES_OF_A_RESOURCE.test(bytes.toString('latin1', 0, 400))) wrote = true;
      under = bytes.includes(FENCE) ? 'FENCE' : wrote && bytes.includes('COMMIT') ? 'COMMIT' : null;
      if (under === 'COMMIT') wrote = false;
      if (under !== null) await this.watcher?.({ kind: under, done: false });
    });
    inOrder(upstream, client, async () => {
      const answered = under;
      under = null;
      if (answered !== null) await this.watcher?.({ kind: answered, done: true });
    });
  }
}
