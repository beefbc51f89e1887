import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LocalMode, RemoteMode } from '../../../graphql/enums';
import { userErrorsOf } from '../../../graphql/user-errors';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { Choose } from '../../../ui/forms/Choose';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox, NumberBox } from '../../../ui/forms/fields';
import { errorsOfPayload, type FormError, fieldId } from '../../../ui/forms/form-errors';
import type { ChangeThings, ThingsDraft } from './change-draft';
import { ErrorText } from './ErrorText';
import type { Choices } from './line-draft';
import { PLACE_MOST } from './validate-draft';

const localModes: readonly LocalMode[] = ['SINGLE', 'DUAL_ACTIVE'];
/** Of servers and places nobody but their user knows the data: it is asked for as machines' storage. */
const remoteModes: readonly RemoteMode[] = ['NONE', 'APPLICATION'];
/** Of many places the first are named. */
const SPOTS_SHOWN = 4;

type Props = {
  things: ChangeThings;
  wished: ThingsDraft;
  /** Behind the groups of machines and the services. */
  number: number;
  choices: Choices;
  errors: readonly FormError[];
  onChange: (next: ThingsDraft) => void;
};

/** Servers or places in cabinets of one line: what each has, and what it shall have. */
export function ChangeThingsFields({ things, wished, number, choices, errors, onChange }: Props) {
  const { t } = useTranslation();
  const { line, request, size, spots, whole } = things;
  const at = (field: string) => `groups.${number}.${field}`;
  const refused = errorsOfPayload(userErrorsOf(things.errors));
  const remotes = remoteModes.includes(things.remoteMode) ? remoteModes : [...remoteModes, things.remoteMode];
  const leaves = things.localMode === 'DUAL_ACTIVE' && wished.localMode === 'SINGLE';
  const centers = choices.centers.filter(({ id }) => things.centerIds.includes(id));
  return (
    <section className="jy-panel" id={fieldId(`groups.${number}`)} aria-label={line.name} tabIndex={-1}>
      <h2>
        {line.name}{' '}
        <span className="jy-quiet-text">
          {(line.cabinet ?? line.server)?.offer.name} × {count(things.count)}
        </span>
      </h2>
      <p className="jy-hint">
        {t('change.serviceOf')} <Link to={routes.request(request.id)}>{request.code}</Link>
        {spots.length > 0 && (
          <>
            {' · '}
            {t('change.spots', { spots: spots.slice(0, SPOTS_SHOWN).join(t('change.spotsBetween')) })}
            {spots.length > SPOTS_SHOWN && ` ${t('change.spotsMore', { places: count(spots.length) })}`}
          </>
        )}
      </p>
      <ErrorText errors={[...refused, ...errors.filter(({ field }) => field === `groups.${number}`)]} />
      {refused.length === 0 && (
        <>
          {size ? (
            <div className="jy-fields-row">
              {whole ? (
                <div className="jy-field">
                  <span className="jy-field-name">{t('requestLine.height')}</span>
                  <p className="jy-field-fixed">{t('change.wholeHeight', { units: count(size.heightUnits) })}</p>
                </div>
              ) : (
                <NumberBox
                  field={at('heightUnits')}
                  label={t('requestLine.height')}
                  hint={t('change.amountNow', { amount: `${count(size.heightUnits)} U` })}
                  errors={errors}
                  decimals
                  step={0.5}
                  min={0.5}
                  max={PLACE_MOST.heightUnits}
                  suffix="U"
                  value={wished.heightUnits}
                  onChange={(heightUnits) => onChange({ ...wished, heightUnits })}
                />
              )}
              <NumberBox
                field={at('powerW')}
                label={t('requestLine.power')}
                hint={t('change.amountNow', { amount: `${count(size.powerW)} W` })}
                errors={errors}
                step={100}
                suffix="W"
                value={wished.powerW}
                onChange={(powerW) => onChange({ ...wished, powerW })}
              />
              <NumberBox
                field={at('weightKg')}
                label={t('requestLine.weight')}
                hint={t('change.amountNow', { amount: `${count(size.weightKg)} kg` })}
                errors={errors}
                suffix="kg"
                value={wished.weightKg}
                onChange={(weightKg) => onChange({ ...wished, weightKg })}
              />
            </div>
          ) : (
            <p className="jy-hint">{t('change.serverFixed')}</p>
          )}
          {things.owesShare ? (
            <p className="jy-hint">
              {t('change.owesShare', {
                mode: `${t(`localMode.${things.localMode}`)} · ${t(`remoteMode.${things.remoteMode}`)}`,
              })}
            </p>
          ) : (
            <div className="jy-fields-row">
              <ChoiceBox
                field={at('localMode')}
                label={t('requestLine.localMode')}
                hint={t('change.modeNow', { mode: t(`localMode.${things.localMode}`) })}
                errors={errors}
                value={wished.localMode}
                onChange={(localMode) => onChange({ ...wished, localMode, centerId: null })}
                options={localModes.map((value) => ({ value, label: t(`localMode.${value}`) }))}
              />
              <ChoiceBox
                field={at('remoteMode')}
                label={t('requestLine.remoteMode')}
                hint={t('change.modeNow', { mode: t(`remoteMode.${things.remoteMode}`) })}
                errors={errors}
                value={wished.remoteMode}
                onChange={(remoteMode) => onChange({ ...wished, remoteMode })}
                options={remotes.map((value) => ({ value, label: t(`remoteMode.${value}`) }))}
              />
            </div>
          )}
          {leaves && (
            <Field field={at('centerId')} label={t('change.keep')} hint={t('change.keepThings')} errors={errors}>
              {(control) => (
                <Choose
                  {...control}
                  className="jy-full"
                  placeholder={t('change.keepPlaceholder')}
                  value={wished.centerId}
                  onChange={(centerId: string) => onChange({ ...wished, centerId })}
                  options={centers.map(({ id, name }) => ({ value: id, label: name }))}
                />
              )}
            </Field>
          )}
          <p className="jy-hint">
            {t(size ? 'change.placeHint' : 'change.serverHint')}{' '}
            <Link
              to={routes.newRequest({ kind: line.kind === 'SERVER' ? 'SERVER' : 'CABINET', system: request.system.id })}
            >
              {t(size ? 'change.newPlace' : 'change.newServer')}
            </Link>
          </p>
        </>
      )}
    </section>
  );
}
