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
import { ChangedSizes } from '../components/ChangedSizes';
import { type ChangeGroup, type GroupDraft, sizeAfter } from './change-draft';
import { ErrorText } from './ErrorText';
import type { Choices } from './line-draft';
import { OfferPicker } from './OfferPicker';

const localModes: readonly LocalMode[] = ['SINGLE', 'DUAL_ACTIVE'];
const remoteModes: readonly RemoteMode[] = ['NONE', 'DATA', 'APPLICATION'];

type Props = {
  group: ChangeGroup;
  wished: GroupDraft;
  number: number;
  choices: Choices;
  errors: readonly FormError[];
  onChange: (next: GroupDraft) => void;
};

/** Machines of one line: what they are, and what they shall be. */
export function ChangeGroupFields({ group, wished, number, choices, errors, onChange }: Props) {
  const { t } = useTranslation();
  const at = (field: string) => `groups.${number}.${field}`;
  const refused = errorsOfPayload(userErrorsOf(group.errors));
  const own = group.resources[0]?.offer;
  // Neither the architecture nor the accelerators of a machine change.
  const offers = choices.catalog.offers.filter(
    (offer) =>
      !own ||
      (offer.architecture === own.architecture &&
        offer.accelerator === own.accelerator &&
        offer.acceleratorCount === own.acceleratorCount),
  );
  const smallest = Math.max(...group.resources.map(({ diskGib }) => diskGib));
  const leaves = group.localMode === 'DUAL_ACTIVE' && wished.localMode === 'SINGLE';
  const centers = new Map(group.resources.flatMap(({ center }) => (center ? [[center.id, center] as const] : [])));
  const byHand = group.resources.some(({ management }) => management === 'RECORDED');
  const [first] = group.resources;
  const modesChange = wished.localMode !== group.localMode || wished.remoteMode !== group.remoteMode;
  return (
    <section className="jy-panel" id={fieldId(`groups.${number}`)} aria-label={group.name} tabIndex={-1}>
      <h2>
        {group.name}{' '}
        <span className="jy-quiet-text">
          {t('change.machines', { machines: count(group.resources.length), count: group.resources.length })}
        </span>
      </h2>
      {group.whole && <p className="jy-hint">{t('change.whole')}</p>}
      {byHand && <p className="jy-hint">{t('change.byHand')}</p>}
      <ErrorText
        errors={[
          ...refused,
          ...errors.filter(({ field }) => field === `groups.${number}` || field === at('resourceIds')),
        ]}
      />
      <ChangedSizes
        label={t('change.nowAndThen', { name: group.name })}
        rows={group.resources.map((machine) => ({
          id: machine.id,
          name: machine.name,
          center: machine.center,
          from: machine,
          to: sizeAfter(machine, wished, choices),
        }))}
      />
      {refused.length === 0 && (
        <>
          <Field field={at('offerId')} label={t('change.offer')} hint={t('change.offerHint')} errors={errors}>
            {(control) => (
              <OfferPicker
                control={control}
                offers={offers}
                value={wished.offerId}
                onChoose={(offerId) => onChange({ ...wished, offerId })}
              />
            )}
          </Field>
          <div className="jy-fields-row">
            <NumberBox
              field={at('diskGib')}
              label={t('change.disk')}
              hint={t('change.diskHint')}
              errors={errors}
              min={smallest}
              suffix="GiB"
              value={wished.diskGib}
              onChange={(diskGib) => onChange({ ...wished, diskGib })}
            />
            {!group.owesShare && (
              <>
                <ChoiceBox
                  field={at('localMode')}
                  label={t('requestLine.localMode')}
                  hint={t('change.modeNow', { mode: t(`localMode.${group.localMode}`) })}
                  errors={errors}
                  value={wished.localMode}
                  onChange={(localMode) => onChange({ ...wished, localMode, centerId: null })}
                  options={localModes.map((value) => ({ value, label: t(`localMode.${value}`) }))}
                />
                <ChoiceBox
                  field={at('remoteMode')}
                  label={t('requestLine.remoteMode')}
                  hint={t('change.modeNow', { mode: t(`remoteMode.${group.remoteMode}`) })}
                  errors={errors}
                  value={wished.remoteMode}
                  onChange={(remoteMode) => onChange({ ...wished, remoteMode })}
                  options={remoteModes.map((value) => ({ value, label: t(`remoteMode.${value}`) }))}
                />
              </>
            )}
          </div>
          {group.owesShare && (
            <p className="jy-hint">
              {t('change.owesShare', {
                mode: `${t(`localMode.${group.localMode}`)} · ${t(`remoteMode.${group.remoteMode}`)}`,
              })}
            </p>
          )}
          {first && (
            <p className="jy-hint" id={fieldId(at('storageTier'))}>
              {t('change.tierFixed', { tier: first.storageTier })}{' '}
              <Link to={routes.newRequest({ kind: 'VM', system: first.system.id })}>{t('change.tierInstead')}</Link>
            </p>
          )}
          {leaves && (
            <Field field={at('centerId')} label={t('change.keep')} hint={t('change.keepHint')} errors={errors}>
              {(control) => (
                <Choose
                  {...control}
                  className="jy-full"
                  placeholder={t('change.keepPlaceholder')}
                  value={wished.centerId}
                  onChange={(centerId: string) => onChange({ ...wished, centerId })}
                  options={[...centers.values()]
                    .filter(({ role }) => role !== 'RECOVERY')
                    .map(({ id, name }) => ({ value: id, label: name }))}
                />
              )}
            </Field>
          )}
          {modesChange && group.siblings > group.resources.length && (
            <p className="jy-hint">{t('change.allOfLine', { machines: count(group.siblings), name: group.name })}</p>
          )}
        </>
      )}
    </section>
  );
}
