import { Injectable } from '@nestjs/common';
import { parseNodeId } from '../../kernel/node-id.js';
import type { RequestContext } from './request-context.js';

/** Loads one node of a type within the viewer's scope; null = not there or not theirs. */
export type NodeSource = (context: RequestContext, uuid: string) => Promise<object | null>;

/** Each feature says how its nodes are loaded, so that `node(id)` needs to know none of them. */
@Injectable()
export class NodeRegistry {
  private readonly sources = new Map<string, NodeSource>();

  register(type: string, source: NodeSource): void {
    if (this.sources.has(type)) throw new Error(`two sources for nodes of type ${type}`);
    this.sources.set(type, source);
  }

  async load(context: RequestContext, nodeId: string): Promise<object | null> {
    const parsed = parseNodeId(nodeId);
    const source = parsed && this.sources.get(parsed.type);
    return source ? source(context, parsed.uuid) : null;
  }
}
