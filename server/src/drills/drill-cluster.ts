import { type Bilingual, say } from '../kernel/bilingual.js';
import { both } from '../kernel/said.js';
import { ClusterFailure } from '../provisioning/domain/cluster-failure.js';
import {
  type ClusterKind,
  type ClusterObject,
  keyOf,
  keyText,
  type Manifest,
  type ObjectKey,
} from '../provisioning/domain/cluster-object.js';
import { MARK } from '../provisioning/domain/marks.js';
import type { ClusterGateway } from '../provisioning/domain/ports.js';
import {
  DENY_POLICY,
  DRILL_MANAGER,
  type DrillGround,
  drillNamespace,
  isOfDrill,
  mayTouch,
  type Touch,
} from './domain/isolation.js';

export const NO_CLUSTER = say(
  '中心没有可用的集群连接，无法清理；恢复连接后请重试',
  'The center has no cluster that can be reached from here: nothing can be cleaned up. Try again when it is connected',
);
export const NOT_SHUT = say(
  '隔离命名空间里有放行外部流量的网络策略，不能证明隔离；请删除后系统会继续',
  'A network policy in the isolated namespace lets traffic through, so that it is not proved to be isolated: delete the policy, and the console goes on',
);

/** As final as what a cluster refuses for good, and in words of the console. */
class DrillRefused extends ClusterFailure {
  constructor(readonly said: Bilingual) {
    super('PERMANENT', said.zh);
  }
}

export function machineGone(name: string): DrillRefused {
  return new DrillRefused(
    say(`${name} 在集群中已不存在，无法复制`, `${name} is in the cluster no more: there is nothing to copy`),
  );
}

export function saidOf(error: ClusterFailure): Bilingual {
  return error instanceof DrillRefused ? error.said : both(error.message);
}

/** What a drill is let do in a cluster at all. Every call of a drill goes through here, and nothing of production comes through. */
export class DrillCluster {
  constructor(
    private readonly gateway: Pick<ClusterGateway, 'apply' | 'get' | 'list' | 'remove'>,
    private readonly ground: DrillGround,
    /** Asked right before each write goes out: what it throws is thrown, and nothing goes out. */
    private readonly stillMay: () => void,
  ) {}

  /** Reading is let by everywhere. */
  get(key: ObjectKey): Promise<ClusterObject | undefined> {
    return this.gateway.get(key);
  }

  list(kind: ClusterKind): Promise<readonly ClusterObject[]> {
    return this.gateway.list(kind);
  }

  /** The drills' own place and what shuts it: put right whenever somebody has changed it. Not where its name is another's. */
  async keep(manifest: Manifest): Promise<void> {
    const key = this.within(keyOf(manifest), 'WRITE');
    const live = await this.gateway.get(key);
    if (live && live.metadata.labels?.[MARK.managedBy] !== DRILL_MANAGER)
      throw new DrillRefused(
        say(
          `${key.kind} ${keyText(key)} 已存在且不属于演练，未作改动`,
          `${key.kind} ${keyText(key)} is there and is no drill’s; nothing was changed`,
        ),
      );
    await this.gateway.apply(manifest, { stillMay: this.stillMay });
  }

  /** Made once: what is there already is this drill's, or the drill does not go on. */
  async make(manifest: Manifest): Promise<ClusterObject> {
    const key = this.within(keyOf(manifest), 'WRITE');
    const live = await this.gateway.get(key);
    if (live === undefined) return this.gateway.apply(manifest, { only: null, stillMay: this.stillMay });
    if (isOfDrill(this.ground, live)) return live;
    throw new DrillRefused(
      say(
        `${key.kind} ${keyText(key)} 已存在且不属于本次演练，未作改动`,
        `${key.kind} ${keyText(key)} is there and is not this drill’s; nothing was changed`,
      ),
    );
  }

  /** By its own uid. @returns whether nothing of that name and of this drill is there any more. */
  async remove(key: ObjectKey): Promise<boolean> {
    const own = this.within(key, 'REMOVE');
    const live = await this.gateway.get(own);
    // Another's of that name is none of this drill's, and stays.
    if (live === undefined || !isOfDrill(this.ground, live)) return true;
    if (live.metadata.deletionTimestamp !== undefined) return false;
    this.stillMay();
    await this.gateway.remove(own, { uid: live.metadata.uid ?? '' });
    return false;
  }

  private within(key: ObjectKey, touch: Touch): ObjectKey {
    if (mayTouch(this.ground, key, touch)) return key;
    throw new Error(
      `drill ${this.ground.code} may not touch ${key.kind} ${keyText(key)}: it is not within ${drillNamespace(this.ground)} or not its own (${DENY_POLICY} is shared)`,
    );
  }
}
