import type { ReadOnlyReason } from './node-choice.js';

/** How one node stands, for people. */
export interface NodeStanding {
  readonly name: string;
  /** WRITER: writes go through it. MEMBER: complete, with the majority. JOINING: takes or gives its state. */
  readonly standing: 'WRITER' | 'MEMBER' | 'JOINING' | 'MINORITY' | 'OLDER_HISTORY' | 'SILENT';
  readonly epoch: number | null;
}

export interface QuorumState {
  /** SWITCHING: the writer has failed and another is looked for; whoever writes waits. */
  readonly mode: 'WRITABLE' | 'SWITCHING' | 'READ_ONLY';
  readonly reason: ReadOnlyReason | null;
  readonly since: Date;
  /** Of the newest history that this console knows of; 0 = never forced. */
  readonly epoch: number;
  /** Empty = one server, that nobody votes about. */
  readonly nodes: readonly NodeStanding[];
}

/** Nothing is written: the majority is elsewhere, or nowhere. */
export class DatabaseReadOnly extends Error {
  override name = 'DatabaseReadOnly';
  constructor(
    readonly reason: ReadOnlyReason,
    readonly since: Date,
    /** The node went while it committed: nobody knows here what became of it. */
    readonly outcomeUnknown = false,
  ) {
    super(
      `the database takes no writes (${reason} since ${since.toISOString()}); ${outcomeUnknown ? 'what was being kept may have been' : 'nothing was changed'}`,
    );
  }
}

/** Whether the console's database may be written to, and what was learned on the way. */
export abstract class DatabaseQuorum {
  abstract state(): QuorumState;
  /** Returns when writes are taken; waits while the writer changes. @throws DatabaseReadOnly when they are not. */
  abstract writable(): Promise<void>;
  /**
   * Whether an error says that the node went, not that the statement was wrong: then what was not yet committed may be
   * done anew on another. Looks at once for another.
   */
  abstract nodeWent(error: unknown): boolean;
  abstract close(): Promise<void>;
}

/** The private database, or a single given one: whether it answers is said by each statement. */
export class SingleServer extends DatabaseQuorum {
  private readonly began = new Date();

  state(): QuorumState {
    return { mode: 'WRITABLE', reason: null, since: this.began, epoch: 0, nodes: [] };
  }

  async writable(): Promise<void> {}

  nodeWent(): boolean {
    return false;
  }

  async close(): Promise<void> {}
}
