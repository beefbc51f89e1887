import { EditOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { useAfterGap } from '../../../graphql/live-context';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { Facts } from '../../../ui/Facts';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { CabinetPageQuery, RackCabinetParts } from '../cabinets.gql';
import type { BoardHolder } from '../components/board-types';
import { CabinetFigures } from '../components/CabinetFigures';
import { CabinetStatusTag } from '../components/CabinetStatusTag';
import { type HolderAct, HolderPanel } from '../components/HolderPanel';
import { PastCabinet } from '../components/PastCabinet';
import { momentOf, PastPicker } from '../components/PastPicker';
import { type BoardFace, RackBoard } from '../components/RackBoard';
import { useEngineers } from '../components/use-engineers';
import type { Selection } from '../elevation/Elevation';
import { useHolderWords } from '../elevation/use-holder-words';
import type { Moving } from '../elevation/use-moving';
import { HolderDialog } from '../forms/HolderDialogs';
import { NewPortSetDialog, ResizePortSetDialog } from '../forms/PortSetDialogs';
import { type PortSet, PortSetsPanel } from '../forms/PortSetsPanel';

const spec = { at: urlText() };

/** One cabinet from both sides, now or as it was. */
export function CabinetPage() {
  const { t } = useTranslation();
  const words = useHolderWords();
  const navigate = useNavigate();
  const engineers = useEngineers();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({
    query: CabinetPageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const askAgain = () => ask({ requestPolicy: 'network-only' });
  useAfterGap(askAgain);
  const [act, setAct] = useState<HolderAct | null>(null);
  const [ports, setPorts] = useState<'NEW' | PortSet | null>(null);
  const [{ at }, look] = useUrlState(spec);
  const moment = momentOf(at);
  const cabinet = data ? readFragment(RackCabinetParts, data.cabinet) : null;
  const cabinets = useMemo(() => (cabinet ? [cabinet] : []), [cabinet]);
  const back = <Link to={routes.cabinets()}>{t('cabinet.list')}</Link>;
  if (!data || !cabinet)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={askAgain} home={back} />
    ) : (
      <LoadingState rows={12} />
    );
  const { center, room, row, department, rackType, widthMm, depthMm } = data.cabinet;
  const faces: BoardFace[] = (['FRONT', 'REAR'] as const).map((side) => ({
    cabinetId: cabinet.id,
    side,
    title: t(`cabinet.face.${side}`),
  }));
  const picker = <PastPicker key={at} value={at} onChange={(value) => look({ at: value })} />;
  const strips = cabinet.holders.filter(({ startUnit }) => startUnit === null);

  const aside = (selection: Selection<BoardHolder> | null, moving: Moving<BoardHolder>) => (
    <>
      <HolderPanel selection={selection} cabinetCode={cabinet.code} onAct={setAct} />
      <CabinetFigures cabinet={cabinet} />
      <PortSetsPanel
        cabinetId={cabinet.id}
        editable={engineers('EDIT')}
        onAdd={() => setPorts('NEW')}
        onResize={setPorts}
      />
      <Panel title={t('resource.facts')}>
        <Facts
          facts={[
            { label: t('resource.center'), value: <CenterMark role={center.role} name={center.name} /> },
            { label: t('room.title'), value: <Link to={routes.room(room.id)}>{room.name}</Link> },
            { label: t('cabinet.row'), value: <Link to={routes.cabinetRow(row.id)}>{row.code}</Link> },
            { label: t('resource.zone'), value: t(`zone.${cabinet.zone}`) },
            { label: t('cabinet.dimensions'), value: t('cabinet.millimetres', { width: widthMm, depth: depthMm }) },
            ...(department ? [{ label: t('cabinet.wholeDepartment'), value: department.name }] : []),
            ...(rackType ? [{ label: t('cabinet.rackType'), value: rackType, wide: true }] : []),
          ]}
        />
      </Panel>
      {act && selection && (
        <HolderDialog
          act={act}
          selection={selection}
          cabinets={row.cabinets}
          centerId={center.id}
          moving={moving}
          onClose={() => setAct(null)}
        />
      )}
    </>
  );
  return (
    <div className="jy-print-cabinet">
      <PageHeader
        title={t('cabinet.named', { code: cabinet.code })}
        back={back}
        state={<CabinetStatusTag status={cabinet.status} />}
        actions={
          <>
            <Link to={routes.cabinetRow(row.id)}>{t('cabinet.toRow')}</Link>
            {engineers('EDIT') && (
              <Button icon={<EditOutlined aria-hidden />} onClick={() => void navigate(routes.editCabinet(cabinet.id))}>
                {t('racking.edit')}
              </Button>
            )}
            <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
              {t('cabinet.print')}
            </Button>
          </>
        }
      >
        {`${center.name} · ${room.name} · ${row.code}`}
        <span className="jy-only-print">
          {' '}
          · {t('cabinet.printedAt', { time: exactTime(new Date().toISOString()) })}
        </span>
      </PageHeader>
      {cabinet.freeUnits === null && <p className="jy-quiet-text jy-page-note">{t('cabinet.ownOnly')}</p>}
      {moment === null ? (
        <RackBoard cabinets={cabinets} faces={faces} tools={picker} aside={aside}>
          {strips.length > 0 && (
            <p className="jy-beside">
              <span className="jy-quiet-text">{t('cabinet.beside')}</span>
              {strips.map((strip) => (
                <span key={strip.id} className="jy-mark">
                  {words.name(strip)}
                </span>
              ))}
            </p>
          )}
        </RackBoard>
      ) : (
        <PastCabinet id={cabinet.id} at={moment} tools={picker} />
      )}
      {ports === 'NEW' && <NewPortSetDialog cabinetId={cabinet.id} onClose={() => setPorts(null)} />}
      {ports !== null && ports !== 'NEW' && <ResizePortSetDialog set={ports} onClose={() => setPorts(null)} />}
    </div>
  );
}
