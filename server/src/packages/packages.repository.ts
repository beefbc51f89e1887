import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { PACKAGES_MAX, type PackageContent, type RequestPackage } from './domain/package.js';
import { RequestPackageEntity, RequestPackageVersionEntity } from './packages.entity.js';

@Injectable()
export class PackagesRepository {
  constructor(private readonly db: DataSource) {}

  /** In the order in which they were made. */
  all(): Promise<RequestPackage[]> {
    return this.db.manager.find(RequestPackageEntity, { order: { id: 'ASC' }, take: PACKAGES_MAX });
  }

  published(): Promise<RequestPackage[]> {
    return this.db.manager.find(RequestPackageEntity, {
      where: { state: 'PUBLISHED' },
      order: { id: 'ASC' },
      take: PACKAGES_MAX,
    });
  }

  byId(id: string): Promise<RequestPackage | null> {
    return this.db.manager.findOneBy(RequestPackageEntity, { id });
  }

  locked(tx: Tx, id: string): Promise<RequestPackage | null> {
    return tx.manager.findOne(RequestPackageEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  count(tx: Tx): Promise<number> {
    return tx.manager.count(RequestPackageEntity);
  }

  async insert(tx: Tx, row: RequestPackage): Promise<void> {
    await tx.manager.insert(RequestPackageEntity, { ...row });
  }

  async update(tx: Tx, id: string, values: Partial<RequestPackage>): Promise<void> {
    await tx.manager.update(RequestPackageEntity, { id }, values);
  }

  async appendVersion(tx: Tx, packageId: string, number: number, content: PackageContent, by: string): Promise<void> {
    await tx.manager.insert(RequestPackageVersionEntity, {
      ...{ id: newId(tx.now.getTime()), packageId, number, content },
      ...{ publishedAt: tx.now, publishedBy: by },
    });
  }
}
