import { EditOutlined, PlusOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { useAfterGap } from '../../../graphql/live-context';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlOneOf } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { CabinetRowPageQuery, RackCabinetParts } from '../cabinets.gql';
import type { BoardHolder } from '../components/board-types';
import { CabinetFigures } from '../components/CabinetFigures';
import { type HolderAct, HolderPanel } from '../components/HolderPanel';
import { RackBoard } from '../components/RackBoard';
import { Switch } from '../components/Switch';
import { kilograms } from '../components/use-cabinet-words';
import { useEngineers } from '../components/use-engineers';
import type { Selection } from '../elevation/Elevation';
import type { Moving } from '../elevation/use-moving';
import { HolderDialog } from '../forms/HolderDialogs';

const SIDES = ['FRONT', 'REAR'] as const;
const spec = { side: urlOneOf(SIDES, 'FRONT') };

/** Every elevation of a row, from one side: things go from one cabinet to the other by hand. */
export function CabinetRowPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const engineers = useEngineers();
  const { id = '' } = useParams();
  const [{ side }, change] = useUrlState(spec);
  const [{ data, error }, ask] = useQuery({
    query: CabinetRowPageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const askAgain = () => ask({ requestPolicy: 'network-only' });
  useAfterGap(askAgain);
  const [act, setAct] = useState<HolderAct | null>(null);
  const cabinets = useMemo(() => (data ? readFragment(RackCabinetParts, data.cabinetRow.cabinets) : []), [data]);
  const back = <Link to={routes.rooms()}>{t('room.list')}</Link>;
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={askAgain} home={back} />
    ) : (
      <LoadingState rows={12} />
    );
  const { code, room, floorLimitGrams, weightGrams } = data.cabinetRow;
  const faces = cabinets.map((cabinet) => ({ cabinetId: cabinet.id, side, title: cabinet.code }));

  const aside = (selection: Selection<BoardHolder> | null, moving: Moving<BoardHolder>) => {
    const chosen = cabinets.find((cabinet) => cabinet.id === selection?.cabinetId);
    return (
      <>
        <HolderPanel selection={selection} cabinetCode={chosen?.code ?? null} onAct={setAct} />
        {chosen && (
          <>
            <p className="jy-board-act">
              <Link to={routes.cabinet(chosen.id)}>{t('cabinet.named', { code: chosen.code })}</Link>
            </p>
            <CabinetFigures cabinet={chosen} />
          </>
        )}
        <Panel title={t('cabinet.rowFloor')}>
          <p>
            {floorLimitGrams === null
              ? t('cabinet.noFloor')
              : weightGrams === null
                ? t('cabinet.weightLimit', { limit: kilograms(floorLimitGrams) })
                : t('cabinet.weightOf', { used: kilograms(weightGrams), limit: kilograms(floorLimitGrams) })}
          </p>
        </Panel>
        {act && selection && (
          <HolderDialog
            act={act}
            selection={selection}
            cabinets={cabinets}
            centerId={room.center.id}
            moving={moving}
            onClose={() => setAct(null)}
          />
        )}
      </>
    );
  };
  return (
    <div className="jy-print-row">
      <PageHeader
        title={t('cabinet.rowTitle', { room: room.name, code })}
        back={<Link to={routes.room(room.id)}>{t('cabinet.backToRoom', { room: room.name })}</Link>}
        state={<CenterMark role={room.center.role} name={room.center.name} />}
        actions={
          <>
            {engineers('EDIT') && (
              <Button icon={<EditOutlined aria-hidden />} onClick={() => void navigate(routes.editCabinetRow(id))}>
                {t('racking.edit')}
              </Button>
            )}
            {engineers('CREATE') && (
              <Button icon={<PlusOutlined aria-hidden />} onClick={() => void navigate(routes.newCabinets(id))}>
                {t('racking.newCabinets')}
              </Button>
            )}
            <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
              {t('cabinet.print')}
            </Button>
          </>
        }
      />
      <RackBoard
        cabinets={cabinets}
        faces={faces}
        compact
        aside={aside}
        tools={
          <Switch
            label={t('cabinet.rowSides')}
            options={SIDES.map((value) => ({ value, text: t(`cabinet.face.${value}`) }))}
            value={side}
            onChange={(value) => change({ side: value })}
          />
        }
      />
    </div>
  );
}
