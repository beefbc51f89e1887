import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { ChannelsResolver } from './channels.resolver.js';
import { Channels } from './channels.service.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { HttpGateway } from './http-gateway.js';
import { MailGateway } from './mail-gateway.js';
import { NotificationsRepository } from './notifications.repository.js';
import { NotificationsResolver } from './notifications.resolver.js';
import { NotificationsService } from './notifications.service.js';
import { Sending } from './sending.service.js';
import { Telling } from './telling.service.js';

@Module({
  imports: [AuditModule, IdentityModule],
  providers: [
    NotificationsRepository,
    NotificationsService,
    NotificationsResolver,
    DeliveriesRepository,
    Channels,
    ChannelsResolver,
    HttpGateway,
    MailGateway,
    Sending,
    Telling,
  ],
  exports: [NotificationsService, Sending, Telling],
})
export class NotificationsModule {}
