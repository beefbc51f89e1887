import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';

export interface SavedView {
  readonly id: string;
  readonly userId: string;
  readonly listName: string;
  readonly place: number;
  readonly name: string;
  readonly state: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

@ObjectType('SavedView', { implements: () => [Node], description: '视图: a list as one person likes to see it.' })
export class SavedViewNode extends Node {
  @Field(() => String)
  list: string;

  @Field(() => String)
  name: string;

  @Field(() => String, { description: 'JSON of the console (filter, order, columns); the server reads nothing in it.' })
  state: string;

  @Field(() => Date)
  updatedAt: Date;

  constructor(view: SavedView) {
    super();
    this.id = toNodeId('SavedView', view.id);
    this.list = view.listName;
    this.name = view.name;
    this.state = view.state;
    this.updatedAt = view.updatedAt;
  }
}

@InputType({ description: 'A view of that name and list is replaced.' })
export class SaveViewInput {
  @Field(() => String)
  list!: string;
  @Field(() => String)
  name!: string;
  @Field(() => String)
  state!: string;
  @Field(() => ID)
  idempotencyKey!: string;
}

@InputType()
export class DeleteViewInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
}

@ObjectType()
export class SaveViewPayload {
  @Field(() => SavedViewNode, { nullable: true })
  view!: SavedViewNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType()
export class DeleteViewPayload {
  @Field(() => ID, { nullable: true })
  deletedId!: string | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
