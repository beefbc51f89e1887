import { type Type } from '@nestjs/common';
import { ArgsType, Field, ID, Int, InterfaceType, ObjectType } from '@nestjs/graphql';
import { PAGE_SIZE_MAX, type Page, type PageRequest, parseCursor, toCursor } from '../../kernel/page.js';
import { badInput } from './errors.js';

@InterfaceType('Node', {
  description: 'Anything with a lasting identity.',
  resolveType: (value: object) => Object.getPrototypeOf(value).constructor,
})
export abstract class Node {
  @Field(() => ID)
  id!: string;
}

@ObjectType('PageInfo')
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;
  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 20, description: `1 to ${PAGE_SIZE_MAX}` })
  first!: number;
  @Field(() => String, { nullable: true })
  after!: string | null;
}

export interface Connection<N> {
  nodes: N[];
  edges: { cursor: string; node: N }[];
  pageInfo: PageInfo;
  totalCount: number;
}

/** Makes the Relay connection and edge types of a node type, named after it. */
export function connectionOf<N extends object>(nodeType: Type<N>, name: string): Type<Connection<N>> {
  @ObjectType(`${name}Edge`)
  class Edge {
    @Field(() => String)
    cursor!: string;
    @Field(() => nodeType)
    node!: N;
  }
  @ObjectType(`${name}Connection`)
  class ConnectionType {
    @Field(() => [nodeType])
    nodes!: N[];
    @Field(() => [Edge])
    edges!: Edge[];
    @Field(() => PageInfo)
    pageInfo!: PageInfo;
    @Field(() => Int)
    totalCount!: number;
  }
  return ConnectionType as unknown as Type<Connection<N>>;
}

/** Reads first/after; keyParts is the number of parts of this list's sort key. Throws BAD_INPUT. */
export function pageRequest(args: { first: number; after?: string | null }, keyParts: number): PageRequest {
  if (!Number.isInteger(args.first) || args.first < 1 || args.first > PAGE_SIZE_MAX)
    throw badInput(`first must be 1 to ${PAGE_SIZE_MAX}`);
  const after = args.after ? parseCursor(args.after, keyParts) : null;
  if (after === undefined) throw badInput('after is not a cursor of this list');
  return { first: args.first, after };
}

export function toConnection<R, N>(
  page: Page<R>,
  toNode: (row: R) => N,
  keyOf: (row: R) => readonly string[],
): Connection<N> {
  const edges = page.rows.map((row) => ({ cursor: toCursor(keyOf(row)), node: toNode(row) }));
  return {
    nodes: edges.map((e) => e.node),
    edges,
    pageInfo: { hasNextPage: page.hasNextPage, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: page.totalCount,
  };
}

/** Of a list in the order of `newestOf`: by a time that two rows may share, and their id. */
export const NEWEST_CURSOR_PARTS = 2;

export function newestConnection<R extends { readonly id: string }, N>(
  page: Page<R>,
  toNode: (row: R) => N,
  timeOf: (row: R) => Date,
): Connection<N> {
  return toConnection(page, toNode, (row) => [timeOf(row).toISOString(), row.id]);
}
