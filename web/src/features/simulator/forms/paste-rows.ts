import type { Architecture, LocalMode, NetworkZone, RemoteMode } from '../../../graphql/enums';
import {
  ARCHITECTURES,
  LEVELS,
  LOCAL_MODES,
  type MachineRow,
  newRow,
  PASTED_COLUMNS,
  type PastedColumn,
  REMOTE_MODES,
  type RowError,
  TIERS,
  ZONES,
} from './what-if-draft';

type Center = { id: string; code: string; name: string };
/** The words of each choice, in the language of the screen; the API's own are taken too. */
export type Words = {
  zone: (zone: NetworkZone) => string;
  localMode: (mode: LocalMode) => string;
  remoteMode: (mode: RemoteMode) => string;
  architecture: (architecture: Architecture) => string;
  yes: string;
};

const GAP = /[\t,，;]/;

/**
 * Machines out of a spreadsheet or a CSV, in the order of PASTED_COLUMNS; what is left out at the end is as in a new row. A first
 * line without any number is a heading.
 */
export function parseRows(
  text: string,
  centers: readonly Center[],
  words: Words,
): { rows: MachineRow[]; errors: RowError[] } {
  const errors: RowError[] = [];
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const first = lines[0] !== undefined && !/\d/.test(lines[0].split(GAP)[0] ?? '') ? 1 : 0;
  const rows = lines.slice(first).map((line, index) => {
    const cells = line.split(GAP).map((cell) => cell.trim());
    const row = newRow('VM');
    const wrong = (column: PastedColumn) => errors.push({ row: index + first + 1, column });
    const choose = <T extends string>(
      column: PastedColumn,
      cell: string,
      choices: readonly T[],
      word: (one: T) => string,
      now: T,
    ): T => {
      const found = choices.find((one) => one === cell.toUpperCase() || word(one).toLowerCase() === cell.toLowerCase());
      if (!found) wrong(column);
      return found ?? now;
    };
    for (const [at, column] of PASTED_COLUMNS.entries()) {
      const cell = cells[at] ?? '';
      if (cell === '') continue;
      switch (column) {
        case 'count':
        case 'vcpu':
        case 'memoryGib':
        case 'diskGib':
          row[column] = Number(cell);
          if (!(Number(cell) > 0)) wrong(column);
          break;
        case 'storageTier':
          row.storageTier = choose(column, cell, TIERS, (tier) => tier, row.storageTier);
          break;
        case 'architecture':
          row.architecture = choose(column, cell, ARCHITECTURES, words.architecture, row.architecture);
          break;
        case 'zone':
          row.zone = choose(column, cell, ZONES, words.zone, row.zone);
          break;
        case 'center': {
          const center = centers.find(({ code, name }) => code === cell.toLowerCase() || name === cell);
          if (center) row.centerId = center.id;
          else wrong(column);
          break;
        }
        case 'localMode':
          row.localMode = choose(column, cell, LOCAL_MODES, words.localMode, row.localMode);
          break;
        case 'remoteMode':
          row.remoteMode = choose(column, cell, REMOTE_MODES, words.remoteMode, row.remoteMode);
          break;
        case 'protectionLevel':
          row.protectionLevel = Number(cell);
          if (!LEVELS.some((level) => level === row.protectionLevel)) wrong(column);
          break;
        case 'domesticCpu':
          row.domesticCpu = [words.yes.toLowerCase(), 'true', '1'].includes(cell.toLowerCase());
          break;
      }
    }
    return row;
  });
  return { rows, errors };
}
