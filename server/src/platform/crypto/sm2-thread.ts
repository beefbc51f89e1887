import { Worker } from 'node:worker_threads';

interface Waiting {
  readonly resolve: (value: string | boolean) => void;
  readonly reject: (error: Error) => void;
}

type Answer = { readonly id: number; readonly value?: string | boolean; readonly error?: string };

/** SM2 in one worker thread, started at the first use. The process stays alive for it only while an answer is due. */
export class Sm2Thread {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 1;

  /** DER, hexadecimal. */
  async sign(data: Uint8Array, privateKey: string): Promise<string> {
    return (await this.ask({ kind: 'sign', data, privateKey })) as string;
  }

  async verify(data: Uint8Array, signature: string, publicKey: string): Promise<boolean> {
    return (await this.ask({ kind: 'verify', data, signature, publicKey })) as boolean;
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
  }

  private ask(job: object): Promise<string | boolean> {
    const worker = this.started();
    const id = this.nextId;
    this.nextId += 1;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ id, ...job });
    });
  }

  private started(): Worker {
    if (this.worker) return this.worker;
    // .js when built, .ts under Jest, where Node strips the types itself.
    const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
    const worker = new Worker(new URL(`./sm2.worker${extension}`, import.meta.url), { execArgv: [] });
    worker.on('message', (answer: Answer) => this.settle(worker, answer));
    worker.on('error', (error) => this.fail(worker, error));
    worker.on('exit', () => this.fail(worker, new Error('the SM2 thread has ended')));
    this.worker = worker;
    return worker;
  }

  private settle(worker: Worker, { id, value, error }: Answer): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (this.waiting.size === 0) worker.unref();
    if (error !== undefined) waiting?.reject(new Error(error));
    else waiting?.resolve(value as string | boolean);
  }

  /** Everyone who waits is told; the next one starts a new thread. */
  private fail(worker: Worker, error: Error): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
