import { useTranslation } from 'react-i18next';
import type { CpuMaker, ServerState } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { ChipFilter } from '../../../ui/FilterBar';
import type { ServerCountsQuery } from '../servers.gql';
import { serverStates } from './server-states';

type Counts = ResultOf<typeof ServerCountsQuery>['serverCounts'];

type Props = {
  /** undefined = still on their way. */
  counts: Counts | undefined;
  makers: ReadonlyMap<CpuMaker, string>;
  states: readonly ServerState[];
  maker: CpuMaker | '';
  onStates: (states: ServerState[]) => void;
  onMaker: (maker: CpuMaker | '') => void;
};

/** How many there are of what, and the way to see only those. What there is none of is left out, unless it is chosen. */
export function CountChips({ counts, makers, states, maker, onStates, onMaker }: Props) {
  const { t } = useTranslation();
  const ofState = new Map(counts?.byState.map((group) => [group.state, group.count]));
  const ofMaker = new Map(counts?.byMaker.map((group) => [group.maker, group.count]));
  const share = counts && domesticShare(counts.byMaker);
  return (
    <div className="jy-counts">
      <ChipFilter
        label={t('server.state')}
        options={serverStates
          .filter((state) => !counts || ofState.has(state) || states.includes(state))
          .map((state) => ({
            value: state,
            text: t(`server.states.${state}`),
            total: counts && (ofState.get(state) ?? 0),
          }))}
        value={states}
        onChange={onStates}
      />
      <div>
        <ChipFilter
          label={t('server.maker')}
          options={[...makers]
            .filter(([key]) => !counts || ofMaker.has(key) || key === maker)
            .map(([key, name]) => ({ value: key, text: name, total: counts && (ofMaker.get(key) ?? 0) }))}
          value={maker === '' ? [] : [maker]}
          onChange={(chosen) => onMaker(chosen.at(-1) ?? '')}
        />
        {share !== undefined && share !== null && (
          <span className="jy-quiet-text">{t('server.domesticShare', { percent: share })}</span>
        )}
      </div>
    </div>
  );
}

/** 信创 of a hundred, rounded down so that not quite all is never all; null = there are no servers. */
export function domesticShare(groups: Counts['byMaker']): number | null {
  const total = groups.reduce((sum, group) => sum + group.count, 0);
  const domestic = groups.reduce((sum, group) => sum + (group.domestic ? group.count : 0), 0);
  return total === 0 ? null : Math.floor((domestic / total) * 100);
}
