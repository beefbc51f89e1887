import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { GraphQLSchemaBuilder } from '@nestjs/graphql/dist/graphql-schema.builder.js';
import { ResolversExplorerService } from '@nestjs/graphql/dist/services/resolvers-explorer.service.js';
import {
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  lexicographicSortSchema,
} from 'graphql';

type Resolver = GraphQLField<unknown, unknown>['resolve'];
type Subscriber = Pick<GraphQLField<unknown, unknown>, 'resolve' | 'subscribe'>;
/** By type and field, as Nest binds them to one application's instances. */
type Resolvers = Readonly<Record<string, Readonly<Record<string, Resolver | Subscriber>>>>;

/** By what is resolved: the classes say it, and a process has them once, however many applications stand on them. */
const shapes = new Map<string, Promise<GraphQLSchema>>();

/**
 * Apollo's driver with the schema put together directly. Nest's factory prints the schema that the classes make, parses
 * the print, makes a second schema of it to hang the resolvers on, and carries them back to the first: half a second of
 * a start, and the same schema in the end. Here they are hung on the first, and its sorted copy is the application's.
 */
@Injectable()
export class SchemaDriver extends ApolloDriver {
  constructor(
    modules: ModulesContainer,
    private readonly explorer: ResolversExplorerService,
    private readonly builder: GraphQLSchemaBuilder,
  ) {
    super(modules);
  }

  override async generateSchema(options: ApolloDriverConfig): Promise<GraphQLSchema> {
    const resolvers = this.explorer.explore() as Resolvers;
    const key = Object.entries(resolvers)
      .flatMap(([type, fields]) => Object.keys(fields).map((field) => `${type}.${field}`))
      .join();
    let shape = shapes.get(key);
    if (!shape) {
      shape = this.builder.build(true, options, this.explorer.getAllCtors());
      shapes.set(key, shape);
      shape.catch(() => shapes.delete(key));
    }
    // Without waiting in between: the shape is shared, and what hangs on it is copied with it.
    return withResolvers(await shape, resolvers);
  }
}

function withResolvers(shape: GraphQLSchema, resolvers: Resolvers): GraphQLSchema {
  const types = Object.entries(resolvers).map(([name, fields]) => {
    const type = shape.getType(name);
    if (!isObjectType(type) && !isInterfaceType(type))
      throw new Error(`${name} has resolvers, and is no type of the schema with fields`);
    return [type, Object.entries(fields)] as const;
  });
  // An interface's resolvers are those of its types; what a type has itself comes after, and stays.
  for (const [type, fields] of types)
    if (isInterfaceType(type))
      for (const each of shape.getImplementations(type).objects)
        for (const [name, resolver] of fields) hang(each, name, resolver);
  for (const [type, fields] of types) for (const [name, resolver] of fields) hang(type, name, resolver);
  return lexicographicSortSchema(shape);
}

function hang(type: GraphQLObjectType | GraphQLInterfaceType, name: string, resolver: Resolver | Subscriber): void {
  const field = type.getFields()[name];
  if (!field) throw new Error(`${type.name}.${name} has a resolver, and is not in the schema`);
  Object.assign(field, typeof resolver === 'object' ? resolver : { resolve: resolver });
}
