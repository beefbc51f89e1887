import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { userErrorsOf } from '../../../graphql/user-errors';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { NumberBox } from '../../../ui/forms/fields';
import { errorsOfPayload, type FormError, fieldId } from '../../../ui/forms/form-errors';
import type { ChangeService, ServiceWish } from './change-draft';
import { ErrorText } from './ErrorText';
import type { Choices } from './line-draft';
import { ServiceQuestions } from './ServiceFields';

type Props = {
  service: ChangeService;
  wished: ServiceWish;
  /** Behind the groups of machines. */
  number: number;
  choices: Choices;
  errors: readonly FormError[];
  onChange: (next: ServiceWish) => void;
};

/** A service that runs: how many there are, what was answered, and what both shall be. */
export function ChangeServiceFields({ service, wished, number, choices, errors, onChange }: Props) {
  const { t } = useTranslation();
  const { line, request } = service;
  const at = (field: string) => `groups.${number}.${field}`;
  const refused = errorsOfPayload(userErrorsOf(service.errors));
  const definition = choices.catalog.services.find(({ id }) => id === line.service?.offer.id)?.definition;
  return (
    <section className="jy-panel" id={fieldId(`groups.${number}`)} aria-label={line.name} tabIndex={-1}>
      <h2>
        {line.name} <span className="jy-quiet-text">{line.service?.offer.name}</span>
      </h2>
      <p className="jy-hint">
        {t('change.serviceOf')} <Link to={routes.request(request.id)}>{request.code}</Link>
      </p>
      <ErrorText errors={[...refused, ...errors.filter(({ field }) => field === `groups.${number}`)]} />
      {refused.length === 0 && !definition && <p className="jy-hint">{t('change.serviceWithdrawn')}</p>}
      {refused.length === 0 && definition && (
        <>
          <NumberBox
            field={at('count')}
            label={t('change.quantity')}
            hint={t('change.quantityNow', { amount: count(service.count), unit: definition.unit })}
            errors={errors}
            min={1}
            max={definition.quantityMaximum}
            suffix={definition.unit}
            value={wished.count}
            onChange={(next) => onChange({ ...wished, count: next })}
          />
          <ServiceQuestions
            questions={definition.fields}
            at={at}
            errors={errors}
            answers={wished.answers}
            onChange={(answers) => onChange({ ...wished, answers })}
          />
        </>
      )}
    </section>
  );
}
