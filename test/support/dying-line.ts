import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether the database still gets the statement at which the process dies. */
export type Moment = 'BEFORE' | 'AFTER';
/** The so-manieth statement of transactions from now on, from 1; or the so-manieth commit of one that wrote anything. */
export type Place = number | { readonly commit: number };

/** Length and number of a packet, and its command, stand before the statement. */
const PACKET_HEAD = 5;
const VERB_MAX = 10;
const WRITES = /^\s*(insert|update|delete|replace)\b/i;

/**
 * The line between a process and its database, for the death of that process (kill -9) at a chosen statement of a
 * transaction: from then on the database hears nothing more of it, and rolls back what was open. What is read outside of
 * transactions is not counted: it goes over several connections, in no order. The process itself lives on only so that
 * one test can kill it many times; nothing that it still tries has any effect until it is begun anew.
 */
export class DyingLine {
  readonly socketPath = join(tmpdir(), `jiyun-line-${process.pid}-${Math.random().toString(36).slice(2, 8)}.sock`);
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private diesAt: { readonly statement: Place; readonly moment: Moment } | null = null;
  private sent = 0;
  private commits = 0;
  private dead = false;
  private onlyBreaks = false;
  private broken = 0;
  private counted: Socket | null = null;
  /** Whether the transaction under way has written. */
  private wrote = false;
  /** The database's own numbers of the connections that ran over here. */
  readonly threadIds = new Set<number>();

  constructor(private readonly target: string) {
    this.server = createServer((client) => this.join(client));
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(this.socketPath, resolve));
  }

  /** Statement 1 is the beginning of the next transaction. */
  dieAt(statement: Place, moment: Moment): void {
    [this.sent, this.commits, this.counted, this.wrote] = [0, 0, null, false];
    [this.diesAt, this.onlyBreaks] = [{ statement, moment }, false];
  }

  /** Only the connections end there: the process goes on, and may connect again at once. */
  breakAt(statement: number, moment: Moment): void {
    this.dieAt(statement, moment);
    this.onlyBreaks = true;
  }

  /** How often the line has broken so far. */
  get breaks(): number {
    return this.broken;
  }

  /** Statements of transactions since it was last said where to die. */
  get statements(): number {
    return this.sent;
  }

  get hasDied(): boolean {
    return this.dead;
  }

  /** A new process takes the place of the dead one. */
  beginAnew(): void {
    [this.dead, this.diesAt] = [false, null];
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private die(): void {
    if (this.onlyBreaks) [this.diesAt, this.broken] = [null, this.broken + 1];
    else this.dead = true;
    for (const socket of this.sockets) socket.destroy();
  }

  private isPlace(commits: boolean): boolean {
    const place = this.diesAt?.statement;
    return typeof place === 'object' ? commits && this.commits === place.commit : this.sent === place;
  }

  private join(client: Socket): void {
    if (this.dead) {
      client.destroy();
      return;
    }
    const upstream = connect(this.target);
    client.on('data', (bytes) => {
      if (this.dead) return;
      if (this.diesAt && bytes.includes('START TRANSACTION')) [this.counted, this.wrote] = [client, false];
      const counts = client === this.counted;
      const ends = counts && bytes.includes('COMMIT');
      if (counts) this.sent += 1;
      if (counts && WRITES.test(bytes.toString('latin1', PACKET_HEAD, PACKET_HEAD + VERB_MAX))) this.wrote = true;
      const commits = ends && this.wrote;
      if (commits) this.commits += 1;
      // The next transaction may go over another connection.
      if (ends || (counts && bytes.includes('ROLLBACK'))) this.counted = null;
      if (!counts || !this.isPlace(commits) || this.diesAt === null) {
        upstream.write(bytes);
        return;
      }
      // Nobody reads the answer to the last one, and the end of the connection comes right behind it.
      if (this.diesAt.moment === 'AFTER') upstream.end(bytes, () => this.die());
      else this.die();
    });
    upstream.once('data', (greeting) => this.threadIds.add(threadIdOf(greeting)));
    upstream.on('data', (bytes) => client.write(bytes));
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

/** Of the database's first packet: 4 bytes of length and number, 1 of protocol, its version as text, then the id. */
function threadIdOf(greeting: Buffer): number {
  return greeting.readUInt32LE(greeting.indexOf(0, 5) + 1);
}
