import { Module } from '@nestjs/common';
import { ImportRegistry } from './import-registry.service.js';

@Module({
  providers: [ImportRegistry],
  exports: [ImportRegistry],
})
export class ImportsModule {}
