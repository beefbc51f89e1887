import { Args, Context, Field, ID, ObjectType, Query, Resolver, registerEnumType } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { notFound } from '../platform/graphql/errors.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { ResourcesService } from '../resources/resources.service.js';
import { ServersService } from '../servers/servers.service.js';
import { LiveObjects, type LiveObjectsOfResource, OBJECT_READS, type ObjectRead } from './live-objects.service.js';

const ObjectReadEnum = enumOf(OBJECT_READS);
registerEnumType(ObjectReadEnum, {
  name: 'ClusterObjectRead',
  valuesMap: {
    READ: { description: 'As the cluster said a moment ago.' },
    UNREACHABLE: { description: 'The cluster did not answer; what is wanted is told all the same.' },
    NO_CLUSTER: { description: 'Nothing of it stands in a cluster that this process knows.' },
  },
});

@ObjectType('ClusterObjectDifference')
class ClusterObjectDifferenceNode {
  @Field(() => String)
  path!: string;
  @Field(() => String, { description: 'JSON.' })
  wanted!: string;
  @Field(() => String, { nullable: true, description: 'JSON; null = it is not there.' })
  found!: string | null;
  @Field(() => String, { nullable: true, description: 'Who wrote it, as the cluster names its field managers.' })
  manager!: string | null;
}

@ObjectType('ClusterObject', {
  description: 'An object of a resource or a server, as it stands in its cluster; secrets are left out.',
})
class ClusterObjectNode {
  @Field(() => String)
  kind!: string;
  @Field(() => String)
  namespace!: string;
  @Field(() => String)
  name!: string;
  @Field(() => String, { nullable: true, description: 'YAML, without managedFields; null = it is not there.' })
  live!: string | null;
  @Field(() => String, { nullable: true, description: 'YAML; null = the console only reads it.' })
  wanted!: string | null;
  @Field(() => [ClusterObjectDifferenceNode])
  differences!: ClusterObjectDifferenceNode[];
  @Field(() => [String], { description: 'Who wrote fields of it, the latest first.' })
  managers!: string[];
}

@ObjectType('ResourceObjects')
class ResourceObjectsNode {
  @Field(() => ObjectReadEnum)
  read!: ObjectRead;
  @Field(() => Date)
  readAt!: Date;
  @Field(() => [ClusterObjectNode])
  objects!: ClusterObjectNode[];
}

@Resolver()
export class LiveObjectsResolver {
  constructor(
    private readonly live: LiveObjects,
    private readonly resources: ResourcesService,
    private readonly servers: ServersService,
  ) {}

  @Query(() => ResourceObjectsNode, {
    description:
      'What the cluster has of a resource, read now: for its department, and for those who bring what runs into the books.',
  })
  async resourceObjects(
    @Context() ctx: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<ResourceObjectsNode> {
    const scope = ctx.require('RESOURCE', 'READ');
    const resourceId = uuidOf('Resource', id);
    const row = resourceId === undefined ? null : await this.resources.inScope(scope, resourceId);
    // Who sees the whole province's resources sees their machinery only where that is their work.
    if (!row || (scope.kind === 'PROVINCE' && !scopeFor(ctx.requireViewer(), 'INTAKE', 'READ')))
      throw notFound(ctx.locale);
    return nodeOf(await this.live.of(row.id));
  }

  @Query(() => ResourceObjectsNode, {
    description: 'What its cluster has of a server, read now: for those who run the place.',
  })
  async serverObjects(
    @Context() ctx: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<ResourceObjectsNode> {
    const scope = ctx.require('SERVER', 'READ');
    ctx.require('INTAKE', 'READ');
    const serverId = uuidOf('Server', id);
    const row = serverId === undefined ? null : await this.servers.inScope(scope, serverId);
    if (!row) throw notFound(ctx.locale);
    return nodeOf(await this.live.ofServer(row));
  }
}

function nodeOf({ objects, read, readAt }: LiveObjectsOfResource): ResourceObjectsNode {
  return {
    ...{ read, readAt },
    objects: objects.map(({ differences, managers, ...object }) => ({
      ...object,
      managers: [...managers],
      differences: differences.map(({ found, manager, path, wanted }) => ({
        ...{ path, manager, wanted: JSON.stringify(wanted) },
        found: found === null ? null : JSON.stringify(found),
      })),
    })),
  };
}
