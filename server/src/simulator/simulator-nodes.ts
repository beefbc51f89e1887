import { PlacementCheckNode } from '../allocation/allocation.types.js';
import type { LineKind } from '../allocation/domain/line-kind.js';
import type { Check } from '../allocation/domain/placement-facts.js';
import { placedShare } from '../allocation/domain/request-plan.js';
import { unitsOf } from '../cabinets/domain/units.js';
import type { CenterNode } from '../facilities/facilities.types.js';
import { toNodeId } from '../kernel/node-id.js';
import type { RequestContext } from '../platform/graphql/request-context.js';
import { LineShareNode, SharePreviewNode } from '../requests/request-lines.graphql.js';
import type { BeforeAfter, SpaceChange } from './domain/figures.js';
import type { Hint } from './domain/hints.js';
import type { WhatIfLineResult } from './domain/what-if.js';
import type { WhatIfHintNode, WhatIfLineNode, WhatIfSpaceNode } from './simulator.types.js';

const GRAMS_PER_KG = 1000;

export function lineNode(ctx: RequestContext, line: WhatIfLineResult, kind: LineKind): WhatIfLineNode {
  const told = (check: Check) => PlacementCheckNode.of(check, (text) => ctx.say(text));
  return {
    ...{ index: line.index, kind, asked: line.asked, placed: line.placed },
    shares: line.shares.map((share) =>
      Object.assign(new SharePreviewNode(), LineShareNode.of(placedShare(share, null)), {
        feasible: share.feasible,
        checks: share.checks.map(told),
      }),
    ),
    checks: line.checks.map(told),
    hints: line.hints.map((hint) => hintNode(ctx, hint)),
  };
}

function hintNode(ctx: RequestContext, { text, change }: Hint): WhatIfHintNode {
  const { centerId, count = null, localMode = null, remoteMode = null, zone = null } = change;
  const { storageTier = null, architecture = null, apart = null } = change;
  return {
    ...{ text: ctx.say(text), count, localMode, remoteMode, zone, storageTier, architecture, apart },
    centerId: centerId === undefined ? null : toNodeId('Center', centerId),
  };
}

export function spaceNode(space: SpaceChange, center: CenterNode): WhatIfSpaceNode {
  const { zone, cabinets, powerW } = space;
  const scaled = ({ before, after }: BeforeAfter, by: (amount: number) => number) => ({
    before: by(before),
    after: by(after),
  });
  return {
    ...{ center, zone, cabinets, powerW },
    units: scaled(space.halfUnits, unitsOf),
    weightKg: scaled(space.weightGrams, (grams) => Math.round(grams / GRAMS_PER_KG)),
  };
}
