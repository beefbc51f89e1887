import { Field, ID, ObjectType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import type { UserRow } from './users.types.js';

/** A colleague by name: no user name, no phone. */
@ObjectType('Person', { description: 'A colleague by name, for whoever must choose one.' })
export class PersonType {
  @Field(() => ID, { description: 'Of the User, whether or not the viewer may read the account.' })
  id: string;
  @Field(() => String)
  displayName: string;

  /** Resolved to `department` by the departments feature. */
  readonly departmentId: string | null;

  constructor(row: Pick<UserRow, 'id' | 'displayName' | 'departmentId'>) {
    this.id = toNodeId('User', row.id);
    this.displayName = row.displayName;
    this.departmentId = row.departmentId;
  }
}
