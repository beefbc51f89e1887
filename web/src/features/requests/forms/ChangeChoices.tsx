import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { userErrorsOf } from '../../../graphql/user-errors';
import { count, machineSize } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { Field } from '../../../ui/forms/Field';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { ChangeChoicesQuery, ChangeServiceFields, ChangeThingsFields } from '../change.gql';
import { SystemOption } from '../request-form.gql';
import { SystemPicker } from './SystemPicker';

/** Of which system, and which of its machines: a change is of one system. */
export function ChangeChoices() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const systemId = params.get('system') ?? '';
  const [{ data, error }, ask] = useQuery({
    query: ChangeChoicesQuery,
    variables: { systemId, filter: { systemId, states: ['IN_USE'] } },
    pause: systemId === '',
    requestPolicy: 'cache-and-network',
  });
  const system = data?.system ? readFragment(SystemOption, data.system) : null;
  const machines = (data?.resources.nodes ?? []).filter(
    // What was taken in as it stood came of no request: its record is kept where it runs.
    ({ management, origin }) => management !== 'OBSERVED' && origin === 'REQUEST',
  );
  const services = readFragment(ChangeServiceFields, data?.changeableServices ?? []);
  const machineIds = machines.flatMap(({ id }) => (chosen.has(id) ? id : []));
  const things = readFragment(ChangeThingsFields, data?.changeableThings ?? []);
  const lineIds = [...services, ...things].flatMap(({ id }) => (chosen.has(id) ? id : []));
  const tick = (id: string, on: boolean) =>
    setChosen((now) => {
      const next = new Set(now);
      if (on) next.add(id);
      else next.delete(id);
      return next;
    });
  return (
    <section className="jy-panel jy-form" aria-labelledby="change-which">
      <h2 id="change-which">{t('change.which')}</h2>
      <Field field="system" label={t('request.system')} errors={[]}>
        {(control) => (
          <SystemPicker
            control={control}
            value={system}
            onChoose={({ id }) => {
              setChosen(new Set());
              setParams({ system: id }, { replace: true });
            }}
          />
        )}
      </Field>
      {systemId === '' ? (
        <p className="jy-hint">{t('change.whichSystem')}</p>
      ) : !data ? (
        error ? (
          <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
        ) : (
          <LoadingState rows={4} />
        )
      ) : machines.length + services.length + things.length === 0 ? (
        <EmptyState
          title={t('change.noMachines')}
          action={<Link to={routes.newRequest({ system: systemId })}>{t('request.new')}</Link>}
        >
          {t('change.noMachinesText')}
        </EmptyState>
      ) : (
        <>
          <ul className="jy-change-choices" aria-label={t('change.which')}>
            {machines.map((machine) => (
              <li key={machine.id}>
                <Checkbox
                  disabled={machine.openChange !== null}
                  checked={chosen.has(machine.id)}
                  onChange={(event) => tick(machine.id, event.target.checked)}
                >
                  <span className="jy-strong">{machine.name}</span>{' '}
                  <span className="jy-number">
                    {machineSize(machine.vcpu, machine.memoryMib)} · {count(machine.diskGib)} GiB
                  </span>
                </Checkbox>
                {machine.management === 'RECORDED' && <span className="jy-mark">{t('change.byHandMark')}</span>}
                {machine.center && <CenterMark role={machine.center.role} name={machine.center.name} />}
                {machine.openChange && (
                  <Link to={routes.request(machine.openChange.id)}>
                    {t('change.underWay', { code: machine.openChange.code })}
                  </Link>
                )}
              </li>
            ))}
          </ul>
          {data.resources.totalCount > data.resources.nodes.length && (
            <p className="jy-hint">{t('change.moreInList', { total: count(data.resources.totalCount) })}</p>
          )}
          <OtherChoices title={t('change.things')} rows={things.map(toThings)} chosen={chosen} tick={tick} />
          <OtherChoices title={t('change.services')} rows={services.map(toService)} chosen={chosen} tick={tick} />
          <p className="jy-hint">{t('change.others')}</p>
          <div className="jy-form-foot">
            <Button
              type="primary"
              disabled={chosen.size === 0}
              onClick={() => void navigate(routes.changeRequest(machineIds, systemId, lineIds))}
            >
              {t('change.startMany', { machines: chosen.size })}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

type OtherRow = { id: string; name: string; what: string; errors: readonly { message: string }[] };

const toService = ({ id, count: number, line, errors }: ResultOf<typeof ChangeServiceFields>): OtherRow => ({
  ...{ id, name: line.name, errors: userErrorsOf(errors) },
  what: `${line.service?.offer.name ?? ''} × ${count(number)}`,
});

const toThings = ({ id, count: number, line, size, errors }: ResultOf<typeof ChangeThingsFields>): OtherRow => ({
  ...{ id, name: line.name, errors: userErrorsOf(errors) },
  what: [
    `${(line.cabinet ?? line.server)?.offer.name ?? ''} × ${count(number)}`,
    ...(size ? [`${count(size.heightUnits)} U · ${count(size.powerW)} W · ${count(size.weightKg)} kg`] : []),
  ].join(' · '),
});

type OtherProps = {
  title: string;
  rows: readonly OtherRow[];
  chosen: ReadonlySet<string>;
  tick: (id: string, on: boolean) => void;
};

/** What is no machine: it is chosen by its line. */
function OtherChoices({ title, rows, chosen, tick }: OtherProps) {
  if (rows.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul className="jy-change-choices" aria-label={title}>
        {rows.map(({ id, name, what, errors }) => (
          <li key={id}>
            <Checkbox
              disabled={errors.length > 0}
              checked={chosen.has(id)}
              onChange={(event) => tick(id, event.target.checked)}
            >
              <span className="jy-strong">{name}</span> <span className="jy-number">{what}</span>
            </Checkbox>
            {errors.map(({ message }) => (
              <span key={message} className="jy-quiet-text">
                {message}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}
