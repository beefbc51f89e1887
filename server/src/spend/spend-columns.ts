import { Column } from 'typeorm';
import { bigintText, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { SpendState } from './domain/spend-state.js';

export const word = (length: number) =>
  ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
export const month = { type: 'char', length: 7, charset: 'ascii', collation: 'ascii_bin' } as const;
export const fen = { type: 'bigint', transformer: bigintText } as const;

/** Who entered it and who confirmed it: the same of contracts, their entries and assets. */
export abstract class TwoPeople {
  @Column(word(10))
  state!: SpendState;
  @Column({ type: 'int' })
  version!: number;
  @Column({ ...uuidColumn, nullable: true })
  enteredById!: string | null;
  @Column({ type: 'varchar', length: 100 })
  enteredBy!: string;
  @Column(timeColumn)
  enteredAt!: Date;
  @Column({ ...uuidColumn, nullable: true })
  confirmedById!: string | null;
  @Column({ type: 'varchar', length: 100, nullable: true })
  confirmedBy!: string | null;
  @Column({ ...timeColumn, nullable: true })
  confirmedAt!: Date | null;
}
