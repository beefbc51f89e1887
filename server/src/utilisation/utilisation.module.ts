import { Module } from '@nestjs/common';
import { UtilisationRepository } from './utilisation.repository.js';
import { UtilisationService } from './utilisation.service.js';

@Module({ providers: [UtilisationRepository, UtilisationService], exports: [UtilisationService] })
export class UtilisationModule {}
