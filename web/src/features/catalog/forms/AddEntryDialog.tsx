import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog';
import type { Kind } from '../components/catalog-rows';
import { AddCabinetForm } from './AddCabinetForm';
import { AddImageForm } from './AddImageForm';
import { AddMachineForm } from './AddMachineForm';
import { AddServerForm } from './AddServerForm';

type InDialog = Exclude<Kind, 'ServiceOffer'>;

const forms: Record<InDialog, ComponentType<{ onClose: () => void }>> = {
  Offer: AddMachineForm,
  ServerOffer: AddServerForm,
  CabinetOffer: AddCabinetForm,
  Image: AddImageForm,
};

/** A new entry of the catalog; services have a page of their own. */
export function AddEntryDialog({ kind, onClose }: { kind: InDialog; onClose: () => void }) {
  const { t } = useTranslation();
  const Form = forms[kind];
  return (
    <Dialog title={t(`catalog.add.${kind}`)} onClose={onClose}>
      <Form onClose={onClose} />
    </Dialog>
  );
}
