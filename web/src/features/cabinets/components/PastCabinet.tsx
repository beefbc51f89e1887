import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { exactTime } from '../../../lib/time';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { PastCabinetQuery } from '../cabinets.gql';
import type { BoardCabinet } from './board-types';
import { HolderPanel } from './HolderPanel';
import { RackBoard } from './RackBoard';

const SIDES = ['FRONT', 'REAR'] as const;

/** A cabinet as it was at a moment: to look at, not to change. */
export function PastCabinet({ id, at, tools }: { id: string; at: string; tools: ReactNode }) {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({ query: PastCabinetQuery, variables: { id, at } });
  const cabinets = useMemo((): BoardCabinet[] => {
    if (!data) return [];
    const { holdersAsOf, ...cabinet } = data.cabinet;
    const holders = holdersAsOf.map(({ holderId, ...holder }) => ({
      ...holder,
      id: holderId,
      version: 0,
      heldUntil: null,
      usedSince: null,
      sourcePlatform: null,
      plannedForId: null,
      plannedMove: null,
    }));
    return [{ ...cabinet, holders }];
  }, [data]);
  const [cabinet] = cabinets;
  if (!cabinet)
    return error ? <FailureState failure={failureOf(error)} onRetry={() => ask()} /> : <LoadingState rows={12} />;
  return (
    <>
      <p role="status">{t('space.pastBanner', { time: exactTime(at) })}</p>
      {cabinet.holders.length === 0 && <EmptyState title={t('space.pastNone')} />}
      <RackBoard
        readOnly
        tools={tools}
        cabinets={cabinets}
        faces={SIDES.map((side) => ({ cabinetId: cabinet.id, side, title: t(`cabinet.face.${side}`) }))}
        aside={(selection) => <HolderPanel selection={selection} cabinetCode={cabinet.code} onAct={null} />}
      />
    </>
  );
}
