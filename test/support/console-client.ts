import { Agent, request } from 'node:http';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

export interface GraphqlAnswer<T> {
  readonly data?: T;
  readonly errors?: readonly { message: string; path?: string[]; extensions?: { code?: string; traceId?: string } }[];
}

// biome-ignore lint/suspicious/noExplicitAny: answers are whatever the test's own document asks for.
type Data = any;

/** Before the server's five seconds are over: a question on a connection that it is just closing is lost. A question itself may take longer. */
const IDLE_MS = 3_000;
/** `fetch` takes three times as much of the processor for a question (0.6 ms, 0.2 ms), and a matrix of rights asks tens of thousands. */
const agent = new Agent({ keepAlive: true, timeout: IDLE_MS });

const SIGN_IN =
  'mutation S($input: SignInInput!) { signIn(input: $input) { viewer { id username } errors { code message } } }';

/** What a browser does, without the browser: one cookie, GraphQL over HTTP and WebSocket. */
export class ConsoleClient {
  private constructor(
    readonly url: string,
    readonly cookie: string | undefined,
  ) {}

  static anonymous(url: string): ConsoleClient {
    return new ConsoleClient(url, undefined);
  }

  /** @param query the console's own text, where nothing else is answered. */
  static async signIn(url: string, username: string, password: string, query = SIGN_IN): Promise<ConsoleClient> {
    const response = await ConsoleClient.anonymous(url).post({
      query,
      variables: { input: { username, password } },
    });
    const answer = (await response.json()) as GraphqlAnswer<Data>;
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
    if (!cookie || answer.data?.signIn.viewer === null)
      throw new Error(`${username} cannot sign in: ${JSON.stringify(answer)}`);
    return new ConsoleClient(url, cookie);
  }

  async post(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { ...this.headers, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  private get headers(): Record<string, string> {
    return {
      'content-type': 'application/json',
      'accept-language': 'en',
      ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
    };
  }

  /** The answer as it came, errors and all. */
  async ask(query: string, variables: Record<string, unknown> = {}): Promise<GraphqlAnswer<Data>> {
    const body = Buffer.from(JSON.stringify({ query, variables }));
    return await new Promise((resolve, reject) => {
      const headers = { ...this.headers, 'content-length': body.length };
      request(`${this.url}/graphql`, { agent, method: 'POST', headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.once('error', reject);
        response.once('end', () => {
          try {
            resolve(JSON.parse(Buffer.concat(parts).toString()));
          } catch (error) {
            reject(error);
          }
        });
      })
        .once('error', reject)
        .end(body);
    });
  }

  /** The data, or an error of the test. */
  async data(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const answer = await this.ask(query, variables);
    if (answer.errors || !answer.data) throw new Error(JSON.stringify(answer.errors ?? answer));
    return answer.data;
  }

  /** Subscribes and collects; `until` gives the first event that fits. */
  subscribe(query: string, variables: Record<string, unknown> = {}): Subscription {
    const { cookie } = this;
    class WithCookie extends WebSocket {
      constructor(address: string, protocols?: string | string[]) {
        super(address, protocols, { headers: cookie === undefined ? {} : { cookie } });
      }
    }
    const client = createClient({
      url: this.url.replace(/^http/, 'ws').concat('/graphql'),
      webSocketImpl: WithCookie,
      retryAttempts: 0,
    });
    const events: Data[] = [];
    const waiting = new Set<() => void>();
    let failure: unknown;
    const stop = client.subscribe(
      { query, variables },
      {
        next: (value) => {
          events.push(value);
          for (const wake of waiting) wake();
        },
        error: (error) => {
          failure = error;
          for (const wake of waiting) wake();
        },
        complete: () => {
          for (const wake of waiting) wake();
        },
      },
    );
    return {
      events,
      failure: () => failure,
      until: async (fits, limitMs = 30_000) => {
        const deadline = Date.now() + limitMs;
        for (;;) {
          const found = events.find((e) => fits(e));
          if (found) return found;
          if (failure !== undefined) throw failure;
          const left = deadline - Date.now();
          if (left <= 0) throw new Error(`no such event within ${limitMs} ms; last: ${JSON.stringify(events.at(-1))}`);
          await new Promise<void>((resolve) => {
            const timer = setTimeout(done, left);
            function done(): void {
              clearTimeout(timer);
              waiting.delete(done);
              resolve();
            }
            waiting.add(done);
          });
        }
      },
      stop: async () => {
        stop();
        await client.dispose();
      },
    };
  }
}

export interface Subscription {
  readonly events: Data[];
  failure(): unknown;
  until(fits: (event: Data) => boolean, limitMs?: number): Promise<Data>;
  stop(): Promise<void>;
}
