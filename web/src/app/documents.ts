import { type DocumentNode, Kind } from 'graphql';

// Documents live in *.gql.ts files that import nothing but the tag, so that the build can load them without a page.
const modules: Record<string, Record<string, DocumentNode>> = import.meta.glob('../**/*.gql.ts', { eager: true });

/** Every operation of the console, for the server's list of trusted documents. */
export const documents: DocumentNode[] = Object.values(modules)
  .flatMap((module) => Object.values(module))
  .filter((document) => document.definitions.some((definition) => definition.kind === Kind.OPERATION_DEFINITION));
