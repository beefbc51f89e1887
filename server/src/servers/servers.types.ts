import type { Bilingual } from '../kernel/bilingual.js';
import type { Origin } from '../kernel/origin.js';
import type { InputPath } from '../kernel/refusal.js';
import type { HostName } from './domain/match-serial.js';
import type { CpuMaker, ServerArchitecture } from './domain/processor.js';
import type { Accelerator, AcceleratorKind, ServerFacts } from './domain/server.js';
import type { ServerMove, ServerState, ServerUse, UseTerms } from './domain/server-state.js';

/** A server as it stands in the record. Its password is not in it: only BmcService opens that. */
export interface ServerRow extends Omit<ServerFacts, 'accelerators'>, ServerUse, UseTerms {
  readonly id: string;
  readonly state: ServerState;
  readonly version: number;
  /** What it is called among the holders of cabinets; null = it stands nowhere. */
  readonly holderId: string | null;
  readonly holdSubject: string | null;
  readonly bmcUsername: string | null;
  readonly hasCredential: boolean;
  readonly clusterHost: HostName | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

export interface ServerEventRow {
  readonly id: string;
  readonly serverId: string;
  readonly at: Date;
  readonly kind: string;
  /** What it was from then on. */
  readonly state: ServerState;
  readonly text: Bilingual;
  readonly actorName: string;
  readonly departmentId: string | null;
}

export interface NewServerEvent {
  readonly serverId: string;
  readonly kind: string;
  readonly state: ServerState;
  readonly text: Bilingual;
  readonly actorName: string;
  readonly departmentId: string | null;
  /** null = now; the past, when what already happened is taken in. */
  readonly at?: Date;
}

/** What became of a registered server before this console knew, each step at its day, and what it is at their end. */
export interface PastServerLife {
  readonly serverId: string;
  readonly state: ServerState;
  readonly use: ServerUse;
  readonly steps: readonly (Omit<NewServerEvent, 'serverId' | 'at'> & { readonly at: Date })[];
}

/** A locked row, what is to be done with it, and for whom; the caller has asked the table of states. */
export interface MoveOfServer {
  readonly row: ServerRow;
  readonly move: ServerMove;
  readonly given?: ServerUse;
  /** How the use begins that it is given; left out = now, by a request. */
  readonly begun?: UseTerms;
  readonly reason?: string;
  /** Where in the caller's input a refusal belongs. */
  readonly path?: InputPath;
}

export const SERVER_ORDERS = ['ASSET_NUMBER', 'NEWEST'] as const;
export type ServerOrder = (typeof SERVER_ORDERS)[number];

export interface ServerFilter {
  readonly centerId?: string | null;
  readonly states?: readonly ServerState[] | null;
  readonly cpuMaker?: CpuMaker | null;
  readonly architecture?: ServerArchitecture | null;
  /** Name of an accelerator that it has. */
  readonly accelerator?: string | null;
  readonly departmentId?: string | null;
  readonly systemId?: string | null;
  readonly modelId?: string | null;
  /** INTAKE = in use since before the console (期初). */
  readonly origin?: Origin | null;
  /** The holders that stand in one cabinet. */
  readonly holderIds?: readonly string[] | null;
  readonly search?: string | null;
}

/** So many servers of one state, in one center and architecture. */
export interface ServerTotals {
  readonly centerId: string;
  readonly architecture: ServerArchitecture;
  readonly state: ServerState;
  readonly count: number;
}

/** Pieces of one class of accelerators in the servers of one center that are in one state. */
export interface AcceleratorTotals {
  readonly centerId: string;
  readonly kind: AcceleratorKind;
  readonly name: string;
  readonly state: ServerState;
  readonly amount: number;
}

/** Each group leaves its own part of the filter aside. */
export interface ServerCounts {
  /** Of the whole filter. */
  readonly total: number;
  readonly byState: readonly { readonly state: ServerState; readonly count: number }[];
  readonly byMaker: readonly { readonly maker: CpuMaker; readonly count: number }[];
  /** count = servers that have it, amount = accelerators in them. */
  readonly byAccelerator: readonly {
    readonly kind: AcceleratorKind;
    readonly name: string;
    readonly count: number;
    readonly amount: number;
  }[];
}

export interface AcceleratorRow extends Accelerator {
  readonly serverId: string;
}

/** What a request wants of a standalone server; null = anything. */
export interface ServerCriteria {
  readonly centerId: string;
  readonly architecture?: ServerArchitecture | null;
  readonly cpuMaker?: CpuMaker | null;
  readonly modelId?: string | null;
  readonly coresMin?: number | null;
  readonly memoryMibMin?: number | null;
  readonly accelerator?: { readonly name: string; readonly countMin: number } | null;
}

/** A free server that suffices, with what ranks it. */
export type ServerCandidate = Pick<ServerRow, 'id' | 'memoryMib' | 'cores' | 'assetNumber' | 'holderId'>;

/** A registered server that has been at work since before the console. */
export interface ServerTakenIn {
  readonly serverId: string;
  readonly assetNumber: string;
  readonly departmentId: string;
  readonly systemId: string;
  readonly usedSince: Date;
  readonly sourcePlatform: string;
  /** Where in the caller's input it stands. */
  readonly path: InputPath;
}

/** A server that comes in with others: what it is, in which state of its life, and who uses it. */
export interface IncomingServer extends ServerFacts {
  /** Made by the caller, so that what stands beside it can name it. */
  readonly id: string;
  readonly state: ServerState;
  readonly use?: ServerUse;
  readonly since?: Date;
  /** Its place in a cabinet, which the caller takes in the same transaction. */
  readonly holderId?: string | null;
}
