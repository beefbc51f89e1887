import type { OnModuleInit } from '@nestjs/common';
import { Resolver } from '@nestjs/graphql';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { StoredFileNode } from './files.graphql.js';
import { FilesService } from './files.service.js';

@Resolver(() => StoredFileNode)
export class FilesResolver implements OnModuleInit {
  constructor(
    private readonly files: FilesService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('StoredFile', async (ctx, id) => {
      const file = await this.files.readable(ctx.requireViewer(), id);
      return file && new StoredFileNode(file);
    });
  }
}
