import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { urlOneOf, urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { SearchFilter } from '../../../ui/FilterBar';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { RoomPageQuery, RoomPlanCabinet } from '../cabinets.gql';
import { PlanLegend, RoomPlan } from '../components/RoomPlan';
import { Switch } from '../components/Switch';
import { kilograms } from '../components/use-cabinet-words';
import { useEngineers } from '../components/use-engineers';
import { departmentsOf, PLAN_METRICS, type PlanCabinet } from '../elevation/plan';

const spec = { by: urlOneOf(PLAN_METRICS, 'units'), find: urlText() };

/** A room from above: where there is space, power, or a department. */
export function RoomPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const engineers = useEngineers();
  const { id = '' } = useParams();
  const [{ by, find }, change] = useUrlState(spec);
  const [{ data, error }, ask] = useQuery({
    query: RoomPageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const text = find.trim().toLowerCase();
  const matches = useMemo(
    () =>
      text === ''
        ? null
        : (cabinet: PlanCabinet) =>
            cabinet.code.toLowerCase().includes(text) ||
            departmentsOf(cabinet).some(({ name }) => name.toLowerCase().includes(text)),
    [text],
  );
  const back = <Link to={routes.rooms()}>{t('room.list')}</Link>;
  if (!data)
    return error ? (
      <FailureState
        wholePage
        failure={failureOf(error)}
        onRetry={() => ask({ requestPolicy: 'network-only' })}
        home={back}
      />
    ) : (
      <LoadingState rows={12} />
    );
  const { room } = data;
  const cabinets = readFragment(RoomPlanCabinet, room.cabinets);
  return (
    <>
      <PageHeader
        title={room.name}
        back={back}
        state={<CenterMark role={room.center.role} name={room.center.name} />}
        actions={
          <>
            {engineers('EDIT') && (
              <Button icon={<EditOutlined aria-hidden />} onClick={() => void navigate(routes.editRoom(room.id))}>
                {t('racking.edit')}
              </Button>
            )}
            {engineers('CREATE') && (
              <Button icon={<PlusOutlined aria-hidden />} onClick={() => void navigate(routes.newCabinetRow(room.id))}>
                {t('racking.newRow')}
              </Button>
            )}
          </>
        }
      >
        {t('room.planHint')}
      </PageHeader>
      <div className="jy-board-tools">
        <SearchFilter
          label={t('room.find')}
          placeholder={t('room.findPlaceholder')}
          value={find}
          onChange={(value) => change({ find: value })}
        />
        <Switch
          label={t('room.colourBy')}
          options={PLAN_METRICS.map((value) => ({ value, text: t(`room.metric.${value}`) }))}
          value={by}
          onChange={(value) => change({ by: value })}
        />
        {matches && <span role="status">{t('cabinet.found', { found: cabinets.filter(matches).length })}</span>}
      </div>
      <PlanLegend cabinets={cabinets} metric={by} />
      <div className="jy-plan-and-rows">
        <RoomPlan room={room} cabinets={cabinets} metric={by} matches={matches} />
        <Panel title={t('room.rows')}>
          <ul className="jy-row-list">
            {room.rows.map((row) => {
              const own = cabinets.filter((cabinet) => cabinet.row.id === row.id);
              return (
                <li key={row.id}>
                  <Link to={routes.cabinetRow(row.id)}>{row.code}</Link>
                  <p>
                    {own.every(({ freeUnits }) => freeUnits !== null)
                      ? t('room.rowLine', {
                          cabinets: own.length,
                          free: own.reduce((sum, { freeUnits }) => sum + (freeUnits ?? 0), 0),
                        })
                      : t('room.rowCabinets', { cabinets: own.length })}
                  </p>
                  {row.floorLimitGrams !== null && row.weightGrams !== null && (
                    <p className="jy-quiet-text">
                      {t('room.rowLoad', { used: kilograms(row.weightGrams), limit: kilograms(row.floorLimitGrams) })}
                    </p>
                  )}
                </li>
              );
            })}
          </ul>
          <p className="jy-quiet-text">{t('table.total', { total: count(cabinets.length) })}</p>
        </Panel>
      </div>
    </>
  );
}
