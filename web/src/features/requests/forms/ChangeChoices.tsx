import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { userErrorsOf } from '../../../graphql/user-errors';
import { count, machineSize } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { Field } from '../../../ui/forms/Field';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { ChangeChoicesQuery, ChangeServiceFields } from '../change.gql';
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
  const lineIds = services.flatMap(({ id }) => (chosen.has(id) ? id : []));
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
      ) : machines.length + services.length === 0 ? (
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
          {services.length > 0 && (
            <>
              <h3>{t('change.services')}</h3>
              <ul className="jy-change-choices" aria-label={t('change.services')}>
                {services.map(({ id, count: number, line, errors }) => (
                  <li key={id}>
                    <Checkbox
                      disabled={errors.length > 0}
                      checked={chosen.has(id)}
                      onChange={(event) => tick(id, event.target.checked)}
                    >
                      <span className="jy-strong">{line.name}</span>{' '}
                      <span className="jy-number">
                        {line.service?.offer.name} × {count(number)}
                      </span>
                    </Checkbox>
                    {userErrorsOf(errors).map(({ message }) => (
                      <span key={message} className="jy-quiet-text">
                        {message}
                      </span>
                    ))}
                  </li>
                ))}
              </ul>
            </>
          )}
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
