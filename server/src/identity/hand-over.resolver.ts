import {
  Args,
  Context,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors, UserError } from '../platform/graphql/user-error.js';
import { HandOver } from './hand-over.service.js';
import { PersonType } from './person.types.js';
import { WorkToHandOver } from './work-to-hand-over.service.js';

@ObjectType('WorkCount', { description: 'How much of one kind of work stands in a person’s name.' })
export class WorkCountType {
  @Field(() => String)
  key!: string;
  @Field(() => String)
  name!: string;
  @Field(() => Int)
  count!: number;
}

@ObjectType('HandOverPreview')
export class HandOverPreviewType {
  @Field(() => PersonType)
  from!: PersonType;
  @Field(() => [WorkCountType])
  parts!: WorkCountType[];
  @Field(() => Boolean, { description: 'Whether the viewer may disable the account in the same act.' })
  mayDisable!: boolean;
  readonly fromId!: string;
}

@InputType('HandOverInput')
export class HandOverInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID)
  fromId!: string;
  @Field(() => ID)
  toId!: string;
  @Field(() => String, { description: 'Why, 1-200 characters.' })
  reason!: string;
  @Field(() => Boolean, { description: 'The person leaves: the account is disabled and its sessions end.' })
  leaves!: boolean;
}

@ObjectType('HandOverPayload')
export class HandOverPayload {
  @Field(() => [WorkCountType])
  moved!: WorkCountType[];
  @Field(() => [UserError])
  errors!: UserError[];
}

@Resolver(() => HandOverPreviewType)
export class HandOverResolver {
  constructor(
    private readonly handOver: HandOver,
    private readonly work: WorkToHandOver,
  ) {}

  @Query(() => [PersonType], { description: 'Whose work the viewer may hand over, at most 50.' })
  async handOverPeople(
    @Context() ctx: RequestContext,
    @Args('search', { type: () => String, nullable: true, description: 'In the name.' }) search?: string | null,
  ): Promise<PersonType[]> {
    const people = await this.handOver.people(ctx.requireViewer(), searchText(search));
    return people.map((person) => new PersonType(person));
  }

  @Query(() => HandOverPreviewType, { nullable: true })
  async handOverPreview(
    @Context() ctx: RequestContext,
    @Args('fromId', { type: () => ID }) fromId: string,
  ): Promise<HandOverPreviewType | null> {
    const preview = await this.handOver.preview(ctx.requireViewer(), uuidOf('User', fromId));
    if (!preview) return null;
    const { from, parts, mayDisable } = preview;
    return {
      from: new PersonType(from),
      parts: parts.map((part) => ({ key: part.key, name: ctx.say(part.name), count: part.count })),
      mayDisable,
      fromId: from.id,
    };
  }

  @ResolveField(() => [PersonType], { description: 'Who may take the work, at most 50.' })
  async successors(
    @Context() ctx: RequestContext,
    @Parent() preview: HandOverPreviewType,
    @Args('search', { type: () => String, nullable: true, description: 'In the name.' }) search?: string | null,
  ): Promise<PersonType[]> {
    const people = await this.handOver.successors(ctx.requireViewer(), preview.fromId, searchText(search));
    return people.map((person) => new PersonType(person));
  }

  @Mutation(() => HandOverPayload, {
    description: '工作交接: moves everything in a person’s name to a successor, or nothing.',
  })
  async handOverWork(@Context() ctx: RequestContext, @Args('input') input: HandOverInput): Promise<HandOverPayload> {
    const { fromId, toId, reason, leaves, idempotencyKey } = input;
    const wish = { fromId: uuidOf('User', fromId), toId: uuidOf('User', toId), reason, leaves, idempotencyKey };
    const outcome = await this.handOver.handOver(ctx.requireViewer(), wish);
    if (!outcome.ok) return { moved: [], errors: toUserErrors(outcome.error, ctx.locale) };
    const names = new Map(this.work.parts.map((part) => [part.key, ctx.say(part.name)]));
    return {
      moved: outcome.value.moved.map((part) => ({ ...part, name: names.get(part.key) ?? part.key })),
      errors: [],
    };
  }
}
