import { Navigate } from 'react-router';
import { HomePage } from '../features/home/pages/HomePage';
import { routes } from '../lib/routes';
import { useMay } from '../ui/viewer-context';

/** Finance begins with money; everybody else, whoever decides on requests among them, with what awaits him. */
export function StartPage() {
  const may = useMay();
  const finance =
    may('BUDGET', 'EDIT') && may('CLOSING', 'READ') && !may('REQUEST', 'REVIEW') && !may('REQUEST', 'CREATE');
  return finance ? <Navigate to={routes.finance()} replace /> : <HomePage />;
}
