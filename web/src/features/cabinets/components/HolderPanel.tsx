import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { routes } from '../../../lib/routes';
import { Facts } from '../../../ui/Facts';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { isMovable } from '../elevation/arrangement';
import type { Selection } from '../elevation/Elevation';
import { useHolderWords } from '../elevation/use-holder-words';
import type { BoardHolder } from './board-types';
import { HolderStateTag } from './CabinetStatusTag';
import { HolderEntries } from './HolderEntries';
import { kilograms, kilowatts } from './use-cabinet-words';
import { useSpotWords } from './use-spot-words';

/** Things that the facility engineer puts in and takes out by hand. */
const OCCUPANTS = new Set(['SWITCH', 'PDU', 'ODF', 'STORAGE', 'OTHER']);

export type HolderAct = 'move' | 'plan' | 'apply' | 'giveUp' | 'unblock' | 'release' | 'place' | 'block';

type Props = {
  selection: Selection<BoardHolder> | null;
  cabinetCode: string | null;
  /** null = a look into the past: nothing can be done. */
  onAct: ((act: HolderAct) => void) | null;
};

/** What is under the cursor, and what can be done with it. */
export function HolderPanel({ selection, cabinetCode, onAct }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const words = useHolderWords();
  const holder = selection?.holder ?? null;
  const spots = useSpotWords();
  const edits = onAct !== null && may('CABINET', 'EDIT');
  if (!selection)
    return (
      <Panel title={t('cabinet.chosen')} className="jy-board-act">
        <p className="jy-quiet-text">{t('cabinet.chooseText')}</p>
      </Panel>
    );
  if (!holder)
    return (
      <Panel
        title={`${cabinetCode ?? ''} U${selection.unit} · ${t(`cabinet.face.${selection.side}`)}`}
        className="jy-board-act"
      >
        <p>{t('cabinet.free')}</p>
        {edits && (
          <div className="jy-tags">
            <Button onClick={() => onAct('place')}>{t('cabinet.place')}</Button>
            <Button onClick={() => onAct('block')}>{t('cabinet.block')}</Button>
          </div>
        )}
      </Panel>
    );
  const plan = holder.plannedMove;
  const other = plan && (holder.plannedForId ? plan.from : plan.to);
  const subject =
    holder.subjectId === null
      ? null
      : holder.kind === 'SERVER'
        ? routes.server(holder.subjectId)
        : holder.kind === 'REQUEST'
          ? routes.request(holder.subjectId)
          : null;
  return (
    <Panel title={words.name(holder)} className="jy-board-act" aside={<HolderStateTag state={holder.state} />}>
      <Facts
        facts={[
          { label: t('cabinet.placeOf'), value: `${cabinetCode ?? ''} ${words.place(holder)}` },
          {
            label: t('cabinet.size'),
            value: `${holder.heightUnits}U · ${t(`cabinet.face.${holder.face}`)}`,
          },
          ...(holder.kind ? [{ label: t('cabinet.kindTitle'), value: t(`cabinet.kind.${holder.kind}`) }] : []),
          ...(holder.department ? [{ label: t('request.department'), value: holder.department.name }] : []),
          ...(holder.powerW === null || holder.state === 'BLOCKED'
            ? []
            : [{ label: t('cabinet.nameplate'), value: `${kilowatts(holder.powerW)} kW` }]),
          ...(holder.weightGrams === null || holder.state === 'BLOCKED'
            ? []
            : [{ label: t('cabinet.weight'), value: `${kilograms(holder.weightGrams)} kg` }]),
          ...(holder.heldUntil ? [{ label: t('cabinet.heldUntil'), value: <Time at={holder.heldUntil} exact /> }] : []),
          ...(holder.usedSince
            ? [{ label: t('resource.usedSince'), value: <Time at={holder.usedSince} exact /> }]
            : []),
          ...(holder.sourcePlatform
            ? [{ label: t('intake.sourcePlatform'), value: holder.sourcePlatform, wide: true }]
            : []),
          ...(holder.reason ? [{ label: t('cabinet.reason'), value: holder.reason, wide: true }] : []),
        ]}
      />
      {holder.foreign && <p className="jy-quiet-text">{t('cabinet.foreignText')}</p>}
      {holder.plannedForId && <p>{t('cabinet.planned')}</p>}
      {plan && other && (
        <p>
          {t(holder.plannedForId ? 'space.movesFrom' : 'space.movesTo')}{' '}
          {other.cabinet ? <Link to={routes.cabinet(other.cabinet.id)}>{spots.at(other)}</Link> : t('space.elsewhere')}
        </p>
      )}
      {subject && (
        <p>
          <Link to={subject}>{t(holder.kind === 'SERVER' ? 'cabinet.toServer' : 'cabinet.toRequest')}</Link>
        </p>
      )}
      {edits && !holder.foreign && (
        <div className="jy-tags">
          {isMovable(holder) && !plan && (
            <>
              <Button onClick={() => onAct('move')}>{t('cabinet.move')}</Button>
              <Button onClick={() => onAct('plan')}>{t('space.planMove')}</Button>
            </>
          )}
          {plan && (
            <>
              <Button onClick={() => onAct('apply')}>{t('space.applyMove')}</Button>
              <Button danger onClick={() => onAct('giveUp')}>
                {t('space.giveUp')}
              </Button>
            </>
          )}
          {holder.state === 'BLOCKED' && <Button onClick={() => onAct('unblock')}>{t('cabinet.unblock')}</Button>}
          {holder.kind && OCCUPANTS.has(holder.kind) && !holder.plannedForId && (
            <Button danger onClick={() => onAct('release')}>
              {t('cabinet.takeOut')}
            </Button>
          )}
        </div>
      )}
      {onAct !== null && !holder.foreign && (
        <HolderEntries key={holder.id} cabinetId={selection.cabinetId} holderId={holder.id} />
      )}
    </Panel>
  );
}
